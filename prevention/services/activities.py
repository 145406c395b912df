"""Record an awareness activity, and correct it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from core.display import today
from core.text import clean
from prevention.models import Activity, ActivityKind, Audience, Organiser, ReachSource
from provinces.models import Province
from workflow.services import edit, lock

LINES = ("title", "place", "subject")
MOST_REACHED = 50_000_000


def may_write(by: Any, province_id: str) -> bool:
    """Say whether `by` records activities of a province: the ministry everywhere, an officer where they are posted."""
    return bool(by.may("activity.write") and (by.is_ministry or province_id in by.posted_provinces))


@transaction.atomic
def add_activity(*, by: Any, **said: Any) -> Activity:
    """Record an activity; `said` are its columns. Raises ValidationError by field, PermissionDenied."""
    _require(by)
    values = _cleaned(said, by)
    activity = Activity(made_by=by, **values)
    activity.clean_fields(exclude=["made_by"])
    activity.validate_constraints()
    activity.save(force_insert=True)
    record("activity.add", by=by, about=activity, detail={"kind": activity.kind, "province": activity.province_id})
    return activity


@transaction.atomic
def change_activity(activity: Activity, *, by: Any, version: int, **said: Any) -> Activity:
    """Correct an activity under its version; Conflict with what is saved now when it is stale."""
    _require(by)
    row = lock(activity, by)
    if not may_write(by, row.province_id):
        raise PermissionDenied(_("Activities of another province are corrected there, or by the ministry."))
    return edit(row, by=by, version=version, changes=_cleaned(said, by))


def _require(by: Any) -> None:
    if not by.may("activity.write"):
        raise PermissionDenied(_("Your role does not allow this. Ask your supervisor."))


def _cleaned(said: Mapping[str, Any], by: Any) -> dict[str, Any]:
    values = {**said, **{name: " ".join(clean(said.get(name) or "").split()) for name in LINES}}
    values["note"] = clean(said.get("note") or "")
    values["reach_source"] = said.get("reach_source") or ""
    errors: dict[str, list[Any]] = {}
    _say_choices(values, errors)
    _say_day(values, errors)
    _say_place(values, errors, by)
    _say_reach(values, errors)
    if errors:
        raise ValidationError(errors)
    return values


def _say_choices(values: dict[str, Any], errors: dict[str, list[Any]]) -> None:
    if values.get("kind") not in ActivityKind.values:
        errors["kind"] = [_("Choose one of the answers.")]
    if not values["title"]:
        errors["title"] = [_("Write a title.")]
    for name, known in (("organisers", Organiser.values), ("audience", Audience.values)):
        chosen = list(values.get(name) or ())
        values[name] = [code for code in known if code in chosen]
        if not chosen or set(chosen) - set(known):
            errors[name] = [_("Choose at least one of the answers.")]
    if values["subject"] and values.get("kind") != ActivityKind.TRAINING:
        errors["subject"] = [_("Only a training has a subject. Write the rest into the note.")]


def _say_day(values: dict[str, Any], errors: dict[str, list[Any]]) -> None:
    if values.get("held_on") is None:
        errors["held_on"] = [_("Write the day, like 29/9/2022.")]
    elif values["held_on"] > today():
        errors["held_on"] = [_("This lies in the future. Record an activity once it was held.")]
    elif values.get("until_on") and values["until_on"] < values["held_on"]:
        errors["until_on"] = [_("It cannot end before it began.")]


def _say_place(values: dict[str, Any], errors: dict[str, list[Any]], by: Any) -> None:
    province = values.get("province_id") or ""
    if not Province.objects.choosable().filter(pk=province).exists():
        errors["province_id"] = [_("Choose the province where it was held.")]
    elif not may_write(by, province):
        errors["province_id"] = [_("You record activities of your own province only.")]


def _say_reach(values: dict[str, Any], errors: dict[str, list[Any]]) -> None:
    reached, women = values.get("reached"), values.get("reached_women")
    if reached is not None and reached > MOST_REACHED:
        errors["reached"] = [_("This is more than all people of the country.")]
    if women is not None and (reached is None or women > reached):
        errors["reached_women"] = [_("There cannot be more women than people reached.")]
    if values["reach_source"] not in ["", *ReachSource.values]:
        errors["reach_source"] = [_("Choose one of the answers.")]
    elif reached is not None and not values["reach_source"]:
        errors["reach_source"] = [_("Say where the number of people reached comes from.")]
    elif reached is None and values["reach_source"]:
        values["reach_source"] = ""
