"""Draw one in ten closings for a second reading, and read it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.deciding import who_decides
from audit.services import record
from complaints.models import Complaint, SecondReading
from complaints.models.reading import REOPEN
from core.exceptions import Conflict
from core.sealed import keyed_hash
from core.text import clean
from notifications.kinds import Sort
from notifications.kinds import register as register_kind
from notifications.services import duty_recipients, notify
from workflow.approvals import is_outside, reason
from workflow.models import Transition

ONE_IN = 10
MAX_WORDS = 2_000
REREAD = "closing.reread"
Finding = SecondReading.Finding
register_kind(
    "second_reading_drawn", gettext_lazy("A closed complaint was drawn for a second reading"), sort=Sort.DECIDE
)
register_kind("reopening_asked", gettext_lazy("A second reading asks to reopen the complaint"), sort=Sort.DECIDE)


def is_drawn(reference: str) -> bool:
    """Say whether a closing of this complaint is read again: one in ten, by a keyed hash nobody can work out beforehand."""
    return int.from_bytes(keyed_hash("reading", reference)) % ONE_IN == 0


def draw(complaint: Complaint, by: Any) -> None:
    """Draw a complaint in the act that closes it, once and never again."""
    if is_drawn(complaint.reference) and not SecondReading.objects.filter(complaint=complaint).exists():
        put_forward(complaint, by)


def put_forward(complaint: Complaint, by: Any) -> SecondReading:
    """Put a closing forward for a second reading, and tell who may read it; `by` closed it."""
    proposing = Transition.objects.of(complaint).filter(step="propose_closing").select_related("by").first()
    row = SecondReading.objects.create(
        complaint=complaint,
        province_id=complaint.province_id,
        handling=complaint.handling,
        proposed_by=proposing.by if proposing else None,
        closed_by=by,
    )
    seen = SecondReading.objects.filter(pk=row.pk)
    people = who_decides(REREAD, seen, provinces=[row.province_id], but=by)
    notify([user for user in people if may_read(row, user)], "second_reading_drawn", about=complaint, transition=row.pk)
    return row


def may_read(row: SecondReading, by: Any) -> bool:
    """Return whether `by` may read it now."""
    try:
        _require(row, by)
    except (PermissionDenied, Conflict, Http404):
        return False
    return True


@transaction.atomic
def read_again(row: SecondReading, *, by: Any, finding: str, words: str) -> SecondReading:
    """Say whether the closing stands, or that reopening is asked for and why; once.

    Raises PermissionDenied to who proposed or closed it, Conflict where it was read or is open again, ValidationError by field.
    """
    list(Complaint._base_manager.filter(pk=row.complaint_id).select_for_update(no_key=True).values_list("pk"))
    held = SecondReading.objects.select_related("complaint").get(pk=row.pk)
    _require(held, by)
    if finding not in Finding.values:
        raise ValidationError({"finding": [_("Choose one of the answers.")]})
    said = reason(words, "words", MAX_WORDS) if finding == Finding.REOPEN else _short(words)
    held.reader, held.read_at, held.finding, held.words = by, timezone.now(), finding, said
    held.save(update_fields=["reader", "read_at", "finding", "words"])
    record("closing.reread", by=by, about=held.complaint, detail={"finding": finding})
    if finding == Finding.REOPEN:
        seen = Complaint.objects.filter(pk=held.complaint_id)
        people = who_decides(REOPEN, seen, provinces=[held.province_id], but=by) or _who_names(held, by)
        notify(people, "reopening_asked", about=held.complaint, transition=held.pk)
    return held


def figures_for(user: Any) -> dict[str, int]:
    """Count what was drawn, read, stands and asks for reopening in the user's own branch; one query."""
    found: dict[str, int] = SecondReading.objects.of_own_provinces(user).aggregate(
        drawn=Count("pk"),
        read=Count("pk", filter=Q(read_at__isnull=False)),
        stands=Count("pk", filter=Q(finding=Finding.STANDS)),
        reopen=Count("pk", filter=Q(finding=Finding.REOPEN)),
    )
    return found


def _require(row: SecondReading, by: Any) -> None:
    if not by.may(REREAD):
        raise PermissionDenied(_("Your role does not decide this. Ask your supervisor."))
    if not SecondReading.objects.of_own_provinces(by).filter(pk=row.pk).exists():
        raise Http404
    if not SecondReading.objects.filter(pk=row.pk).not_of(by).exists():
        raise PermissionDenied(_("Who proposed or closed it does not read it again."))
    if not is_outside(by, [row.province_id]):
        raise PermissionDenied(_("A person at the ministry, outside the province, decides this."))
    if row.reader_id is not None:
        raise Conflict(_("Somebody read it already. Load the page again."))
    if row.complaint.status != "closed":
        raise Conflict(_("The complaint is open again. There is nothing to read."))


def _who_names(row: SecondReading, by: Any) -> list[Any]:
    """Return the integrity unit where a sealed complaint has nobody any more who may reopen it: it names somebody."""
    unit = duty_recipients("", row.handling, row.complaint_id) if row.is_sealed else []
    return [user for user in unit if user.pk != by.pk]


def _short(words: str) -> str:
    text = clean(words)
    if len(text) > MAX_WORDS:
        raise ValidationError({"words": [_("This is longer than %(most)s characters.") % {"most": MAX_WORDS}]})
    return text
