"""Tokens for programs: shown once, ended, revoked, refused without a second factor; bad ones answer 401."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from accounts import services
from accounts.authentication import TokenWithSecondFactor
from accounts.models import User

pytestmark = pytest.mark.django_db
API = "/api/v1/provinces/"


def call(token: str, **headers: str) -> Any:
    return Client().get(API, headers={"authorization": f"Token {token}", **headers})


def test_a_token_is_made_on_one_s_own_page_shown_once_and_works(
    browser: Callable[..., Client], officer_psh: User
) -> None:
    client = browser(officer_psh)
    page = client.post("/account/tokens/", {"days": "30"})
    assert page["Cache-Control"] == "no-store"
    token = re.search(r'<code class="sk-ref">([0-9a-f]{64})</code>', page.content.decode())
    assert token
    assert call(token[1]).status_code == 200
    assert token[1] not in client.get("/account/").content.decode()
    assert token[1] not in str(AuthToken.objects.values())


def test_a_token_ends(officer_psh: User) -> None:
    token = services.make_token(officer_psh, days=30)
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
        assert call(token).status_code == 401


def test_a_token_is_revoked_by_its_owner_and_by_nobody_else(
    browser: Callable[..., Client], officer_psh: User, analyst: User
) -> None:
    token = services.make_token(officer_psh, days=30)
    digest = AuthToken.objects.get().digest
    assert browser(analyst).post("/account/tokens/revoke/", {"token": digest}).status_code == 404
    assert call(token).status_code == 200
    assert browser(officer_psh).post("/account/tokens/revoke/", {"token": digest}).status_code == 302
    assert call(token).status_code == 401


def test_a_token_without_a_second_factor_is_refused(officer_psh: User, settings: Any) -> None:
    token = services.make_token(officer_psh, days=30)
    settings.SECOND_FACTOR_REQUIRED = True
    assert call(token).status_code == 403
    TOTP.activate(officer_psh, "JBSWY3DPEHPK3PXP")
    assert call(token).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(officer_psh: User, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    token = services.make_token(officer_psh, days=30)
    officer_psh.authenticator_set.create(type="recovery_codes", data={})
    assert call(token).status_code == 403


def test_a_token_ends_with_the_role_and_with_the_account(admin: User, officer_psh: User, analyst: User) -> None:
    tokens = [services.make_token(user, days=30) for user in (officer_psh, analyst)]
    services.edit_user(officer_psh, by=admin, version=1, role="intake")
    services.deactivate(analyst, by=admin)
    assert [call(token).status_code for token in tokens] == [401, 401]


def test_the_token_of_somebody_with_a_first_password_is_refused(admin: User, officer_psh: User) -> None:
    token = services.make_token(officer_psh, days=30)
    User.objects.filter(pk=officer_psh.pk).update(must_change_password=True)
    assert call(token).status_code == 403


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "x y",
        "0" * 64,
        "ជា".encode().decode("latin-1"),
        "\x00" * 20,
        "zz" * 32,
        "\xff\xfe" * 30,
        "A" * 64,
        "a" * 100_000,
    ],
)
def test_a_malformed_token_answers_401(db: Any, token: str) -> None:
    assert Client().get(API, HTTP_AUTHORIZATION=f"Token {token}").status_code == 401


def test_no_token_answers_401(db: Any) -> None:
    answer = Client().get(API)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize("days", ["0", "-1", "366", "x", "", "1e9"])
def test_a_strange_lifetime_makes_no_token(browser: Callable[..., Client], officer_psh: User, days: str) -> None:
    assert browser(officer_psh).post("/account/tokens/", {"days": days}).status_code == 400
    assert not AuthToken.objects.exists()


def test_an_eleventh_token_is_refused(browser: Callable[..., Client], officer_psh: User) -> None:
    for _count in range(10):
        services.make_token(officer_psh, days=30)
    answer = browser(officer_psh).post("/account/tokens/", {"days": "30"})
    assert answer.status_code == 400
    assert "Revoke one first" in answer.content.decode()


def test_a_token_call_costs_two_queries_before_the_rows(officer_psh: User, django_assert_num_queries: Any) -> None:
    token = services.make_token(officer_psh, days=30)
    with django_assert_num_queries(2):
        user, _found = TokenWithSecondFactor().authenticate_credentials(token.encode())
        assert user.posted_provinces == {"18"}
