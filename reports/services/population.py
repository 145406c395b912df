"""Keep the population of a year, from a sheet of province, sex, age and number."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from core.display import number as number_of
from core.sheets import cells_of
from core.text import ascii_digits, clean
from provinces.models import Province
from reports.models import Population

MOST = 50_000_000
SEXES = {"m": "male", "male": "male", "ប្រុស": "male", "f": "female", "female": "female", "ស្រី": "female"}
AGES = {"<18": "under_18", "under_18": "under_18", "18+": "18_and_over", "18_and_over": "18_and_over"}
COLUMNS = 4
# Whole people: with thousands set apart alike, or as a spreadsheet writes a whole number; "1234.5" is none.
NUMBER = re.compile(r"([0-9]+|[0-9]{1,3}([ ,.\u00a0\u202f])[0-9]{3}(?:\2[0-9]{3})*)(?:[.,]0)?")


@dataclass(frozen=True)
class Line:
    """One line of a sheet: how many of a sex and an age live in a province."""

    province: str
    sex: str
    age: str
    number: int


def read_lines(text: str) -> list[Line]:
    """Read lines of province, sex, age (<18, 18+) and number; a first line of headings is left out. ValidationError."""
    provinces = {
        word: row.pk for row in Province.objects.choosable() for word in (row.pk, row.name_en.lower(), row.name_km)
    }
    found: dict[tuple[str, str, str], Line] = {}
    wrong = []
    for number, cells in cells_of(text):
        try:
            line = _line(cells, provinces)
        except ValueError as error:
            if not (number == 1 and len(cells) >= COLUMNS and not any(map(str.isdigit, ascii_digits(cells[3])))):
                wrong.append(_("Line %(n)s: %(why)s") % {"n": number_of(number), "why": error})
            continue
        if found.setdefault((line.province, line.sex, line.age), line) is not line:
            wrong.append(_("Line %(n)s: %(why)s") % {"n": number_of(number), "why": _("this stands there twice")})
    if wrong or not found:
        raise ValidationError({"sheet": wrong[:10] or [_("The sheet has no numbers.")]})
    return list(found.values())


def _line(cells: list[str], provinces: dict[str, str]) -> Line:
    if len(cells) < COLUMNS:
        raise ValueError(_("four cells are needed: province, sex, age, number"))
    place, sex, age = (clean(cell).lower() for cell in cells[:3])
    place = ascii_digits(place)
    code = provinces.get(place.zfill(2) if place.isdigit() else place)
    if not code:
        raise ValueError(_("this province is not known"))
    if sex not in SEXES:
        raise ValueError(_("the sex is male or female"))
    if ascii_digits(age) not in AGES:
        raise ValueError(_("the age is <18 or 18+"))
    said = NUMBER.fullmatch(ascii_digits(cells[3]).strip())
    number = re.sub(r"\D", "", said[1]) if said else ""
    if not number or len(number) > 9 or int(number) > MOST:
        raise ValueError(_("the number is not one of people"))
    return Line(code, SEXES[sex], AGES[ascii_digits(age)], int(number))


def _source(text: str) -> str:
    """Return where numbers are from, cleaned; ValidationError at `source`."""
    try:
        source = clean(text)
    except ValidationError as error:
        raise ValidationError({"source": error.messages}) from error
    most = Population._meta.get_field("source").max_length or 0
    if not source:
        raise ValidationError({"source": [_("Write where it is from: an office, a letter, its date.")]})
    if len(source) > most:
        raise ValidationError({"source": [_("This is longer than %(most)s characters.") % {"most": number_of(most)}]})
    return source


@transaction.atomic
def keep_population(lines: list[Line], *, by: Any, year: int, source: str) -> int:
    """Keep what a sheet says of a year: its provinces are replaced, others stay. Returns how many lines changed."""
    if not by.may("population.manage"):
        raise PermissionDenied(_("Your role does not keep the population."))
    source = _source(source)
    rows = Population.objects.select_for_update().filter(year=year)
    kept = {(row.province_id, row.sex, row.age): row for row in rows}
    changed = 0
    for line in lines:
        row = kept.get((line.province, line.sex, line.age))
        if row and (row.number, row.source) == (line.number, source):
            continue
        changed += 1
        if row is None:
            row = Population(province_id=line.province, sex=line.sex, age=line.age, year=year)
        else:
            row.version += 1
        row.number, row.source = line.number, source
        row.clean_fields()
        row.save()
    record("population.keep", by=by, detail={"year": year, "lines": len(lines), "changed": changed})
    return changed
