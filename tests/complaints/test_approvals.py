"""The queue of a second person: each kind, oldest first, for who may decide it and for nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from complaints.presenters.waiting import waiting_rows
from complaints.said import PersonSaid
from complaints.services import advance, advance_victim, decide_victim, propose_change
from complaints.waiting import LONGEST_FIRST, arms_of
from core.paging import page_of_several
from notifications.models import Notification
from partners.services import add_partner, add_phone, confirm_phone
from tests.complaints.merging import proposed as merge_proposed
from tests.factories.accounts import GrantFactory, PostingFactory
from tests.queries import asked
from tests.victims.returns import found
from victims.models import Deportation
from victims.services.deportation import advance_deportation, record_deportation

Browser = Callable[..., Client]
pytestmark = pytest.mark.django_db
URL = "/approvals/"


def verifying(complaint: Complaint, by: User) -> Complaint:
    return advance(advance(complaint, "acknowledge", by=by), "start_verification", by=by)


@pytest.fixture
def everything(registered: Any, officer_psh: User, supervisor: User, supervisor2: User) -> dict[str, Any]:
    """One of every kind, proposed by the officer, a day apart, the oldest first."""
    made: dict[str, Any] = {}
    start = timezone.now() - timedelta(days=9)

    def outcome() -> Any:
        row = verifying(registered(), officer_psh)
        return advance(row, "propose_outcome", by=officer_psh, outcome="unsubstantiated", note="Nobody there.")

    def closing() -> Any:
        row = verifying(registered(people=(PersonSaid(name="Sok Dara", age=30),)), officer_psh)
        row = advance(row, "record_outcome", by=officer_psh, outcome="substantiated")
        person = advance_victim(row.victims.get(), "record_left", by=officer_psh, left_how="escaped")
        decide_victim(person, "decide_presumed", by=officer_psh)
        return advance(Complaint.objects.get(pk=row.pk), "propose_closing", by=officer_psh)

    def number() -> Any:
        row = registered(number=(2, 9, 12))
        return propose_change(row, by=officer_psh, field="number_reported", after="2", why="Counted again.").complaint

    def final() -> Any:
        person = registered(people=(PersonSaid(name="Chan Lost", age=30),)).victims.get()
        return advance_victim(person, "record_not_found", by=officer_psh)

    def clearing() -> Any:
        person = registered(people=(PersonSaid(name="Chan Cook", age=40),)).victims.get()
        person = advance_victim(person, "record_left", by=officer_psh, left_how="released")
        return decide_victim(person, "propose_not_a_victim", by=officer_psh, note="The cook.")

    def merge() -> Any:
        return merge_proposed(registered(), registered(), officer_psh)

    makers = {
        "outcome": outcome,
        "closing": closing,
        "number_reported": number,
        "final_status": final,
        "not_a_victim": clearing,
        "merge": merge,
    }
    for day, (kind, make) in enumerate(makers.items()):
        with time_machine.travel(start + timedelta(days=day), tick=False):
            made[kind] = make()
    return made


def kinds(user: User, *, own: bool = False) -> list[str]:
    page = page_of_several(arms_of(user, own=own), {}, LONGEST_FIRST)
    return [row.kind for row in waiting_rows(page.rows)]


def test_every_kind_stands_there_the_oldest_first_with_the_page_that_decides(
    everything: dict[str, Any], supervisor: User, browser: Browser
) -> None:
    assert kinds(supervisor) == list(everything)
    client = browser(supervisor)
    page = client.get(URL).content.decode()
    for row in client.get(URL).context["rows"]:
        assert row.url in page
        assert client.get(row.url).status_code == 200, row.url
    assert "9 d" in page


def test_what_one_proposed_oneself_waits_for_another(
    everything: dict[str, Any], supervisor: User, supervisor2: User, officer_psh: User, registered: Any
) -> None:
    row = verifying(registered(), supervisor)
    advance(row, "propose_outcome", by=supervisor, outcome="unsubstantiated", note="Nobody there.")
    assert kinds(supervisor).count("outcome") == 1
    assert kinds(supervisor2).count("outcome") == 2
    assert kinds(supervisor, own=True) == ["outcome"]
    assert kinds(officer_psh) == []


def test_who_is_told_is_who_finds_it_in_the_queue(
    everything: dict[str, Any], supervisor: User, supervisor2: User, intake: User
) -> None:
    """One rule, read from both ends: a person's queue, and the notices of a proposal."""
    told = {"outcome_proposed", "closing_proposed", "change_proposed", "final_proposed", "clearing_proposed"}
    told |= {"merge_proposed"}
    for user in (supervisor, supervisor2):
        assert set(Notification.objects.filter(recipient=user).values_list("kind", flat=True)) >= told
    PostingFactory(user=supervisor2, province_id="18")
    supervisor2.refresh_from_db()
    assert kinds(supervisor2) == []
    assert not Notification.objects.filter(recipient=intake, kind__in=told).exists()


def test_a_supervisor_posted_to_the_province_is_not_asked(
    registered: Any, officer_psh: User, supervisor: User, supervisor2: User
) -> None:
    PostingFactory(user=supervisor2, province_id="18")
    row = verifying(registered(), officer_psh)
    advance(row, "propose_outcome", by=officer_psh, outcome="unsubstantiated", note="Nobody there.")
    asked_ = Notification.objects.filter(kind="outcome_proposed", channel="in_app")
    assert set(asked_.values_list("recipient__username", flat=True)) == {"supervisor"}


def test_what_is_sealed_waits_only_for_who_is_named(
    everything: dict[str, Any], supervisor: User, supervisor2: User, integrity: User
) -> None:
    row = everything["outcome"]
    advance(row, "seal", by=supervisor, note="An official is named.")
    GrantFactory(complaint_id=row.pk, user=supervisor2, kind="naming")
    assert "outcome" not in kinds(supervisor)
    assert "outcome" in kinds(supervisor2)
    assert "outcome" not in kinds(integrity)


def test_what_is_decided_is_gone(everything: dict[str, Any], supervisor: User) -> None:
    advance(Complaint.objects.get(pk=everything["outcome"].pk), "confirm_outcome", by=supervisor)
    advance(Complaint.objects.get(pk=everything["closing"].pk), "close", by=supervisor)
    assert kinds(supervisor) == ["number_reported", "final_status", "not_a_victim", "merge"]


def test_pages_of_several_kinds_lose_and_repeat_nothing(everything: dict[str, Any], supervisor: User) -> None:
    found, params = [], {"page_size": "2"}
    while True:
        page = page_of_several(arms_of(supervisor), params, LONGEST_FIRST)
        found += [row.kind for row in waiting_rows(page.rows)]
        if not page.next:
            break
        params = {"page_size": "2", "cursor": page.next}
    assert found == list(everything)
    back = page_of_several(arms_of(supervisor), {"page_size": "2", "cursor": page.previous}, LONGEST_FIRST)
    assert [row.kind for row in waiting_rows(back.rows)] == found[2:4]


@pytest.mark.parametrize("read", [False, True])
def test_the_navigation_and_the_work_page_count_what_waits(
    everything: dict[str, Any], supervisor: User, officer_psh: User, browser: Browser, read: bool
) -> None:
    now = timezone.now()
    rung = Notification.objects.filter(recipient=supervisor, channel="in_app")
    assert rung.update(state="sent", sent_at=now, read_at=now if read else None)
    page = browser(supervisor).get("/").content.decode()
    assert 'Approvals <span class="sk-count">6</span>' in page
    assert "All that waits for your decision" in page
    assert "/approvals/" not in browser(officer_psh).get("/").content.decode()


def test_the_queue_costs_the_same_however_long(
    everything: dict[str, Any], supervisor: User, officer_psh: User, registered: Any, browser: Browser
) -> None:
    client = browser(supervisor)
    client.get(URL)
    few = asked(client, URL)
    for _ in range(7):
        row = verifying(registered(), officer_psh)
        advance(row, "propose_outcome", by=officer_psh, outcome="unsubstantiated", note="Nobody there.")
        propose_change(registered(number=(2, 9, 12)), by=officer_psh, field="number_reported", after="2", why="So.")
        merge_proposed(registered(), registered(), officer_psh)
    # the bell, the queue of nine kinds, and the records of merges of three kinds, for the number in the navigation and
    # for the rows
    assert len(asked(client, URL)) == len(few) <= 20, few


def ordered(registered: Any, by: User) -> Deportation:
    """An order against somebody found and not screened."""
    day = timezone.localdate()
    return record_deportation(
        found(registered, by), by=by, authority="Immigration", order_number="7", ordered_on=day, reason="overstay"
    )


def test_an_order_to_deport_somebody_protected_waits_for_its_review(
    registered: Any, officer_psh: User, supervisor: User, supervisor2: User, browser: Browser, program: Any
) -> None:
    row = ordered(registered, officer_psh)
    PostingFactory(user=supervisor2, province_id="18")
    supervisor2 = User.objects.get(pk=supervisor2.pk)
    assert (kinds(supervisor), kinds(supervisor2), kinds(officer_psh)) == (["deportation_review"], [], [])
    client = browser(supervisor)
    line = client.get(URL).context["rows"][0]
    assert (line.reference, line.complaint) == (row.reference, row.complaint.reference)
    assert line.url == f"/deportations/{row.reference}/steps/review/"
    assert client.get(line.url).status_code == 200
    assert client.get(URL).context["nav_waiting"]["approvals:list"] == 1
    assert program(supervisor).get("/api/v1/approvals/").json()["results"][0]["kind"] == "deportation_review"
    advance_deportation(row, "review", by=supervisor, finding="must_not", note="She was sold")
    assert kinds(supervisor) == []


def test_a_deportation_waits_for_another_than_who_recorded_it_and_only_of_who_is_protected(
    registered: Any, supervisor: User, supervisor2: User, officer_psh: User
) -> None:
    row = ordered(registered, supervisor)
    assert (kinds(supervisor), kinds(supervisor, own=True)) == ([], ["deportation_review"])
    assert kinds(supervisor2) == ["deportation_review"]
    decide_victim(row.victim, "decide_exploited", by=officer_psh, note="Spoken to alone")
    assert kinds(supervisor2) == []
    again = ordered(registered, officer_psh)
    advance_deportation(again, "stop", by=officer_psh, note="The court said no")
    assert kinds(supervisor2) == []


def test_a_telephone_for_codes_waits_for_another_than_who_added_it(
    supervisor: User, supervisor2: User, browser: Browser
) -> None:
    partner = add_partner(by=supervisor, kind="ngo", name_en="Lotus House")
    add_phone(partner, by=supervisor, phone="012 000 111")
    phone = add_phone(partner, by=supervisor, phone="012 345 678", takes_codes=True)
    assert (kinds(supervisor), kinds(supervisor, own=True)) == ([], ["partner_phone"])
    client = browser(supervisor2)
    line = client.get(URL).context["rows"][0]
    assert (line.kind, line.what, line.url) == ("partner_phone", "Lotus House", f"/partners/{partner.reference}/")
    for codes, shown in (("unconfirmed", True), ("", True)):
        assert ("Lotus House" in client.get(f"/partners/?codes={codes}").content.decode()) is shown
    confirm_phone(partner, phone, by=supervisor2)
    assert kinds(supervisor2) == []
    assert "Lotus House" not in client.get("/partners/?codes=unconfirmed").content.decode()


def test_the_api_says_the_same(everything: dict[str, Any], supervisor: User, program: Any) -> None:
    client = program(supervisor)
    answer = client.get("/api/v1/approvals/").json()
    assert [row["kind"] for row in answer["results"]] == list(everything)
    first = answer["results"][0]
    assert (first["reference"], first["proposed_by"]) == (everything["outcome"].reference, "officer.psh")
    assert first["what"] == "Unsubstantiated"
    assert datetime.fromisoformat(first["waiting_since"]) < datetime.now(UTC) - timedelta(days=8)
    assert client.get("/api/v1/approvals/?own=1").json()["results"] == []
    assert client.get("/api/v1/approvals/?own=2").status_code == 400
    assert client.get("/api/v1/approvals/?kind=merge").status_code == 400
    second = client.get("/api/v1/approvals/?page_size=4").json()["next"]
    assert [row["kind"] for row in client.get(second).json()["results"]] == list(everything)[4:]


def test_nothing_waits(supervisor: User, browser: Browser) -> None:
    client = browser(supervisor)
    assert "Nothing waits for you" in client.get(URL).content.decode()
    assert "Nothing of yours waits" in client.get(f"{URL}?own=1").content.decode()
    assert client.get(f"{URL}?cursor=broken").status_code == 400
