"""The world of the matrix, made once for all tests of a module: each takes back what it changed, the last one all of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.matrix.world import World, build


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world, in a transaction that lasts as long as the module's tests.

    A module with it may hold no test that commits.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(made: World) -> Iterator[World]:
    """The world as it was made, for one test."""
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)
