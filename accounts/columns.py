"""Columns of exports that look at another record: its reference, only where the reader may know of it."""

from typing import Any

from django.db.models import CharField, OuterRef, Subquery


def reference_seen(model: Any, by: str, user: Any) -> Subquery:
    """Return the reference of the record that a column points at; nothing where the reader may not see that record."""
    rows = model.objects.visible_to(user).filter(pk=OuterRef(by))
    return Subquery(rows.values("reference")[:1], output_field=CharField())


def complaint_seen(model: Any, user: Any, *, shared: bool) -> Any:
    """Return the reference of a row's complaint: in the own branch it goes with the row, what is shared alone does not tell it."""
    complaints = model._meta.get_field("complaint").related_model
    return reference_seen(complaints, "complaint_id", user) if shared else "complaint__reference"
