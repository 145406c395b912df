"""What a worker does with sheets of answers; ids only, and every task may run twice."""

from celery import shared_task

from prevention.services import sheets


@shared_task  # type: ignore[untyped-decorator]
def take_in(*pks: str) -> None:
    """Go on with the sheets a bell rang for."""
    for pk in pks:
        sheets.take_in(pk)


@shared_task  # type: ignore[untyped-decorator]
def sweep_sheets() -> None:
    """Go on with sheets that no bell rang for; may run twice, takes each row in once."""
    sheets.sweep()
