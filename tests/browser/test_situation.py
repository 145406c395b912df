"""The situation page in a browser: copied as plain words, no dead button without scripts, the map by keys, two pages on paper."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from core.display import day_of
from tests.browser.conftest import broken_rules, overflow
from tests.reports.window import at, rescued

PRESS = "/reports/situation/?from=2022-08-18&to=2022-09-29"
HALF_A_YEAR = "/reports/situation/?from=2022-03-28&to=2022-10-02"
COUNTRIES = ("VN", "CN", "ID", "TH", "MY", "IN", "PK", "BD", "MM", "PH", "LA", "NP", "LK", "KH", "")


@pytest.fixture
def full(registered: Any, supervisor: Any) -> None:
    """Something in every week of half a year, in and from every province, of many nationalities."""
    for n in range(27):
        about, came = f"{n % 25 + 1:02}", f"{(n + 7) % 25 + 1:02}"
        when = at(3, 29) + timedelta(weeks=n)
        complaint = registered(received_at=when, province_of_incident=about, province_of_report=came)
        rescued(complaint, supervisor, when + timedelta(days=1), nationality=COUNTRIES[n % len(COUNTRIES)])


def test_the_paragraph_is_copied_as_plain_words(open_page: Any, officer_psh: Any, complaint: Any) -> None:
    day = day_of(complaint.received_at).isoformat()
    address = f"/reports/situation/?from={day}&to={day}"
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer_psh, backend="accounts.backends.ActiveUserBackend")
    texts = {one["lang"]: one["text"] for one in client.get(address).context["paragraphs"]}
    assert texts["en"].startswith("What you may see: Preah Sihanouk. These are not the country's figures")
    page = open_page(address, as_user=officer_psh)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for language, text in texts.items():
        button = page.locator(f"#said-{language} + button")
        button.click()
        expect(button).to_have_text("Copied")  # a wait by a script's text would be eval, which our pages forbid
        assert page.evaluate("navigator.clipboard.readText()") == text
    assert page.said == []


def test_nothing_to_press_that_does_nothing(open_page: Any, officer_psh: Any) -> None:
    page = open_page(PRESS, as_user=officer_psh, scripts=False)
    assert page.locator("[data-copy]").count() == 2
    assert not page.locator("[data-copy]").first.is_visible()


def test_a_province_on_the_map_is_reached_by_keyboard_and_seen(
    open_page: Any, officer_psh: Any, complaint: Any
) -> None:
    day = day_of(complaint.received_at).isoformat()
    page = open_page(f"/reports/situation/?from={day}&to={day}", as_user=officer_psh)
    province = page.locator(".sk-map a").first
    page.keyboard.press("Tab")  # a focus by keys, not by a script alone, shows its ring
    province.focus()
    shown = province.evaluate(
        "link => { const s = getComputedStyle(link.querySelector('path')); return [s.fill, s.stroke]; }"
    )
    assert shown == ["rgb(240, 176, 58)", "rgb(18, 33, 31)"]  # on the darkest shade too
    assert province.locator("title").text_content() == province.get_attribute("aria-label")
    assert page.locator(".sk-map svg").first.evaluate("map => getComputedStyle(map).overflow") == "visible"


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("role", ["supervisor", "officer_psh"])
def test_a_full_page_prints_on_two_of_paper(
    open_page: Any, full: None, request: pytest.FixtureRequest, role: str, language: str
) -> None:
    page = open_page(HALF_A_YEAR, language=language, as_user=request.getfixturevalue(role))
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2


def test_what_is_printed_says_its_window_its_rules_and_whose_it_is(
    open_page: Any, full: None, officer_psh: Any
) -> None:
    page = open_page(HALF_A_YEAR, as_user=officer_psh)
    page.emulate_media(media="print")
    for gone in (".sk-nav", ".sk-presets", ".sk-window", "[data-copy]", ".sk-head__end"):
        assert not page.locator(gone).first.is_visible(), gone
    for kept in (".sk-lead", "#words .sk-card__head span", ".sk-notice--warning", "#rules", "#map", "#trend"):
        assert page.locator(kept).first.is_visible(), kept


@pytest.mark.parametrize("language", ["en", "km"])
def test_a_full_page_fits_and_holds_to_wcag(open_page: Any, full: None, supervisor: Any, language: str) -> None:
    page = open_page(None, language=language, as_user=supervisor)
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        open_page.go(page, HALF_A_YEAR)
        assert (width, overflow(page), page.said) == (width, 0, [])
        table = page.locator("#provinces .sk-scroll")
        if width > 320:
            assert table.evaluate("box => box.scrollWidth - box.clientWidth") == 0
            assert broken_rules(page) == [], width
