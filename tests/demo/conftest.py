"""The demonstration, made once for every test of this folder; tests/conftest.py keeps them in one process."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test.utils import override_settings

from config.demo import build
from tests.database import _flush_as_owner  # noqa: F401 (the flush of committed tests is the owner's)


@pytest.fixture(scope="package")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration; the tables are emptied after the last test that looked at it."""
    with django_db_blocker.unblock():
        with override_settings(DEMO=True):
            build()
        yield
        call_command("flush", verbosity=0, interactive=False, allow_cascade=True, inhibit_post_migrate=True)


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    settings.DEMO = True
