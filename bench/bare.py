"""A task that does nothing, outside the project's base of tasks: what Celery alone can do here."""

from celery import Task, shared_task


@shared_task(base=Task)
def nothing(number: str) -> None:
    """Take an id and do nothing with it."""
