"""What every test finds: the databases (tests/database.py) and, as they come, the people of the stories."""

import os
from collections import Counter
from collections.abc import Generator

import pytest
from django.utils import translation
from xdist.scheduler import LoadGroupScheduling

from tests.database import django_db_setup
from tests.rendered import keep_less

pytest_plugins = [
    "tests.fixtures.accounts",
    "tests.fixtures.complaints",
    "tests.fixtures.referrals",
    "tests.fixtures.lists",
]
__all__ = ["django_db_setup"]
keep_less()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that skips has failed: what was not run was not proved."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Begin every test in English: Django leaves active the language of the last page that a test before asked for."""
    translation.activate("en")


# What takes a minute or more begins first: begun last, it would keep one process at work and the other idle. The very first
# needs no test database, which the other process makes meanwhile. Those of the matrix' world must stand before
# tests/test_matrix_export.py, which commits it: a flush keeps the names of places.
FIRST = (
    "tests/platform/test_up.py",
    "tests/test_language.py::test_every_page_and_refusal_of_a_role_is_khmer[supervisor",
    "tests/test_language.py::test_every_page_and_refusal_of_a_role_is_khmer[officer",
    "tests/test_language.py",
    "tests/test_matrix.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with FIRST; refuse tests of one name: xdist would run one of them, and call all of them passed."""
    items.sort(key=lambda item: next((n for n, name in enumerate(FIRST) if item.nodeid.startswith(name)), len(FIRST)))
    twice = {name for name, n in Counter(item.nodeid for item in items).items() if n > 1}
    if twice:
        raise pytest.UsageError(f"These names are not of one test alone: {', '.join(sorted(twice))}")


# Folders whose tests share something that is dear to make: one process runs all of them.
TOGETHER = ("tests/demo/",)


class Scheduling(LoadGroupScheduling):
    """Group by folder."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling:
    """Give every test to whichever process is free, but those of TOGETHER to one."""
    return Scheduling(config, log)
