"""What was typed comes back from every form of ours when the session has ended or the page's token is old."""

import re
from collections.abc import Callable
from contextlib import suppress
from itertools import combinations

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from complaints.models import Complaint
from core.views import Page
from tests.matrix.routes import found
from tests.matrix.world import NO_UUID
from workflow.models import Transition

Browser = Callable[..., Client]
WORD = "typed <b>words</b> & more"
# These take presses only: no page of theirs has a field somebody types into.
FORMS = sorted(
    name
    for name, route in found().items()
    if route.view is not None and issubclass(route.view, Page) and not route.view.public and "post" in route.methods
)


PARTS = {
    "reference": "KH-2022-222222",
    "step": "acknowledge",
    "code": "18",
    "username": "x.nobody",
    "pk": NO_UUID,
    "entry": NO_UUID,
    "member": NO_UUID,
    "token": "none",
}
PARTS |= {
    "slug": "tip",
    "what": "begin",
    "day": "2026-11-09",
    "key": NO_UUID,
    "grant": NO_UUID,
    "name": "nothing",
    "channel": "sms",
}


def address_of(name: str) -> str:
    for n in range(3):
        for parts in combinations(PARTS, n):
            with suppress(NoReverseMatch):
                return reverse(name, kwargs={part: PARTS[part] for part in parts})
    return reverse(name, kwargs={"code": "18", "pk": 1})


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([a-z0-9_-]+)" value="([^"]*)">', page))


def test_there_are_forms() -> None:
    assert {"complaints:step", "complaints:facts", "victims:detail", "sites:edit", "complaints:reporter"} <= set(FORMS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORMS)
def test_words_sent_after_the_session_ended_come_back(name: str, browser: Browser) -> None:
    answer = browser().post(address_of(name), {"note": WORD, "idempotency_key": "k-1", "password1": "secret-word"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "typed &lt;b&gt;words&lt;/b&gt; &amp; more" in page
    assert WORD not in page
    assert "secret-word" not in page
    assert hidden(page)["idempotency_key"] == "k-1"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_stranger_is_told_the_same_of_a_record_that_is_there_and_of_one_that_is_not(
    browser: Browser, registered: Callable[..., Complaint]
) -> None:
    complaint = registered()
    there, nowhere = (
        re.sub(
            r'value="[^"]{60,}"',
            "",
            browser().post(f"/complaints/{reference}/facts/", {"note": "words"}).content.decode(),
        )
        for reference in (complaint.reference, "KH-2022-222222")
    )
    assert there.replace(complaint.reference, "KH-2022-222222") == nowhere


@pytest.mark.django_db
def test_an_old_token_gives_the_words_back_to_our_own_page_only_and_one_press_sends_them(
    browser: Browser, officer_psh: User, registered: Callable[..., Complaint]
) -> None:
    complaint = registered()
    client, address = browser(officer_psh), f"/complaints/{complaint.reference}/steps/acknowledge/"
    client.handler.enforce_csrf_checks = True
    typed = {"note": "She called twice", "idempotency_key": "key-of-the-page"}
    ours = client.post(address, typed, headers={"origin": "http://testserver"})
    foreign = client.post(address, typed, headers={"origin": "https://elsewhere.example"})
    assert (ours.status_code, foreign.status_code) == (403, 403)
    assert "She called twice" in ours.content.decode()
    assert "She called twice" not in foreign.content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', ours.content.decode())[-1]
    for _press in range(2):
        assert client.post(address, {**typed, "csrfmiddlewaretoken": token}).status_code == 302
    assert Transition.objects.get(step="acknowledge").note == "She called twice"


@pytest.mark.django_db
def test_a_press_without_words_leads_to_the_sign_in(browser: Browser) -> None:
    answer = browser().post(address_of("complaints:step"), {"step": "acknowledge", "next": "/", "idempotency_key": "k"})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
