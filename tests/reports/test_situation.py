"""The situation page: the sentence, its tables, and exactly the records behind every number."""

import re
from html import unescape

import pytest

from accounts.models import User
from tests.queries import asked
from tests.reports.window import PRESS, Browser, Registered, at, rescued


def test_who_sees_less_than_the_nation_is_told_so(browser: Browser, officer_psh: User, supervisor: User) -> None:
    said = "not the country"
    assert said in browser(officer_psh).get(f"/reports/situation/?{PRESS}").content.decode()
    assert said not in browser(supervisor).get(f"/reports/situation/?{PRESS}").content.decode()


NUMBER = re.compile(r'<a href="(/reports/indicators/\w+/records/[^"]+)"[^>]*>[^<]*?([\d,]+)\)?[^\d<]*</a>')


def links(page: str) -> set[tuple[str, int]]:
    """Every address of records on a page with the last number on its link (a rate says its denominator last)."""
    return {(unescape(url), int(n.replace(",", ""))) for url, n in NUMBER.findall(page)}


@pytest.mark.parametrize("window", [PRESS, "from=2022-09-01&to=2022-09-01", "from=2020-01-01&to=2022-12-31"])
@pytest.mark.parametrize("role", ["supervisor", "officer_psh"])
def test_every_number_on_the_page_opens_as_many_records(
    world: None, browser: Browser, request: pytest.FixtureRequest, role: str, window: str
) -> None:
    client = browser(request.getfixturevalue(role))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = client.get(f"/reports/situation/?{window}")
    found = links(page.content.decode())
    found |= {(one.url, one.n) for one in page.context["map"]["provinces"] if one.n}
    assert len(found) > 3
    for url, n in found:
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert answer.context["n"] == n, url


def test_the_sentence_links_its_numbers_and_copies_as_plain_words(
    world: None, browser: Browser, supervisor: User
) -> None:
    page = browser(supervisor).get(f"/reports/situation/?{PRESS}", headers={"accept-language": "en"})
    for said in page.context["paragraphs"]:
        html = " ".join(said["sentences"])
        assert unescape(re.sub(r"<[^>]+>", "", html)) == said["text"]
        assert "<" not in said["text"]
        assert html.count("<a href=") == 10
    assert "outcome=substantiated&amp;outcome=partly_substantiated" in html


def test_what_is_copied_says_whose_figures_they_are(browser: Browser, officer_psh: User, supervisor: User) -> None:
    for user, partial in ((officer_psh, True), (supervisor, False)):
        km, en = browser(user).get(f"/reports/situation/?{PRESS}").context["paragraphs"]
        assert en["text"].startswith("What you may see: Preah Sihanouk. These are not the country's figures") is partial
        assert km["text"].startswith("អ្វី") is partial


def test_weeks_are_cut_to_the_window_and_none_is_left_out(world: None, browser: Browser, supervisor: User) -> None:
    page = browser(supervisor).get(f"/reports/situation/?{PRESS}", headers={"accept-language": "en"})
    trend = page.context["trend"]
    words = [period.words for period in trend.periods]
    assert words[:2] == ["18–21 Aug", "22–28 Aug"]
    assert words[2] == "29 Aug – 4 Sep"
    assert words[-1] == "26–29 Sep"
    assert [[cell.n for cell in period.cells] for period in trend.periods] == [
        [2, 0],
        [2, 0],
        [0, 2],
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
    ]
    assert trend.periods[2].cells[1].share == 100


def test_a_long_window_is_shown_by_month(world: None, browser: Browser, supervisor: User) -> None:
    page = browser(supervisor).get(
        "/reports/situation/?from=2021-08-15&to=2022-09-29", headers={"accept-language": "en"}
    )
    periods = page.context["trend"].periods
    assert len(periods) == 14
    assert (periods[0].words, periods[-1].words) == ("15–31 Aug 2021", "1–29 Sep 2022")
    assert [cell.n for cell in periods[-2].cells] == [4, 0]


def test_the_sentence_is_read_out_in_both_languages(world: None, browser: Browser, supervisor: User) -> None:
    page = browser(supervisor).get(f"/reports/situation/?{PRESS}", headers={"accept-language": "en"})
    km, en = (said["text"] for said in page.context["paragraphs"])
    assert "From 18 Aug 2022 to 29 Sep 2022, 4 complaints were received." in en
    assert "2 victims were rescued." in en
    assert "Arrested and sent to court: 4 suspects of 2 nationalities." in en
    assert "1 proved true or partly true: 50 %." in en
    assert "បានទទួលបណ្តឹង ៤" in km


def test_an_empty_window_says_so_and_draws_no_rate(browser: Browser, supervisor: User) -> None:
    page = browser(supervisor).get(
        "/reports/situation/?from=2021-01-01&to=2021-01-02", headers={"accept-language": "en"}
    )
    assert "Nothing in this window" in page.content.decode()
    assert "%" not in page.context["paragraphs"][1]["text"]


def test_the_situation_asks_the_same_of_the_database_however_much_happened(
    browser: Browser, supervisor: User, press: Registered
) -> None:
    client = browser(supervisor)
    counts = []
    for n in (2, 8):
        for more in range(n):
            rescued(press(province_of_incident=("18", "12")[more % 2]), supervisor, at(9, 10))
        client.get(f"/reports/situation/?{PRESS}")
        counts.append(len(asked(client, f"/reports/situation/?{PRESS}")))
    assert counts[0] == counts[1] <= 30


def test_every_page_of_reports_stands_under_reports(browser: Browser, supervisor: User) -> None:
    client = browser(supervisor)
    for path in ("situation/", "indicators/", "indicators/victims_rescued/", "indicators/victims_rescued/records/"):
        nav = client.get(f"/reports/{path}?{PRESS}").context["nav"]
        assert [item["route"] for item in nav if item["current"]] == ["reports:situation"], path
