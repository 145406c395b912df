"""What a worker does for this room; every task may run twice."""

from celery import shared_task

from accounts.services.drafts import forget_drafts as forget


@shared_task  # type: ignore[untyped-decorator]
def forget_drafts() -> None:
    """Delete drafts that nobody touched for thirty days."""
    forget()
