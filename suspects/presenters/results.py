"""What would be done with each row of a court's sheet: whom it is about, what the services say to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from core import display
from people.matching import Known, likely
from people.models import Person
from people.presenters import names_of
from suspects.models import CaseFile, Suspect
from suspects.presenters.suspects import status_words
from suspects.services.results import SENTENCE, Result, tried
from suspects.sheet import Row
from suspects.workflow import SUSPECT
from workflow.services import available_steps

OUT = "out"
MOST_OPTIONS = 3


@dataclass
class Preview:
    """A row of the sheet with whom it may be about; `chosen` is a reference, or "out"."""

    row: Row
    who: list[Suspect] = field(default_factory=list)
    options: list[dict[str, str]] = field(default_factory=list)
    chosen: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def enters(self) -> bool:
        """Return whether the row is entered."""
        return not self.errors and self.suspect is not None

    @property
    def suspect(self) -> Suspect | None:
        """Return who was chosen."""
        return next((one for one in self.who if one.reference == self.chosen), None)

    @property
    def asks(self) -> bool:
        """Return whether there is somebody to choose: not where the one it names is refused."""
        return bool(self.options) and (not self.errors or len(self.who) > 1)

    @property
    def name(self) -> str:
        """Return the name of the select on the page."""
        return f"row-{self.row.line}"

    @property
    def said(self) -> str:
        """Say what the sheet says of the result."""
        row = self.row
        step = SUSPECT.named(row.step)[0].done if row.step else ""
        months = display.number(row.prison_months) if row.prison_months is not None else ""
        prison = display.told(_("Prison, in months"), months) if months else ""
        absent = _("in absentia") if row.in_absentia else ""
        return ", ".join(
            str(part) for part in (step, display.day(row.day), ", ".join(row.articles), absent, prison) if part
        )

    def result(self) -> Result:
        """Return what the service takes."""
        row: Any = self.row
        sentence = tuple((name, getattr(row, name)) for name in SENTENCE)
        said = {
            "articles": row.articles,
            "in_absentia": row.in_absentia,
            "note": row.note,
            "name": row.name,
            "file": row.file,
        }
        return Result(line=row.line, suspect=self.suspect, step=row.step, day=row.day, sentence=sentence, **said)  # type: ignore[arg-type]


def previews(rows: Sequence[Row], chosen: Mapping[str, Any], user: Any) -> list[Preview]:
    """Return the rows with whom each may be about, of whom the reader sees, and what the services would refuse."""
    found = [Preview(row, errors=list(row.errors)) for row in rows]
    sound = [one for one in found if not one.errors]
    _by_reference([one for one in sound if one.row.reference], user)
    _by_file([one for one in sound if not one.row.reference], user)
    for one in sound:
        _offer(one, chosen, user)
    wrong = tried([one.result() for one in sound if one.enters], by=user)
    for one in sound:
        one.errors += wrong.get(one.row.line, [])
    return found


def _by_reference(found: list[Preview], user: Any) -> None:
    names = {one.row.reference for one in found}
    rows = Suspect.objects.visible_to(user).for_list().filter(reference__in=names)
    known = {row.reference: row for row in rows} if names else {}
    for one in found:
        one.who = [known[one.row.reference]] if one.row.reference in known else []
        if not one.who:
            one.errors.append(_("Nobody of this reference is open to you."))


def _by_file(found: list[Preview], user: Any) -> None:
    if not found:
        return
    in_files = Prefetch("suspects", Suspect.objects.visible_to(user).for_list())
    files: dict[str, list[Suspect]] = {}
    numbers = {one.row.file for one in found}
    seen = CaseFile.objects.visible_to(user).prefetch_related(in_files)
    for column in ("police_number", "court_number", "reference"):
        for file in seen.filter(**{f"{column}__in": numbers}):
            files.setdefault(getattr(file, column), []).extend(file.suspects.all())
    people = {row.person_id for rows in files.values() for row in rows}
    matches = likely([Known(names=(one.row.name,)) for one in found], Person.objects.filter(pk__in=people), most=10)
    for one, named in zip(found, matches, strict=True):
        there = {row.person_id: row for row in files.get(one.row.file, [])}
        one.who = [there[match.person.pk] for match in named if match.person.pk in there][:MOST_OPTIONS]
        if one.row.file not in files:
            one.errors.append(_("No case file of this number is open to you."))
        elif not one.who:
            one.errors.append(_("Nobody of this name stands in the case file."))


def _offer(one: Preview, chosen: Mapping[str, Any], user: Any) -> None:
    for row in one.who:
        name = names_of(row.person, user)[0]
        words = ", ".join(part for part in (name, row.reference, status_words(row)) if part)
        one.options.append({"value": row.reference, "label": words})
    one.options.append({"value": OUT, "label": _("Leave out")})
    wanted = str(chosen.get(one.name, ""))
    usual = one.who[0].reference if len(one.who) == 1 else OUT
    one.chosen = wanted if wanted in {option["value"] for option in one.options} else usual


def done_rows(references: Sequence[str], user: Any) -> list[dict[str, Any]]:
    """Return who was entered, with the steps that take the last result back; of whom the reader sees."""
    rows = Suspect.objects.visible_to(user).for_list().filter(reference__in=references)
    return [
        {
            "reference": row.reference,
            "url": reverse("suspects:detail", args=[row.reference]),
            "name": names_of(row.person, user)[0] or row.reference,
            "status": status_words(row),
            "back": [
                {"label": step.label, "url": reverse("suspects:step", args=[row.reference, step.name])}
                for step in available_steps(SUSPECT, row, user)
                if step.name.startswith("take_back_") and step.target is not None
            ],
        }
        for row in rows.order_by("reference")
    ]
