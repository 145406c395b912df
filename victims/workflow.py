"""The tables of steps of a person sought: the rescue status, and the identification."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.countries import country_choices
from core.display import day
from provinces.choices import province_choices
from victims.guards import (
    adult,
    asked_freely,
    by_system,
    clearing_decided,
    clearing_proposed,
    complaint_open,
    final_open,
    found,
    province_handles,
)
from victims.models import Decision, LeftHow, Operation, OperationQuerySet, OperationStatus, PlaceKind, RescueStatus
from workflow.table import Ask, Step, Workflow

S = RescueStatus


PLACE = Ask("place", label=_("Place"), hint=_("Building, floor, village: where it happened"))
RESCUED_IN = Ask(
    "rescued_in",
    "choice",
    label=_("In which province?"),
    hint=_("Leave it empty for the province of the complaint"),
    choices=province_choices,
)
PLACE_NOW = Ask(
    "place_now",
    "choice",
    label=_("Where is the person now?"),
    hint=_("Leave it empty if you do not know; the address goes on the page of the person"),
    choices=PlaceKind.choices,
)
SOUGHT = (S.REPORTED, S.LOCATED)


def done_operations(victim: Any) -> OperationQuerySet:
    """Return the operations about a person's complaint that were carried out, under the same province and handling."""
    alike = {"province_id": victim.province_id, "handling": victim.handling}
    about = Operation.objects.filter(complaints=victim.complaint_id, status=OperationStatus.DONE, **alike)
    return about.select_related("site").order_by("-done_at", "pk")


def operation_choices(victim: Any) -> list[tuple[str, str]]:
    """Return those operations by reference, day and place."""
    rows = done_operations(victim)
    return [(row.reference, f"{day(row.done_at)}, {row.where} ({row.reference})") for row in rows]


MET_IN = Ask("operation", "choice", label=_("In which operation?"), choices=operation_choices)


def moved_choices(victim: Any) -> list[tuple[str, str]]:
    """Return the provinces, and abroad."""
    return [*province_choices(), (ABROAD, gettext("Abroad"))]


ABROAD = "abroad"
MOVED = (
    Ask("moved_to", "choice", required=True, label=_("Where to?"), choices=moved_choices),
    Ask(
        "moved_country",
        "choice",
        required=True,
        label=_("To which country?"),
        hint=_("Only for abroad"),
        choices=country_choices,
        under=("moved_to", ABROAD),
    ),
)

RESCUE = Workflow(
    name="rescue",
    model="victims.Victim",
    field="rescue_status",
    states=S.values,
    initial=(S.REPORTED, S.LOCATED),
    steps=(
        Step(
            "record_rescue",
            (*SOUGHT, S.DECLINED, S.NOT_FOUND),
            S.RESCUED,
            "victim.rescue",
            _("Record rescue"),
            asks=(PLACE, RESCUED_IN, MET_IN, PLACE_NOW),
            done=pgettext_lazy("timeline", "Rescued"),
        ),
        Step(
            "locate",
            (S.REPORTED, S.NOT_FOUND),
            S.LOCATED,
            "victim.rescue",
            _("Record location"),
            asks=(PLACE,),
            done=pgettext_lazy("timeline", "Located"),
        ),
        Step(
            "record_left",
            (*SOUGHT, S.DECLINED, S.NOT_FOUND),
            S.LEFT_ON_OWN,
            "victim.rescue",
            _("Record: left on own"),
            asks=(
                Ask("left_how", "choice", required=True, label=_("How did they leave?"), choices=LeftHow.choices),
                PLACE,
            ),
            done=pgettext_lazy("timeline", "Left on own"),
        ),
        Step(
            "record_moved",
            SOUGHT,
            S.REPORTED,
            "victim.rescue",
            _("Record: moved or sold on"),
            asks=MOVED,
            guard=province_handles,
            note_required=True,
            done=pgettext_lazy("timeline", "Moved or sold on, still sought"),
        ),
        Step(
            "record_declined",
            SOUGHT,
            S.DECLINED,
            "victim.rescue",
            _("Record: declined"),
            asks=(
                Ask("asked_by", required=True, label=_("Who asked?"), hint=_("Name and unit of the officer")),
                Ask("asked_alone", "yes_no", required=True, label=_("Was the person asked alone?")),
                Ask("asked_away", "yes_no", required=True, label=_("Was the person asked away from the site?")),
                Ask("asked_language", required=True, label=_("In which language?")),
                MET_IN,
            ),
            guard=adult,
            two_people=True,
            done=pgettext_lazy("timeline", "Declined, to be confirmed"),
        ),
        Step(
            "record_not_found",
            SOUGHT,
            S.NOT_FOUND,
            "victim.rescue",
            _("Record: not found"),
            asks=(PLACE,),
            two_people=True,
            done=pgettext_lazy("timeline", "Searched for, not found"),
        ),
        Step(
            "record_deceased",
            (*SOUGHT, S.NOT_FOUND, S.DECLINED),
            S.DECEASED,
            "victim.rescue",
            _("Record: deceased"),
            asks=(PLACE,),
            note_required=True,
            done=pgettext_lazy("timeline", "Deceased"),
        ),
        Step(
            "confirm_final",
            (S.DECLINED, S.NOT_FOUND),
            None,
            "victim.confirm",
            _("Confirm as final"),
            guard=asked_freely,
            decides=("record_declined", "record_not_found"),
            done=pgettext_lazy("timeline", "Confirmed as final"),
        ),
        Step(
            "send_back",
            (S.DECLINED, S.NOT_FOUND),
            S.LOCATED,
            "victim.confirm",
            _("Send back"),
            guard=final_open,
            decides=("record_declined", "record_not_found"),
            refuses=True,
            note_required=True,
            done=pgettext_lazy("timeline", "Sent back: search goes on"),
        ),
        Step(
            "resume_search",
            (S.RESCUED, S.LEFT_ON_OWN, S.DECLINED, S.NOT_FOUND, S.DECEASED),
            S.REPORTED,
            "victim.rescue",
            _("Search again"),
            guard=complaint_open,
            note_required=True,
            done=pgettext_lazy("timeline", "Search taken up again"),
        ),
    ),
)

D = Decision
ELEMENTS = (
    Ask("has_act", "yes_no", label=_("Recruited, moved, harboured or received?")),
    Ask("has_means", "yes_no", label=_("By force, threat, deception or abuse?"), hint=_("Not needed for a child")),
    Ask("has_purpose", "yes_no", label=_("For exploitation?")),
)

IDENTIFICATION = Workflow(
    name="identification",
    model="victims.Victim",
    field="decision",
    states=D.values,
    initial=(D.NOT_YET_SCREENED,),
    steps=(
        Step(
            "decide_presumed",
            (D.NOT_YET_SCREENED, D.EXPLOITED, D.NOT_A_VICTIM),
            D.PRESUMED,
            "victim.identify",
            _("Decide: presumed victim"),
            asks=ELEMENTS,
            guard=found,
            done=pgettext_lazy("timeline", "Presumed a victim"),
        ),
        Step(
            "decide_trafficked",
            (D.NOT_YET_SCREENED, D.PRESUMED, D.EXPLOITED, D.NOT_A_VICTIM),
            D.TRAFFICKED,
            "victim.identify",
            _("Decide: trafficked"),
            asks=ELEMENTS,
            guard=found,
            done=pgettext_lazy("timeline", "Identified as trafficked"),
        ),
        Step(
            "decide_exploited",
            (D.NOT_YET_SCREENED, D.PRESUMED, D.TRAFFICKED, D.NOT_A_VICTIM),
            D.EXPLOITED,
            "victim.identify",
            _("Decide: exploited, not trafficked"),
            asks=ELEMENTS,
            guard=found,
            note_required=True,
            done=pgettext_lazy("timeline", "Exploited, not trafficked"),
        ),
        Step(
            "propose_not_a_victim",
            (D.NOT_YET_SCREENED, D.PRESUMED, D.TRAFFICKED, D.EXPLOITED),
            None,
            "victim.identify",
            _("Propose: not a victim"),
            asks=ELEMENTS,
            guard=clearing_proposed,
            two_people=True,
            note_required=True,
            done=pgettext_lazy("timeline", "Not a victim, to be confirmed"),
        ),
        Step(
            "confirm_not_a_victim",
            (D.NOT_YET_SCREENED, D.PRESUMED, D.TRAFFICKED, D.EXPLOITED),
            D.NOT_A_VICTIM,
            "victim.confirm",
            _("Confirm: not a victim"),
            guard=clearing_decided,
            decides=("propose_not_a_victim",),
            done=pgettext_lazy("timeline", "Not a victim"),
        ),
        Step(
            "refuse_not_a_victim",
            (D.NOT_YET_SCREENED, D.PRESUMED, D.TRAFFICKED, D.EXPLOITED),
            None,
            "victim.confirm",
            _("Send back: screen again"),
            guard=clearing_decided,
            decides=("propose_not_a_victim",),
            refuses=True,
            note_required=True,
            done=pgettext_lazy("timeline", "Sent back: to be screened again"),
        ),
        Step(
            "undecide",
            (D.PRESUMED, D.TRAFFICKED, D.EXPLOITED, D.NOT_A_VICTIM),
            D.NOT_YET_SCREENED,
            "victim.identify",
            _("Nothing decided any more"),
            guard=by_system,
            done=pgettext_lazy("timeline", "Nothing decided any more"),
            aside=True,
        ),
    ),
)
