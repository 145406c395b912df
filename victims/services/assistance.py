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
from core import display
from core.exceptions import Conflict
from core.text import clean
from partners.models import Partner, Service
from victims.guards import FOUND, earliest_day
from victims.models import Care, Victim
from workflow.services import lock

MOST_NOTE, MOST_NAME = 500, 200
FARTHEST = datetime.timedelta(days=366)  # a last day that is planned, like an operation
Errors = dict[str, list[str]]


def care_rows(victim: Victim) -> Any:
    """Return the services of a person that were not taken back, latest first."""
    rows = Care.objects.filter(victim=victim, taken_back_at=None).select_related("provider", "by")
    return rows.order_by("-from_on", "-recorded_at")


def may_record_care(victim: Victim, by: Any) -> bool:
    """Return whether `by` may record services of this person now, of whoever gives them."""
    return _records(by) and _was_found(victim)


def may_take_back(care: Care, by: Any) -> bool:
    """Return whether `by` may take a service back: their own, or any for who handles the person."""
    return bool(by.may("victim.rescue") or care.by_id == by.pk)


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

    A partner records what it gives itself; staff need `victim.rescue` or `referral.send`. Raises PermissionDenied, Conflict
    for somebody not found yet, ValidationError by field.
    """
    row = _held(victim, by, provider)
    day, name = from_on or timezone.localdate(), clean(provider_name)
    wrong = (
        _days(row, day, until_on) | _giver(service, provider, name) | _too_long(note=clean(note), provider_name=name)
    )
    if wrong:
        raise ValidationError(wrong)
    given = {"service": service, "provider": provider, "provider_name": name}
    running: Care | None = Care.objects.filter(victim=row, **given, until_on=None, taken_back_at=None).first()
    if running is not None:
        return _said_of(running, by, until_on, clean(note))
    return _kept(row, by, **given, from_on=day, until_on=until_on, note=clean(note))


def _said_of(running: Care, by: Any, until_on: datetime.date | None, note: str) -> Care:
    """Write its last day to a service that goes on; its words were recorded and stand."""
    wrong = _end(running.from_on, until_on)
    if note and note != running.note:
        wrong["note"] = [_("This service goes on already, with its own words. Leave this empty.")]
    if wrong:
        raise ValidationError(wrong)
    if until_on:
        running.until_on = until_on
        running.save(update_fields=["until_on"])
        record("victim.care", by=by, about=running.victim, detail={"service": running.service, "part": "end"})
    return running


def _kept(row: Victim, by: Any, **said: Any) -> Care:
    scope = {"complaint_id": row.complaint_id, "province_id": row.province_id, "handling": row.handling}
    made: Care = Care.objects.create(victim=row, **scope, **said, by=by)
    record("victim.care", by=by, about=row, detail={"service": made.service})
    return made


def record_service(victim: Victim, *, by: Any, provider: str = "", **said: Any) -> Care:
    """Record a service given by a partner of the directory, by its reference, or by who else is named; as `record_care`."""
    partner = None
    if reference := clean(provider).upper():
        partner = Partner.objects.visible_to(by).active().filter(reference=reference).first()
        if partner is None:
            raise ValidationError({"provider": [_("Choose a partner of the directory.")]})
    return record_care(victim, by=by, provider=partner, **said)


@transaction.atomic
def take_back_care(victim: Victim, care: Care, *, by: Any, why: str | None = None) -> None:
    """Take back a service that was recorded by mistake; `why` None: where one press asks for no reason.

    Raises PermissionDenied, ValidationError, Conflict where it was taken back already.
    """
    if not may_take_back(care, by):
        raise PermissionDenied(_("Your role does not record services."))
    said = "" if why is None else clean(why)
    if why is not None and not said:
        raise ValidationError({"why": [_("Write down why.")]})
    if wrong := _too_long(why=said):
        raise ValidationError(wrong)
    rows = Care.objects.filter(pk=care.pk, victim=victim, taken_back_at=None)
    if not rows.update(taken_back_at=timezone.now(), taken_back_by=by, taken_back_why=said):
        raise Conflict(_("This was taken back already."))
    record("victim.care_take_back", by=by, about=victim, detail={"service": care.service})


def end_care(victim: Victim, provider: Partner, *, on: datetime.date | None = None) -> None:
    """End on a day, today unless said, what a provider still gives: the referral to it has ended."""
    day = Greatest(F("from_on"), Value(on or timezone.localdate()))
    Care.objects.filter(Q(victim=victim, provider=provider, until_on=None, taken_back_at=None)).update(until_on=day)


def _records(by: Any) -> bool:
    return bool(by.may("victim.rescue") or by.may("referral.send"))


def _was_found(victim: Victim) -> bool:
    return victim.rescue_status in FOUND or bool(victim.found_unreported)


def _held(victim: Victim, by: Any, provider: Partner | None) -> Victim:
    """Hold the person for who may record it; a partner reads its referral, never the person's record."""
    gives = provider is not None and bool(by.partner_id) and by.partner_id == provider.reference
    if not (gives or _records(by)):
        raise PermissionDenied(_("Your role does not record services."))
    row = lock(victim, system_user() if gives else by)
    if not _was_found(row):
        raise Conflict(_("The person was not found yet. Record the rescue first."))
    return row


def _days(row: Victim, day: datetime.date, until: datetime.date | None) -> Errors:
    wrong: Errors = {}
    if day > timezone.localdate():
        wrong["from_on"] = [_("This day has not come yet.")]
    elif day < earliest_day(row):
        wrong["from_on"] = [_("This lies too far before the complaint. Check the year.")]
    return wrong | _end(day, until)


def _end(day: datetime.date, until: datetime.date | None) -> Errors:
    if until is not None and until < day:
        return {"until_on": [_("It cannot end before it began.")]}
    if until is not None and until > timezone.localdate() + FARTHEST:
        return {"until_on": [_("This lies too far ahead. Check the year.")]}
    return {}


def _giver(service: str, provider: Partner | None, name: str) -> Errors:
    wrong: Errors = {}
    if service not in Service.values:
        wrong["service"] = [_("Choose one of the answers.")]
    if provider is None and not name:
        wrong["provider_name"] = [_("Say who gives it.")]
    if provider is not None and name:
        wrong["provider_name"] = [_("Choose a partner, or write a name: not both.")]
    return wrong


def _too_long(**texts: str) -> Errors:
    most = {name: MOST_NAME if name == "provider_name" else MOST_NOTE for name in texts}
    return {
        name: [_("This is longer than %(most)s characters.") % {"most": display.number(most[name])}]
        for name, text in texts.items()
        if len(text) > most[name]
    }
