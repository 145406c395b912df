"""The table of steps of a contact: filed in a complaint, answered or set aside; what became of none comes back."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from complaints.models import Contact, ContactStatus, NameList, Urgency
from core.exceptions import Conflict
from workflow.table import Ask, Step, Workflow

S = ContactStatus
TRIAGE = "contact.triage"
YES = "yes"
TAKES_PART = ((YES, pgettext_lazy("takes part", "Yes")), ("no", pgettext_lazy("takes part", "No")))
NAMES = "enter_names"  # a step with a page of its own: it needs the list


def without_list(contact: Contact, by: Any) -> None:
    """Refuse a second list of one message; one that was brought back keeps its own."""
    if NameList.objects.filter(contact=contact).exists():
        raise Conflict(gettext("The names of this message are entered."))


CONTACT = Workflow(
    name="contact",
    model="complaints.Contact",
    field="status",
    states=S.values,
    initial=(S.WAITING, S.FILED, S.HELD),
    since="received_at",
    steps=(
        Step(
            "file",
            (S.WAITING,),
            S.FILED,
            TRIAGE,
            _("Add to a complaint"),
            asks=(
                Ask("complaint", required=True, label=_("Reference of the complaint"), hint=_("Like KH-2022-7RK3QD.")),
                Ask(
                    "urgency",
                    "choice",
                    label=_("How urgent is it now?"),
                    hint=_("What is more urgent than the complaint raises it. Left empty, it stays as it is."),
                    choices=Urgency.choices,
                ),
                Ask(
                    "official",
                    "choice",
                    label=_("Does a police officer or another official take part in it?"),
                    hint=_(
                        "Asked where the words may speak of one and a province would read them. A yes seals the complaint."
                    ),
                    choices=TAKES_PART,
                ),
            ),
            done=pgettext_lazy("timeline", "Put into a complaint"),
        ),
        Step(
            NAMES,
            (S.WAITING,),
            S.LISTED,
            TRIAGE,
            _("Enter its list of names"),
            guard=without_list,
            done=pgettext_lazy("timeline", "Names entered"),
            aside=True,
        ),
        Step(
            "answer",
            (S.WAITING,),
            S.ANSWERED,
            TRIAGE,
            _("Answered"),
            note_required=True,
            done=pgettext_lazy("timeline", "Answered"),
        ),
        Step(
            "let_in",
            (S.HELD,),
            S.WAITING,
            TRIAGE,
            _("Let it in"),
            done=pgettext_lazy("timeline", "Let in"),
        ),
        Step(
            "spam",
            (S.WAITING, S.HELD),
            S.SET_ASIDE,
            TRIAGE,
            _("Spam"),
            done=pgettext_lazy("timeline", "Set aside: spam"),
            aside=True,
        ),
        Step(
            "wrong_number",
            (S.WAITING,),
            S.SET_ASIDE,
            TRIAGE,
            _("Wrong number"),
            done=pgettext_lazy("timeline", "Set aside: wrong number"),
            aside=True,
        ),
        Step(
            "bring_back",
            (S.ANSWERED, S.SET_ASIDE, S.LISTED),
            S.WAITING,
            TRIAGE,
            _("Bring back"),
            done=pgettext_lazy("timeline", "Brought back"),
        ),
    ),
)
