"""Errors every room may raise; pages and API translate them in one place each."""

from typing import Any


class Conflict(Exception):
    """Somebody was faster, or the record is not in the state this act needs (409).

    `theirs` holds, for an edit, what is saved now, field by field.
    """

    def __init__(self, message: str, *, theirs: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.theirs = theirs or {}


class Unprocessable(Exception):
    """The same idempotency key came with another body (422)."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
