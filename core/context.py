"""Who acts and why, for the length of one request, task or stream."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Context:
    """The acting user (never None inside a page, an API call or a task) and the purpose said, if any."""

    user: Any
    purpose: str = ""


NOBODY = Context(user=None)
_current: ContextVar[Context] = ContextVar("sangkroh_context", default=NOBODY)  # frozen, so safe to share


def enter(user: Any, purpose: str = "") -> None:
    """Enter the context; row-level security's transaction-local setting joins here later."""
    _current.set(Context(user=user, purpose=purpose))


def current() -> Context:
    """Return the context entered last in this thread or task."""
    return _current.get()
