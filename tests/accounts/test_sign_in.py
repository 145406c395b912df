"""Signing in: who may, who may not, what is said, what is recorded."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def sign_in(client: Client, login: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(LOGIN, {"login": login, "password": password}, **extra)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_page_has_the_two_fields(browser: Callable[..., Client]) -> None:
    page = browser().get(LOGIN).content.decode()
    assert 'name="login"' in page
    assert 'name="password"' in page
    assert "sangkroh" in page.lower()


def test_name_and_password_open_a_session(client: Client, officer_psh: User) -> None:
    answer = sign_in(client, "officer.psh")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert signed_in(client)


def test_the_name_may_be_typed_in_capitals(client: Client, officer_psh: User) -> None:
    sign_in(client, " Officer.PSH ")
    assert signed_in(client)


def test_a_wrong_password_and_an_unknown_name_answer_the_same(
    browser: Callable[..., Client], officer_psh: User
) -> None:
    bodies = []
    for name in ("officer.psh", "officer.xxx"):
        answer = sign_in(browser(), name, "wrong-password")
        assert answer.status_code == 200
        bodies.append(answer.content.decode().replace(name, "NAME"))
    wrong, unknown = (body.split("<main", 1)[1].split("csrfmiddlewaretoken")[0] for body in bodies)
    assert wrong == unknown
    assert "That name and password do not match." in wrong
    assert "4 tries left" in wrong


def test_a_deactivated_account_answers_like_a_wrong_password(browser: Callable[..., Client], db: Any) -> None:
    UserFactory(username="gone", is_active=False)
    client = browser()
    answer = sign_in(client, "gone")
    assert "That name and password do not match." in answer.content.decode()
    assert not signed_in(client)


def test_the_system_user_never_signs_in(client: Client, system: User) -> None:
    system.set_password(PASSWORD)
    system.save()
    sign_in(client, "system")
    assert not signed_in(client)


def test_five_wrong_passwords_lock_the_name_for_that_address(browser: Callable[..., Client], officer_psh: User) -> None:
    client = browser()
    for _attempt in range(4):
        assert sign_in(client, "officer.psh", "wrong").status_code == 200
    locked = sign_in(client, "officer.psh", "wrong")
    assert locked.status_code == 429
    assert "15 minutes" in locked.content.decode()
    assert locked["Retry-After"] == "900"
    assert sign_in(client, "officer.psh").status_code == 429
    assert not signed_in(client)


def test_the_lockout_page_is_khmer_by_default(client: Client, officer_psh: User) -> None:
    for _attempt in range(5):
        answer = sign_in(client, "officer.psh", "wrong")
    assert answer.status_code == 429
    assert '<html lang="km"' in answer.content.decode()


def test_a_lockout_leaves_other_addresses_and_names_alone(browser: Callable[..., Client], cast: Any) -> None:
    client = browser()
    for _attempt in range(5):
        sign_in(client, "officer.psh", "wrong")
    elsewhere = browser()
    sign_in(elsewhere, "officer.psh", REMOTE_ADDR="10.0.0.9")
    assert signed_in(elsewhere)
    another = browser()
    sign_in(another, "analyst")
    assert signed_in(another)


def test_a_lockout_ends_after_fifteen_minutes(browser: Callable[..., Client], officer_psh: User) -> None:
    client = browser()
    for _attempt in range(5):
        sign_in(client, "officer.psh", "wrong")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        sign_in(client, "officer.psh")
        assert signed_in(client)


def test_a_forged_forwarding_header_does_not_escape_the_lockout(
    browser: Callable[..., Client], officer_psh: User
) -> None:
    client = browser()
    answers = [
        sign_in(client, "officer.psh", "wrong", HTTP_X_FORWARDED_FOR=f"10.1.1.{number}").status_code
        for number in range(5)
    ]
    assert answers[-1] == 429


@override_settings(TRUSTED_PROXIES=1)
@pytest.mark.parametrize("header", ["not an address", "10.0.0.1, '; DROP", ""])
def test_a_broken_forwarding_header_is_no_error(client: Client, officer_psh: User, header: str) -> None:
    assert sign_in(client, "officer.psh", "wrong", HTTP_X_FORWARDED_FOR=header).status_code == 200


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("a\x00b", "x"),
        ("officer.psh", "pass\x00word"),
        ("x" * 1_000_000, "x"),
        ("officer.psh", "x" * 1_000_000),
    ],
)
def test_what_nobody_types_answers_400(client: Client, officer_psh: User, login: str, password: str) -> None:
    assert sign_in(client, login, password).status_code == 400


@pytest.mark.parametrize("field", ["login", "password"])
def test_a_lone_surrogate_never_breaks_the_page(client: Client, officer_psh: User, field: str) -> None:
    body = f"login=a&password=b&{field}=%ED%A0%80x"
    answer = client.post(LOGIN, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (200, 400)
    json = client.post(LOGIN, '{"login": "\\ud800"}', content_type="application/json")
    assert json.status_code in (200, 400)


@pytest.mark.parametrize("login", ["", "   ", "\u200b", "\u202egro"])
def test_an_empty_or_invisible_name_is_asked_for_again(browser: Callable[..., Client], login: str, db: Any) -> None:
    assert sign_in(browser(), login).status_code == 200


def test_signing_up_has_no_address(client: Client, db: Any) -> None:
    for path in ("signup", "password/reset", "email", "login/code", "2fa/webauthn"):
        assert client.get(f"/accounts/{path}/").status_code == 404


def test_going_where_one_wanted_to_go_never_leaves_the_site(client: Client, officer_psh: User) -> None:
    answer = client.post(f"{LOGIN}?next=https://evil.example/", {"login": "officer.psh", "password": PASSWORD})
    assert answer["Location"] == "/"


def test_sign_in_failure_and_sign_out_are_recorded_without_the_name(client: Client, officer_psh: User) -> None:
    sign_in(client, "officer.psh", "wrong")
    sign_in(client, "nobody.here", "wrong")
    sign_in(client, "officer.psh")
    client.post("/accounts/logout/")
    events = list(AuditEvent.objects.filter(verb__in=("sign_in", "sign_out")).order_by("seq"))
    me = str(officer_psh.pk)
    assert [(row.verb, row.outcome, row.actor_id, row.object_id) for row in events] == [
        ("sign_in", "failed", "", me),
        ("sign_in", "failed", "", ""),
        ("sign_in", "done", me, me),
        ("sign_out", "done", me, me),
    ]
    assert not any("nobody" in str(row.detail) for row in events)


def test_a_lockout_is_recorded(client: Client, officer_psh: User) -> None:
    for _attempt in range(6):
        sign_in(client, "officer.psh", "wrong")
    outcomes = AuditEvent.objects.filter(verb="sign_in").order_by("seq").values_list("outcome", flat=True)
    assert list(outcomes) == ["failed"] * 4 + ["locked"] * 2


def test_a_password_is_changed_on_one_s_own_page(browser: Callable[..., Client], officer_psh: User) -> None:
    client = browser(officer_psh)
    new = "four quiet words here"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    answer = client.post("/accounts/password/change/", form)
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert client.get("/account/").status_code == 200
    assert User.objects.get(pk=officer_psh.pk).check_password(new)
    assert AuditEvent.objects.filter(verb="password_changed", actor_id=str(officer_psh.pk)).exists()


def test_after_signing_in_one_is_where_one_wanted_to_be(browser: Callable[..., Client], officer_psh: User) -> None:
    client = browser()
    door = client.get("/roster/?x=1")["Location"]
    assert door.startswith(LOGIN)
    page = client.get(door).content.decode()
    form = page.split("<main", 1)[1]
    action = form.split("<form", 1)[1].split('action="', 1)[1].split('"', 1)[0] if 'action="' in form else door
    hidden = dict(re.findall(r'type="hidden" name="(next)" value="([^"]*)"', form))
    answer = client.post(action or door, {"login": "officer.psh", "password": PASSWORD, **hidden})
    assert answer["Location"] == "/roster/?x=1"
