"""Courts' results as a sheet: rows, with what is wrong in each said at the row."""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.forms import read_day
from core.sheets import MOST_CELL, cells_of
from core.text import ascii_digits
from suspects.models import Article
from workflow.answers import read_amount

MOST_ROWS = 100
# Heads of columns as courts write them.
HEADS = {
    "reference": "reference|suspect|លេខយោង|ជនសង្ស័យ",
    "file": "case file|file|file number|court number|police number|សំណុំរឿង|លេខសំណុំរឿង",
    "name": "name|names|accused|ឈ្មោះ|ជនជាប់ចោទ",
    "step": "stage|result|verdict|decision|ដំណាក់កាល|លទ្ធផល|សាលក្រម",
    "day": "date|day|ថ្ងៃ|ថ្ងៃខែឆ្នាំ|កាលបរិច្ឆេទ",
    "articles": "article|articles|មាត្រា",
    "in_absentia": "in absentia|absentia|កំបាំងមុខ",
    "prison_months": "prison|prison months|months|ពន្ធនាគារ|ខែ",
    "suspended_months": "suspended|suspended months|ព្យួរ",
    "fine_riel": "fine|fine riel|ពិន័យ",
    "compensation_riel": "compensation|compensation riel|សំណង",
    "note": "note|remarks|កំណត់សម្គាល់",
    "confiscated_riel": "confiscated|confiscated riel|រឹបអូស|រឹបអូសជារៀល",
    "confiscated_usd": "confiscated usd|confiscated dollars|រឹបអូសជាដុល្លារ",
}
COLUMN = {head: column for column, heads in HEADS.items() for head in heads.split("|")}
STEPS = {
    **dict.fromkeys(["charged", "charge", "indicted", "ចោទប្រកាន់", "ត្រូវចោទប្រកាន់"], "charge"),
    **dict.fromkeys(["on trial", "trial", "ជំនុំជម្រះ", "កំពុងជំនុំជម្រះ"], "open_trial"),
    **dict.fromkeys(["convicted", "guilty", "conviction", "ផ្តន្ទាទោស", "ត្រូវផ្តន្ទាទោស", "ពិរុទ្ធ"], "convict"),
    **dict.fromkeys(["acquitted", "not guilty", "acquittal", "រួចទោស"], "acquit"),
    **dict.fromkeys(["dismissed", "dismissal", "លើកលែងការចោទ", "លើកលែង"], "dismiss"),
}
YES_NO = {
    **dict.fromkeys(["yes", "y", "x", "1", "បាទ", "ចាស", "មែន", "កំបាំងមុខ"], True),
    **dict.fromkeys(["no", "n", "0", "ទេ"], False),
}
BETWEEN = re.compile(r"[\s+;,/&]+")


@dataclass(frozen=True)
class Row:
    """One result of the sheet; `errors` say what to mend, `line` is its line."""

    line: int
    reference: str = ""
    file: str = ""
    name: str = ""
    step: str = ""
    day: datetime.date | None = None
    articles: tuple[str, ...] = ()
    in_absentia: bool | None = None
    prison_months: int | None = None
    suspended_months: int | None = None
    fine_riel: int | None = None
    compensation_riel: int | None = None
    confiscated_riel: int | None = None
    confiscated_usd: int | None = None
    note: str = ""
    errors: tuple[str, ...] = ()


def read_results(text: str) -> list[Row]:
    """Return the rows of a sheet; raises ValidationError where there is none, or too many."""
    cells = cells_of(text)
    columns = _columns(cells[0][1])
    if columns:
        cells = cells[1:]
    if not cells:
        raise ValidationError(_("The list has a heading and no people."))
    if len(cells) > MOST_ROWS:
        raise ValidationError(_("At most %(most)s results at once. Send the sheet in parts.") % {"most": MOST_ROWS})
    known = _articles()
    return [_row(number, found, columns or tuple(HEADS), known) for number, found in cells]


def _columns(cells: Sequence[str]) -> tuple[str, ...]:
    heads = tuple(COLUMN.get(cell.strip().lower().rstrip(".:"), "") for cell in cells)
    return heads if {"step", "day"} <= set(heads) else ()


def _articles() -> dict[str, list[str]]:
    """Return the codes of articles by their code and by their number."""
    found: dict[str, list[str]] = {}
    for code, number in Article.objects.current().values_list("code", "number"):
        found.setdefault(code, []).append(code)
        found.setdefault(number, []).append(code)
    return found


def _row(number: int, cells: Sequence[str], columns: Sequence[str], known: dict[str, list[str]]) -> Row:
    values: dict[str, Any] = {}
    errors = []
    for column, text in zip(columns, cells, strict=False):
        if not text or not column:
            continue
        try:
            if len(text) > MOST_CELL:
                raise ValidationError(_("This cell is too long."))
            values[column] = _codes(text, known) if column == "articles" else READ[column](text)
        except ValidationError as error:
            errors.append(f"{text[:40]}: {error.messages[0]}")
    if len([cell for cell in cells if cell]) > len(columns):
        errors.append(_("This row has more cells than the list has columns."))
    if not errors:
        errors = _lacking(values)
    return Row(line=number, errors=tuple(errors), **values)


def _lacking(values: dict[str, Any]) -> list[str]:
    errors = []
    if "reference" not in values and not ("file" in values and "name" in values):
        errors.append(_("Write the reference of the suspect, or the number of the case file and the name."))
    if "step" not in values:
        errors.append(_("Write the result: charged, on trial, convicted, acquitted or dismissed."))
    if "day" not in values:
        errors.append(_("Write the day, like 29/9/2022."))
    return errors


def _codes(text: str, known: dict[str, list[str]]) -> tuple[str, ...]:
    found = []
    for word in filter(None, BETWEEN.split(ascii_digits(text).upper())):
        codes = known.get(word, [])
        if len(codes) != 1:
            raise ValidationError(_("Write the code of the article, like L08-10."))
        found.append(codes[0])
    return tuple(dict.fromkeys(found))


def _step(text: str) -> str:
    found = STEPS.get(text.strip().lower())
    if found is None:
        raise ValidationError(_("Write the result: charged, on trial, convicted, acquitted or dismissed."))
    return found


def _yes_no(text: str) -> bool:
    found = YES_NO.get(text.strip().lower())
    if found is None:
        raise ValidationError(_("Answer yes or no."))
    return found


def _months(text: str) -> int:
    digits = ascii_digits(text)
    if not digits.isdecimal() or len(digits) > 4:
        raise ValidationError(_("Write the months as a number, like 84."))
    return int(digits)


READ: dict[str, Callable[[str], Any]] = {
    "reference": lambda text: "".join(ascii_digits(text).upper().split()),
    "file": lambda text: text,
    "name": lambda text: text,
    "step": _step,
    "day": read_day,
    "in_absentia": _yes_no,
    "prison_months": _months,
    "suspended_months": _months,
    "fine_riel": read_amount,
    "compensation_riel": read_amount,
    "confiscated_riel": read_amount,
    "confiscated_usd": read_amount,
    "note": lambda text: text,
}
