"""The loop of what is missing: asked for, attempted, received; and how much was tried before a complaint is given up."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from complaints.models import AttemptResult, AttemptWay, AttemptWhom, Complaint, ContactAttempt, Limit, Status
from complaints.models.attempt import FIRST_LIMITS
from core import display
from core.exceptions import Conflict
from core.text import clean
from workflow.moments import moment_of
from workflow.services import lock

MAX_NOTE = 2000
FURTHEST = datetime.timedelta(days=366)
OPEN = {Status.NEW, Status.ACKNOWLEDGED, Status.VERIFYING, Status.INFORMATION_NEEDED}
UNREACHABLE = {AttemptResult.NUMBER_DEAD, AttemptResult.REFUSED, AttemptResult.NOT_SAFE}
CHOICES = {"way": AttemptWay, "whom": AttemptWhom, "result": AttemptResult}


@dataclass(frozen=True)
class Tried:
    """How often and on how many days it was tried, and how much is needed before it may be given up."""

    attempts: int
    days: int
    attempts_needed: int
    days_needed: int

    @property
    def enough(self) -> bool:
        """Return whether "insufficient information" may be proposed."""
        return self.attempts >= self.attempts_needed and self.days >= self.days_needed


def may_attempt(by: Any) -> bool:
    """Return whether a role records attempts: who verifies, and who may speak to the reporter."""
    return bool(by.may("complaint.verify") or by.may("reporter.reveal"))


@transaction.atomic
def record_attempt(
    complaint: Complaint,
    *,
    by: Any,
    way: str,
    whom: str,
    result: str,
    note: str = "",
    happened_at: datetime.datetime | None = None,
    next_attempt_on: datetime.date | None = None,
) -> ContactAttempt:
    """Keep one attempt and when the next one is due (None: none is planned).

    Raises PermissionDenied, Conflict once it is decided, ValidationError by field.
    """
    row = lock(complaint, by)
    if not may_attempt(by):
        raise PermissionDenied(_("Your role does not record attempts."))
    if row.status not in OPEN:
        raise Conflict(_("This complaint is decided or about to be. There is nothing to ask for now."))
    moment, said = moment_of(happened_at), {"way": way, "whom": whom, "result": result}
    _check(said, note, moment, next_attempt_on, row)
    scope = {"complaint": row, "province_id": row.province_id, "handling": row.handling}
    made = ContactAttempt.objects.create(**scope, **said, note=clean(note), happened_at=moment, by=by)
    plan_next(row, next_attempt_on)
    if whom == AttemptWhom.REPORTER and result in UNREACHABLE:
        Complaint.objects.filter(pk=row.pk).update(answer_due_at=None)  # nobody is pressed to ring an unsafe number
    record("complaint.attempt", by=by, about=row, detail={"way": way, "result": result})
    return made


def plan_next(row: Complaint, day: datetime.date | None) -> None:
    """Set the day of the next attempt; no version is raised, an open form of facts is not stale by it."""
    Complaint.objects.filter(pk=row.pk).update(next_attempt_on=day, updated_at=timezone.now())


def tried(complaint: Complaint) -> Tried:
    """Count the attempts and their days in Phnom Penh, beside what is needed; one query."""
    rows = Complaint._base_manager.filter(pk=complaint.pk).annotate(**times_tried("pk"))
    limits = {f"limit_{name}": Subquery(Limit.objects.filter(name=name).values("number")) for name in FIRST_LIMITS}
    found: Any = rows.annotate(**limits).values("n_attempts", "n_attempt_days", *limits).get()
    needed = {
        name: found[f"limit_{name}"] if found[f"limit_{name}"] is not None else n for name, n in FIRST_LIMITS.items()
    }
    counts = found["n_attempts"], found["n_attempt_days"]
    return Tried(*counts, needed[Limit.Name.ATTEMPTS], needed[Limit.Name.ATTEMPT_DAYS])


def times_tried(complaint: str) -> dict[str, Any]:
    """Return how often and on how many days it was tried, as columns; `complaint` is the path to the complaint's key."""
    made = ContactAttempt.objects.filter(complaint=OuterRef(complaint)).order_by().values("complaint")
    counted = {"n_attempts": Count("pk"), "n_attempt_days": Count(TruncDate("happened_at"), distinct=True)}
    return {name: Coalesce(Subquery(made.annotate(n=count).values("n")), 0) for name, count in counted.items()}


def require_enough(complaint: Complaint) -> None:
    """Raise ValidationError where too little was tried to call the information insufficient."""
    found = tried(complaint)
    if found.enough:
        return
    message = _(
        "Tried so far: %(attempts)s, on different days: %(days)s. Needed before “insufficient information”: "
        "%(needed)s attempts, on %(days_needed)s days. Record the attempts first."
    )
    words = {
        "attempts": found.attempts,
        "days": found.days,
        "needed": found.attempts_needed,
        "days_needed": found.days_needed,
    }
    raise ValidationError({"outcome": [message % {name: display.number(n) for name, n in words.items()}]})


def check_next(day: datetime.date | None) -> None:
    """Raise ValidationError for a next attempt in the past or more than a year away."""
    today = timezone.localdate()
    if day is not None and not today <= day <= today + FURTHEST:
        raise ValidationError({"next_attempt_on": [_("Choose a day from today on, within a year.")]})


def _check(
    said: dict[str, str], note: str, moment: datetime.datetime, day: datetime.date | None, row: Complaint
) -> None:
    wrong = {
        name: [_("Choose one of the answers.")] for name, value in said.items() if value not in CHOICES[name].values
    }
    if len(clean(note)) > MAX_NOTE:
        wrong["note"] = [_("This is longer than %(most)s characters.") % {"most": MAX_NOTE}]
    if moment < row.received_at:
        wrong["happened_at"] = [_("This is before the complaint was received.")]
    try:
        check_next(day)
    except ValidationError as error:
        wrong |= error.message_dict
    if wrong:
        raise ValidationError(wrong)
