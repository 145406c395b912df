"""Whom what a stranger sends rings for, and how often: never nobody, and never without end."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint, Contact, PublicMessage
from complaints.services.by_code import read_within
from complaints.services.hearers import MOST_RUNG
from complaints.services.message_pages import words_in
from complaints.services.public import say
from complaints.services.taking_in import take_in_all
from notifications.models import Notification
from tests.complaints.test_public import code_of, send
from tests.complaints.test_public_messages import filed, reported

pytestmark = pytest.mark.django_db


def full_hour() -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def test_of_what_is_held_apart_one_notice_rings_in_a_window_and_one_of_danger(
    client: Client, browser: Any, intake: User, supervisor: User, officer_psh: User
) -> None:
    told = Notification.objects.filter(kind__startswith="public_held", channel="in_app")
    with override_settings(PUBLIC_RATE=1), time_machine.travel(full_hour(), tick=False) as clock:
        for n in range(4):
            send(client, words=f"Report number {n}")
        assert {(row.recipient, row.kind) for row in told} == {(intake, "public_held"), (supervisor, "public_held")}
        assert told.count() == 2
        for n in range(3):
            send(client, words=f"Come, number {n}", danger="now")
        urgent = told.filter(kind="public_held_urgent", urgent=True)
        assert {row.recipient for row in urgent} == {intake, supervisor}
        assert told.all().count() == 4
        assert not Notification.objects.filter(kind="public_urgent").exists()
        page = browser(intake).get(f"/contacts/{urgent[0].reference}/").content.decode()
        assert "Held apart: 6. In danger now: 3." in page
        clock.shift(timedelta(minutes=10))
        for n in range(2):
            send(client, words=f"Once more, number {n}", danger="now")
        assert urgent.all().count() == 4


def test_a_held_reporter_who_writes_again_is_heard(client: Client, intake: User) -> None:
    earlier = full_hour() - timedelta(hours=1)
    with time_machine.travel(earlier, tick=False), override_settings(PUBLIC_RATE=0):
        code = code_of(send(client, words="Nine of us"))
    say(code, "f-2", "They moved us")
    take_in_all()
    assert Contact.objects.get().status == "held"
    assert Notification.objects.filter(kind="public_held", channel="in_app", recipient=intake).count() == 2


def test_one_notice_that_was_not_read_stands_for_all_messages_of_a_report(intake: User, supervisor: User) -> None:
    code, contact = reported()
    told = Notification.objects.filter(kind="reporter_wrote", channel="in_app", recipient=intake)
    for n in range(3):
        say(code, f"f-{n}", f"Message {n}")
        take_in_all()
    assert told.count() == 1
    assert PublicMessage.objects.filter(taken_at__isnull=False).count() == 3
    told.update(read_at=timezone.now(), state="sent", sent_at=timezone.now())
    say(code, "f-9", "They moved us")
    take_in_all()
    assert told.count() == 2
    assert contact.reference == told[0].reference


def test_who_writes_without_end_rings_a_few_times_and_everything_is_kept(intake: User, browser: Any) -> None:
    code, contact = reported()
    told = Notification.objects.filter(kind="reporter_wrote", channel="in_app", recipient=intake)
    for n in range(20):
        say(code, f"f-{n}", f"Message {n}.")
        take_in_all()
        told.filter(read_at=None).update(read_at=timezone.now(), state="sent", sent_at=timezone.now())
    assert MOST_RUNG <= told.count() <= MOST_RUNG + 2  # the window may change while this runs
    page = browser(intake).get(f"/contacts/{contact.reference}/messages/").content.decode()
    assert all(f"Message {n}." in page for n in range(20))


def test_of_a_complaint_too_one_unread_notice_stands_for_all(intake: User, supervisor: User) -> None:
    code, contact = reported()
    filed(contact, intake)
    for n in range(3):
        say(code, f"f-{n}", f"Message {n}")
        take_in_all()
    waits = Contact.objects.waiting().get()
    assert words_in(waits) == "Message 0\n\nMessage 1\n\nMessage 2"
    told = Notification.objects.filter(kind="reporter_wrote", channel="in_app")
    assert set(told.values_list("reference", flat=True)) == {waits.reference}
    assert {row.recipient for row in told} == {intake, supervisor}
    assert told.count() == 2


NIGHT = datetime(2030, 11, 26, 16, 0, tzinfo=UTC)  # 23:00 in Phnom Penh, and ahead of whoever runs this
DANGER = "They will kill my brother tonight. They beat him."


def rung(kind: str) -> Any:
    return Notification.objects.filter(kind=kind, channel="in_app")


def test_a_message_that_speaks_of_danger_rings_at_once_though_an_earlier_one_was_not_read(
    intake: User, officer_psh: User
) -> None:
    code, contact = reported()
    complaint = filed(contact, intake)
    with time_machine.travel(NIGHT, tick=False) as clock:
        say(code, "f-1", "We are well.")
        take_in_all()
        clock.shift(timedelta(minutes=1))
        assert not rung("reporter_danger").exists()
        say(code, "f-2", DANGER)
        take_in_all()
        urgent = rung("reporter_danger").get(recipient=intake)
        assert (urgent.urgent, urgent.run_after) == (True, timezone.now())
    waits = Contact.objects.waiting().get()
    assert waits.haste == "immediate"
    assert waits.urgency == ""
    complaint.refresh_from_db()
    assert complaint.urgency == "normal"
    assert {row.recipient for row in rung("reporter_danger_more")} == {officer_psh}


def test_what_waits_itself_gets_a_new_place_and_limit(intake: User) -> None:
    code, contact = reported()
    turn, limit = contact.turn, contact.due_at
    say(code, "f-1", DANGER)
    take_in_all()
    contact.refresh_from_db()
    assert contact.haste == "immediate"
    assert contact.turn < turn
    assert contact.due_at is not None
    assert limit is not None
    assert contact.due_at < limit
    assert rung("reporter_danger").filter(recipient=intake).exists()


def test_of_a_danger_by_an_official_the_ministry_alone_is_told(intake: User, officer_psh: User) -> None:
    code, contact = reported()
    filed(contact, intake)
    say(code, "f-1", f"{DANGER} The police colonel is with them.")
    take_in_all()
    assert rung("reporter_danger").filter(recipient=intake).exists()
    assert not rung("reporter_danger_more").exists()


def test_who_handles_it_reads_which_urgency_is_proposed_and_decides(
    intake: User, officer_psh: User, browser: Any
) -> None:
    code, contact = reported()
    complaint = filed(contact, intake)
    say(code, "f-1", "Come.", danger=True)
    take_in_all()
    page = browser(officer_psh).get(f"/complaints/{complaint.reference}/messages/").content.decode()
    assert "proposes an urgency: Immediate danger" in page
    assert f"/complaints/{complaint.reference}/facts/" in page
    Complaint._base_manager.filter(pk=complaint.pk).update(urgency="immediate")
    page = browser(officer_psh).get(f"/complaints/{complaint.reference}/messages/").content.decode()
    assert "proposes an urgency" not in page


def test_a_demand_for_money_is_as_urgent_as_its_words(intake: User) -> None:
    code, _contact = reported()
    say(code, "f-1", DANGER, kind="money")
    take_in_all()
    assert Complaint._base_manager.get().urgency == "immediate"


def test_a_long_message_is_read_at_its_end_too_and_no_longer_than_it_may() -> None:
    assert read_within("We wait. " * 20_000 + DANGER) == "immediate"
    assert read_within("We wait. " * 2_000, seconds=-1.0) == "high"


@pytest.mark.parametrize("language", ["km", "en", "vi", "zh-hans", "th", "id"])
def test_who_comes_back_says_whether_somebody_is_in_danger_now(language: str, client: Client, intake: User) -> None:
    code, contact = reported()
    body = urlencode({"code": code, "form": "f-2"})
    path, kind = f"/report/follow-up/?lang={language}", "application/x-www-form-urlencoded"
    page = client.post(path, body, content_type=kind).content.decode()
    assert 'name="danger"' in page
    client.post(path, f"{body}&go=message&danger=now", content_type=kind)
    row = PublicMessage.objects.get()
    assert (row.danger, row.urgency, row.report.contact) == (True, "immediate", contact)
    assert rung("reporter_danger").filter(recipient=intake).exists()
