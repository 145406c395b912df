"""What the reporter is told, by whom who may speak to them; and until when the next word is due."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from complaints.models import AttemptWay, Complaint, Limit, ReporterAnswer, Status, Told, limits
from complaints.names import FOUND
from core.text import clean
from victims.answers import newest_of
from victims.models import ConsentAnswer, ConsentFor, Victim
from workflow.moments import moment_of
from workflow.services import lock

MAX_NOTE = 2000
CHOICES: Mapping[str, Any] = {"told": Told, "way": AttemptWay}


def may_answer(by: Any) -> bool:
    """Return whether a role may speak to the reporter."""
    return bool(by.may("reporter.reveal"))


def answer_due(since: datetime.datetime) -> datetime.datetime:
    """Return until when a reporter hears the next word; one query."""
    days = limits(Limit.Name.ANSWER_DAYS)[Limit.Name.ANSWER_DAYS]
    return since + datetime.timedelta(days=days)


@transaction.atomic
def record_answer(
    complaint: Complaint,
    *,
    by: Any,
    told: str,
    way: str,
    victim: str = "",
    note: str = "",
    happened_at: datetime.datetime | None = None,
) -> ReporterAnswer:
    """Keep one word to the reporter; `victim` is the reference of who was said to be safe.

    Raises PermissionDenied, ValidationError by field: also where that person did not agree that the family is told.
    """
    row = lock(complaint, by)
    if not may_answer(by):
        raise PermissionDenied(_("Your role does not speak to the reporter."))
    moment, said = moment_of(happened_at), {"told": told, "way": way}
    _check(said, note, moment, row)
    safe = _safe(row, victim, by) if told == Told.PERSON_SAFE else None
    scope = {"complaint": row, "province_id": row.province_id, "handling": row.handling}
    made = ReporterAnswer.objects.create(**scope, **said, victim=safe, note=clean(note), happened_at=moment, by=by)
    _wait(row, told, moment)
    record("complaint.answer", by=by, about=row, detail={"told": told, "way": way})
    return made


def people_safe(complaint: Complaint, user: Any) -> list[Victim]:
    """Return the people of a complaint of whom the reporter may be told that they are safe; four queries."""
    found = complaint.victims.visible_to(user).live().filter(rescue_status__in=FOUND)  # type: ignore[attr-defined]
    agreed = _agreeing(found.values_list("person_id", flat=True))
    rows = found.filter(person_id__in=agreed).select_related("person").prefetch_related("person__names")
    return list(rows.order_by("reference")[:MOST])


MOST = 50


def _agreeing(people: Iterable[Any]) -> set[Any]:
    """Return who of these people lets the family be told, by what each said last, in whatever complaint."""
    newest = newest_of(people, ConsentFor.FAMILY_TOLD)
    return {person for person, answer in newest.items() if answer.answer == ConsentAnswer.YES}


def _safe(row: Complaint, reference: str, by: Any) -> Victim:
    """Return who is said to be safe: of this complaint, found, and agreeing that the family is told."""
    seen = Victim.objects.visible_to(by).live().filter(complaint=row, reference=clean(reference).upper())
    victim: Victim | None = seen.first()
    if victim is None:
        raise ValidationError({"victim": [_("Choose who is safe.")]})
    if victim.rescue_status not in FOUND:
        raise ValidationError({"victim": [_("This person is not safe yet.")]})
    if not _agreeing([victim.person_id]):
        raise ValidationError(
            {"victim": [_("This person did not agree that the family is told. Say nothing of them.")]}
        )
    return victim


def _wait(row: Complaint, told: str, moment: datetime.datetime) -> None:
    """Set until when the next word is due; none is once it was told that it is closed. No version is raised."""
    if told == Told.CLOSED:
        Complaint.objects.filter(pk=row.pk).update(answer_due_at=None)
        return
    limit = max(filter(None, (answer_due(moment), row.answer_due_at)))
    Complaint.objects.filter(pk=row.pk).update(answer_due_at=limit)


def _check(said: dict[str, str], note: str, moment: datetime.datetime, row: Complaint) -> None:
    wrong = {
        name: [_("Choose one of the answers.")] for name, value in said.items() if value not in CHOICES[name].values
    }
    if said["told"] == Told.CLOSED and row.status != Status.CLOSED:
        wrong["told"] = [_("The complaint is not closed yet.")]
    if len(clean(note)) > MAX_NOTE:
        wrong["note"] = [_("This is longer than %(most)s characters.") % {"most": MAX_NOTE}]
    if moment < row.received_at:
        wrong["happened_at"] = [_("This is before the complaint was received.")]
    if wrong:
        raise ValidationError(wrong)
