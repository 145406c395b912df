"""What an administrator keeps for the hotline: what to say by kind of call and language, and who interprets."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from audit.services import record
from complaints.models import CallScript, Interpreter


@transaction.atomic
def keep_script(row: CallScript, *, by: Any, said: Mapping[str, Any]) -> CallScript:
    """Write what to say, new or changed; its kind and language stay. Raises PermissionDenied, ValidationError by field."""
    _write(row, by, said, "hotline.script")
    return row


@transaction.atomic
def keep_interpreter(row: Interpreter, *, by: Any, said: Mapping[str, Any]) -> Interpreter:
    """Write an interpreter, new or changed; one who stopped is kept, and not offered. Raises as `keep_script`."""
    _write(row, by, said, "hotline.interpreter")
    return row


def _write(row: models.Model, by: Any, said: Mapping[str, Any], verb: str) -> None:
    if not by.may("hotline.manage"):
        raise PermissionDenied(_("Your role does not keep what is said on the hotline."))
    is_new = row._state.adding
    changed = sorted(name for name, value in said.items() if is_new or getattr(row, name) != value)
    for name in changed:
        setattr(row, name, said[name])
    row.full_clean()
    if changed:
        row.save(force_insert=is_new)
        record(verb, by=by, about=row, detail={"fields": changed})
