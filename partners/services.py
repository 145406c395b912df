"""Keep the directory of partners: names and services, telephones by two people, the beds of a shelter, its sealed address."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.exceptions import Conflict
from core.phones import e164
from core.sealed import open_sealed
from core.text import clean, key_km, key_lat, sort_km
from partners.models import Partner, PartnerKind, PartnerPhone
from partners.resting import require_nothing_runs, rested
from provinces.models import Province
from workflow.services import edit, lock

SHORTEST_REASON, MOST_BEDS = 5, 5_000
HOME = "KH"
SERVED: list[Callable[[Partner, Any], None]] = []
LINES = ("name_km", "name_en", "languages", "hours")


@transaction.atomic
def add_partner(*, by: Any, address: str = "", **fields: Any) -> Partner:
    """Add a partner; `fields` are its columns. Raises PermissionDenied, ValidationError by field."""
    _may_manage(by)
    _require_foreign(fields.get("kind", ""), fields.get("nationalities") or ())
    partner = Partner(**_cleaned(fields))
    partner.address = clean(address)
    partner.clean_fields(exclude=["address"])
    partner.validate_constraints()
    partner.save(force_insert=True)
    record("partner.add", by=by, about=partner, detail={"kind": partner.kind})
    _tell_served(partner, [], by)
    return partner


@transaction.atomic
def edit_partner(
    partner: Partner, *, by: Any, version: int, address: str = "", compromised: bool = False, **changes: Any
) -> Partner:
    """Change fields; an empty address leaves the sealed one as it is. Raises Conflict where `version` is stale.

    A partner rests only once nothing runs there (Conflict with the list), unless it is `compromised`. Whom an embassy serves
    decides whose names it reads: the other supervisors are told of a change.
    """
    _may_manage(by)
    rests = changes.get("is_active") is False and lock(partner, by).is_active
    if rests:
        require_nothing_runs(partner, by, compromised=compromised)
    kind = changes.get("kind", partner.kind)
    if kind != partner.kind:
        raise ValidationError({"kind": [_("The kind stays. Add another partner and let this one rest.")]})
    _require_foreign(kind, changes.get("nationalities") or ())
    before = list(Partner.objects.filter(pk=partner.pk).values_list("nationalities", flat=True).get())
    edited = edit(partner, by=by, version=version, changes=_cleaned(_both_names(partner, changes)))
    _tell_served(edited, before, by)
    if clean(address):
        edited.address = clean(address)
        edited.save(update_fields=["address"])
        record("partner.address", by=by, about=edited)
    if rests:
        rested(edited, by)
    return edited


@transaction.atomic
def add_phone(partner: Partner, *, by: Any, phone: str, label: str = "", takes_codes: bool = False) -> PartnerPhone:
    """Add a telephone; one for codes waits for a second person. Raises ValidationError by field."""
    _may_manage(by)
    row, number = lock(partner, by), e164(phone, takes_codes=takes_codes)
    if not number:
        raise ValidationError({"phone": [_("Write a telephone number like 012 345 678.")]})
    made = PartnerPhone(partner=row, e164=number, label=clean(label)[:80], takes_codes=takes_codes, added_by=by)
    made.validate_constraints()
    made.save(force_insert=True)
    record("partner.phone_add", by=by, about=row, detail={"takes_codes": takes_codes})
    return made


@transaction.atomic
def confirm_phone(partner: Partner, phone: PartnerPhone, *, by: Any) -> PartnerPhone:
    """Confirm, as a second person, that one-time codes may go to a telephone."""
    _may_manage(by)
    row = _phone(lock(partner, by), phone)
    if row.confirmed_at or not row.takes_codes:
        raise Conflict(_("There is nothing to confirm about this telephone."))
    if row.added_by_id == by.pk:
        raise PermissionDenied(_("You added this number. Another person rings it and confirms."))
    row.confirmed_by, row.confirmed_at = by, timezone.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    record("partner.phone_confirm", by=by, about=partner)
    return row


@transaction.atomic
def remove_phone(partner: Partner, phone: PartnerPhone, *, by: Any) -> None:
    """Take a telephone out of the directory; no code goes there from now on."""
    _may_manage(by)
    row = _phone(lock(partner, by), phone)
    row.removed_at = timezone.now()
    row.save(update_fields=["removed_at"])
    record("partner.phone_remove", by=by, about=partner)


@transaction.atomic
def say_beds(partner: Partner, *, by: Any, beds: int) -> Partner:
    """Keep how many beds are free, as the shelter or who rang it says; with the time it was said."""
    ours = by.may("partner.read") or by.partner_id == partner.reference
    if not (ours and by.may("partner.beds")):
        raise PermissionDenied(_("Your role does not allow this. Ask your supervisor."))
    if partner.kind != PartnerKind.SHELTER:
        raise Conflict(_("Only a shelter has beds."))
    if beds > MOST_BEDS:
        raise ValidationError({"beds": [_("Give a whole number.")]})
    Partner.objects.filter(pk=partner.pk).update(beds_free=beds, beds_said_at=timezone.now())
    record("partner.beds", by=by, about=partner, detail={"beds": beds})
    partner.refresh_from_db(fields=["beds_free", "beds_said_at"])
    return partner


@transaction.atomic
def reveal_address(partner: Partner, *, by: Any, reason: str) -> str:
    """Return the sealed address for this visit; raises PermissionDenied, ValidationError without a reason."""
    if not by.may("stay.reveal"):
        raise PermissionDenied(_("Where a shelter lies is protected. Ask your supervisor."))
    row = Partner.objects.visible_to(by).filter(pk=partner.pk).first()
    if row is None:
        raise Http404
    if len(clean(reason)) < SHORTEST_REASON:
        raise ValidationError({"reason": [_("Write down why you need to see it.")]})
    record("partner.reveal_address", by=by, about=row, purpose=f"reason given ({len(clean(reason))} characters)")
    return open_sealed(row, "address")


def _may_manage(by: Any) -> None:
    if not by.may("partner.manage"):
        raise PermissionDenied(_("The directory is kept by the supervisors and the administrator."))


def _require_foreign(kind: str, nationalities: Iterable[str]) -> None:
    """Raise ValidationError where an embassy here would be told of Cambodians."""
    if kind == PartnerKind.EMBASSY and HOME in nationalities:
        raise ValidationError({"nationalities": [_("An embassy here serves no Cambodians. Take Cambodia out.")]})


def _tell_served(partner: Partner, before: list[str], by: Any) -> None:
    """Record whom an embassy serves from now on, and let the rooms above tell of it."""
    if partner.kind != PartnerKind.EMBASSY or before == partner.nationalities:
        return
    detail = {"before": sorted(before), "after": sorted(partner.nationalities)}
    record("partner.nationalities", by=by, about=partner, detail=detail)
    for tell in SERVED:
        tell(partner, by)


def when_served(tell: Callable[[Partner, Any], None]) -> None:
    """Let a room above tell of it when another country's people are served by an embassy."""
    SERVED.append(tell)


def _phone(partner: Partner, phone: PartnerPhone) -> PartnerPhone:
    row = PartnerPhone.objects.filter(partner=partner, pk=phone.pk, removed_at=None).first()
    if row is None:
        raise Conflict(_("Somebody has taken this telephone out already."))
    return row


def _cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    """Clean the lines, and bring the keys a search reads to the names."""
    for name in LINES:
        if name in fields:
            fields[name] = " ".join(clean(fields[name] or "").split())
    for name in ("nationalities", "services", "takes"):
        if name in fields:
            fields[name] = list(_once(fields[name]))
    if (code := fields.get("province_id")) and not Province.objects.choosable().filter(pk=code).exists():
        raise ValidationError({"province": [_("There is no such province.")]})
    if {"name_km", "name_en"} & fields.keys():
        both = " ".join(filter(None, (fields.get("name_km", ""), fields.get("name_en", ""))))
        fields |= {"key_km": key_km(both)[:240], "key_lat": key_lat(both)[:400]}
        fields["sort_name"] = (key_lat(fields.get("name_en", "")) or sort_km(fields.get("name_km", "")))[:240]
    return fields


def _both_names(partner: Partner, changes: dict[str, Any]) -> dict[str, Any]:
    """Return the changes with both names where one is among them: the keys are made of the two."""
    names = ("name_km", "name_en")
    both = {name: getattr(partner, name) for name in names} if changes.keys() & set(names) else {}
    return both | changes


def _once(values: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(values)
