"""Record which companies stand at a site, and the measures of authorities there."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from core.display import today
from core.exceptions import Conflict
from core.text import clean
from provinces.models import Company, Measure, Sector, Site
from workflow.models import Edit
from workflow.services import edit, lock, story_columns

TEXTS = ("name_km", "name_en", "registration", "authority")


def may_record(site: Site, by: Any) -> bool:
    """Say whether `by` records at a site: the ministry everywhere, an officer in the own province where it leads."""
    if not by.may("measure.record"):
        return False
    return bool(by.is_ministry or (site.province_id in by.posted_provinces and not site.national_led))


def _held(site: Site, by: Any) -> Site:
    row = lock(site, by)
    if not may_record(row, by):
        raise PermissionDenied(_("Measures at this site are recorded by its province or by the ministry."))
    return row


@transaction.atomic
def add_company(site: Site, *, by: Any, **said: str) -> Company:
    """Say that a company stands at a site; one with the same registration number is the same company."""
    row, values = _held(site, by), _cleaned(said)
    number = values.get("registration", "")
    known = Company.objects.filter(registration=number).first() if number else None
    company = known or Company(**values)
    if known is None:
        company.clean_fields()
        company.validate_constraints()
        company.save(force_insert=True)
    company.sites.add(row)
    _line(company, "sites", "", row.reference, by)
    record("company.add", by=by, about=company, detail={"site": row.reference})
    return company


@transaction.atomic
def change_company(company: Company, site: Site, *, by: Any, version: int, **said: str) -> Company:
    """Correct the names of a company, or its number, from the page of a site it stands at."""
    _held(site, by)
    return edit(company, by=by, version=version, changes=_cleaned(said))


@transaction.atomic
def part_company(company: Company, site: Site, *, by: Any) -> None:
    """Take a company away from a site; Conflict while a measure there names it."""
    row = _held(site, by)
    if row.measures.filter(company=company).exists():  # type: ignore[attr-defined]
        raise Conflict(_("A measure here names this company. It stays."))
    company.sites.remove(row)
    _line(company, "sites", row.reference, "", by)
    record("company.part", by=by, about=company, detail={"site": row.reference})


@transaction.atomic
def add_measure(site: Site, *, by: Any, **said: Any) -> Measure:
    """Record a measure; `said` are kind, since_on, until_on, authority, company, sector, note. ValidationError by field."""
    row = _held(site, by)
    measure = Measure(site=row, **_measure(row, said))
    measure.clean_fields(exclude=["site", "company"])
    measure.validate_constraints()
    measure.save(force_insert=True)
    _line(measure, "kind", "", measure.kind, by)
    record("measure.add", by=by, about=measure, detail={"site": row.reference, "kind": measure.kind})
    return measure


@transaction.atomic
def change_measure(measure: Measure, *, by: Any, version: int, **said: Any) -> Measure:
    """Correct or end a measure under a version; Conflict with what is saved now when it is stale."""
    row = _held(measure.site, by)
    return edit(measure, by=by, version=version, changes=_measure(row, said))


def _cleaned(said: Mapping[str, str]) -> dict[str, Any]:
    return {name: " ".join(clean(text or "").split()) for name, text in said.items() if name in TEXTS}


def _measure(site: Site, said: Mapping[str, Any]) -> dict[str, Any]:
    values = {**said, **_cleaned({"authority": said.get("authority", "")}), "note": clean(said.get("note") or "")}
    values["sector"] = said.get("sector") or ""
    errors: dict[str, list[Any]] = {}
    if values.get("kind") not in Measure.Kind.values:
        errors["kind"] = [_("Choose the measure.")]
    if values["sector"] and values["sector"] not in Sector.values:
        errors["sector"] = [_("Choose one of the answers.")]
    if not values["authority"]:
        errors["authority"] = [_("Write which authority.")]
    since: datetime.date | None = values.get("since_on")
    if since is None:
        errors["since_on"] = [_("Write the day, like 29/9/2022.")]
    elif since > today():
        errors["since_on"] = [_("This lies in the future. Give the day it happened.")]
    company = values.get("company")
    if company is not None and not company.sites.filter(pk=site.pk).exists():
        errors["company"] = [_("Choose a company of this site.")]
    if errors:
        raise ValidationError(errors)
    return values


def _line(row: Any, field: str, before: str, after: str, by: Any) -> None:
    Edit.objects.create(**story_columns(row), field=field, before=before, after=after, by=by, version=row.version)
