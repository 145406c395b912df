"""What a worker does for the outbox; ids only, and every task may run twice."""

from uuid import UUID

from celery import shared_task

from notifications import delivery


@shared_task  # type: ignore[untyped-decorator]
def deliver(*pks: str) -> None:
    """Deliver the notices a bell rang for."""
    delivery.deliver([UUID(pk) for pk in pks])


@shared_task  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Deliver what no bell rang for."""
    delivery.sweep()
