"""The navigation of a desk: two lines at most for every role, in both languages, and its parts below it by keyboard alone."""

from typing import Any

import pytest

from accounts.models import User
from tests.browser.conftest import overflow
from tests.factories.accounts import PostingFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROLES = ("intake", "officer", "supervisor", "analyst", "integrity", "admin")
LINES = "new Set([...document.querySelectorAll('.sk-nav li')].map(li => li.offsetTop)).size"
BESIDE = "document.querySelector('.sk-nav + .sk-subnav') !== null"


def reader(role: str) -> User:
    user = UserFactory(role=role)
    return PostingFactory(user=user).user if role == "officer" else user


@pytest.mark.parametrize("role", ROLES)
def test_it_is_two_lines_at_most(open_page: Any, role: str) -> None:
    user = reader(role)
    for language in ("km", "en"):
        page = open_page("/activities/", as_user=user, language=language)
        assert page.evaluate(LINES) <= 2, (role, language)
        assert page.evaluate(BESIDE)
        small = open_page("/activities/", as_user=user, language=language, width=360, scripts=False)
        assert overflow(small) == 0


def test_its_parts_are_next_by_keyboard_and_one_press_away(open_page: Any) -> None:
    page = open_page("/", as_user=reader("supervisor"), scripts=False)
    page.locator(".sk-nav").get_by_role("link", name="Reports").press("Enter")
    page.wait_for_load_state()
    page.locator(".sk-nav a").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Overview"
    for _n in range(6):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Surveys"
    page.keyboard.press("Enter")
    page.wait_for_url("**/surveys/")
    assert page.locator(".sk-nav [aria-current]").inner_text() == "Reports"
    assert page.locator(".sk-subnav [aria-current=page]").inner_text() == "Surveys"
