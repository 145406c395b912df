"""Watch the clocks of custody."""

from celery import shared_task

from suspects.services.custody import warn


@shared_task  # type: ignore[untyped-decorator]
def watch_custody() -> None:
    """Tell of custody that ends soon or is over; may run twice, tells once."""
    warn()
