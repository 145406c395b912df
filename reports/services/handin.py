"""Type a cell of a table to hand in."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.text import clean
from reports.handin.shapes import ByHand, HandIn, Row, Sheet
from reports.models import HandInCell
from workflow.models import Edit
from workflow.services import edit, story_columns


def hand_cell(sheet: Sheet, code: str) -> ByHand:
    """Return what a cell asks to be typed; ValidationError where it is none that is."""
    for row in sheet.rows:
        if isinstance(row, Row):
            for (column, _title), cell in zip(sheet.columns, row.cells, strict=False):
                if f"{row.code}:{column}" == code and isinstance(cell, ByHand):
                    return cell
    raise ValidationError({"cell": [_("This cell is not typed in.")]})


@transaction.atomic
def type_in(made: HandIn, sheet: Sheet, code: str, *, by: Any, year: int, **said: Any) -> HandInCell:
    """Type a cell, or correct it (`version`); `said` are value, source, version. ValidationError by field, Conflict.

    Every change stays in the history. No second person looks: the source is the proof.
    """
    if not by.may("handin.write"):
        raise PermissionDenied(_("Your role does not fill tables to hand in."))
    cell = hand_cell(sheet, code)
    words = _words(said)
    place = {"table": f"{made.slug}:{sheet.code}", "cell": code, "year": year}
    row = HandInCell.objects.select_for_update().filter(**place).first()
    if row is None:
        return _first(HandInCell(**place, **words, unit=str(cell.unit), typed_by=by), by)
    changes = {**words, "typed_by": by, "at": timezone.now()}
    if all(getattr(row, name) == word for name, word in words.items()):
        return row
    return edit(row, by=by, version=int(said.get("version") or 0), changes=changes)


def _words(said: Mapping[str, Any]) -> dict[str, str]:
    """Return what is typed, cleaned; ValidationError by field, all at once."""
    words: dict[str, str] = {}
    errors: dict[str, list[Any]] = {}
    for name in ("value", "source"):
        try:
            words[name] = clean(str(said.get(name) or ""))
        except ValidationError as error:
            errors[name] = error.messages
        else:
            if not words[name]:
                errors[name] = [_("Write this.")]
    if errors:
        raise ValidationError(errors)
    return words


def _first(row: HandInCell, by: Any) -> HandInCell:
    row.clean_fields(exclude=["typed_by"])
    row.validate_constraints()
    row.save(force_insert=True)
    for name in ("value", "source"):
        Edit.objects.create(**story_columns(row), field=name, before="", after=getattr(row, name), by=by, version=1)
    record("handin.type", by=by, about=row, detail={"table": row.table, "cell": row.cell, "year": row.year})
    return row
