"""The frame and all its parts in a real browser: nothing sticks out, nothing breaks WCAG, no script or style is refused."""

import pytest

from tests.browser.conftest import broken_rules, overflow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "km"])
def test_every_part_fits_its_window_and_holds_to_wcag(open_page, officer_psh, language):
    page = open_page(None, language=language, as_user=officer_psh)
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        open_page.go(page, "/style/")
        assert page.evaluate("document.documentElement.lang") == language
        assert (width, overflow(page), page.said) == (width, 0, [])
        if width in (360, 1280):
            assert broken_rules(page) == [], width


@pytest.mark.parametrize("width", [360, 1280])
def test_the_door_holds_to_wcag_and_fits(open_page, width):
    page = open_page("/accounts/login/", width=width)
    assert broken_rules(page) == []
    assert overflow(page) == 0


def test_the_page_is_as_wide_at_text_spacing_of_wcag(open_page, officer_psh):
    page = open_page("/style/", width=360, as_user=officer_psh)
    page.evaluate(
        """() => { for (const e of document.querySelectorAll('p, li, a, span, b, td, th, dd, dt, label, h1, h2')) {
        e.style.lineHeight = '1.5'; e.style.letterSpacing = '0.12em'; e.style.wordSpacing = '0.16em'; } }"""
    )
    assert overflow(page) <= 0


def test_the_language_is_switched_without_scripts_and_stays(open_page, officer_psh):
    page = open_page("/style/", language="en", as_user=officer_psh, scripts=False)
    page.click(".sk-header__end > .sk-lang button[value=km]")
    assert page.locator("html").get_attribute("lang") == "km"
    page.reload()
    assert page.locator("html").get_attribute("lang") == "km"


def test_the_slash_goes_to_search_and_escape_closes_a_menu(open_page, officer_psh):
    page = open_page("/notifications/", as_user=officer_psh)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.click(".sk-user > summary")
    assert page.locator(".sk-user").get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert page.locator(".sk-user").get_attribute("open") is None


def test_the_first_tab_offers_to_skip_to_the_page(open_page, officer_psh):
    page = open_page("/notifications/", as_user=officer_psh)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("width", [320, 768])
def test_a_phone_finds_the_search_in_its_menu(open_page, officer_psh, width):
    page = open_page("/notifications/", width=width, as_user=officer_psh)
    page.click(".sk-phone > summary")
    page.fill("#q-menu", "KH-2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/complaints/?q=KH-2026")


def test_the_search_tab_of_a_phone_goes_to_the_box(open_page, officer_psh):
    page = open_page("/notifications/", width=360, as_user=officer_psh)
    page.click(".sk-tabs a[href='#menu']")
    assert page.evaluate("document.activeElement.id") == "q-menu"


def test_a_form_is_sent_once(open_page, officer_psh):
    page = open_page("/style/", as_user=officer_psh)
    sent = page.evaluate(
        """() => { const form = document.createElement('form'); form.method = 'post'; form.action = '#';
        form.innerHTML = '<button>Save</button>'; document.body.append(form); let n = 0;
        document.addEventListener('submit', e => { if (!e.defaultPrevented) n += 1; e.preventDefault(); });
        form.requestSubmit(); form.requestSubmit(); return n; }"""
    )
    assert sent == 1
