"""Watch the clocks of referrals."""

from celery import shared_task

from referrals.services.watch import watch


@shared_task  # type: ignore[untyped-decorator]
def watch_referrals() -> None:
    """Remind, let expire, tell the supervisors; may run twice, tells once."""
    watch()
