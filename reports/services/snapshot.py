"""Reading everything as at one moment, and as the system."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction
from psycopg2.errors import SerializationFailure

from accounts.models import User
from accounts.services import system_user
from core import context

T = TypeVar("T")
TRIES = 3


def at_one_moment(act: Callable[[], T]) -> T:
    """Do `act` in a transaction that reads as at one moment, again where somebody else was faster.

    A caller that has a transaction already (a bulk load, a test) reads within it: its isolation is its own to choose.
    """
    if connection.in_atomic_block:
        return act()
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                return act()
        except OperationalError as error:
            if not left or not isinstance(error.__cause__, SerializationFailure):
                raise
    raise AssertionError("unreachable")


@contextmanager
def as_system() -> Iterator[User]:
    """Act as the system, who sees the nation; numbers are then written as a language writes them, not as a reader chose."""
    before: Any = context.current()
    system = system_user()
    context.enter(system, before.purpose)
    try:
        yield system
    finally:
        context.enter(before.user, before.purpose)
