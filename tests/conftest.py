"""What every test finds: the databases (tests/database.py) and, as they come, the people of the stories."""

import os
from collections import Counter
from collections.abc import Generator

import pytest
from django.utils import translation
from xdist.scheduler import LoadGroupScheduling

from tests.database import django_db_setup

pytest_plugins = [
    "tests.fixtures.accounts",
    "tests.fixtures.complaints",
    "tests.fixtures.referrals",
    "tests.fixtures.lists",
]
__all__ = ["django_db_setup"]


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests of one name: xdist would run one of them, and call all of them passed."""
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
