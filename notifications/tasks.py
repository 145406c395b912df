"""What a worker does for the outbox; ids only, and every task may run twice."""

from uuid import UUID

from celery import shared_task

from notifications import services


@shared_task  # type: ignore[untyped-decorator]
def deliver(pk: str) -> None:
    """Deliver one notice."""
    services.deliver(UUID(pk))


@shared_task  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Deliver what no bell rang for."""
    services.sweep()
