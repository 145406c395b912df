"""Find a report by the code that who sent it reads out: for who may open reporters, inside what they see, at a walking pace."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import AuditEvent
from complaints.channels.public.receipt import DATA, LENGTH, digits_of, hash_of, misread, wrong_groups
from complaints.contact_workflow import OPENS
from complaints.models import Contact
from core.display import number

LOOK = "report.code"  # the verb of a look in the audit
FOUND, NOTHING = "done", "nothing"  # and its outcome
WRONG, WITHIN = 3, timedelta(minutes=10)  # so many wrong ones within this time, and the next waits
PAUSE = timedelta(seconds=30)


@dataclass(frozen=True)
class Looked:
    """What a code opens, or in words why it opens nothing. `asked`: the database was asked, and the look is to be recorded."""

    digits: str = ""
    contact: Contact | None = None
    why: str = ""
    asked: bool = False

    @property
    def outcome(self) -> str:
        """Return the outcome that the audit keeps; what is out of the reader's sight is like what does not exist."""
        return FOUND if self.contact else NOTHING


def look_up_code(typed: str, *, by: Any, again: bool = False) -> Looked:
    """Find the contact of the report that a code belongs to; `again`: the same code was looked up here before by `by`.

    Digits in any script and spacing are read, a group misheard is named before anything is asked. What is out of sight
    answers like a wrong code, by the same questions.
    """
    digits = digits_of(typed)
    if not digits or not by.may(OPENS):
        return Looked()
    if why := _misheard(digits):
        return Looked(digits, why=why)
    if not again and (seconds := _pause(by)):
        words = _("Several codes were wrong. The next one is looked up in %(seconds)s seconds.")
        return Looked(digits, why=words % {"seconds": number(seconds)})
    seen = Contact.objects.visible_to(by).filter(public_report__receipt_hash=hash_of(digits))
    found = seen.select_related("complaint").defer("raw", "narrative").first()
    why = "" if found else _("You may see no report that has this code. Ask for each group once more.")
    return Looked(digits, found, why, asked=not again)


def _misheard(digits: str) -> str:
    """Say what is wrong with a code that is read out just now: a whole group that is wrong stands before what is missing."""
    whole = digits[: min(len(digits), LENGTH) // (DATA + 1) * (DATA + 1)]
    if len(digits) < LENGTH and (wrong := wrong_groups(whole)):
        return _("A digit is not right. Look at group %(numbers)s.") % {"numbers": ", ".join(map(number, wrong))}
    return misread(digits)


def _pause(by: Any) -> int:
    """Return how many seconds the next code waits after a few wrong ones of the same person."""
    now = timezone.now()
    wrong = AuditEvent.objects.filter(actor_id=str(by.pk), verb=LOOK, outcome=NOTHING, at__gt=now - WITHIN)
    newest = list(wrong.order_by("-at").values_list("at", flat=True)[:WRONG])
    return max(0, ceil((newest[0] + PAUSE - now).total_seconds())) if len(newest) == WRONG else 0
