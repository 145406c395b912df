"""What a worker does for this room; ids only, and every task may run twice."""

from uuid import UUID

from celery import shared_task

from reports.exports import running

LONGEST = 3_600  # seconds: a lease that is renewed keeps others away meanwhile, whatever the broker hands out again


@shared_task(time_limit=LONGEST)  # type: ignore[untyped-decorator]
def make_export(*pks: str) -> None:
    """Make the exports a bell rang for."""
    for pk in pks:
        running.make(UUID(pk))


@shared_task  # type: ignore[untyped-decorator]
def sweep_exports() -> None:
    """Find exports no bell rang for or whose worker is gone; take away files whose time is over."""
    running.sweep()
