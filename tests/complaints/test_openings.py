"""How long a second person had a proposal open before saying yes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import advance, advance_victim, confirm_change, propose_change
from tests.complaints.merging import WHY, proposed, seen
from tests.complaints.test_approvals import verifying
from workflow.models import Opening
from workflow.openings import looked

Browser = Callable[..., Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def outcome(registered: Any, officer_psh: User) -> Callable[[], Complaint]:
    """Propose an outcome by the officer."""

    def propose() -> Complaint:
        row = verifying(registered(), officer_psh)
        return advance(row, "propose_outcome", by=officer_psh, outcome="unsubstantiated", note="Nobody there.")

    return propose


def decide(client: Client, row: Complaint, minutes: float) -> None:
    """Open the page, look at it for some minutes, and say yes."""
    url, start = f"/complaints/{row.reference}/steps/confirm_outcome/", timezone.now()
    with time_machine.travel(start, tick=False):
        assert client.get(url).status_code == 200
    with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
        client.get(url)  # looked at again: the first time counts
        assert client.post(url, {}).status_code == 302


def test_the_first_opening_and_the_yes_are_kept(
    outcome: Callable[[], Complaint], supervisor: User, browser: Browser
) -> None:
    decide(browser(supervisor), outcome(), 12)
    row = Opening.objects.get()
    assert (row.user, row.approved, row.open_for) == (supervisor, True, timedelta(minutes=12))
    assert AuditEvent.objects.filter(verb="approval.open", actor_id=str(supervisor.pk)).count() == 1


def test_median_and_shortest_of_the_last_twenty(
    outcome: Callable[[], Complaint], supervisor: User, supervisor2: User, browser: Browser
) -> None:
    client = browser(supervisor)
    for minutes in (25, 1, 4, 9):
        decide(client, outcome(), minutes)
    advance(outcome(), "confirm_outcome", by=supervisor)
    advance(outcome(), "send_back", by=supervisor, note="Ask again.")
    (found,) = looked(sealed=False)
    assert found["user"] == supervisor
    assert (found["n"], found["unopened"]) == (5, 1)
    assert (found["median"], found["shortest"]) == (timedelta(minutes=6, seconds=30), timedelta(minutes=1))
    page = browser(supervisor2).get("/approvals/").content.decode()
    assert "How long they were open before yes" in page
    assert "6 min" in page
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        for _ in range(20):
            advance(outcome(), "confirm_outcome", by=supervisor)
        (found,) = looked(sealed=False)
    assert (found["n"], found["unopened"], found["median"]) == (20, 20, None)


def test_changes_merges_and_people_are_opened_too(
    registered: Any, officer_psh: User, supervisor: User, browser: Browser
) -> None:
    client = browser(supervisor)
    change = propose_change(
        registered(number=(2, 9, 12)), by=officer_psh, field="number_reported", after="2", why="Counted again."
    )
    client.get(f"/complaints/{change.complaint.reference}/changes/")
    confirm_change(change, by=supervisor)
    merge = proposed(registered(), registered(), officer_psh)
    client.get(f"/merges/{merge.reference}/")
    client.post(f"/merges/{merge.reference}/send-back/", {"note": WHY})
    lost = registered(people=(PersonSaid(name="Chan Lost", age=30),)).victims.get()
    lost = advance_victim(lost, "record_not_found", by=officer_psh)
    client.get(f"/victims/{lost.reference}/steps/confirm_final/")
    advance_victim(lost, "confirm_final", by=supervisor)
    found = Opening.objects.order_by("decided_at")
    assert [(row.approved, row.opened_at is not None) for row in found] == [(True, True), (False, True), (True, True)]
    assert seen(merge)


def test_who_proposed_or_may_not_decide_opens_nothing(
    outcome: Callable[[], Complaint], registered: Any, officer_psh: User, browser: Browser
) -> None:
    change = propose_change(
        registered(number=(2, 9, 12)), by=officer_psh, field="number_reported", after="2", why="Counted again."
    )
    client = browser(officer_psh)
    client.get(f"/complaints/{change.complaint.reference}/changes/")
    client.get(f"/complaints/{outcome().reference}/steps/confirm_outcome/")
    assert not Opening.objects.exists()


def test_what_was_opened_stands(outcome: Callable[[], Complaint], supervisor: User, browser: Browser) -> None:
    decide(browser(supervisor), outcome(), 3)
    for change in ({"opened_at": timezone.now()}, {"approved": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Opening.objects.update(**change)


def test_sealed_ones_are_figures_of_the_integrity_unit_alone(
    outcome: Callable[[], Complaint], supervisor: User, integrity: User, browser: Browser
) -> None:
    row = outcome()
    decide(browser(supervisor), row, 3)
    Opening.objects.create(
        proposal=row.pk, user=supervisor, handling="sealed", decided_at=timezone.now(), approved=True
    )
    assert [one["n"] for one in looked(sealed=False)] == [1]
    assert [one["unopened"] for one in looked(sealed=True)] == [1]
    page = browser(integrity).get("/approvals/").content.decode()
    assert "How long they were open before yes" in page
    assert "3 min" not in page
