"""Record where a person found is now, and open the address: an act with a reason, recorded."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.exceptions import Conflict
from core.sealed import open_sealed
from core.text import clean
from victims.guards import FOUND, earliest_day
from victims.models import PlaceKind, Stay, Victim
from workflow.services import lock

LONGEST = 1000
SHORTEST = 5


def stay_of(victim: Victim) -> Stay | None:
    """Return where the person is now, or None where nobody recorded it."""
    return Stay.objects.now().filter(victim=victim).first()


@transaction.atomic
def record_place(victim: Victim, *, by: Any, kind: str, detail: str = "", since: datetime.date | None = None) -> Stay:
    """Say where the person is from a day on (today unless said); the stay before ends that day.

    Raises PermissionDenied without `victim.rescue`, Conflict for somebody not found yet, ValidationError by field.
    """
    if not by.may("victim.rescue"):
        raise PermissionDenied(_("Your role does not record where a person is."))
    row = lock(victim, by)
    if row.rescue_status not in FOUND and not row.found_unreported:
        raise Conflict(_("The person was not found yet. Record the rescue first."))
    since = since or timezone.localdate()
    before = Stay.objects.now().filter(victim=row).select_for_update(no_key=True).first()
    _check(row, kind, detail, since, before)
    if before:
        Stay.objects.filter(pk=before.pk).update(until=since)
    stay = Stay(victim=row, complaint_id=row.complaint_id, province_id=row.province_id, handling=row.handling)
    stay.kind, stay.detail, stay.since, stay.by = kind, clean(detail), since, by
    stay.save()
    record("victim.place", by=by, about=row, detail={"before": before.kind if before else "", "after": kind})
    return stay


def brought_to(victim: Victim, kind: str, *, by: Any) -> Stay:
    """Say where somebody was brought by a rescue: from its day on, and not before where they are recorded already."""
    before, since = stay_of(victim), victim.rescued_on or timezone.localdate()
    return record_place(victim, by=by, kind=kind, since=max(since, before.since) if before else since)


def end_stay(victim: Victim) -> None:
    """End the open stay of somebody who is sought again: nobody knows where they are now."""
    day = Greatest(F("since"), Value(timezone.localdate()))
    Stay.objects.now().filter(victim_id=victim.pk).update(until=day)


def _check(row: Victim, kind: str, detail: str, since: datetime.date, before: Stay | None) -> None:
    wrong: dict[str, list[str]] = {}
    if kind not in PlaceKind.values:
        wrong["kind"] = [_("Choose where the person is.")]
    if len(detail) > LONGEST:
        wrong["detail"] = [_("Write at most %(most)s characters.") % {"most": LONGEST}]
    if since > timezone.localdate():
        wrong["since"] = [_("This day has not come yet.")]
    elif since < earliest_day(row):
        wrong["since"] = [_("This lies too far before the complaint. Check the year.")]
    elif before and since < before.since:
        wrong["since"] = [_("The person was recorded at another place after that day. Choose a later one.")]
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def reveal_place(victim: Victim, *, by: Any, reason: str) -> tuple[Stay, str]:
    """Return where the person is now with the address, for this visit; that somebody asked is kept in the audit.

    Raises PermissionDenied without `stay.reveal`, Http404 out of scope or without a stay, ValidationError without a reason.
    """
    if not by.may("stay.reveal"):
        raise PermissionDenied(_("Where a person stays is protected. Ask your supervisor."))
    row = Victim.objects.visible_to(by).filter(pk=victim.pk).first()
    stay = stay_of(row) if row else None
    if row is None or stay is None:
        raise Http404
    reason = clean(reason)
    if len(reason) < SHORTEST:
        raise ValidationError({"reason": [_("Write down why you need to see it.")]})
    # The length only: typed words may name a person, and the audit holds no personal data.
    record("victim.reveal_place", by=by, about=row, purpose=f"reason given ({len(reason)} characters)")
    return stay, open_sealed(stay, "detail")
