"""Tasks outside the project's base and outbox: what Celery alone can do here."""

from celery import Task, shared_task
from django.core.mail import EmailMessage


@shared_task(base=Task)
def nothing(number: str) -> None:
    """Take an id and do nothing with it."""


@shared_task(base=Task)
def send(address: str) -> None:
    """Send an e-mail like a notice's, and remember nothing."""
    EmailMessage("1 new item", "1 new item. Sign in: http://127.0.0.1:8000", to=[address]).send()
