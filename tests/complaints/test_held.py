"""Several reports held apart, dealt with at once: looked at first, each by its own step, and taken back by one press."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.services import system_user
from complaints.models import Complaint, Contact
from complaints.said import ContactSaid
from complaints.services import advance_contact
from complaints.services.held import MOST, preview, take_many
from complaints.services.inbox import write_waiting
from workflow.models import Transition

Browser = Callable[..., Client]
pytestmark = pytest.mark.django_db
URL = "/contacts/several/"
WHY = {"note": "One wording, forty times."}


def held(n: int = 3, *, handling: str = "provincial") -> list[Contact]:
    said = [
        ContactSaid(kind="new_report", channel="public_form", narrative=f"Nine of us, sent again {k}.")
        for k in range(n)
    ]
    return [write_waiting(one, system_user(), status="held", handling=handling) for one in said]


def references(rows: list[Contact]) -> list[str]:
    return [row.reference for row in rows]


def statuses(rows: list[Contact]) -> set[str]:
    return set(Contact._base_manager.filter(pk__in=[row.pk for row in rows]).values_list("status", flat=True))


def test_each_is_set_aside_by_its_own_step_with_the_reason_and_comes_back(intake: User) -> None:
    rows = held()
    done = take_many(references(rows), by=intake, act="spam", **WHY)
    assert [(row.reference, row.fits, row.done) for row in done] == [(row.reference, True, True) for row in rows]
    assert statuses(rows) == {"set_aside"}
    steps = Transition.objects.filter(step="spam", by=intake)
    assert {step.note for step in steps} == {WHY["note"]}
    assert steps.count() == 3
    again = take_many(references(rows), by=intake, act="spam", **WHY)
    assert [(row.fits, row.done) for row in again] == [(False, True)] * 3
    back = take_many(references(rows), by=intake, act="hold_again", **WHY)
    assert all(row.done for row in back)
    assert statuses(rows) == {"held"}
    assert set(Contact.objects.values_list("kind", flat=True)) == {"new_report"}


def test_how_many_are_held_apart_is_read_wherever_somebody_may_look_through_them(
    browser: Browser, intake: User, integrity: User, officer_psh: User
) -> None:
    rows, sealed = held(3), held(2, handling="sealed")
    for user, n, tabs in ((intake, 3, 6), (integrity, 2, 3)):
        for status in ("", "?status=held", "?status=set_aside"):
            page = browser(user).get(f"/contacts/{status}")
            shown = [(str(tab["label"]), tab["count"]) for tab in page.context["tabs"]]
            assert len(shown) == tabs
            assert [one for one in shown if one[1] is not None] == [("Held apart", n)]
        assert f"Held apart: {n}. In danger now: 0." in browser(user).get("/contacts/?status=held").content.decode()
    assert browser(officer_psh).get("/contacts/").status_code == 403
    done = browser(intake).post(URL, {"act": "spam", "sure": "1", "reference": references(rows[:2]), **WHY})
    assert "Held apart: 1. In danger now: 0." in done.content.decode()
    take_many(references(rows[2:]), by=intake, act="let_in")
    take_many(references(sealed), by=integrity, act="let_in")
    for user in (intake, integrity):
        assert "Nothing is held apart" in browser(user).get("/contacts/?status=held").content.decode()


def test_what_is_let_in_waits_and_can_be_held_again(intake: User) -> None:
    rows = held()
    assert all(row.goes_back for row in take_many(references(rows), by=intake, act="let_in"))
    assert statuses(rows) == {"waiting"}
    take_many(references(rows), by=intake, act="hold_again", **WHY)
    assert statuses(rows) == {"held"}


def test_sealed_ones_become_sealed_complaints_and_that_stands(integrity: User) -> None:
    rows = held(handling="sealed")
    done = take_many(references(rows), by=integrity, act="let_in")
    assert all(row.done and not row.goes_back for row in done)
    assert Complaint.objects.visible_to(integrity).count() == 3
    assert statuses(rows) == {"filed"}
    again = take_many(references(rows), by=integrity, act="let_in")
    assert [(row.fits, row.done) for row in again] == [(False, True)] * 3
    assert Complaint._base_manager.count() == 3


def test_what_somebody_let_in_meanwhile_is_not_set_aside_with_the_others(intake: User, supervisor: User) -> None:
    rows = held()
    advance_contact(rows[0], "let_in", by=supervisor)
    sealed = held(1, handling="sealed")[0]
    keys = [*references(rows), sealed.reference, "C-22222222", "'; --"]
    done = take_many(keys, by=intake, act="spam", **WHY)
    assert [row.done for row in done] == [False, True, True, False, False, False]
    assert "Waiting" in done[0].why
    assert done[3].why == done[4].why == done[5].why
    assert done[3].contact is None
    rows[0].refresh_from_db()
    assert rows[0].status == "waiting"
    never = take_many([rows[0].reference, log_one().reference], by=intake, act="hold_again", **WHY)
    assert [row.done for row in never] == [True, False]


def log_one() -> Contact:
    said = ContactSaid(kind="enquiry", channel="hotline", narrative="Where is the office?")
    return write_waiting(said, system_user())


def test_what_is_wrong_is_said_and_nothing_is_done(intake: User, officer_psh: User, analyst: User) -> None:
    rows = held()
    keys = references(rows)
    for wrong, field in (
        ({"act": "spam"}, "note"),
        ({"act": "spam", "note": "x" * 20_001}, "note"),
        ({"act": "file"}, "act"),
    ):
        with pytest.raises(ValidationError) as refused:
            take_many(keys, by=intake, **wrong)
        assert set(refused.value.message_dict) == {field}
    for many in ([], [f"C-{n}" for n in range(MOST + 1)]):
        with pytest.raises(ValidationError):
            take_many(many, by=intake, act="let_in")
    for user in (officer_psh, analyst):
        with pytest.raises(PermissionDenied):
            preview(keys, by=user, act="spam")
    assert statuses(rows) == {"held"}


def test_looking_costs_the_same_for_three_as_for_thirty(intake: User) -> None:
    costs = []
    for n in (3, 30):
        rows = held(n)
        with CaptureQueriesContext(connection) as asked:
            preview(references(rows), by=intake, act="spam")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 3


def test_the_page_asks_once_more_shows_first_words_and_takes_it_back(browser: Browser, intake: User) -> None:
    rows, client = held(), browser(intake)
    listed = client.get("/contacts/?status=held").content.decode()
    assert listed.count('name="reference"') == 3
    assert listed.count('name="shown"') == 3
    assert 'name="reference"' not in client.get("/contacts/?status=waiting").content.decode()
    looked = client.post(URL, {"act": "spam", "all": "1", "shown": references(rows)}).content.decode()
    assert "3 reports are set aside" in looked
    assert "Nine of us, sent again 2" in looked
    assert statuses(rows) == {"held"}
    said = {"act": "spam", "sure": "1", "reference": references(rows)}
    refused = client.post(URL, {**said, "note": ""})
    assert refused.status_code == 400
    assert "Write down why" in refused.content.decode()
    done = client.post(URL, {**said, **WHY}).content.decode()
    assert "3 reports were set aside" in done
    assert "Take it back" in done
    assert statuses(rows) == {"set_aside"}
    back_said = {"act": "hold_again", "sure": "1", "reference": references(rows)}
    unsaid = client.post(URL, {**back_said, "note": ""})
    assert (unsaid.status_code, statuses(rows)) == (400, {"set_aside"})
    assert "Write down why" in unsaid.content.decode()
    back = client.post(URL, {**back_said, **WHY}).content.decode()
    assert "3 reports are held apart again" in back
    assert statuses(rows) == {"held"}


def test_what_was_typed_comes_back_and_nothing_ticked_is_said(browser: Browser, intake: User) -> None:
    rows, client = held(), browser(intake)
    broken = {"act": "spam", "sure": "1", "reference": references(rows), "note": "x" * 20_001}
    answer = client.post(URL, broken)
    assert answer.status_code == 400
    assert "x" * 20_001 in answer.content.decode()
    for wrong in ({"act": "spam"}, {"act": "nothing", "reference": rows[0].reference}, {}):
        assert client.post(URL, wrong).status_code == 400
    assert "Nothing is ticked" in client.get(URL).content.decode()
    assert statuses(rows) == {"held"}


def test_an_integrity_officer_lets_sealed_ones_in_and_reads_what_they_became(
    browser: Browser, integrity: User, intake: User
) -> None:
    rows = held(2, handling="sealed")
    looked = browser(integrity).post(URL, {"act": "let_in", "reference": references(rows)}).content.decode()
    assert "Each becomes a sealed complaint" in looked
    assert (
        "Nine of us" not in browser(intake).post(URL, {"act": "let_in", "reference": references(rows)}).content.decode()
    )
    done = browser(integrity).post(URL, {"act": "let_in", "sure": "1", "reference": references(rows)})
    page = done.content.decode()
    assert "2 reports were let in" in page
    assert "Take it back" not in page
    assert all(row.reference in page for row in Complaint.objects.visible_to(integrity))


def test_programs_do_the_same(program: Any, intake: User) -> None:
    rows = held()
    body = {"references": references(rows), "act": "spam", "preview": True}
    url = "/api/v1/contacts/several/"
    looked = program(intake).post(url, body, format="json")
    assert [row["fits"] for row in looked.data["results"]] == [True] * 3
    assert program(intake).post(url, {**body, "preview": False}, format="json").status_code == 400
    done = program(intake).post(url, {**body, "preview": False, **WHY}, format="json")
    assert [row["done"] for row in done.data["results"]] == [True] * 3
    assert [row["complaint"] for row in done.data["results"]] == [None] * 3
    assert statuses(rows) == {"set_aside"}
