"""Figures asked for by somebody who sees nothing, and by addresses that make no sense."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from reports.indicators import REGISTRY
from tests.factories.accounts import UserFactory

Browser = Callable[..., Client]
WINDOW = "from=2022-08-18&to=2022-09-29"


@pytest.fixture
def nowhere(db: None) -> User:
    """An officer who is posted nowhere."""
    return UserFactory(username="officer.nowhere", role="officer")


def test_who_sees_nothing_reads_noughts(browser: Browser, nowhere: User) -> None:
    client = browser(nowhere)
    assert client.get(f"/reports/situation/?{WINDOW}").status_code == 200
    figures = client.get(f"/api/v1/indicators/?{WINDOW}&province=18").json()["indicators"]
    assert {name: figure["value"] for name, figure in figures.items() if figure["value"]} == {}
    for name in REGISTRY:
        for page in ("", "records/"):
            assert client.get(f"/reports/indicators/{name}/{page}?{WINDOW}&province=18").status_code == 200, name


@pytest.mark.parametrize(
    "query",
    [
        "week=yesterday",
        "week=2022-02-31",
        "complaint__reporter__phone=1",
        "pk=1",
        "nationality=%F0%9F%92%A5",
        "nationality=" + "x" * 3000,
        "cursor=broken",
        "page_size=10**6",
        "from=2022-09-30&to=2022-09-01",
        "from=9999-12-31&to=9999-12-31",
        "from=0001-01-01",
        "province=%27%3B--",
        "side=nowhere",
    ],
)
def test_no_address_breaks_a_page_of_figures(browser: Browser, supervisor: User, query: str) -> None:
    client = browser(supervisor)
    for page in ("indicators/victims_rescued/records/", "indicators/complaints_from_or_about/records/", "situation/"):
        assert client.get(f"/reports/{page}?{WINDOW}&{query}").status_code in (200, 400)
    assert client.get(f"/api/v1/indicators/victims_rescued/records/?{query}").status_code in (200, 400)


@pytest.mark.parametrize("typed", ["", " ", "V-99999999", "<b>", "KH-2022-222222", "x" * 40])
def test_nothing_joins_a_case_file_that_is_not_there(browser: Browser, officer_psh: User, typed: str) -> None:
    client = browser(officer_psh)
    body = {"police_number": "1/22", "unit": "Office", "opened_on": "29/9/2022", "court": "C18", "articles": ["L08-10"]}
    page = client.post("/case-files/new/", body)["Location"]
    answer = client.post(page, {"reference": typed})
    assert answer.status_code == 400
    assert "<b>" not in answer.content.decode().split('name="reference"')[-1].split("</form>")[0]


@pytest.mark.parametrize(
    "page", ["/reports/situation/", "/reports/indicators/complaints_from_or_about/", "/api/v1/indicators/"]
)
def test_a_province_is_known_by_all_of_its_code(browser: Browser, supervisor: User, page: str) -> None:
    """Two letters of it were looked at and all were counted by: nothing, as if nothing were there."""
    assert browser(supervisor).get(f"{page}?province=12xyz").status_code == 400
