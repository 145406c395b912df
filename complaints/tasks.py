"""Watch the clocks of complaints, compare what was said anew, and take in what the public form received."""

from celery import shared_task

from complaints.services import comparing
from complaints.services.digest import send_digests
from complaints.services.escalate import escalate
from complaints.services.taking_in import take_in_all


@shared_task  # type: ignore[untyped-decorator]
def watch_clocks() -> None:
    """Tell of every clock that is over; may run twice, tells once."""
    escalate()


@shared_task  # type: ignore[untyped-decorator]
def send_digest() -> None:
    """Write the digest of the day for who has none yet; may run twice, writes one."""
    send_digests()


@shared_task  # type: ignore[untyped-decorator]
def compare(*pks: str) -> None:
    """Compare what a bell rang for with what lies beyond; may run twice, keeps a pair once."""
    comparing.compare(*pks)


@shared_task  # type: ignore[untyped-decorator]
def sweep_comparisons() -> None:
    """Compare what no bell rang for."""
    comparing.sweep()


@shared_task  # type: ignore[untyped-decorator]
def take_in_reports() -> None:
    """Take in public reports and messages that wait; may run twice, takes each in once."""
    take_in_all()
