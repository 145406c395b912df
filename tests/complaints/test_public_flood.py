"""A flood of public reports is held apart, sealed where an official is named; nothing of it is lost."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import User
from accounts.services import system_user
from complaints.channels.public.receipt import hash_of
from complaints.models import Complaint, Contact, PublicReport, Reporter
from complaints.services import advance_contact
from complaints.services.public import look_up, say
from complaints.services.taking_in import take_in_all
from core.exceptions import Conflict
from core.sealed import open_sealed
from notifications.due import numbers_due
from notifications.models import Notification
from tests.complaints.test_public import CODE, code_of, send

pytestmark = pytest.mark.django_db


def test_a_flood_is_held_apart_and_none_of_it_is_lost(client: Client, browser: Any, intake: User) -> None:
    with override_settings(PUBLIC_RATE=3):
        codes = {code_of(send(client, words=f"Report number {number}")) for number in range(6)}
    assert len(codes) == 6
    assert Contact.objects.filter(status="waiting").count() == 3
    assert Contact.objects.filter(status="held").count() == 3
    page = browser(intake).get("/contacts/?status=held").content.decode()
    assert "Report number 5" in page
    held = Contact.objects.filter(status="held").first()
    assert held is not None
    assert advance_contact(held, "let_in", by=intake).status == "waiting"


def test_one_wording_sent_over_and_over_is_held_apart(client: Client) -> None:
    for number in range(5):
        send(client, form=f"f-{number}", words="The same words")
    assert Contact.objects.filter(status="waiting").count() == 3
    assert Contact.objects.filter(status="held").count() == 2


OFFICIAL = {"words": "The police of village 4 take the money", "official": "yes", "reach": "012 555 318"}


def sealed_flood(client: Client, *, more: int = 2, key: str = "o") -> list[str]:
    """Send one wording over and over, with an official in it; the codes, of which the first three became complaints."""
    return [code_of(send(client, form=f"{key}-{number}", **OFFICIAL)) for number in range(3 + more)]


def test_a_flood_that_names_an_official_is_held_apart_sealed(
    client: Client, browser: Any, intake: User, supervisor: User, integrity: User
) -> None:
    codes = sealed_flood(client)
    assert Complaint._base_manager.count() == 3
    held = Contact._base_manager.filter(complaint=None)
    assert {(row.status, row.handling) for row in held} == {("held", "sealed")}
    assert held.count() == 2
    assert {look_up(code).state for code in codes} == {"received"}
    for user in (intake, supervisor):
        assert not Contact.objects.visible_to(user).exists()
        assert "village 4" not in browser(user).get("/contacts/?status=held").content.decode()
        assert browser(user).get(f"/contacts/{held[0].reference}/").status_code == 404
    page = browser(integrity).get("/contacts/")
    assert [row.status for row in page.context["rows"]] == ["Held apart"] * 2
    assert page.context["nav_waiting"]["contacts:list"] == 2
    assert "village 4" in page.content.decode()
    assert [tab["label"] for tab in page.context["tabs"]] == ["Held apart", "Set aside", "In a complaint"]


def test_integrity_officers_are_told_of_a_sealed_flood_once_and_nobody_else(
    client: Client, intake: User, supervisor: User, integrity: User
) -> None:
    sealed_flood(client, more=3)
    told = Notification.objects.filter(kind="sealed_held", channel="in_app")
    assert [row.recipient for row in told] == [integrity]
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        sealed_flood(client, more=1, key="next-day")
    assert told.all().count() == 2


def test_of_a_danger_in_a_sealed_flood_integrity_officers_are_told_at_once(
    client: Client, intake: User, integrity: User
) -> None:
    sealed_flood(client, more=1)
    with override_settings(PUBLIC_RATE=3):
        for number in range(2):
            send(client, form=f"d-{number}", **OFFICIAL, danger="now")
    assert Contact._base_manager.filter(status="held", urgency="immediate").count() == 2
    told = Notification.objects.filter(kind="sealed_held_urgent", channel="in_app")
    assert [row.recipient for row in told] == [integrity]
    assert told[0].urgent


def test_the_answer_of_a_sealed_report_of_a_flood_says_nothing_of_it(client: Client) -> None:
    pages = [send(client, form=f"o-{number}", **OFFICIAL).content.decode() for number in range(5)]
    assert Contact._base_manager.filter(status="held").count() == 2
    bare = {re.sub(CODE, "", re.sub(r"nonce-\w+", "", page)) for page in pages}
    assert len(bare) == 1


def test_one_press_makes_of_it_the_sealed_complaint_and_the_code_goes_on(
    client: Client, browser: Any, intake: User, integrity: User
) -> None:
    code = sealed_flood(client)[-1]
    report = PublicReport.objects.get(receipt_hash=hash_of(code))
    contact = report.contact
    assert contact is not None
    path = f"/contacts/{contact.reference}/"
    assert "Let it in as a sealed complaint" in browser(integrity).get(path).content.decode()
    answer = browser(integrity).post(f"{path}steps/let_in_sealed/", {"idempotency_key": "k-1"})
    assert answer.status_code == 302
    contact.refresh_from_db()
    complaint = contact.complaint
    assert complaint is not None
    assert (complaint.handling, complaint.names_official, contact.status) == ("sealed", True, "filed")
    assert complaint.narrative == "The police of village 4 take the money"
    assert complaint.answer_due_at is not None
    assert open_sealed(Reporter.objects.get(contact=contact), "phone") == "012 555 318"
    assert look_up(code).state == "received"
    assert Complaint._base_manager.count() == 4
    assert not Complaint.objects.visible_to(intake).exists()
    with pytest.raises(Conflict):
        advance_contact(contact, "let_in_sealed", by=integrity)


def test_a_sealed_report_is_let_into_no_inbox_and_an_open_one_is_not_sealed(
    client: Client, intake: User, integrity: User
) -> None:
    sealed_flood(client, more=1)
    held = Contact._base_manager.get(status="held")
    for step in ("let_in", "bring_back"):
        with pytest.raises((Conflict, PermissionDenied)):
            advance_contact(held, step, by=system_user())
    with pytest.raises(Http404):
        advance_contact(held, "let_in_sealed", by=intake)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact._base_manager.filter(pk=held.pk).update(status="waiting")
    with override_settings(PUBLIC_RATE=0):
        send(client, words="Nine of us")
    plain = Contact.objects.visible_to(intake).get()
    with pytest.raises(Conflict):
        advance_contact(plain, "let_in_sealed", by=intake)


def test_a_sealed_report_set_aside_is_held_again_where_its_reporter_writes(client: Client, integrity: User) -> None:
    code = sealed_flood(client, more=1)[-1]
    held = Contact._base_manager.get(status="held")
    assert advance_contact(held, "spam", by=integrity, note="Forty of one wording.").status == "set_aside"
    assert look_up(code).state == "closed"
    say(code, "f-9", "It is no joke.")
    take_in_all()
    held.refresh_from_db()
    assert (held.status, held.kind) == ("held", "new_report")
    told = Notification.objects.filter(kind="reporter_wrote", channel="in_app")
    assert {row.recipient for row in told} == {integrity}


def test_the_digest_of_the_integrity_unit_says_how_many_are_held(client: Client, intake: User, integrity: User) -> None:
    sealed_flood(client)
    for user, n in ((intake, None), (integrity, 2)):
        due = {one.name: (n, one.url) for one, n in numbers_due(user, timezone.now())}
        assert due.get("held", (None, ""))[0] == n
    assert due["held"][1] == "/contacts/?status=held"


def test_a_flood_of_demands_for_money_is_held_apart_sealed(client: Client, intake: User, integrity: User) -> None:
    code = code_of(send(client, words="Nine of us"))
    for number in range(6):
        say(code, f"m-{number}", f"He wants {number} dollars", kind="money")
    take_in_all()
    assert Complaint._base_manager.count() == 3
    held = Contact.objects.visible_to(integrity).filter(status="held")
    assert held.count() == 3
    assert not Contact.objects.visible_to(intake).filter(status="held").exists()
    assert Contact.objects.get(public_report__isnull=False).reference in held[0].narrative
