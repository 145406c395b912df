"""The public form in a real browser, scripts off: from the first page to the code and back, on a small phone."""

from typing import Any

import pytest

from complaints.channels.public.languages import NAMES
from tests.browser.conftest import broken_rules, overflow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ("/report/", "/report/form/", "/report/follow-up/", "/report/clear/")


@pytest.mark.parametrize(("language", "width"), [("km", 360), ("en", 1280)])
def test_every_page_fits_and_holds_to_the_rules(open_page: Any, language: str, width: int) -> None:
    page = open_page(None, width=width, language="en")
    for path in PAGES:
        open_page.go(page, f"{path}?lang={language}")
        assert overflow(page) == 0, path
        assert broken_rules(page) == [], path
        assert page.said == [], path


def test_every_language_fits_a_small_phone(open_page: Any) -> None:
    page = open_page(None, width=360, language="en")
    for language in NAMES:
        for path in PAGES:
            open_page.go(page, f"{path}?lang={language}")
            assert overflow(page) == 0, (language, path)


def test_one_reports_and_comes_back_without_scripts(open_page: Any) -> None:
    page = open_page("/report/?lang=en", width=360, scripts=False)
    page.get_by_role("link", name="Start").click()
    page.get_by_label("What is happening?").fill("Nine of us are held.\nSecond line")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Where is it?").fill("Sixth floor")
    page.get_by_role("button", name="Back").click()
    assert page.get_by_label("What is happening?").input_value() == "Nine of us are held.\nSecond line"
    page.get_by_role("button", name="Next").click()
    assert page.get_by_label("Where is it?").input_value() == "Sixth floor"
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Send").click()
    code = " ".join(page.locator(".sk-report__code b").all_inner_texts())
    assert len(code) == 29
    assert overflow(page) == 0
    page.reload()
    assert " ".join(page.locator(".sk-report__code b").all_inner_texts()) == code
    page.get_by_role("link", name="Come back with the code").click()
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="See what became of it").click()
    assert page.get_by_role("heading", name="We have it").is_visible()
    page.get_by_label("Tell us more").fill("They moved us")
    page.get_by_role("button", name="Send the message").click()
    assert page.get_by_text("They moved us").is_visible()
    assert [one["name"] for one in page.context.cookies()] == ["django_language"]  # the test's own
    assert page.title() == "Form"


def test_another_language_keeps_what_is_typed_and_enter_goes_on_in_it(open_page: Any) -> None:
    page = open_page("/report/form/?lang=en", width=360, scripts=False)
    page.get_by_label("What is happening?").fill("Nine of us are held.")
    page.locator(".sk-report__languages summary").click()
    page.get_by_role("button", name="Tiếng Việt").click()
    assert page.locator("html").get_attribute("lang") == "vi"
    assert page.locator("textarea[name=words]").input_value() == "Nine of us are held."
    page.locator("main button[value=next]").click()
    page.locator("input[name=last]").fill("Monday")
    page.locator("input[name=last]").press("Enter")
    assert page.locator("input[name=reach]").is_visible()
    assert page.locator("html").get_attribute("lang") == "vi"
    assert page.locator("input[name=words]").input_value() == "Nine of us are held."
    assert page.locator("input[name=last]").input_value() == "Monday"


def test_leave_takes_the_place_of_the_page(open_page: Any) -> None:
    page = open_page("/report/?lang=en", width=360)
    page.route("**/search**", lambda route: route.fulfill(body="<title>weather</title>", content_type="text/html"))
    before = page.evaluate("history.length")
    page.get_by_role("link", name="Leave this page now").click()
    page.wait_for_url("**/search**")
    assert page.evaluate("history.length") == before
