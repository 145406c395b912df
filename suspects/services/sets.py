"""Change which rows are joined to one: an edit like any other, with its version and its line of history."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from audit.services import record
from workflow.models import Edit
from workflow.services import story_columns


def change_set(
    row: Any, name: str, kept: Mapping[Any, str], wanted: Mapping[Any, str], *, by: Any, version: int
) -> None:
    """Join `wanted` (words by key) instead of `kept`; `version` is the row's before this act, raised once in it."""
    getattr(row, name).set(list(wanted))
    if row.version == version:
        row.version, row.updated_at = version + 1, timezone.now()
        row.save(update_fields=["version", "updated_at"])
    before, after = (", ".join(sorted(words.values())) for words in (kept, wanted))
    Edit.objects.create(**story_columns(row), field=name, before=before, after=after, by=by, version=row.version)
    record("edit", by=by, about=row, detail={"fields": [name]})
