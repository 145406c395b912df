"""Watch the clocks of custody, and the days of court."""

from celery import shared_task

from suspects.services.custody import warn
from suspects.services.hearings import remind
from suspects.services.orders import remind_of_ends


@shared_task  # type: ignore[untyped-decorator]
def watch_custody() -> None:
    """Tell of custody that ends soon or is over; may run twice, tells once."""
    warn()


@shared_task  # type: ignore[untyped-decorator]
def remind_of_hearings() -> None:
    """Tell of hearings three days and one day ahead; may run twice, tells once."""
    remind()


@shared_task  # type: ignore[untyped-decorator]
def remind_of_orders() -> None:
    """Tell of orders of the court a week before they are over; may run twice, tells once."""
    remind_of_ends()
