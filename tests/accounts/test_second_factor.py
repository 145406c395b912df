"""The second factor: what is reachable without one, how it is enrolled, used, lost; time-outs and sessions."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.models import User
from audit.models import AuditEvent
from core.text import khmer_digits
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
ACTIVATE = "/accounts/2fa/totp/activate/"


@pytest.fixture(autouse=True)
def required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def enrol(user: User) -> User:
    TOTP.activate(user, SECRET)
    return user


def login(client: Client, user: User) -> Any:
    return client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})


@pytest.mark.parametrize("path", ["/", "/account/", "/roster/", "/users/", "/complaints/"])
def test_without_one_every_page_leads_to_enrolment(browser: Callable[..., Client], admin: User, path: str) -> None:
    answer = browser(admin).get(path)
    assert (answer.status_code, answer["Location"]) == (302, ACTIVATE)


def test_without_one_enrolment_sign_out_and_language_are_reachable(browser: Callable[..., Client], admin: User) -> None:
    client = browser(admin)
    assert client.post("/i18n/", {"language": "km"}).status_code == 302
    assert client.get("/accounts/2fa/").status_code == 200
    answer = client.post("/accounts/logout/")
    assert answer["Location"] == "/accounts/login/"


def test_without_one_a_session_call_of_the_api_is_refused(browser: Callable[..., Client], analyst: User) -> None:
    answer = browser(analyst).get("/api/v1/complaints/")
    assert answer.status_code == 403
    assert "detail" in answer.json()


def test_in_the_demonstration_it_is_not_asked_for(browser: Callable[..., Client], admin: User, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    assert browser(admin).get("/account/").status_code == 200


def test_enrolling_with_the_application_opens_everything(
    client: Client, officer_psh: User, django_capture_on_commit_callbacks: Any
) -> None:
    login(client, officer_psh)
    page = client.get(ACTIVATE)
    assert page.status_code == 200
    secret = re.search(r'<code class="sk-ref">([A-Z2-7]+)</code>', page.content.decode())
    assert secret
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(ACTIVATE, {"code": khmer_digits(code(secret[1]))})
    assert answer.status_code == 302
    assert client.get("/account/").status_code == 200
    codes = client.get("/accounts/2fa/recovery-codes/")
    assert codes.content.decode().count('<code class="sk-ref">') == 10
    assert AuditEvent.objects.filter(verb="totp_activated", object_id=str(officer_psh.pk)).exists()


def test_a_wrong_first_code_enrols_nothing(client: Client, officer_psh: User) -> None:
    login(client, officer_psh)
    client.get(ACTIVATE)
    assert client.post(ACTIVATE, {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()


def test_the_secret_is_sealed_in_the_database(officer_psh: User) -> None:
    enrol(officer_psh)
    assert SECRET not in str(Authenticator.objects.get().data)


def test_signing_in_asks_for_the_code_before_the_session_opens(client: Client, officer_psh: User) -> None:
    enrol(officer_psh)
    answer = login(client, officer_psh)
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/account/")["Location"].startswith("/accounts/login/")
    assert client.post("/accounts/2fa/authenticate/", {"code": code()}).status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_code_opens_one_session_only(officer_psh: User) -> None:
    enrol(officer_psh)
    first, second, once = Client(), Client(), code()
    for client in (first, second):
        login(client, officer_psh)
        client.post("/accounts/2fa/authenticate/", {"code": once})
    assert first.get("/account/").status_code == 200
    assert second.get("/account/").status_code == 302


def test_ten_wrong_codes_stop_the_eleventh_right_one(client: Client, officer_psh: User) -> None:
    enrol(officer_psh)
    login(client, officer_psh)
    for _attempt in range(10):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert client.post("/accounts/2fa/authenticate/", {"code": code()}).status_code == 200
    assert client.get("/account/").status_code == 302
    failed = AuditEvent.objects.filter(verb="second_factor", outcome="failed", object_id=str(officer_psh.pk))
    assert failed.count() == 11


@pytest.mark.parametrize("typed", ["\x00", "1" * 100_000, "", "១២៣", "\u202e123456", "½½½½½½"])
def test_a_strange_code_is_refused_and_breaks_nothing(client: Client, officer_psh: User, typed: str) -> None:
    enrol(officer_psh)
    login(client, officer_psh)
    assert client.post("/accounts/2fa/authenticate/", {"code": typed}).status_code in (200, 400)


def test_an_administrator_resets_a_lost_one_and_says_why(browser: Callable[..., Client], admin: User) -> None:
    user = enrol(UserFactory(username="lost.phone", role="analyst"))
    theirs = Client()
    theirs.force_login(user, backend="accounts.backends.ActiveUserBackend")
    boss = browser(enrol(admin))
    assert boss.post("/users/lost.phone/second-factor/", {"why": ""}).status_code == 400
    assert boss.post("/users/lost.phone/second-factor/", {"why": "Phone stolen in Kampot"}).status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    assert theirs.get("/account/")["Location"].startswith("/accounts/login/")
    event = AuditEvent.objects.get(verb="second_factor_reset")
    assert (event.object_id, event.purpose) == (str(user.pk), "reason given (22 characters)")


def test_a_first_password_opens_nothing_but_the_page_that_changes_it(client: Client, admin: User) -> None:
    user, password = services.create_user(by=admin, username="new.one", role="analyst", name="New One")
    client.post("/accounts/login/", {"login": "new.one", "password": password})
    assert client.get("/")["Location"] == "/accounts/password/change/"
    same = {"oldpassword": password, "password1": password, "password2": password}
    assert client.post("/accounts/password/change/", same).status_code == 200
    new = "four quiet words here"
    client.post("/accounts/password/change/", {"oldpassword": password, "password1": new, "password2": new})
    assert client.get("/")["Location"] == ACTIVATE
    assert User.objects.get(pk=user.pk).must_change_password is False


def test_an_idle_session_ends(browser: Callable[..., Client], officer_psh: User, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client, start = browser(officer_psh), timezone.now()
    assert client.get("/account/").status_code == 200
    with time_machine.travel(start + timedelta(seconds=settings.SESSION_IDLE_SECONDS - 120)):
        assert client.get("/account/").status_code == 200
    with time_machine.travel(start + timedelta(seconds=2 * settings.SESSION_IDLE_SECONDS)):
        answer = client.get("/account/")
        assert answer["Location"].startswith("/accounts/login/")
        assert answer["Clear-Site-Data"] == '"cache"'


def test_who_signs_out_leaves_no_page_behind(browser: Callable[..., Client], officer_psh: User, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client = browser(officer_psh)
    assert "Clear-Site-Data" not in client.get("/account/")
    assert client.post("/accounts/logout/")["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in client.get("/accounts/login/")


def test_a_session_ends_after_its_longest_time_however_busy(officer_psh: User, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client, start = Client(), timezone.now()
    login(client, officer_psh)
    for minutes in range(0, settings.SESSION_ABSOLUTE_SECONDS // 60, 45):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert client.get("/account/").status_code == 200
    with time_machine.travel(start + timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS + 60)):
        assert client.get("/account/")["Location"].startswith("/accounts/login/")
