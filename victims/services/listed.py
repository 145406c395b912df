"""Enter a list of names for an operation: who was sought is found, rows of the night get their names, others are new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.text import key_number
from people.ages import CHILD_UNDER, age_at
from people.models import Person, PersonDocument
from people.services import set_names
from victims.models import Entry, Operation, RescueStatus, Victim
from victims.services.entries import Under, bring_in, hold, keep, line_of, reported_of
from victims.services.rescue import advance

FACTS = ("sex", "age", "age_on", "estimated", "nationality", "born_on", "born_year")
ENDABLE = (RescueStatus.REPORTED, RescueStatus.LOCATED, RescueStatus.NOT_FOUND, RescueStatus.DECLINED)


@dataclass(frozen=True)
class Listed:
    """One person of the list; `sought` is the row of the person they were found to be, if anybody sought them."""

    names: tuple[str, ...] = ()
    sex: str = ""
    age: int | None = None
    born_on: date | None = None
    born_year: int | None = None
    nationality: str = ""
    passport: str = ""
    sought: Victim | None = None


@transaction.atomic
def enter_list(
    operation: Operation,
    listed: Sequence[Listed],
    *,
    by: Any,
    reported: int | None = None,
    name_counted: bool = True,
) -> Entry:
    """Enter everybody of a list as brought out in an operation.

    Who is `sought` is recorded as rescued; of the others each names a row without a name that the operation has (unless
    not `name_counted`), the one that fits best; who is left over becomes a new row, of which `reported` stand in the
    ledger. Errors as `count_found`.
    """
    if not 1 <= len(listed) <= 300:
        raise ValidationError({"listed": [_("Enter from 1 to %(most)s people.") % {"most": 300}]})
    touched = [one.sought.pk for one in listed if one.sought is not None]
    touched += [row.pk for row in unnamed_of(operation, by)] if name_counted else []
    under = hold(operation, by, touched)
    lines = [found_again(under, one, by) for one in listed if one.sought is not None]
    rest = [one for one in listed if one.sought is None]
    pool = unnamed_of(under.operation, by) if name_counted else []
    fitted = [(one, take_fitting(pool, one)) for one in rest]
    lines += [give_name(row, one) for one, row in fitted if row is not None]
    new = [one for one, row in fitted if row is None]
    n = reported_of(under, len(new), reported)
    lines += [make_row(under, one, by=by, reported=place < n) for place, one in enumerate(new)]
    return keep(under, Entry.Kind.SHEET, lines, by)


def found_again(under: Under, one: Listed, by: Any) -> dict[str, Any]:
    """Record that somebody sought was brought out in the operation."""
    row = Victim.objects.visible_to(by).live().select_related("person").filter(pk=one.sought.pk).first()  # type: ignore[union-attr]
    if row is None or row.rescue_status not in ENDABLE:
        raise ValidationError({"listed": [_("Somebody of the list is no longer sought. Load the list again.")]})
    before = {"status": row.rescue_status, "place": row.place}
    operation = under.operation
    said = {"happened_at": operation.done_at, "place": operation.where[:300]}
    done = advance(row, "record_rescue", by=by, **said)
    done.operation = operation  # of whichever complaint: a step would offer only operations about its own
    done.save(update_fields=["operation"])
    filled = fill_empty(row.person, one)
    added = add_known(row.person, one)
    return line_of("rescued", done, **before, **filled, **added)


def fill_empty(person: Person, one: Listed) -> dict[str, Any]:
    """Write what the list says and nobody knew of a person yet; what was known stays. Return what to give back."""
    aged = any((person.age, person.born_on, person.born_year))
    left = Listed(
        sex=one.sex if person.sex == "unknown" else "",
        nationality="" if person.nationality else one.nationality,
        age=None if aged else one.age,
        born_on=None if aged else one.born_on,
        born_year=None if aged else one.born_year,
    )
    return write_facts(person, left) if left != Listed() else {}


def unnamed_of(operation: Operation, by: Any) -> list[Victim]:
    """Return the rows of an operation whose person has no name yet."""
    rows = Victim.objects.visible_to(by).live().filter(operation=operation, person__names=None)
    return list(rows.select_related("person").order_by("pk"))


def take_fitting(pool: list[Victim], one: Listed) -> Victim | None:
    """Take the row that fits a person best out of the pool; none that contradicts what is said."""
    fits = [(fit, place) for place, row in enumerate(pool) if (fit := _fit(row.person, one)) is not None]
    if not fits:
        return None
    best = max(fits, key=lambda found: (found[0], -found[1]))
    return pool.pop(best[1])


def _fit(person: Person, one: Listed) -> int | None:
    """Count what agrees; None where sex, nationality, or child and adult contradict."""
    today = timezone.localdate()
    ages = (age_at(person, today), age_at(_as_person(one, today), today))
    children = tuple(None if age is None else age < CHILD_UNDER for age in ages)
    counted_adult = ages[0] is None and person.sex != "unknown"  # the count writes no age for a grown man or woman
    pairs = (
        ("" if person.sex == "unknown" else person.sex, one.sex),
        (person.nationality, one.nationality),
        (False if counted_adult else children[0], children[1]),
    )
    if any(a not in ("", None) and b not in ("", None) and a != b for a, b in pairs):
        return None
    return sum(a not in ("", None) and a == b for a, b in pairs)


def _as_person(one: Listed, today: date) -> Person:
    age_on = today if one.age is not None else None
    return Person(born_on=one.born_on, born_year=one.born_year, age=one.age, age_on=age_on)


def give_name(row: Victim, one: Listed) -> dict[str, Any]:
    """Write what the list says on a row that had no name."""
    facts = write_facts(row.person, one)
    added = add_known(row.person, one)
    return line_of("named", row, **facts, **added)


def write_facts(person: Person, one: Listed) -> dict[str, Any]:
    """Write sex, nationality and age of a person as the list says them; return what they were, for taking back."""
    before = {name: _plain(getattr(person, name)) for name in FACTS}
    today = timezone.localdate()
    said = _as_person(one, today)
    facts: dict[str, Any] = {"sex": one.sex, "nationality": one.nationality}
    if one.age is not None or one.born_on or one.born_year:
        facts |= {name: getattr(said, name) for name in ("age", "age_on", "born_on", "born_year")} | {
            "estimated": False
        }
    known = {name: value for name, value in facts.items() if value not in ("", None) or name in _birth(facts)}
    Person.objects.filter(pk=person.pk).update(**known, version=person.version + 1, updated_at=timezone.now())
    return {"facts": before, "person_version": person.version + 1}


def _birth(facts: dict[str, Any]) -> Iterable[str]:
    return ("age", "age_on", "born_on", "born_year", "estimated") if "age_on" in facts else ()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def add_known(person: Person, one: Listed) -> dict[str, list[str]]:
    """Add the names and the passport that a person does not have yet; return which, for taking back."""
    kept = set(person.names.values_list("text", flat=True))
    set_names(person, one.names)
    names = [name for name in one.names if name not in kept]
    number = key_number(one.passport)
    if not number or person.documents.filter(number_norm=number).exists():
        return {"names": names, "documents": []}
    row = PersonDocument(
        person=person,
        kind=PersonDocument.Kind.PASSPORT,
        country=one.nationality,
        number=one.passport,
        number_norm=number,
    )
    row.save(force_insert=True)
    return {"names": names, "documents": [str(row.pk)]}


def make_row(under: Under, one: Listed, *, by: Any, reported: bool) -> dict[str, Any]:
    """Make the row of somebody nobody sought and the night did not count."""
    said = {"sex": one.sex, "age": one.age, "nationality": one.nationality}
    victim = bring_in(under, said, by=by, reported=reported, came_out=True)
    birth = {name: value for name in ("born_on", "born_year") if (value := getattr(one, name))}
    if birth:
        Person.objects.filter(pk=victim.person_id).update(**birth)
    add_known(victim.person, one)
    return line_of("made", victim)
