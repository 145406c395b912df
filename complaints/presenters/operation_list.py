"""What would be done with each row of a list: who it may be, with reasons, and what was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.sheet import Row
from people.matching import Match, likely
from people.models import Person, Sex
from people.presenters import about, names_of
from victims.models import Operation, Victim
from victims.services.listed import ENDABLE, Listed

SURE = 75  # of 100 (the whole name, sex and nationality): chosen for the officer, who may choose otherwise …
APART = 5  # … unless another person fits almost as well
NEW, OUT = "new", "out"


@dataclass
class Preview:
    """A row of the list with its options; `chosen` is a reference of somebody sought, "new" or "out"."""

    row: Row
    options: list[dict[str, Any]] = field(default_factory=list)
    chosen: str = NEW
    sought: dict[str, Victim] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[str, ...]:
        """Return what is wrong with the row."""
        return self.row.errors

    @property
    def enters(self) -> bool:
        """Return whether the row is entered."""
        return not self.row.errors and self.chosen != OUT

    @property
    def name(self) -> str:
        """Return the name of the select on the page."""
        return f"row-{self.row.line}"

    @property
    def said(self) -> str:
        """Say what the list says besides the names."""
        row = self.row
        person = Person(sex=row.sex or Sex.UNKNOWN, age=row.age, nationality=row.nationality)
        person.born_on, person.born_year = row.born_on, row.born_year
        person.age_on = timezone.localdate() if row.age is not None else None
        return ", ".join(part for part in (about(person), row.passport) if part)

    def listed(self) -> Listed:
        """Return what the service takes."""
        row = self.row
        return Listed(
            names=row.names,
            sex=row.sex,
            age=row.age,
            born_on=row.born_on,
            born_year=row.born_year,
            nationality=row.nationality,
            passport=row.passport,
            sought=self.sought.get(self.chosen),
        )


def previews(operation: Operation, rows: Sequence[Row], chosen: Mapping[str, Any], user: Any) -> list[Preview]:
    """Return the rows with who each may be, of whom the reader sees; a constant number of queries."""
    seen = Victim.objects.visible_to(user).live()
    sought = seen.filter(rescue_status__in=ENDABLE, found_unreported=False)
    met = seen.filter(operation=operation)
    persons = Person.objects.filter(pk__in=(sought | met).values("person_id"))
    found = likely([row.known() for row in rows], persons, most=3)
    ids = {match.person.pk for matches in found for match in matches}
    by_person: dict[Any, list[Victim]] = {}
    both = (sought | met).filter(person_id__in=ids).select_related("complaint").order_by("received_at", "pk")
    for victim in both:
        by_person.setdefault(victim.person_id, []).append(victim)
    return [
        _preview(operation, row, matches, by_person, chosen, user) for row, matches in zip(rows, found, strict=True)
    ]


def _preview(
    operation: Operation,
    row: Row,
    matches: list[Match],
    by_person: Mapping[Any, list[Victim]],
    chosen: Mapping[str, Any],
    user: Any,
) -> Preview:
    one = Preview(row)
    scores = [*(match.score for match in matches), 0, 0]
    sure, proposed = scores[0] >= SURE and scores[0] - scores[1] >= APART, NEW
    for match in matches:
        victims = by_person.get(match.person.pk, [])
        here = next((victim for victim in victims if victim.operation_id == operation.pk), None)
        victim = next((victim for victim in victims if victim.rescue_status in ENDABLE), None)
        if here is not None:
            one.options.append(_option(OUT, _("Entered already: %(who)s") % {"who": _who(here, match, user)}, match))
            proposed = OUT if sure and match is matches[0] else proposed
        elif victim is not None:
            one.sought[victim.reference] = victim
            one.options.append(_option(victim.reference, _who(victim, match, user), match))
            proposed = victim.reference if sure and match is matches[0] else proposed
    one.options.append({"value": NEW, "label": _("Nobody of these: a new person"), "why": ""})
    if not any(option["value"] == OUT for option in one.options):
        one.options.append({"value": OUT, "label": _("Leave out"), "why": ""})
    wanted = str(chosen.get(one.name, ""))
    one.chosen = wanted if wanted in {option["value"] for option in one.options} else proposed
    return one


def _option(value: str, label: str, match: Match) -> dict[str, Any]:
    return {"value": value, "label": label, "why": ", ".join(match.reasons)}


def _who(victim: Victim, match: Match, user: Any) -> str:
    name = names_of(match.person, user)[0]
    parts = (name, about(match.person), victim.reference, victim.complaint.reference)
    return ", ".join(part for part in parts if part)
