"""Record the services a person gets: by who handles the case, or by the partner that gives them."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services import system_user
from audit.services import record
from core.exceptions import Conflict
from core.text import clean
from partners.models import Partner, Service
from victims.guards import FOUND
from victims.models import Care, Victim
from workflow.services import lock

MOST_NOTE = 500


def care_rows(victim: Victim) -> Any:
    """Return the services of a person that were not taken back, latest first."""
    rows = Care.objects.filter(victim=victim, taken_back_at=None).select_related("provider", "by")
    return rows.order_by("-from_on", "-recorded_at")


@transaction.atomic
def record_care(
    victim: Victim,
    *,
    by: Any,
    service: str,
    provider: Partner | None = None,
    provider_name: str = "",
    from_on: datetime.date | None = None,
    until_on: datetime.date | None = None,
    note: str = "",
) -> Care:
    """Record a service from a day on (today unless said); one that still runs at the same provider is the same.

    A partner records what it gives itself; staff need `victim.rescue`. Raises PermissionDenied, Conflict for somebody not
    found yet, ValidationError by field.
    """
    gives = provider is not None and bool(by.partner_id) and by.partner_id == provider.reference
    if not (gives or by.may("victim.rescue") or by.may("referral.send")):
        raise PermissionDenied(_("Your role does not record services."))
    row = lock(victim, system_user() if gives else by)  # a partner reads its referral, never the person's record
    if row.rescue_status not in FOUND and not row.found_unreported:
        raise Conflict(_("The person was not found yet. Record the rescue first."))
    day = from_on or timezone.localdate()
    _check(service, day, until_on, provider, provider_name, note)
    running = Care.objects.filter(victim=row, service=service, provider=provider, until_on=None, taken_back_at=None)
    if provider is not None and (same := running.first()):
        return same  # type: ignore[no-any-return]
    scope = {"complaint_id": row.complaint_id, "province_id": row.province_id, "handling": row.handling}
    made = Care(victim=row, **scope, service=service, provider=provider, provider_name=clean(provider_name), by=by)
    made.from_on, made.until_on, made.note = day, until_on, clean(note)
    made.save(force_insert=True)
    record("victim.care", by=by, about=row, detail={"service": service})
    return made


@transaction.atomic
def take_back_care(victim: Victim, care: Care, *, by: Any) -> None:
    """Take back a service that was recorded by mistake."""
    if not (by.may("victim.rescue") or care.by_id == by.pk):
        raise PermissionDenied(_("Your role does not record services."))
    taken = Care.objects.filter(pk=care.pk, victim=victim, taken_back_at=None).update(taken_back_at=timezone.now())
    if not taken:
        raise Conflict(_("This was taken back already."))
    record("victim.care_take_back", by=by, about=victim, detail={"service": care.service})


def end_care(victim: Victim, provider: Partner, *, on: datetime.date | None = None) -> None:
    """End on a day, today unless said, what a provider still gives: the referral to it has ended."""
    day = Greatest(F("from_on"), Value(on or timezone.localdate()))
    Care.objects.filter(Q(victim=victim, provider=provider, until_on=None, taken_back_at=None)).update(until_on=day)


def _check(
    service: str, day: datetime.date, until: datetime.date | None, provider: Any, provider_name: str, note: str
) -> None:
    wrong: dict[str, list[str]] = {}
    if service not in Service.values:
        wrong["service"] = [_("Choose one of the answers.")]
    if day > timezone.localdate():
        wrong["from_on"] = [_("This day has not come yet.")]
    if until is not None and until < day:
        wrong["until_on"] = [_("It cannot end before it began.")]
    if provider is None and not clean(provider_name):
        wrong["provider_name"] = [_("Say who gives it.")]
    if len(clean(note)) > MOST_NOTE or len(clean(provider_name)) > 200:
        wrong["note"] = [_("This is longer than %(most)s characters.") % {"most": MOST_NOTE}]
    if wrong:
        raise ValidationError(wrong)
