"""A sheet of answers: its columns as people head them, and each row with what is wrong said by row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.display import number
from core.sheets import MOST_CELL, cells_of
from core.text import ascii_digits, key_km, key_lat
from people.ages import BANDS, band
from people.models import Sex
from prevention.models import Occupation, Survey
from prevention.services.respondents import Checker
from provinces.models import PlaceAlias
from provinces.names import place_key, without_kind

MOST_ROWS = 5_000
# Heads of columns as people write them.
HEADS = {
    "province": "province|ខេត្ត|រាជធានី ខេត្ត|រាជធានី-ខេត្ត|ខេត្ត/រាជធានី",
    "sex": "sex|gender|ភេទ",
    "age": "age|age or band|អាយុ|អាយុ ឬក្រុមអាយុ",
    "occupation": "occupation|work|job|មុខរបរ",
    "knows_hotline": "knows a hotline|hotline|knows hotline|ស្គាល់លេខទូរស័ព្ទបន្ទាន់|ស្គាល់ទូរស័ព្ទបន្ទាន់",
    "refused": "refused|refused to answer|បដិសេធ|បដិសេធមិនឆ្លើយ",
    "weight": "weight|ទម្ងន់",
}
COLUMN = {head: column for column, heads in HEADS.items() for head in heads.split("|")}
NEEDED = ("province",)
SEXES = {
    **dict.fromkeys(["m", "male", "man", "ប", "ប្រុស"], Sex.MALE),
    **dict.fromkeys(["f", "female", "woman", "ស", "ស្រី"], Sex.FEMALE),
    **dict.fromkeys(["other", "ផ្សេងទៀត", "ផ្សេង"], Sex.OTHER),
    **dict.fromkeys(["unknown", "not known", "-", "មិនដឹង"], Sex.UNKNOWN),
}
YES = frozenset(["yes", "y", "x", "1", "✓", "✔", "true", "បាទ", "ចាស", "បាទ/ចាស", "មាន", "ស្គាល់"])
NO = frozenset(["no", "n", "0", "false", "ទេ", "គ្មាន", "មិនស្គាល់"])
_AGE = re.compile(r"(\d{1,3})(?:\.0+)?")
_SPAN = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})|(\d{2})\s*\+")
_WEIGHT = re.compile(r"\d{1,4}(?:[.,]\d{1,4})?")


@dataclass
class Row:
    """One respondent of the sheet; `errors` are (column as it is headed, what to mend)."""

    line: int
    said: dict[str, Any] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)


class Reader:
    """Reads the sheets of one survey: every cause is a column, marked by a tick or by its place."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.checker = Checker(survey)
        self.causes = {_head(text): code for code, one in self.checker.causes.items() for text in (code, one.name_km, one.name_en) if text}  # fmt: skip
        self.places = _places(self.checker)
        self.occupations = {_head(text): code for code, label in Occupation.choices for text in (code, str(label))}

    def read(self, text: str) -> list[Row]:
        """Return the rows; raises ValidationError where the heading lacks something, or there are none or too many."""
        cells = cells_of(text)
        columns = self.columns(cells[0][1])
        if len(cells) < 2:
            raise ValidationError(_("The sheet has a heading and no answers."))
        if len(cells) - 1 > MOST_ROWS:
            raise ValidationError(
                _("At most %(most)s rows at once. Send the sheet in parts.") % {"most": number(MOST_ROWS)}
            )
        return [self.row(line, found, columns) for line, found in cells[1:]]

    def columns(self, heads: Sequence[str]) -> list[tuple[str, str]]:
        """Return (name, heading) of each column; raises ValidationError by what is missing or not understood."""
        found = [(COLUMN.get(_head(head)) or self._cause(head), head) for head in heads]
        while found and not found[-1][1].strip():
            found.pop()
        strange = [head[:40] or _("(empty)") for name, head in found if not name]
        names = [name for name, _heading in found]
        if strange:
            said = {"heads": ", ".join(strange)}
            raise ValidationError(
                _("These headings are not understood: %(heads)s. Take the template of this survey.") % said
            )
        twice = sorted({head for name, head in found if names.count(name) > 1})
        if twice:
            raise ValidationError(_("Two columns say the same: %(heads)s.") % {"heads": ", ".join(twice)})
        if set(NEEDED) - set(names) or not any(name.startswith("cause:") for name in names):
            raise ValidationError(_("The first line names the columns: a province, and one column for each cause."))
        return found

    def _cause(self, head: str) -> str:
        code = self.causes.get(_head(head))
        return f"cause:{code}" if code else ""

    def row(self, line: int, cells: Sequence[str], columns: Sequence[tuple[str, str]]) -> Row:
        """Return one row, read and checked."""
        row = Row(line)
        named: list[tuple[int, str]] = []
        heads = dict(columns)
        for (name, head), cell in zip(columns, cells, strict=False):
            try:
                if len(cell) > MOST_CELL:
                    raise ValidationError(_("This is longer than %(most)s characters.") % {"most": number(MOST_CELL)})
                if name.startswith("cause:"):
                    named += self.mark(name, cell)
                else:
                    row.said[name] = self.cell(name, cell)
            except ValidationError as error:
                row.errors += [(head, f"“{cell[:40]}”: {text}") for text in error.messages]
        if any(cell.strip() for cell in cells[len(columns) :]):
            row.errors.append(("", _("This row has more cells than the sheet has columns.")))
        self.settle(row, named, heads)
        return row

    def settle(self, row: Row, named: list[tuple[int, str]], heads: dict[str, str]) -> None:
        """Put the causes in their order, split age from band, and check the whole."""
        places = sorted(place for place, _code in named)
        causes = _("Causes")
        if self.survey.is_ranking and places != list(range(1, len(places) + 1)):
            twice = len(set(places)) < len(places)
            row.errors.append((causes, _("Two causes have the same place.") if twice else _("The places begin at 1 and leave none out.")))  # fmt: skip
        row.said["causes"] = [code for _place, code in sorted(named)]
        age = row.said.pop("age", None)
        row.said |= {"age": age if isinstance(age, int) else None, "band": age if isinstance(age, str) else ""}
        if row.errors:
            return
        try:
            self.checker.checked(row.said)
        except ValidationError as error:
            row.errors += [
                (heads_of(heads, name), text) for name, texts in error.message_dict.items() for text in texts
            ]

    def mark(self, name: str, cell: str) -> Iterable[tuple[int, str]]:
        """Read the cell of a cause: its place where causes are put in order, else a tick."""
        text, code = ascii_digits(cell).strip().lower(), name.removeprefix("cause:")
        if not text or (not self.survey.is_ranking and text in NO):
            return ()
        if self.survey.is_ranking:
            if not text.isdecimal() or not 1 <= int(text[:3]) <= self.survey.most:
                raise ValidationError(
                    _("Write its place, from 1 to %(most)s, or nothing.") % {"most": number(self.survey.most)}
                )
            return ((int(text), code),)
        if text not in YES:
            raise ValidationError(_("Write x where it was named, nothing where not."))
        return ((self.checker.causes[code].place, code),)

    def cell(self, name: str, cell: str) -> Any:
        """Read a cell that is no cause."""
        text = ascii_digits(cell).strip()
        if not text:
            return None
        return READERS[name](self, text)

    def province(self, text: str) -> str:
        """Return the code of a province by its code or name."""
        if text.isdecimal() and text.zfill(2) in self.checker.provinces:
            return text.zfill(2)
        code = self.places.get(place_key(text)) or self.places.get(place_key(without_kind(text)))
        if code is None:
            raise ValidationError(_("No province is called so. Write its name or its code."))
        return code

    def occupation(self, text: str) -> str:
        """Return the code of an occupation."""
        found = self.occupations.get(_head(text))
        if found is None:
            raise ValidationError(_("Write one of the words of the template's second sheet, or nothing."))
        return str(found)


def _head(text: str) -> str:
    return " ".join((key_km(text) if any(char >= "\u1780" for char in text) else text.lower()).rstrip(".:៖").split())


def _places(checker: Checker) -> dict[str, str]:
    found = dict(PlaceAlias.objects.filter(code__in=checker.provinces).values_list("key", "code"))
    for code, province in checker.provinces.items():
        found |= {place_key(province.name_km): code, place_key(province.name_en): code}
    return found


def heads_of(heads: dict[str, str], name: str) -> str:
    """Return how the sheet heads what a check complains of."""
    return heads.get(name) or (_("Causes") if name == "causes" else name)


def _sex(_reader: Reader, text: str) -> str:
    found = SEXES.get(text.lower())
    if found is None:
        raise ValidationError(_("Write male or female, ប or ស, or nothing."))
    return found


def _age(_reader: Reader, text: str) -> int | str:
    if span := _SPAN.fullmatch(text):
        said = f"{span[1]}-{span[2]}" if span[1] else f"{span[3]}+"
        if said in {band(low, high) for low, high in BANDS}:
            return said
    elif (one := _AGE.fullmatch(text)) and int(one[1]) <= 120:
        return int(one[1])
    said = ", ".join(band(low, high) for low, high in BANDS)
    raise ValidationError(_("Write an age in years, or one of: %(bands)s.") % {"bands": said})


def _yes_no(_reader: Reader, text: str) -> bool:
    low = key_lat(text) if text.isascii() else text
    if low.lower() not in YES | NO:
        raise ValidationError(_("Write yes or no, or nothing."))
    return low.lower() in YES


def _weighed(_reader: Reader, text: str) -> Decimal:
    if not _WEIGHT.fullmatch(text):
        raise ValidationError(_("Write a number like 1 or 0.85."))
    return Decimal(text.replace(",", "."))


READERS: dict[str, Any] = {
    "province": Reader.province,
    "sex": _sex,
    "age": _age,
    "occupation": Reader.occupation,
    "knows_hotline": _yes_no,
    "refused": _yes_no,
    "weight": _weighed,
}
