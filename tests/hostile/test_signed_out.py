"""A session that ended while a page stood open leads back to a page that can be shown."""

from collections.abc import Callable

import pytest
from django.test import Client

Browser = Callable[..., Client]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/notifications/read/", "/account/tokens/", "/account/sessions/end/"])
def test_a_press_after_the_session_ended_does_not_lead_back_to_an_empty_page(browser: Browser, address: str) -> None:
    answer = browser().post(address)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/")


@pytest.mark.django_db
def test_a_page_is_come_back_to(browser: Browser) -> None:
    assert browser().get("/victims/?status=reported")["Location"] == (
        "/accounts/login/?next=/victims/%3Fstatus%3Dreported"
    )
