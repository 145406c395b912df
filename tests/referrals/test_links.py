"""A partner without an account answers by a link; guessing, replaying, forwarding and waiting open nothing."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from audit.models import AuditEvent
from core.exceptions import Conflict
from core.text import khmer_digits
from partners.models import Partner, PartnerPhone
from partners.services import add_partner
from referrals.models import Referral, ReferralLink
from referrals.services import advance, links, send
from referrals.services.links import make_link
from tests.factories.accounts import UserFactory
from tests.fixtures.referrals import SHELTER
from victims.models import Care, Victim

pytestmark = pytest.mark.django_db
PHONE = "+85512345111"


@pytest.fixture(autouse=True)
def sms(settings: Any, tmp_path: Path) -> Path:
    settings.GATEWAYS = {"sms": {"url": f"file:{tmp_path}/sms", "token": ""}, "telegram": {"url": "", "token": ""}}
    return tmp_path / "sms" / f"{PHONE}.txt"


@pytest.fixture
def sent(lan: Victim, shelter: Partner, officer_psh: Any) -> Referral:
    return send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)


@pytest.fixture
def address(sent: Referral, officer_psh: Any) -> str:
    _link, token = make_link(sent, by=officer_psh)
    return f"/r/{token}/"


def ask(client: Client, address: str) -> Any:
    return client.post(f"{address}code/", follow=True)


def code_in(sms: Path) -> str:
    return re.findall(r"\d{6}", sms.read_text())[-1]


def opened(address: str, sms: Path) -> Client:
    client = Client(headers={"accept-language": "en"})
    ask(client, address)
    assert client.post(address, {"code": code_in(sms)}).status_code == 302
    return client


def test_the_door_says_nothing_of_what_lies_behind(address: str, sent: Referral) -> None:
    page = Client(headers={"accept-language": "en"}).get(address)
    for word in ("Nguyễn", "Lotus", "Bed", sent.reference, PHONE):
        assert word not in page.content.decode()
    assert "111" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]


def test_with_the_code_it_is_read_accepted_served_and_completed(
    address: str, sms: Path, sent: Referral, shelter: Partner
) -> None:
    client = opened(address, sms)
    page = client.get(address).content.decode()
    assert "Nguyễn Thị Lan" in page
    assert "beaten" not in page
    assert sent.complaint.reference not in page
    assert Referral.objects.get(pk=sent.pk).status == "seen"
    client.post(f"{address}steps/accept/", {"when": "today", "beds": "២"})
    client.post(f"{address}steps/begin/", {"when": "today"})
    client.post(f"{address}care/", {"service": "medical", "note": "Doctor came"})
    assert set(Care.objects.filter(victim=sent.victim).values_list("service", flat=True)) == {"shelter", "medical"}
    assert Partner.objects.get(pk=shelter.pk).beds_free == 2
    done = client.post(f"{address}steps/complete/", {"when": "today", "outcome": "helped"})
    assert "Completed" in done.content.decode()
    assert client.get(address).status_code == 404
    by = AuditEvent.objects.filter(verb="referral.complete").latest("seq").actor_id
    assert str(by) == str(links.link_user(shelter).pk)


def test_wrong_old_ended_and_unknown_links_answer_alike(
    address: str, sent: Referral, officer_psh: Any, supervisor: Any
) -> None:
    make_link(sent, by=officer_psh)  # ends the first
    never = Client().get("/r/never-made/")
    ended = Client().get(address)
    assert (never.status_code, ended.status_code) == (404, 404)
    plain = re.compile(r'/r/[\w-]+/|name="csrfmiddlewaretoken" value="[^"]*"')
    assert plain.sub("", never.content.decode()) == plain.sub("", ended.content.decode())
    _link, token = make_link(sent, by=officer_psh)
    with time_machine.travel(timezone.now() + timedelta(days=settings.REFERRAL_LINK_DAYS, minutes=1)):
        assert Client().get(f"/r/{token}/").status_code == 404
    advance(sent, "recall", by=supervisor, note="A mistake")
    assert Client().get(f"/r/{token}/").status_code == 404


def test_guessing_ends_after_five_tries_and_six_codes(address: str, sms: Path) -> None:
    client = Client(headers={"accept-language": "en"})
    now = timezone.now()
    for turn in range(6):
        with time_machine.travel(now + timedelta(minutes=2 * turn), tick=False):
            ask(client, address)
            for _guess in range(5):
                assert (
                    "not the code"
                    in client.post(
                        address, {"code": "000000" if code_in(sms) != "000000" else "111111"}
                    ).content.decode()
                )
            refused = client.post(address, {"code": code_in(sms)})  # the right one, too late
            assert refused.status_code == 400
    with time_machine.travel(now + timedelta(minutes=20), tick=False):
        assert client.post(f"{address}code/").status_code == 409
    assert ReferralLink.objects.get().opened_at is None
    assert AuditEvent.objects.filter(verb="referral.link_wrong_code").count() == 30


def test_a_code_that_could_not_be_sent_counts(address: str, settings: Any) -> None:
    settings.GATEWAYS = {"sms": {"url": "http://127.0.0.1:9/", "token": ""}, "telegram": {"url": "", "token": ""}}
    client, now = Client(headers={"accept-language": "en"}), timezone.now()
    for asked in range(1, 7):
        with time_machine.travel(now + timedelta(minutes=2 * asked), tick=False):
            refused = client.post(f"{address}code/")
            assert refused.status_code == 409
            assert "could not be sent" in refused.content.decode()
            assert ReferralLink.objects.get().codes_sent == asked
            assert "less than a minute ago" in client.post(f"{address}code/").content.decode()
    with time_machine.travel(now + timedelta(minutes=20), tick=False):
        assert "Too many codes" in client.post(f"{address}code/").content.decode()
    assert AuditEvent.objects.filter(verb="referral.link_code").count() == 6
    assert resolve(f"{address}code/").func._non_atomic_requests == {"default"}  # counted for good before it is sent


def test_a_code_works_once_and_ten_minutes(address: str, sms: Path) -> None:
    first = opened(address, sms)
    assert Client().post(address, {"code": code_in(sms)}).status_code == 400
    assert first.get(address).status_code == 200
    later = timezone.now() + timedelta(minutes=2)
    with time_machine.travel(later):
        ask(Client(), address)
    with time_machine.travel(later + timedelta(minutes=11)):
        assert Client().post(address, {"code": code_in(sms)}).status_code == 400


def test_a_forwarded_link_opens_nothing_without_a_new_code(address: str, sms: Path, sent: Referral) -> None:
    first = opened(address, sms)
    stranger = Client(headers={"accept-language": "en"})
    assert "Nguyễn" not in stranger.get(address).content.decode()
    assert stranger.post(f"{address}steps/accept/", {"when": "today"}).status_code == 409
    stranger.cookies["referral"] = "made-up"
    assert "Nguyễn" not in stranger.get(address).content.decode()
    assert Referral.objects.get(pk=sent.pk).status == "sent"
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert "Nguyễn" not in first.get(address).content.decode()


def test_another_links_cookie_opens_nothing(
    address: str, sms: Path, sent: Referral, officer_psh: Any, supervisor: Any
) -> None:
    client = opened(address, sms)
    other = send(sent.complaint, by=officer_psh, to=add_ngo(supervisor), message="Please help")
    _link, token = make_link(other, by=officer_psh)
    client.cookies["referral"]["path"] = "/"
    assert "Please help" not in client.get(f"/r/{token}/").content.decode()


def add_ngo(by: Any) -> str:
    ngo = add_partner(by=by, kind="ngo", name_en="Way Home")
    number = "+85512345222"
    second = UserFactory(role="supervisor")
    PartnerPhone.objects.create(
        partner=ngo, e164=number, takes_codes=True, added_by=by, confirmed_by=second, confirmed_at=timezone.now()
    )
    return ngo.reference


def test_no_link_without_a_telephone_two_people_vouch_for(sent: Referral, officer_psh: Any, shelter: Partner) -> None:
    PartnerPhone.objects.filter(partner=shelter).update(confirmed_by=None, confirmed_at=None)
    with pytest.raises(Conflict):
        make_link(Referral.objects.get(pk=sent.pk), by=officer_psh)


def test_a_partner_that_rests_or_is_barred_opens_nothing(address: str, shelter: Partner) -> None:
    Partner.objects.filter(pk=shelter.pk).update(is_active=False)
    assert Client().get(address).status_code == 404
    Partner.objects.filter(pk=shelter.pk).update(is_active=True)
    user = links.link_user(shelter)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_what_is_kept_opens_nothing(address: str, sms: Path) -> None:
    client = opened(address, sms)
    kept = ReferralLink.objects.values().get()
    token, secret = address.split("/")[2], client.cookies["referral"].value
    assert token not in str(kept)
    assert secret not in str(kept)
    assert code_in(sms) not in str(kept)


@pytest.mark.parametrize("step", ["recall", "see", "expire", "settle", "nothing"])
def test_only_answers_are_taken_by_link(address: str, sms: Path, step: str, sent: Referral) -> None:
    client = opened(address, sms)
    answer = client.post(f"{address}steps/{step}/", {"when": "today", "note": "x"})
    assert answer.status_code in (404, 409)
    assert Referral.objects.get(pk=sent.pk).status in ("sent", "seen")


def test_what_is_wrong_is_said_and_kept(address: str, sms: Path) -> None:
    client = opened(address, sms)
    answer = client.post(f"{address}steps/return/", {"when": "today", "note": "We are full"})
    assert answer.status_code == 400
    assert "We are full" in answer.content.decode()
    assert "Answer this question" in answer.content.decode()


def test_the_sender_makes_ends_and_makes_anew_on_the_page(sent: Referral, browser: Any, officer_psh: Any) -> None:
    client, page = browser(officer_psh), f"/referrals/{sent.reference}/link/"
    shown = client.post(page).content.decode()
    token = re.search(r"/r/([\w-]+)/", shown).group(1)  # type: ignore[union-attr]
    assert Client().get(f"/r/{token}/").status_code == 200
    assert token not in client.get(f"/referrals/{sent.reference}/").content.decode()
    client.post(page, {"end": "1"})
    assert Client().get(f"/r/{token}/").status_code == 404


def test_a_program_makes_and_ends_it(sent: Referral, program: Any, officer_psh: Any, at_shelter: Any) -> None:
    page = f"/api/v1/referrals/{sent.reference}/link/"
    made = program(officer_psh).post(page)
    assert made.status_code == 201
    address = "/r/" + made.json()["url"].split("/r/")[1]
    assert Client().get(address).status_code == 200
    assert program(at_shelter).post(page).status_code == 403
    assert program(officer_psh).delete(page).status_code == 204
    assert Client().get(address).status_code == 404


def test_the_day_it_happened_is_asked_by_link_and_none_before_it_was_sent(
    address: str, sms: Path, sent: Referral
) -> None:
    client = opened(address, sms)
    page = client.get(address).content.decode()
    assert page.count('name="happened_at_0"') == page.count('value="today"') == 2  # to accept, to return
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    early = {"when": "other", "happened_at_0": "1/1/2020", "happened_at_1": "10:00"}
    refused = client.post(f"{address}steps/accept/", early)
    assert refused.status_code == 400
    assert "was sent only on" in refused.content.decode()
    for step in ("accept", "begin"):
        client.post(f"{address}steps/{step}/", {"when": "today"})
    left = timezone.localtime(sent.received_at + timedelta(days=2))
    said = {"when": "other", "happened_at_0": f"{left.day}/{left.month}/{left.year}", "happened_at_1": "23:00"}
    with time_machine.travel(sent.received_at + timedelta(days=4)):
        client = opened(address, sms)
        client.post(f"{address}steps/complete/", said | {"outcome": "left"})
    assert Care.objects.get(victim=sent.victim, service="shelter").until_on == left.date()


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "²²²²²²", "-12345", "១២៣៤៥"])
def test_what_cannot_be_a_code_is_no_try(typed: str, address: str, sms: Path) -> None:
    client = Client(headers={"accept-language": "en"})
    ask(client, address)
    for _press in range(6):
        refused = client.post(address, {"code": typed})
        assert refused.status_code == 400
        assert "six digits" in refused.content.decode()
    assert ReferralLink.objects.get().tries == 0
    assert not AuditEvent.objects.filter(verb="referral.link_wrong_code").exists()
    assert client.post(address, {"code": code_in(sms)}).status_code == 302


def test_a_code_is_read_in_khmer_digits_with_blanks_between(address: str, sms: Path) -> None:
    client = Client(headers={"accept-language": "km"})
    ask(client, address)
    code = khmer_digits(code_in(sms))
    assert client.post(address, {"code": f" {code[:3]} \u200b{code[3:]}\u00a0"}).status_code == 302
