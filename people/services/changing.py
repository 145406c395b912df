"""Change who somebody is, under a version: columns and sets of rows, one line of history a fact."""

from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.exceptions import Conflict
from core.phones import e164
from core.text import key_number
from people.facts import BORN, SETS, checked, facts_of, said, written
from people.models import Person, PersonDocument, PersonPhone
from people.services.persons import name_row
from workflow.models import Edit
from workflow.services import lock, story_columns

Follower = Callable[[Person, Collection[str]], None]
FOLLOWERS: list[Follower] = []


def when_changed(follower: Follower) -> None:
    """Let a room above say what follows, in the same transaction, from what was corrected about a person."""
    FOLLOWERS.append(follower)


@transaction.atomic
def change_person(person: Person, *, by: Any, version: int, changes: dict[str, Any]) -> Person:
    """Change facts (`people.facts`) under a version; who may is the caller's to say.

    Raises Conflict with what is saved now when `version` is stale, ValidationError by field, Http404 out of scope.
    """
    row = lock(person, by)
    before = facts_of(row)
    wanted = _whole(checked(changes), before)
    changed = {name: value for name, value in wanted.items() if not _same(name, before[name], value)}
    if not changed:
        return row
    if row.version != version:
        theirs = {name: said(name, written(name, before[name])) for name in changed}
        raise Conflict(_("Somebody changed this while you were writing. Compare, then save again."), theirs=theirs)
    _save(row, changed)
    columns = story_columns(row)
    for name, value in changed.items():
        then, now = written(name, before[name]), written(name, value)
        Edit(**columns, field=name, before=then, after=now, by=by, version=row.version).save()
    record("edit", by=by, about=row, detail={"fields": sorted(changed)})
    for follower in FOLLOWERS:
        follower(row, changed.keys())
    return row


def _whole(values: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """Let one way to say the age replace the others; an age that is no estimate any more is none."""
    given = next((name for name in BORN if values.get(name) is not None), None)
    if given is None:
        return values
    whole = {**values, **{name: None for name in BORN if name != given}}
    return {**whole, "estimated": values.get("estimated", before["estimated"]) if given != "born_on" else False}


def _same(name: str, before: Any, value: Any) -> bool:
    return sorted(before) == sorted(value) if name in SETS else before == value


def _save(row: Person, changed: dict[str, Any]) -> None:
    columns = {name: value for name, value in changed.items() if name not in SETS}
    if "age" in columns:
        columns["age_on"] = timezone.localdate() if columns["age"] is not None else None
    for name, value in {**columns, "version": row.version + 1, "updated_at": timezone.now()}.items():
        setattr(row, name, value)
    row.clean_fields(exclude=["merged_into"])
    row.save(update_fields=[*columns, "version", "updated_at"])
    for name in SETS:
        if name in changed:
            WRITERS[name](row, changed[name])


def _write_names(row: Person, wanted: Any) -> None:
    kept = {name.text: name for name in row.names.all()}
    row.names.exclude(text__in=[name.text for name in wanted]).delete()
    for name in wanted:
        if name.text not in kept:
            name_row(row, name.text, name.kind).save(force_insert=True)
        elif kept[name.text].kind != name.kind:
            row.names.filter(text=name.text).update(kind=name.kind)


def _write_documents(row: Person, wanted: Any) -> None:
    kept = {(one.kind, one.country, one.number): one.pk for one in row.documents.all()}
    row.documents.exclude(pk__in=[kept[one] for one in wanted if one in kept]).delete()
    for one in wanted:
        if one not in kept:
            norm = key_number(one.number)
            PersonDocument.objects.create(person=row, **one._asdict(), number_norm=norm[:60])


def _write_phones(row: Person, wanted: Any) -> None:
    kept = {one.text: one.pk for one in row.phones.all()}
    row.phones.exclude(pk__in=[kept[one.text] for one in wanted if one.text in kept]).delete()
    for one in wanted:
        if one.text not in kept:
            PersonPhone.objects.create(person=row, text=one.text, e164=e164(one.text))


WRITERS = {"names": _write_names, "documents": _write_documents, "phones": _write_phones}
