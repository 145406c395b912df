"""Drafts: theirs alone, sealed, kept for thirty days, gone when the form was sent."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.models import Draft
from accounts.services import drafts
from audit.models import AuditEvent

pytestmark = pytest.mark.django_db
WORDS = {"draft_kind": "complaint", "narrative": "Nine workers held on the sixth floor", "people-0-name": "Nguyễn"}
KEY = UUID("0b7ad1a4-8d0c-4a35-9d5c-0a5e0c5f4f10")


def save(client: Any, key: UUID = KEY, **typed: str) -> Any:
    return client.post(f"/drafts/{key}/", WORDS | {"idempotency_key": str(key)} | typed)


def test_what_is_typed_is_kept_and_the_answer_says_when(intake: Any, browser: Any) -> None:
    with time_machine.travel("2026-09-29T01:14:00Z", tick=False):
        answer = save(browser(intake))
        assert ("narrative", WORDS["narrative"]) in drafts.open_draft(KEY, by=intake)[1]
    assert (answer.status_code, answer.json()["time"]) == (200, "08:14")


def test_saving_again_keeps_one_draft_with_the_last_words(intake: Any, browser: Any) -> None:
    client = browser(intake)
    save(client)
    save(client, narrative="Ten workers")
    assert dict(drafts.open_draft(KEY, by=intake)[1])["narrative"] == "Ten workers"
    assert drafts.list_for(intake).count() == 1


def test_going_on_fills_everything_back(intake: Any, browser: Any) -> None:
    client = browser(intake)
    save(
        client,
        **{"people-3-name": "Lan", "reporter-phone": "097 555 0184", "names_official": "on", "forms": "servitude"},
    )
    page = client.get(f"/drafts/{KEY}/", follow=True)
    form = page.context["intake"]
    assert page.redirect_chain[0][0] == f"/complaints/new/?draft={KEY}"
    assert form.story["narrative"].value() == WORDS["narrative"]
    assert [row["name"].value() for row in form.people.forms] == ["Nguyễn", "Lan"]
    assert form.reporter["phone"].value() == "097 555 0184"
    assert form.story["names_official"].value() is True
    assert form.story["forms"].value() == ["servitude"]
    assert "error" not in page.content.decode().split("<main")[1].split("sk-draft")[0]
    assert page.headers["Cache-Control"].count("no-store") == 1


def test_a_draft_of_somebody_else_does_not_exist(intake: Any, supervisor: Any, officer_psh: Any, browser: Any) -> None:
    save(browser(intake))
    nowhere = browser(supervisor).get(f"/drafts/{uuid4()}/").content
    for other in (supervisor, officer_psh):
        client = browser(other)
        for path in (f"/drafts/{KEY}/", f"/drafts/{KEY}/throw-away/", f"/complaints/new/?draft={KEY}"):
            assert client.get(path).status_code == 404
        assert client.post(f"/drafts/{KEY}/throw-away/").status_code == 404
        assert not drafts.list_for(other)
    assert len(browser(supervisor).get(f"/drafts/{KEY}/").content) == len(nowhere)
    assert drafts.open_draft(KEY, by=intake)


def test_the_same_key_in_another_hand_overwrites_nothing(intake: Any, supervisor: Any, browser: Any) -> None:
    save(browser(intake))
    save(browser(supervisor), narrative="Other words")
    assert dict(drafts.open_draft(KEY, by=intake)[1])["narrative"] == WORDS["narrative"]
    assert Draft.objects.count() == 2


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("intake", 200),
        ("officer", 200),
        ("supervisor", 200),
        ("analyst", 403),
        ("integrity", 403),
        ("admin", 403),
        ("partner", 403),
    ],
)
def test_who_may_keep_drafts(cast: Any, browser: Any, role: str, status: int) -> None:
    assert save(browser(cast[role])).status_code == status


def test_nobody_keeps_drafts_without_signing_in(browser: Any) -> None:
    assert save(browser()).status_code == 401
    assert not Draft.objects.exists()


def test_a_draft_is_sealed_at_rest(intake: Any, browser: Any) -> None:
    save(browser(intake))
    with connection.cursor() as cursor:
        cursor.execute("SELECT body, accounts_draft::text FROM accounts_draft")
        body, row = cursor.fetchone()
    assert b"workers" not in bytes(body)
    assert "workers" not in row
    assert b"workers".hex() not in row


def test_a_draft_moved_to_another_row_cannot_be_opened(intake: Any, supervisor: Any, browser: Any) -> None:
    save(browser(intake))
    save(browser(supervisor))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_draft SET body = (SELECT body FROM accounts_draft WHERE user_id = %s)", [intake.pk]
        )
    with pytest.raises(ValueError, match="cannot be opened"):
        drafts.open_draft(KEY, by=supervisor)


def test_a_draft_is_forgotten_after_thirty_days(intake: Any, browser: Any) -> None:
    client = browser(intake)
    save(client)
    save(client, uuid4())
    Draft.objects.filter(key=KEY).update(updated_at=timezone.now() - timedelta(days=30, minutes=1))
    assert client.get(f"/drafts/{KEY}/").status_code == 404
    assert drafts.list_for(intake).count() == 1
    assert drafts.forget_drafts() == 1
    assert Draft.objects.count() == 1


def test_throwing_away_asks_first(intake: Any, browser: Any) -> None:
    client = browser(intake)
    save(client)
    page = client.get(f"/drafts/{KEY}/throw-away/")
    assert "cannot be brought back" in page.content.decode()
    assert WORDS["narrative"] not in page.content.decode()
    assert drafts.list_for(intake).count() == 1
    assert client.post(f"/drafts/{KEY}/throw-away/").headers["Location"] == "/"
    assert not Draft.objects.exists()


def test_the_record_of_a_draft_holds_no_words(intake: Any, browser: Any) -> None:
    client = browser(intake)
    save(client)
    save(client)
    client.get(f"/complaints/new/?draft={KEY}")
    client.post(f"/drafts/{KEY}/throw-away/")
    events = AuditEvent.objects.filter(object_type="accounts.draft")
    assert list(events.order_by("seq").values_list("verb", flat=True)) == ["draft.save", "read", "draft.throw_away"]
    assert not any("Nine" in str(event.detail) or "Nguy" in str(event.detail) for event in events)


def test_an_unknown_kind_is_refused(intake: Any, browser: Any) -> None:
    assert save(browser(intake), draft_kind="song").status_code == 400
    assert not Draft.objects.exists()


def test_signs_that_no_column_holds_are_kept_in_a_draft(intake: Any, browser: Any) -> None:
    assert save(browser(intake), narrative="half\x00way").status_code == 200
    raw = b"draft_kind=complaint&narrative=%ED%A0%80%FF"
    client = browser(intake)
    assert client.post(f"/drafts/{KEY}/", raw, content_type="application/x-www-form-urlencoded").status_code == 200
    assert client.get(f"/complaints/new/?draft={KEY}").status_code == 200


def test_a_draft_too_large_for_a_request_is_413(intake: Any, browser: Any) -> None:
    client = browser(intake)
    assert save(client, narrative="x" * 2_600_000).status_code == 413
