"""What every test finds: the databases (tests/database.py) and, as they come, the people of the stories."""

import os
from collections.abc import Generator

import pytest

from tests.database import django_db_setup

pytest_plugins = ["tests.fixtures.accounts", "tests.fixtures.complaints", "tests.fixtures.referrals"]
__all__ = ["django_db_setup"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that skips has failed: what was not run was not proved."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
