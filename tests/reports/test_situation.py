"""The situation page: the sentence, its tables, and exactly the records behind every number."""

import re
from html import unescape
from typing import Any
from urllib.parse import urljoin

import pytest

from accounts.models import User
from tests.queries import asked
from tests.reports.links import Links, number_in
from tests.reports.window import PRESS, Browser, Registered, at, rescued


def test_who_sees_less_than_the_nation_is_told_so(browser: Browser, officer_psh: User, supervisor: User) -> None:
    said = "not the country"
    assert said in browser(officer_psh).get(f"/reports/situation/?{PRESS}").content.decode()
    assert said not in browser(supervisor).get(f"/reports/situation/?{PRESS}").content.decode()


@pytest.mark.parametrize(
    ("window", "language"),
    [(PRESS, "en"), (PRESS, "km"), ("from=2022-08-20&to=2022-08-22", "km"), ("from=2018-01-01&to=2022-12-31", "en")],
)
@pytest.mark.parametrize("role", ["supervisor", "officer_psh"])
def test_every_link_opens_as_many_records_as_it_says(
    world: None, browser: Browser, request: pytest.FixtureRequest, role: str, window: str, language: str
) -> None:
    client = browser(request.getfixturevalue(role), **{"accept-language": language})
    html = client.get(f"/reports/situation/?{window}").content.decode()
    assert f'lang="{language}"' in html[: html.index("<head")]
    found = Links(html).found
    assert {"words", "map", "provinces", "trend"} <= {section for section, _url, _words in found}
    told = {(url, words) for _section, url, words in found if "/indicators/" in url and re.search(r"\d", words)}
    assert len(told) > 10
    for url, words in told:
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert number_of(answer, url) == number_in(words), (url, words)
    for url in {url for _section, url, _words in found if "split=" not in url} - {url for url, _words in told}:
        assert client.get(urljoin("/reports/situation/", url)).status_code == 200, url


def number_of(answer: Any, url: str) -> int:
    """What a linked page holds: so many records, so many values of a split, or the percentage itself."""
    if "/records/" in url:
        return int(answer.context["n"])
    if "by=" not in url:
        return int(answer.context["measure"].value)
    (split,) = answer.context["splits"]
    return len([part for part in split["parts"] if part.code != "none"])


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
    assert [cell.share for cell in (trend.periods[0].cells[0], trend.periods[2].cells[1])] == [100, 100]
    assert trend.periods[0].cells[0].url.endswith("?from=2022-08-18&to=2022-08-21")


def test_the_bars_of_both_columns_have_one_scale(press: Registered, browser: Browser, supervisor: User) -> None:
    for more in range(3):
        complaint = press(at(9, 5 + more))
    rescued(complaint, supervisor, at(9, 20))
    trend = browser(supervisor).get(f"/reports/situation/?{PRESS}").context["trend"]
    shares = [[cell.share for cell in period.cells] for period in trend.periods]
    assert shares[3] == [100, 0]
    assert shares[5] == [0, 33]


def test_a_window_of_years_is_shown_by_year(world: None, browser: Browser, supervisor: User) -> None:
    page = browser(supervisor).get("/reports/situation/?from=2019-07-01&to=2022-09-29")
    trend = page.context["trend"]
    assert [period.words for period in trend.periods] == [
        "1 Jul 2019 – 31 Dec 2019",
        "2020",
        "2021",
        "1 Jan 2022 – 29 Sep 2022",
    ]
    assert [period.cells[0].n for period in trend.periods] == [0, 0, 0, 4]
    assert trend.title == "By year"


def test_a_window_of_one_day_names_it_once(world: None, browser: Browser, supervisor: User) -> None:
    page = browser(supervisor).get("/reports/situation/?from=2022-08-20&to=2022-08-20")
    km, en = (said["text"] for said in page.context["paragraphs"])
    assert en.startswith("On 20 Aug 2022, 1 complaint was received.")
    assert km.startswith("នៅថ្ងៃទី ២០ សីហា ២០២២ បានទទួលបណ្តឹង ១។")
    assert "20 Aug 2022 –" not in page.content.decode()
    assert 'id="trend"' not in page.content.decode()


def test_a_date_that_cannot_be_read_is_refused_and_kept(browser: Browser, supervisor: User) -> None:
    page = browser(supervisor).get("/reports/situation/?from=31/9/2022&to=2022-10-05")
    html = page.content.decode()
    assert page.status_code == 400
    assert 'value="31/9/2022"' in html
    assert 'value="2022-10-05"' in html
    assert page.context["form"].errors.keys() == {"from"}
    assert 'id="words"' not in html


def test_a_table_of_many_parts_shows_the_largest_and_the_others_as_one(
    press: Registered, browser: Browser, supervisor: User
) -> None:
    complaint = press(at(9, 1))
    for code in ("VN", "VN", "CN", "ID", "TH", "MY", "IN", "PK", "BD", "MM", "PH", "LA", "NP", "LK", ""):
        rescued(complaint, supervisor, at(9, 2), nationality=code)
    client = browser(supervisor)
    _title, parts = client.get(f"/reports/situation/?{PRESS}").context["tables"][2]
    assert len(parts) == 13
    assert (parts[0].word, parts[0].n) == ("Viet Nam", 2)
    assert (parts[11].word, parts[11].n) == ("2 others", 2)
    assert (parts[12].code, parts[12].n) == ("none", 1)
    assert client.get(parts[11].url).context["n"] == 2


def test_the_page_says_by_which_rules_it_counts(world: None, browser: Browser, supervisor: User) -> None:
    html = browser(supervisor).get(f"/reports/situation/?{PRESS}").content.decode()
    assert "As known now; provisional." in html
    assert "Merged and duplicate complaints do not count" in html


def test_a_long_window_is_shown_by_month(world: None, browser: Browser, supervisor: User) -> None:
    page = browser(supervisor).get(
        "/reports/situation/?from=2021-08-15&to=2022-09-29", headers={"accept-language": "en"}
    )
    periods = page.context["trend"].periods
    assert len(periods) == 14
    assert [periods[place].words for place in (0, 1, -1)] == ["15–31 Aug 2021", "Sep 2021", "1–29 Sep 2022"]
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
    assert counts[0] == counts[1] <= 64


def test_every_page_of_reports_stands_under_reports(browser: Browser, supervisor: User) -> None:
    client = browser(supervisor)
    for path in ("", "situation/", "indicators/", "indicators/victims_rescued/", "indicators/victims_rescued/records/"):
        nav = client.get(f"/reports/{path}?{PRESS}").context["nav"]
        assert [item["route"] for item in nav if item["current"]] == ["reports:overview"], path
