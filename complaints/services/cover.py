"""Raise the number reported so that it covers the people listed, in the act that brings them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from complaints.models import Complaint, NumberRevision
from workflow.notes import in_source


def cover_people(growing: Mapping[Any, int], *, why: Any, by: Any, approved_by: Any = None) -> None:
    """Raise the numbers of complaints, locked already, that this many more people would break."""
    rows = Complaint._base_manager.filter(pk__in=list(growing), number_reported__isnull=False).order_by("pk")
    for row in rows:
        needed = row.n_people + growing[row.pk]
        if row.number_reported is not None and needed > row.number_reported:
            raise_number(row, needed, why=in_source(why), by=by, approved_by=approved_by)


def raise_number(row: Complaint, needed: int, *, why: str, by: Any, approved_by: Any = None) -> None:
    """Write a new number reported, with its revision."""
    NumberRevision.objects.create(
        complaint=row,
        province_id=row.province_id,
        handling=row.handling,
        before=row.number_reported,
        after=needed,
        why=why,
        by=by,
        approved_by=approved_by,
    )
    Complaint._base_manager.filter(pk=row.pk).update(
        number_reported=needed,
        number_high=Greatest(F("number_high"), Value(needed)) if row.number_high is not None else None,
        version=F("version") + 1,
        updated_at=timezone.now(),
    )
