"""Write audit events. Changes call `record` inside their transaction; looks are queued and written by the middleware."""

from typing import Any, Protocol

from audit.models import AuditEvent


class Actor(Protocol):
    """Whoever acts: anything with a primary key, or an anonymous visitor without one."""

    @property
    def pk(self) -> Any: ...


def event(
    verb: str,
    *,
    by: Actor | None,
    about: Any = None,
    outcome: str = "done",
    purpose: str = "",
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Build one unsaved event; `about` is a model instance, a model class or None."""
    pk = getattr(about, "pk", None)
    return AuditEvent(
        actor_id=str(by.pk) if by is not None and by.pk else "",
        verb=verb,
        object_type=about._meta.label_lower if about is not None else "",
        object_id="" if pk is None or isinstance(about, type) else str(pk),
        outcome=outcome,
        purpose=purpose[:200],
        detail=detail or {},
    )


def record(verb: str, *, by: Actor | None, about: Any = None, **rest: Any) -> AuditEvent:
    """Record a change inside the caller's transaction: it commits or rolls back with the change."""
    row = event(verb, by=by, about=about, **rest)
    row.save(force_insert=True)
    return row


def record_many(rows: list[AuditEvent]) -> None:
    """Insert queued events in one statement."""
    AuditEvent.objects.bulk_create(rows)
