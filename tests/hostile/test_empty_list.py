"""What was searched for in vain stands in one pair of quotation marks."""

from collections.abc import Callable

from django.test import Client

from accounts.models import User


def test_a_search_without_a_find_is_quoted_once(browser: Callable[..., Client], officer_psh: User) -> None:
    text = browser(officer_psh).get("/complaints/?q=nobody").content.decode()
    assert "Remove “nobody” to see more." in text
