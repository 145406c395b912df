"""The public report: in steps without script, cookie or account; it stands in the inbox at once and is never refused."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from complaints.channels.public.receipt import check_digit, digits_of, groups_of, hash_of, receipt_for, wrong_groups
from complaints.models import Complaint, Contact, PublicReport, Reporter
from complaints.services.taking_in import take_in_all
from core.sealed import open_sealed
from notifications.models import Notification

pytestmark = pytest.mark.django_db
FORM = "/report/form/?lang=en"
CODE = re.compile(r"</small> <b>(\d{5})</b>")


def send(client: Client, path: str = FORM, **said: str) -> Any:
    body = urlencode({"form": "f-1", "go": "send", "step": "2", **said})
    return client.post(path, body, content_type="application/x-www-form-urlencoded")


def code_of(answer: Any) -> str:
    return "".join(CODE.findall(answer.content.decode()))


def test_what_is_sent_waits_in_the_inbox_and_a_code_of_25_digits_is_shown(
    client: Client, browser: Any, intake: User
) -> None:
    answer = send(client, words="They beat us every night.", where="Sixth floor, blue gate", reach="012 555 318")
    code = code_of(answer)
    assert answer.status_code == 200
    assert len(code) == 25
    contact = Contact.objects.get()
    assert (contact.channel, contact.kind, contact.status) == ("public_form", "new_report", "waiting")
    assert contact.haste == "immediate"
    assert "Sixth floor" in contact.narrative
    assert "012 555" not in contact.narrative
    assert open_sealed(Reporter.objects.get(contact=contact), "phone") == "012 555 318"
    assert "They beat us" in browser(intake).get("/contacts/").content.decode()


def test_who_deals_with_the_inbox_is_told_at_once_of_what_is_urgent(
    client: Client, intake: User, supervisor: User, officer_psh: User
) -> None:
    send(client, words="Where do I ask for a form?")
    assert not Notification.objects.filter(kind="public_urgent").exists()
    send(client, words="Where do I ask for a form?", danger="now")
    told = Notification.objects.filter(kind="public_urgent", channel="in_app")
    assert {row.recipient for row in told} == {intake, supervisor}


def test_who_can_tick_and_not_type_has_reported(client: Client, intake: User) -> None:
    assert len(code_of(send(client, danger="now"))) == 25
    contact = Contact.objects.get()
    assert contact.haste == "immediate"
    with override(settings.LANGUAGE_CODE):
        assert contact.narrative == f"{_('Is somebody in danger now?')} {_('Yes, now')}"
    assert len(code_of(send(client, official="yes"))) == 25
    assert Complaint._base_manager.get(handling="sealed").narrative not in ("", "—")
    assert "Write a few words first" in send(client, step="0").content.decode()


def test_pressing_twice_makes_one_and_shows_the_same_code(client: Client) -> None:
    first, again = (code_of(send(client, words="Nine of us")) for _ in range(2))
    assert first == again
    assert Contact.objects.count() == 1
    other = code_of(send(client, words="Nine of us, and two more"))
    assert other != first
    assert Contact.objects.count() == 2


def test_only_a_keyed_hash_of_the_code_is_stored(client: Client) -> None:
    code = code_of(send(client, words="Nine of us"))
    row = PublicReport.objects.get()
    assert bytes(row.receipt_hash) == hash_of(code)
    assert open_sealed(row, "said") == ""
    assert row.contact is not None


def test_every_step_keeps_what_was_typed(client: Client) -> None:
    first = send(client, go="next", step="0", words='A "quoted"\nword', danger="now").content.decode()
    assert 'name="words" value="A &quot;quoted&quot;\nword"' in first
    assert 'name="danger" value="now"' in first
    back = send(client, go="back", step="1", words="kept", where="the gate").content.decode()
    assert re.search(r"<textarea[^>]*name=\"words\"[^>]*>\s*kept</textarea>", back)
    assert 'name="where" value="the gate"' in back


PRESS = re.compile(r"<button(?=[^>]*form=\"typed\")(?=[^>]*name=\"speak\")[^>]*formaction=\"\?lang=([a-z-]+)\"")


@pytest.mark.parametrize(("step", "here"), [("0", "words"), ("1", "where"), ("2", "reach")])
def test_another_language_keeps_everything_that_was_typed(client: Client, step: str, here: str) -> None:
    said = {"words": "They beat us", "where": "Blue gate", "danger": "now", "reach": "012 555 318"}
    page = send(client, go="next", step="0", **said).content.decode()
    assert len(PRESS.findall(page)) == 6
    assert '<a href="?lang=' not in page
    other = send(client, "/report/form/?lang=vi", go="", step=step, speak="1", **said).content.decode()
    assert '<html lang="vi"' in other
    assert f'name="step" value="{step}"' in other
    assert re.search(rf'name="{here}"[^>]*(>\s*|value="){re.escape(said[here])}', other)
    for name in {"words", "where", "reach"} - {here}:
        assert said[name] in other
    assert not PublicReport.objects.exists()


def test_enter_presses_what_it_did_and_never_a_language(client: Client) -> None:
    for step, pressed in (("0", "next"), ("1", "send")):  # of the second step, and of the last
        page = send(client, go="next", step=step, words="They beat us").content.decode()
        first = re.search(r"<button[^>]*form=\"typed\"[^>]*>", page)
        assert first is not None
        assert f'name="go" value="{pressed}"' in first[0]
        assert "speak" not in first[0]


def test_nothing_beside_the_code_leads_to_another_language(client: Client) -> None:
    page = send(client, words="They beat us").content.decode()
    assert len(CODE.findall(page)) == 5
    assert "sk-report__languages" not in page
    assert "sk-report__languages" in client.get("/report/?lang=en").content.decode()


@pytest.mark.parametrize("path", ["/report/", "/report/form/", "/report/follow-up/", "/report/clear/"])
def test_no_cookie_no_cache_no_referrer_no_script_but_one(client: Client, path: str) -> None:
    client.cookies["sessionid"] = "x" * 32
    answer = client.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "csrf" not in page
    assert re.findall(r"<script[^>]*src=\"([^\"]*)\"", page) == ["/static/js/leave.js"]
    assert "data-leave" in page


def test_the_tab_says_form(client: Client) -> None:
    assert "<title>Form</title>" in client.get("/report/?lang=en").content.decode()


def test_numbers_come_from_the_settings(client: Client) -> None:
    with override_settings(HOTLINES={"police": "119", "trafficking": "", "abroad": "+855 99 1"}):
        page = client.get("/report/?lang=en").content.decode()
    assert "119" in page
    assert "+855 99 1" in page
    assert "Trafficking and children" not in page


def test_a_signed_in_officer_is_nobody_there(browser: Any, intake: User) -> None:
    client = browser(intake)
    answer = send(client, words="Nine of us")
    assert answer.status_code == 200
    assert Contact.objects.get().logged_by.role == "system"
    assert "sessionid" not in answer.cookies


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"go=send&words=%00%00", "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00garbage", "application/x-www-form-urlencoded"),
        (b"{not json", "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"broken", "multipart/form-data"),
        (b"step=99&go=next", "application/x-www-form-urlencoded"),
        (b"go=send&words=", "application/x-www-form-urlencoded; charset=latin-9x"),
    ],
)
def test_what_holds_no_words_is_asked_for_gently(client: Client, body: bytes, kind: str) -> None:
    answer = client.generic("POST", FORM, body, content_type=kind)
    assert answer.status_code == 200
    assert "<textarea" in answer.content.decode()


@pytest.mark.parametrize(
    "body",
    [
        b"go=send&words=nine%00people",
        b"go=send&words=%ED%A0%80nine",
        b"go=send&words=\xe1\x9e nine",
        b"go=send&words=nine&" + b"&".join(b"a%d=1" % number for number in range(3000)),
        b"go=send&words=" + b"nine%20people%20" * 200_000,
        b"go=send&words=nine&relation=chief&danger=no&official=&status=filed&province=18",
    ],
)
def test_broken_and_endless_words_are_kept(client: Client, body: bytes) -> None:
    answer = client.generic("POST", FORM, body, content_type="application/x-www-form-urlencoded")
    assert len(code_of(answer)) == 25
    take_in_all()
    contact = Contact.objects.get()
    assert "nine" in contact.narrative
    assert len(contact.narrative) < 50_000


def test_where_an_official_takes_part_it_is_a_sealed_complaint_at_once(
    client: Client, intake: User, integrity: User
) -> None:
    answer = send(client, words="The police of village 4 take the money", official="yes", reach="012 555 318")
    assert len(code_of(answer)) == 25
    complaint = Complaint._base_manager.get()
    assert complaint.handling == "sealed"
    assert not Contact.objects.visible_to(intake).exists()
    assert Complaint.objects.visible_to(integrity).exists()


@pytest.mark.parametrize(
    ("asked", "browser_says", "spoken"),
    [
        ("", "vi-VN,en;q=0.5", "vi"),
        ("", "zh-TW", "zh-hans"),
        ("", "fr,th;q=0.4", "th"),
        ("", "fr", "km"),
        ("id", "km", "id"),
        ("xx", "en-GB", "en"),
    ],
)
def test_the_language_is_the_address_s_else_the_browser_s(
    client: Client, asked: str, browser_says: str, spoken: str
) -> None:
    answer = client.get(f"/report/?lang={asked}", headers={"accept-language": browser_says})
    assert f'<html lang="{spoken}"' in answer.content.decode()
    assert answer["Content-Language"] == spoken


def test_every_misheard_digit_and_every_exchange_is_found_in_its_group() -> None:
    code = receipt_for("form", "words")
    assert wrong_groups(code) == []
    for place, digit in enumerate(code):
        for other in set("0123456789") - {digit}:
            assert wrong_groups(code[:place] + other + code[place + 1 :]) == [place // 5 + 1]
    for place in range(24):
        if code[place] != code[place + 1] and place // 5 == (place + 1) // 5:
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert wrong_groups(swapped) == [place // 5 + 1]
    groups = groups_of(code)
    assert wrong_groups("".join([groups[1], groups[0], *groups[2:]])) == [1, 2]
    assert all(check_digit(group[:4], number) == group[4] for number, group in enumerate(groups))


def test_a_code_is_read_in_any_digits() -> None:
    assert digits_of("១២៣៤៥ - 67890 ๑๒ / १") == "1234567890121"
