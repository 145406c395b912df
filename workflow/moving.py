"""The mechanics of merging: what hangs on a record, moving it, and moving back what still hangs there."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from workflow.models import Edit, Transition

Moved = list[list[str]]


def leads_to(row: Any, user: Any) -> str | None:
    """Return the reference of the record a merged one leads to, where the user may see it; None for one not merged."""
    if row.merged_into_id is None:
        return None
    seen = type(row)._default_manager.visible_to(user).filter(pk=row.merged_into_id)
    found: str | None = seen.values_list("reference", flat=True).first()
    return found


def columns(model: type[models.Model], *, but: Iterable[str] = ()) -> Iterator[tuple[type[models.Model], models.Field]]:  # type: ignore[type-arg]
    """Give every foreign key that leads to a model, also of many-to-many tables; none of the model's own."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
            continue
        field: Any = relation.field  # type: ignore[union-attr]
        if relation.related_model is not model and name_of(field) not in but:
            yield relation.related_model, field  # type: ignore[misc]


def name_of(field: Any) -> str:
    """Return the table and column a moved row is kept under."""
    return f"{field.model._meta.label_lower}.{field.attname}"


def move(survivor: models.Model, absorbed: models.Model, *, but: Iterable[str] = ()) -> Moved:
    """Hang on the survivor what hung on the absorbed record; what would stand there twice stays. Returns what moved."""
    found: Moved = []
    for model, field in columns(type(survivor), but=frozenset(but)):
        rows = model._base_manager.filter(**{field.attname: absorbed.pk})
        keys = _locked(rows.exclude(pk__in=_double(model, field, survivor.pk, absorbed.pk)))
        hang(model, field.attname, keys, survivor)
        found += [[name_of(field), str(key)] for key in keys]
    return found


def _locked(rows: Any) -> list[Any]:
    """Lock rows in order of their keys, so that two who move them cannot deadlock."""
    return [key for (key,) in rows.order_by("pk").select_for_update(no_key=True).values_list("pk")]


def move_back(moved: Iterable[Iterable[str]], survivor: Any, absorbed: models.Model) -> int:
    """Hang on the absorbed record again what still hangs on the survivor; return how many rows stayed where they are."""
    stayed = 0
    for name, keys in grouped(moved).items():
        label, column = name.rsplit(".", 1)
        model = apps.get_model(label)
        found = _locked(model._base_manager.filter(pk__in=keys, **{column: survivor.pk}))
        hang(model, column, found, absorbed)
        stayed += len(keys) - len(found)
    return stayed


def grouped(moved: Iterable[Iterable[str]]) -> dict[str, list[str]]:
    """Return the keys that moved by table and column."""
    found: dict[str, list[str]] = {}
    for name, key in moved:
        found.setdefault(name, []).append(key)
    return found


def hang(model: type[models.Model], column: str, keys: list[Any], on: Any) -> None:
    """Hang rows on a record in one statement, with its province and handling where the rows carry a complaint's."""
    if not keys:
        return
    fields = {field.name for field in model._meta.fields}
    values: dict[str, Any] = {column: on.pk}
    if {"province", "handling"} <= fields and hasattr(on, "handling"):
        values |= {"province_id": on.province_id, "handling": on.handling}
    if "version" in fields:
        values |= {"version": F("version") + 1, "updated_at": timezone.now()}
    model._base_manager.filter(pk__in=keys).update(**values)


def follow(moved: Iterable[Iterable[str]], complaint: Any) -> None:
    """Let the stories of rows that hang on a complaint now hang on it too."""
    keys: list[Any] = []
    for name, found in grouped(moved).items():
        model = apps.get_model(name.rsplit(".", 1)[0])
        if name.endswith(".complaint_id") and isinstance(model._meta.pk, models.UUIDField):
            keys += [
                key for (key,) in model._base_manager.filter(pk__in=found, complaint_id=complaint.pk).values_list("pk")
            ]
    scope = {"complaint_id": complaint.pk, "province_id": complaint.province_id, "handling": complaint.handling}
    for story in (Transition, Edit):
        story._base_manager.filter(object_id__in=keys).update(**scope)


def _double(model: type[models.Model], field: Any, survivor: Any, absorbed: Any) -> set[Any]:
    """Return the rows of the absorbed record whose like the survivor has already: a unique rule keeps them apart."""
    found: set[Any] = set()
    for names, condition in _unique_rules(model):
        if field.name not in names:
            continue
        others = [name for name in names if name != field.name]
        rows = model._base_manager.filter(condition)
        taken = set(rows.filter(**{field.attname: survivor}).values_list(field.attname, *others))
        own = rows.filter(**{field.attname: absorbed}).values_list("pk", *others)
        found |= {pk for pk, *key in own if None not in key and (survivor, *key) in taken}
    return found


def _unique_rules(model: type[models.Model]) -> Iterator[tuple[tuple[str, ...], Q]]:
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and rule.fields:
            yield tuple(rule.fields), rule.condition or Q()
    for names in model._meta.unique_together:
        yield tuple(names), Q()
    for field in model._meta.fields:
        if field.unique and not field.primary_key:
            yield (field.name,), Q()
