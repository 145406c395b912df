"""A list of people as it was pasted or uploaded: rows, with what is wrong in each said at the row."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.countries import country_code
from core.forms import read_day
from core.sheets import MOST_CELL, MOST_ROWS, cells_of
from core.text import ascii_digits, clean, key_number
from people.matching import Known
from people.models import Sex

# Heads of columns as people write them, in the languages of the lists that come in.
HEADS = {
    "name": "name|names|full name|ឈ្មោះ|គោត្តនាម និងនាម|ชื่อ|姓名|họ tên|họ và tên|nama",
    "other_name": "name in latin|latin name|english name|ឈ្មោះឡាតាំង|ឈ្មោះអង់គ្លេស|other name|英文名",
    "sex": "sex|gender|ភេទ|เพศ|性别|giới tính|jenis kelamin",
    "age": "age|អាយុ|อายุ|年龄|tuổi|umur",
    "born": "date of birth|born|dob|birth date|ថ្ងៃខែឆ្នាំកំណើត|ថ្ងៃកំណើត|วันเกิด|出生日期|ngày sinh|tanggal lahir",
    "nationality": "nationality|country|សញ្ជាតិ|สัญชาติ|国籍|quốc tịch|kewarganegaraan",
    "passport": "passport|passport no|passport number|document|លិខិតឆ្លងដែន|លេខលិខិតឆ្លងដែន|หนังสือเดินทาง|护照|护照号|hộ chiếu|số hộ chiếu|paspor",
    "place": "place|location|address|site|where|ទីកន្លែង|ទីតាំង|អាសយដ្ឋាន|สถานที่|地点|地址|địa điểm|nơi|tempat|lokasi",
}
COLUMN = {head: column for column, heads in HEADS.items() for head in heads.split("|")}
USUAL = ("name", "sex", "age", "nationality", "passport")
WITH_PLACE = ("name", "sex", "age", "nationality", "place", "passport")
SEXES = {
    **dict.fromkeys(["m", "male", "man", "ប", "ប្រុស", "ชาย", "男", "nam", "laki-laki"], Sex.MALE),
    **dict.fromkeys(["f", "female", "woman", "ស", "ស្រី", "หญิง", "女", "nữ", "nu", "perempuan"], Sex.FEMALE),
}
# A line that ends as a heading does, or a long one of one cell that ends as a sentence does, is no person.
HEADING = re.compile(r"[:：៖]$")
SENTENCE = re.compile(r".{40,}[.。។!?]$")
YEAR = re.compile(r"^(19|20)\d\d$")


@dataclass(frozen=True)
class Row:
    """One person of the list; `errors` say what to mend, `line` is the line of the list."""

    line: int
    names: tuple[str, ...] = ()
    sex: str = ""
    age: int | None = None
    born_on: date | None = None
    born_year: int | None = None
    nationality: str = ""
    passport: str = ""
    place: str = ""
    errors: tuple[str, ...] = ()
    cells: tuple[str, ...] = field(default=(), compare=False)

    def known(self) -> Known:
        """Return what is said of the person, to look for who it may be."""
        return Known(
            names=self.names,
            sex=self.sex,
            age=self.age,
            born_on=self.born_on,
            born_year=self.born_year,
            nationality=self.nationality,
            documents=(self.passport,) if self.passport else (),
        )


def read_list(text: str, usual: Sequence[str] = USUAL) -> list[Row]:
    """Return the rows of a list, its columns `usual` where no first line names them; raises ValidationError where there is none, or too many."""
    cells = cells_of(text)
    columns = _columns(cells[0][1])
    if columns:
        cells = cells[1:]
    if not cells:
        raise ValidationError(_("The list has a heading and no people."))
    if len(cells) > MOST_ROWS:
        raise ValidationError(_("At most %(most)s people at once. Send the list in parts.") % {"most": MOST_ROWS})
    return _alike([_row(number, found, columns or _without_sex(found, usual)) for number, found in cells])


def _without_sex(cells: Sequence[str], usual: Sequence[str]) -> Sequence[str]:
    """Return the usual columns of a row: "Ratna Dewi, 23" leaves the sex out, as many lists do."""
    has_age = len(cells) > 1 and ascii_digits(cells[1].strip()).isdecimal()
    return tuple(column for column in usual if column != "sex") if has_age else usual


def _columns(cells: Sequence[str]) -> tuple[str, ...]:
    heads = [COLUMN.get(cell.strip().lower().rstrip(".:"), "") for cell in cells]
    return tuple(heads) if any(heads) and "name" in heads else ()


def _row(number: int, cells: Sequence[str], columns: Sequence[str]) -> Row:
    if _is_sentence(cells):
        why = _("This line reads as a sentence, not as a name. Take it out of the list.")
        return Row(line=number, names=(", ".join(filter(None, cells)),), errors=(why,), cells=tuple(cells))
    values, wrong = _values(zip(columns, cells, strict=False))
    errors = [f"{text[:40]}: {why}" for _column, text, why in wrong]
    names = _names(values)
    if not names and not errors and not values:
        errors.append(_("This row says nothing of a person."))
    if len([cell for cell in cells if cell]) > len(columns):
        errors.append(_("This row has more cells than the list has columns."))
    return Row(line=number, names=names, errors=tuple(errors), cells=tuple(cells), **values)


def _is_sentence(cells: Sequence[str]) -> bool:
    said = [text for cell in cells if (text := cell.strip())]
    return bool(said) and bool(HEADING.search(said[-1]) or (len(said) == 1 and SENTENCE.search(said[0])))


def _values(said: Iterable[tuple[str, str]]) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """Return what cells say, and of those that cannot be read their column, their text and why."""
    values: dict[str, Any] = {}
    wrong = []
    for column, text in said:
        if not text or not column:
            continue
        try:
            if len(text) > MOST_CELL:
                raise ValidationError(_("This cell is too long."))
            values |= READ[column](clean(text))
        except ValidationError as error:
            wrong.append((column, text, error.messages[0]))
    return values, wrong


def _names(values: dict[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values.pop(name) for name in ("name", "other_name") if name in values))


def read_said(said: Sequence[Mapping[str, str]]) -> list[Row]:
    """Return the rows of a list whose cells are named by their columns; raises ValidationError by row and column, all at once."""
    rows: list[Row] = []
    errors: dict[str, list[str]] = {}
    for n, cells in enumerate(said):
        values, wrong = _values((column, " ".join(text.split())) for column, text in cells.items())
        names = tuple(name for name in _names(values) if name)
        errors |= {f"rows.{n}.{column}": [why] for column, _text, why in wrong}
        if not names and f"rows.{n}.name" not in errors:
            errors[f"rows.{n}.name"] = [_("This row says nothing of a person.")]
        rows.append(Row(line=n + 1, names=names, **values))
    errors |= {f"rows.{row.line - 1}.name": list(row.errors) for row in _alike(rows) if row.errors}
    if errors:
        raise ValidationError(errors)
    return rows


def _sex(text: str) -> dict[str, Any]:
    found = SEXES.get(text.lower().rstrip("."))
    if found is None:
        raise ValidationError(_("Write the sex as M or F."))
    return {"sex": found}


def _age(text: str) -> dict[str, Any]:
    digits = ascii_digits(text)
    if not digits.isdecimal() or int(digits) > 120:
        raise ValidationError(_("Write the age in years, like 24."))
    return {"age": int(digits)}


def _born(text: str) -> dict[str, Any]:
    if YEAR.match(ascii_digits(text)):
        return {"born_year": int(ascii_digits(text))}
    day = read_day(text)
    if not day.year >= 1900 or day > timezone.localdate():
        raise ValidationError(_("This is no day of birth."))
    return {"born_on": day}


def _passport(text: str) -> dict[str, Any]:
    if len(key_number(text)) < 4 or len(text) > 60:
        raise ValidationError(_("This is no number of a passport."))
    return {"passport": text}


READ: dict[str, Callable[[str], dict[str, Any]]] = {
    "name": lambda text: {"name": text},
    "other_name": lambda text: {"other_name": text},
    "sex": _sex,
    "age": _age,
    "born": _born,
    "nationality": lambda text: {"nationality": country_code(text)},
    "passport": _passport,
    "place": lambda text: {"place": text},
}


def _alike(rows: list[Row]) -> list[Row]:
    """Say at a row that it says the same as one above it."""
    seen: dict[Any, int] = {}
    found = []
    for row in rows:
        key = key_number(row.passport) or (row.names and (row.names, row.age, row.born_on, row.sex))
        if key and key in seen and not row.errors:
            found.append(replace(row, errors=(_("The same as line %(line)s.") % {"line": seen[key]},)))
            continue
        if key:
            seen.setdefault(key, row.line)
        found.append(row)
    return found
