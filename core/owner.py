"""Work done as the owner of the tables: migrations, the gazetteer, bulk loads. Never in a serving process."""

from collections.abc import Iterator
from contextlib import contextmanager

import environ
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

NO_OWNER = "DATABASE_OWNER_URL is not set: this command changes tables and has to connect as their owner."
LOGIN = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


@contextmanager
def as_owner() -> Iterator[None]:
    """Run the block on the default connection as the owner; it must not start inside a transaction, except in tests."""
    role = connection.settings_dict["OPTIONS"].get("assume_role")
    with _unassumed(role) if role else _connected_as_owner():
        yield


@contextmanager
def _unassumed(role: str) -> Iterator[None]:
    """Tests log in as the owner and assume the application's role: step out of it, then in again."""
    _execute("RESET ROLE")
    try:
        yield
    finally:
        if not connection.needs_rollback:  # a rollback gives the role back by itself
            _execute(f'SET ROLE "{role}"')


@contextmanager
def _connected_as_owner() -> Iterator[None]:
    if not settings.DATABASE_OWNER_URL:
        raise ImproperlyConfigured(NO_OWNER)
    owner = environ.Env.db_url_config(settings.DATABASE_OWNER_URL)
    before = {key: connection.settings_dict[key] for key in LOGIN}
    connection.close()
    connection.settings_dict.update({key: owner[key] for key in LOGIN})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
