"""The table of steps of a contact: filed in a complaint, answered or set aside; what became of none comes back."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from complaints.models import Contact, ContactStatus, Handling, NameList, Urgency
from complaints.models.call import TAKES
from core.exceptions import Conflict
from workflow.models import Transition
from workflow.table import Ask, Step, Workflow

S = ContactStatus
TRIAGE = TAKES  # who answers the hotline deals with the inbox
HELD = "contact.held"  # look through what is held apart: the ministry what is open, the integrity unit what is sealed
LET_IN_SEALED = "let_in_sealed"
LISTED = "answer_list"
YES = "yes"
TAKES_PART = ((YES, pgettext_lazy("takes part", "Yes")), ("no", pgettext_lazy("takes part", "No")))
OPENS = "reporter.reveal"  # who may open a reporter reads what they write by the code
MOVE = "move"
WHOSE = (
    (MOVE, _("The reporter’s: move it to the reporter, sealed")),
    ("keep", _("Somebody else’s (the person sought, the captors): keep it in the words")),
)
NAMES = "enter_names"  # a step with a page of its own: it needs the list


def without_list(contact: Contact, by: Any) -> None:
    """Refuse a second list of one message; one that was brought back keeps its own."""
    if NameList.objects.filter(contact=contact).exists():
        raise Conflict(gettext("The names of this message are entered."))


def not_sealed(contact: Contact, by: Any) -> None:
    """Refuse to put what names an official into the inbox."""
    if contact.handling == Handling.SEALED:
        raise Conflict(gettext("It says that an official takes part: let in, it becomes a sealed complaint."))


def sealed(contact: Contact, by: Any) -> None:
    """Refuse to seal by this step what says nothing of an official."""
    if contact.handling != Handling.SEALED:
        raise Conflict(gettext("It does not say that an official takes part."))


def was_held(contact: Contact, by: Any) -> None:
    """Refuse to hold apart what did not stand there before the last step."""
    last = Transition.objects.of(contact).filter(field="status").first() if contact.version > 1 else None
    if last is None or last.before != S.HELD:
        raise Conflict(gettext("It was not held apart before the last step."))


def not_listed(contact: Contact, by: Any) -> None:
    """Refuse what would end the list of a message, or take it out of sight with a complaint: its people are sought."""
    if NameList.objects.filter(contact=contact).exists():
        raise Conflict(
            gettext("Its names are entered, and stay with this message. Write what is new into their complaints.")
        )


def with_list(contact: Contact, by: Any) -> None:
    """Refuse to go back to the list of a message that has none."""
    if not NameList.objects.filter(contact=contact).exists():
        raise Conflict(gettext("No names of this message are entered."))


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
                Ask(
                    "words",
                    "words",
                    label=_("The words as they go on"),
                    hint=_(
                        "Who handles the complaint reads them. Take out who told it: names, telephone numbers. All of it stays sealed here."
                    ),
                ),
                Ask(
                    "numbers",
                    "choice",
                    label=_("Whose telephone number or address stands in the words?"),
                    hint=_("Asked where one stands there and a province would read it."),
                    choices=WHOSE,
                ),
            ),
            guard=not_listed,
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
            guard=not_listed,
            note_required=True,
            done=pgettext_lazy("timeline", "Answered"),
        ),
        Step(
            LISTED,
            (S.WAITING,),
            S.LISTED,
            TRIAGE,
            _("Answered; its people are still sought"),
            guard=with_list,
            note_required=True,
            done=pgettext_lazy("timeline", "Answered; its people are still sought"),
        ),
        Step(
            "let_in",
            (S.HELD,),
            S.WAITING,
            HELD,
            _("Let it in"),
            guard=not_sealed,
            done=pgettext_lazy("timeline", "Let in"),
        ),
        Step(
            LET_IN_SEALED,
            (S.HELD,),
            S.FILED,
            HELD,
            _("Let it in as a sealed complaint"),
            guard=sealed,
            done=pgettext_lazy("timeline", "Let in as a sealed complaint"),
        ),
        Step(
            "spam",
            (S.WAITING,),
            S.SET_ASIDE,
            TRIAGE,
            _("Spam"),
            guard=not_listed,
            note_required=True,
            done=pgettext_lazy("timeline", "Set aside: spam"),
            aside=True,
        ),
        Step(
            "spam",
            (S.HELD,),
            S.SET_ASIDE,
            HELD,
            _("Spam"),
            note_required=True,
            done=pgettext_lazy("timeline", "Set aside: spam"),
            aside=True,
        ),
        Step(
            "hold_again",
            (S.SET_ASIDE, S.WAITING),
            S.HELD,
            HELD,
            _("Hold apart again"),
            guard=was_held,
            note_required=True,
            done=pgettext_lazy("timeline", "Held apart again"),
            aside=True,
        ),
        Step(
            "wrong_number",
            (S.WAITING,),
            S.SET_ASIDE,
            TRIAGE,
            _("Wrong number"),
            guard=not_listed,
            note_required=True,
            done=pgettext_lazy("timeline", "Set aside: wrong number"),
            aside=True,
        ),
        Step(
            "bring_back",
            (S.ANSWERED, S.SET_ASIDE, S.LISTED),
            S.WAITING,
            TRIAGE,
            _("Bring back"),
            guard=not_sealed,
            done=pgettext_lazy("timeline", "Brought back"),
        ),
    ),
)
