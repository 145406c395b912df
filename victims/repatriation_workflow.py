"""The table of steps of a return: out of Cambodia from the person's yes to the hand-over, into Cambodia from word to plan."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.countries import country_choices
from partners.models import Partner
from victims.models import Crossing, DeclinedWhy, Fine, PaidBy, ReturnStatus, TravelDocument
from victims.models.repatriation import COMING, WAITING
from victims.repatriation_guards import again, agreed, by_system, same_country, screened, was_found, way_out
from workflow.table import Ask, Step, Workflow

S = ReturnStatus
WRITE, CORRECT = "repatriation.write", "repatriation.correct"


def other_countries(row: Any) -> list[tuple[str, str]]:
    """Return the countries but Cambodia and the person's own."""
    return [(code, name) for code, name in country_choices() if code != row.country]


def embassies(row: Any) -> list[tuple[str, str]]:
    """Return the embassies of the directory that serve the person's nationality, those accredited from abroad too."""
    serving = Partner.objects.active().serving(row.victim.person.nationality)
    return [(partner.reference, str(partner)) for partner in serving.order_by("sort_name", "id")]


WITHDRAWS = (
    Ask("declined_why", "choice", required=True, label=_("Why?"), choices=DeclinedWhy.choices),
    Ask("asked_alone", "yes_no", required=True, label=_("Did the person say it alone?")),
    Ask("asked_language", required=True, label=_("In which language?")),
)
# Where the supervisor's correction leads from each step.
BACK = {
    S.NOTIFIED: S.ASKED,
    S.CONFIRMED: S.NOTIFIED,
    S.DOCUMENT: S.CONFIRMED,
    S.CLEARED: S.DOCUMENT,
    S.AGREED: S.CLEARED,
    S.HANDED_OVER: S.AGREED,
    S.STAYS: S.DECLINED,
    S.THIRD_COUNTRY: S.DECLINED,
    S.RECEIVED: S.ANNOUNCED,
    S.REINTEGRATION: S.RECEIVED,
}

FORWARD = (
    Step(
        "notify_embassy",
        (S.ASKED,),
        S.NOTIFIED,
        WRITE,
        _("Record: embassy notified"),
        asks=(
            Ask("embassy", "choice", label=_("Which embassy?"), choices=embassies),
            Ask("letter_number", label=_("Number of the letter")),
        ),
        guard=same_country,
        done=pgettext_lazy("timeline", "Embassy notified"),
    ),
    Step(
        "confirm_nationality",
        (S.NOTIFIED,),
        S.CONFIRMED,
        WRITE,
        _("Record: nationality confirmed"),
        guard=agreed,
        done=pgettext_lazy("timeline", "Nationality confirmed by the embassy"),
    ),
    Step(
        "record_document",
        (S.CONFIRMED,),
        S.DOCUMENT,
        WRITE,
        _("Record: travel document"),
        asks=(
            Ask("document_kind", "choice", required=True, label=_("Which document?"), choices=TravelDocument.choices),
            Ask("document_number", label=_("Number of the document")),
            Ask("document_until", "date", label=_("Valid until")),
        ),
        guard=agreed,
        done=pgettext_lazy("timeline", "Travel document is there"),
    ),
    Step(
        "record_clearance",
        (S.DOCUMENT,),
        S.CLEARED,
        WRITE,
        _("Record: exit clearance"),
        asks=(
            Ask("fine", "choice", required=True, label=_("Fine for overstaying"), choices=Fine.choices),
            Ask(
                "fine_amount", "number", label=_("Amount in US dollars"), hint=_("Of the fine that was waived or paid")
            ),
        ),
        guard=agreed,
        done=pgettext_lazy("timeline", "Cleared to leave"),
    ),
    Step(
        "agree_departure",
        (S.CLEARED,),
        S.AGREED,
        WRITE,
        _("Record: departure agreed"),
        asks=(
            Ask("departs_on", "date", required=True, label=_("Day of departure")),
            Ask("route", label=_("Flight or border")),
        ),
        guard=agreed,
        done=pgettext_lazy("timeline", "Departure agreed"),
    ),
    Step(
        "hand_over",
        (S.AGREED,),
        S.HANDED_OVER,
        WRITE,
        _("Record: handed over"),
        asks=(
            Ask("handed_to", required=True, label=_("Handed over to whom?"), hint=_("Name and office")),
            Ask("handed_where", required=True, label=_("Where?")),
            Ask("paid_by", "choice", required=True, label=_("Who paid the journey?"), choices=PaidBy.choices),
            Ask("handover_record", required=True, label=_("Number of the hand-over record")),
        ),
        guard=agreed,
        done=pgettext_lazy("timeline", "Handed over"),
    ),
)
INTO = (
    Step(
        "receive",
        (S.ANNOUNCED,),
        S.RECEIVED,
        WRITE,
        _("Record: received"),
        asks=(
            Ask("received_by", required=True, label=_("Received by whom?"), hint=_("Name and office")),
            Ask("crossing", "choice", required=True, label=_("At which border or airport?"), choices=Crossing.choices),
        ),
        guard=was_found,
        done=pgettext_lazy("timeline", "Received in Cambodia"),
    ),
    Step(
        "plan_reintegration",
        (S.RECEIVED,),
        S.REINTEGRATION,
        WRITE,
        _("Record: reintegration plan"),
        asks=(
            Ask("plan", required=True, label=_("What is planned?"), hint=_("Where to live, work or school, who helps")),
        ),
        guard=screened,
        done=pgettext_lazy("timeline", "Reintegration planned"),
    ),
)
ENDS = (
    Step(
        "withdraw",
        WAITING,
        S.DECLINED,
        WRITE,
        _("Record: does not want to return any more"),
        asks=WITHDRAWS,
        done=pgettext_lazy("timeline", "Does not want to return any more"),
        aside=True,
    ),
    Step(
        "consent_ended",
        WAITING,
        S.DECLINED,
        WRITE,
        _("Consent ended"),
        guard=by_system,
        done=pgettext_lazy("timeline", "Stopped: the yes to the embassy stands no more"),
        aside=True,
    ),
    Step(
        "take_up_again",
        (S.DECLINED,),
        S.ASKED,
        WRITE,
        _("Take the return up again"),
        guard=again,
        done=pgettext_lazy("timeline", "Return taken up again"),
        aside=True,
    ),
    Step(
        "record_stays",
        (*WAITING, S.DECLINED),
        S.STAYS,
        WRITE,
        _("Record: stays in Cambodia"),
        guard=way_out,
        note_required=True,
        done=pgettext_lazy("timeline", "Stays in Cambodia"),
        aside=True,
    ),
    Step(
        "record_third_country",
        (*WAITING, S.DECLINED),
        S.THIRD_COUNTRY,
        WRITE,
        _("Record: to a third country"),
        asks=(Ask("third_country", "choice", required=True, label=_("To which country?"), choices=other_countries),),
        guard=way_out,
        done=pgettext_lazy("timeline", "To a third country"),
        aside=True,
    ),
    Step(
        "record_not_coming",
        (S.ANNOUNCED,),
        S.DECLINED,
        WRITE,
        _("Record: does not come"),
        note_required=True,
        done=pgettext_lazy("timeline", "Does not come"),
        aside=True,
    ),
    Step(
        "end_otherwise",
        (*WAITING, *COMING, S.DECLINED),
        S.ENDED,
        WRITE,
        _("Record: ended otherwise"),
        note_required=True,
        done=pgettext_lazy("timeline", "Return ended otherwise"),
        aside=True,
    ),
)
TAKE_BACK = tuple(
    Step(
        "take_back",
        (source,),
        target,
        CORRECT,
        _("Take back: the last step was recorded by mistake"),
        note_required=True,
        done=pgettext_lazy("timeline", "Last step of the return taken back"),
        aside=True,
    )
    for source, target in BACK.items()
)

REPATRIATION = Workflow(
    name="repatriation",
    model="victims.Repatriation",
    field="status",
    states=S.values,
    initial=(S.ASKED, S.DECLINED, S.ANNOUNCED),
    steps=(*FORWARD, *INTO, *ENDS, *TAKE_BACK),
)
