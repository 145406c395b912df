"""Causes beside complaints, by province, over the days of the survey."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from prevention.models import Survey
from tests.prevention.conftest import written
from tests.prevention.test_results import answered
from tests.reports.window import at

__all__ = ["written"]
pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def test_they_stand_side_by_side_and_small_groups_stay_hidden(
    written: Callable[..., Survey], analyst: Any, officer_psh: Any, browser: Browser, registered: Any
) -> None:
    survey = written()
    for province, debt, gambling in (("18", 40, 60), ("12", 50, 30), ("01", 40, 30)):
        answered(survey, analyst, debt, "personal_debt", province=province)
        answered(survey, analyst, gambling, "gambling", province=province)
    answered(survey, analyst, 4, "personal_debt", province="02")
    registered(province_of_incident="18", received_at=at(8, 20))
    registered(province_of_incident="18", received_at=at(9, 20))  # after the days of the survey
    url = f"/reports/causes/{survey.reference}/"
    page = browser(analyst).get(url).content.decode()
    rows = {row.split("</th>")[0].rsplit(">", 1)[-1]: row for row in page.split("<tr>")[1:]}
    sihanouk = next(row for name, row in rows.items() if "Sihanouk" in name)
    assert "Gambling" in sihanouk
    assert ">1</a>" in sihanouk
    assert "hidden" in page
    wider = browser(analyst).get(f"{url}?from=2022-07-01&to=2022-09-29").content.decode()
    assert ">2</a>" in wider
    assert browser(analyst).get(f"{url}?from=x").status_code == 400
    assert browser(officer_psh).get(url).status_code == 403
