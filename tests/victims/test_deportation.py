"""Deportation apart from returns: loud for whom non-punishment protects, reviewed or overridden, read by the integrity unit."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from core.exceptions import Conflict
from notifications.kinds import KINDS, Sort
from notifications.models import Notification
from tests.queries import asked
from tests.victims.returns import at_step, found
from victims.models import Deportation, DeportationReview, Stay, Victim
from victims.services import decide
from victims.services.deportation import advance_deportation, asks_why, record_deportation
from victims.services.places import record_place

Browser = Callable[..., Client]
LOUD = "This person is protected: unscreened, presumed or trafficked."
WHY = "The plane had left before anybody was asked."
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with override("en"):
        yield


@pytest.fixture
def ordered(registered: Any, officer_psh: User) -> Callable[..., Deportation]:
    """An order against somebody found, decided or not."""

    def make(decision: str = "", victim: Victim | None = None) -> Deportation:
        who = victim or found(registered, officer_psh)
        if decision:
            who = decide(who, decision, by=officer_psh, note="Spoken to alone")
        return record_deportation(who, by=officer_psh, **order())

    return make


def order(**said: Any) -> dict[str, Any]:
    day = timezone.localdate()
    return {"authority": "Immigration", "order_number": "88/22", "ordered_on": day, "reason": "overstay", **said}


@pytest.mark.parametrize("decision", ["", "decide_presumed", "decide_trafficked"])
def test_who_is_protected_is_deported_only_with_a_reason_the_integrity_unit_reads(
    decision: str, browser: Browser, ordered: Any, officer_psh: User, integrity: User
) -> None:
    row = ordered(decision)
    with pytest.raises(ValidationError) as refused:
        advance_deportation(row, "carry_out", by=officer_psh)
    assert set(refused.value.message_dict) == {"override_why"}
    with pytest.raises(ValidationError):
        advance_deportation(row, "carry_out", by=officer_psh, override_why="short")
    done = advance_deportation(row, "carry_out", by=officer_psh, override_why=WHY)
    assert (done.status, done.carried_out_on) == ("carried_out", timezone.localdate())
    assert DeportationReview.objects.get().finding == "overridden"
    assert Notification.objects.filter(recipient=integrity, kind="deportation_overridden").exists()
    client = browser(integrity)
    for path in ("", f"{row.reference}/"):
        page = client.get(f"/deportations/overrides/{path}").content.decode()
        assert WHY in page
        assert row.victim.reference not in page
    assert client.get(f"/deportations/{row.reference}/").status_code == 404


def test_a_review_outside_the_province_lets_it_pass(ordered: Any, officer_psh: User, supervisor: User) -> None:
    row = ordered("decide_presumed")
    with pytest.raises(PermissionDenied):
        advance_deportation(row, "review", by=officer_psh, finding="may_proceed", note="Fine")
    advance_deportation(row, "review", by=supervisor, finding="may_proceed", note="Screened twice")
    with pytest.raises(ValidationError):
        advance_deportation(row, "carry_out", by=officer_psh, override_why=WHY)
    assert advance_deportation(row, "carry_out", by=officer_psh).status == "carried_out"


def test_a_review_does_not_outlive_what_was_decided_then(
    browser: Browser, ordered: Any, officer_psh: User, supervisor: User
) -> None:
    row = ordered()
    advance_deportation(row, "review", by=supervisor, finding="may_proceed", note="Not screened, says she is a tourist")
    assert not Deportation.objects.awaiting_review().exists()
    decide(Victim.objects.get(pk=row.victim_id), "decide_trafficked", by=officer_psh, note="Sold twice")
    assert list(Deportation.objects.awaiting_review()) == [row]
    page = browser(supervisor).get("/deportations/?review=awaited").content.decode()
    assert "Protected, not reviewed" in page
    with pytest.raises(ValidationError) as refused:
        advance_deportation(row, "carry_out", by=officer_psh)
    assert set(refused.value.message_dict) == {"override_why"}
    advance_deportation(row, "review", by=supervisor, finding="may_proceed", note="Her own wish, by letter")
    assert advance_deportation(row, "carry_out", by=officer_psh).status == "carried_out"


def test_who_recorded_the_order_does_not_review_it(registered: Any, officer_psh: User, supervisor: User) -> None:
    row = record_deportation(found(registered, officer_psh), by=supervisor, **order())
    with pytest.raises(PermissionDenied):
        advance_deportation(row, "review", by=supervisor, finding="may_proceed", note="Mine")


def test_a_review_against_it_does_not_hide_what_happened(ordered: Any, officer_psh: User, supervisor: User) -> None:
    row = ordered("decide_trafficked")
    advance_deportation(row, "review", by=supervisor, finding="must_not", note="She was sold")
    with pytest.raises(ValidationError):
        advance_deportation(row, "carry_out", by=officer_psh)
    advance_deportation(row, "carry_out", by=officer_psh, override_why=WHY)
    assert set(DeportationReview.objects.values_list("finding", flat=True)) == {"must_not", "overridden"}


def test_who_is_cleared_needs_no_reason(ordered: Any, officer_psh: User) -> None:
    row = ordered("decide_exploited")
    with pytest.raises(ValidationError):
        advance_deportation(row, "carry_out", by=officer_psh, override_why=WHY)
    advance_deportation(row, "carry_out", by=officer_psh)
    assert not DeportationReview.objects.exists()


def test_it_stops_a_return_ends_the_stay_and_is_no_hand_over(registered: Any, ordered: Any, officer_psh: User) -> None:
    victim = found(registered, officer_psh)
    record_place(victim, by=officer_psh, kind="immigration_detention")
    going = at_step(victim, "travel_document", officer_psh)
    advance_deportation(ordered(victim=victim), "carry_out", by=officer_psh, override_why=WHY)
    going.refresh_from_db()
    assert (going.status, going.handed_over_on) == ("ended", None)
    assert not Stay.objects.now().filter(victim=victim).exists()


def test_the_supervisors_are_told_of_an_order_against_who_is_protected(
    ordered: Any, supervisor: User, officer_psh: User
) -> None:
    ordered("decide_exploited")
    assert not Notification.objects.filter(kind="deportation_ordered").exists()
    ordered("decide_presumed")
    assert Notification.objects.filter(kind="deportation_ordered", recipient=supervisor).exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"authority": " "}, "authority"),
        ({"authority": "n" * 201}, "authority"),
        ({"order_number": ""}, "order_number"),
        ({"ordered_on": None}, "ordered_on"),
        ({"ordered_on": timezone.datetime(2999, 1, 1).date()}, "ordered_on"),
        ({"reason": "because"}, "reason"),
    ],
)
def test_an_order_says_who_ordered_what_when_and_why(said: Any, field: str, registered: Any, officer_psh: User) -> None:
    with pytest.raises(ValidationError) as refused:
        record_deportation(found(registered, officer_psh), by=officer_psh, **order(**said))
    assert set(refused.value.message_dict) == {field}


def test_one_order_stands_and_no_cambodian_is_deported(registered: Any, ordered: Any, officer_psh: User) -> None:
    row = ordered()
    with pytest.raises(ValidationError):
        record_deportation(row.victim, by=officer_psh, **order())
    with pytest.raises(Conflict):
        record_deportation(found(registered, officer_psh, nationality="KH"), by=officer_psh, **order())


def test_the_supervisor_takes_it_back(ordered: Any, officer_psh: User, supervisor: User) -> None:
    row = advance_deportation(ordered(), "carry_out", by=officer_psh, override_why=WHY)
    with pytest.raises(PermissionDenied):
        advance_deportation(row, "take_back", by=officer_psh, note="Wrong person")
    back = advance_deportation(row, "take_back", by=supervisor, note="Wrong person")
    assert (back.status, back.carried_out_on) == ("ordered", None)


def test_a_review_stands_for_good(ordered: Any, officer_psh: User) -> None:
    advance_deportation(ordered(), "carry_out", by=officer_psh, override_why=WHY)
    for statement in (
        "UPDATE victims_deportationreview SET finding = 'may_proceed'",
        "DELETE FROM victims_deportationreview",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_card_the_page_and_the_gate_say_the_same_of_protection(
    browser: Browser, registered: Any, ordered: Any, officer_psh: User
) -> None:
    """What is decided after the order counts everywhere, and so does what is known of the same person elsewhere."""
    row, client = ordered(), browser(officer_psh)
    card, page = f"/victims/{row.victim.reference}/", f"/deportations/{row.reference}/"
    for decision, protected in (("decide_exploited", False), ("decide_presumed", True)):
        decide(Victim.objects.get(pk=row.victim_id), decision, by=officer_psh, note="Spoken to alone")
        assert (LOUD in client.get(card).content.decode()) is protected
        assert ("A person who is protected is to be deported" in client.get(page).content.decode()) is protected
        assert asks_why(Deportation.objects.get(pk=row.pk)) is protected
    decide(Victim.objects.get(pk=row.victim_id), "decide_exploited", by=officer_psh, note="Spoken to alone")
    elsewhere = found(registered, officer_psh)
    Victim.objects.filter(pk=elsewhere.pk).update(person=row.victim.person)
    assert LOUD in client.get(card).content.decode()
    assert asks_why(Deportation.objects.get(pk=row.pk))


@pytest.mark.parametrize("kind", ["deportation_ordered", "deportation_overridden", "review_overridden"])
def test_who_mutes_news_is_still_told_of_it(kind: str) -> None:
    assert KINDS[kind].sort == Sort.DECIDE


def test_an_order_leaves_in_quiet_hours(ordered: Any, supervisor: User) -> None:
    with time_machine.travel("2026-11-27T16:00:00Z", tick=False):  # 23:00 in Phnom Penh
        ordered()
    rows = Notification.objects.filter(kind="deportation_ordered")
    assert rows
    assert all(row.urgent for row in rows)


def test_deportations_are_a_list_beside_the_board_of_returns(
    browser: Browser, ordered: Any, officer_psh: User, officer_pp: User, supervisor: User, program: Any
) -> None:
    waits, cleared, stopped = ordered(), ordered("decide_exploited"), ordered("decide_presumed")
    advance_deportation(stopped, "stop", by=officer_psh, note="The court said no")
    client = browser(officer_psh)
    tab = client.get("/repatriations/").context["tabs"][-1]
    assert (tab["url"], tab["count"]) == ("/deportations/?status=ordered", 2)
    assert len(client.get(tab["url"]).context["rows"]) == 2
    answer = client.get("/deportations/?review=awaited")
    assert [row.reference for row in answer.context["rows"]] == [waits.reference]
    assert "Protected, not reviewed" in answer.content.decode()
    assert [
        row["reference"] for row in program(officer_psh).get("/api/v1/deportations/?review=awaited").json()["results"]
    ] == [waits.reference]
    loud = {row.reference: row.is_loud for row in client.get("/deportations/").context["rows"]}
    assert loud == {waits.reference: True, cleared.reference: False, stopped.reference: False}
    assert client.get("/deportations/?status=nowhere").status_code == 400
    assert "No deportation matches" in client.get("/deportations/?status=carried_out").content.decode()
    assert "No order to deport" in browser(officer_pp).get("/deportations/").content.decode()
    advance_deportation(waits, "review", by=supervisor, finding="must_not", note="She was sold")
    assert "Must not be deported" in client.get("/deportations/").content.decode()
    assert not client.get("/deportations/?review=awaited").context["rows"]


def test_the_list_of_deportations_costs_the_same_however_many(
    browser: Browser, ordered: Any, officer_psh: User
) -> None:
    client, counts = browser(officer_psh), []
    client.get("/deportations/")
    for more in (1, 4):
        for _ in range(more):
            ordered()
        counts.append(len(asked(client, "/deportations/?status=ordered&province=18")))
    assert counts[0] == counts[1] <= 11, counts


def test_its_pages_are_loud(browser: Browser, registered: Any, officer_psh: User, officer_pp: User) -> None:
    victim, client = found(registered, officer_psh), browser(officer_psh)
    url = f"/victims/{victim.reference}/deportation/"
    assert "This person is protected." in client.get(url).content.decode()
    assert client.post(url, {"authority": "Immigration"}).status_code == 400
    assert client.post(url, order(ordered_on="1/9/2022")).status_code == 302
    row = Deportation.objects.get()
    page = client.get(f"/deportations/{row.reference}/").content.decode()
    assert "A person who is protected is to be deported" in page
    assert "sk-card--brick" in client.get(f"/victims/{victim.reference}/").content.decode()
    step = f"/deportations/{row.reference}/steps/carry_out/"
    assert client.post(step, {}).status_code == 400
    assert client.post(step, {"override_why": WHY}).status_code == 302
    assert browser(officer_pp).get(f"/deportations/{row.reference}/").status_code == 404


def test_programs_read_who_is_protected_and_which_review_counts_no_more(
    program: Any, browser: Browser, ordered: Any, officer_psh: User, supervisor: User
) -> None:
    row, cleared = ordered(), ordered("decide_exploited")
    client = program(officer_psh)

    def said(reference: str) -> tuple[Any, ...]:
        names = ("is_protected", "review_awaited", "reviews", "reviews_lapsed")
        listed = client.get("/api/v1/deportations/").json()["results"]
        shown = client.get(f"/api/v1/deportations/{reference}/").json()
        assert shown in listed
        return tuple(shown[name] for name in names)

    assert said(cleared.reference) == (False, False, [], [])
    assert said(row.reference) == (True, True, [], [])
    advance_deportation(row, "review", by=supervisor, finding="may_proceed", note="Says she is a tourist")
    assert said(row.reference) == (True, False, ["may_proceed"], [])
    assert "counts no more" not in browser(officer_psh).get(f"/deportations/{row.reference}/").content.decode()
    decide(Victim.objects.get(pk=row.victim_id), "decide_trafficked", by=officer_psh, note="Sold twice")
    assert said(row.reference) == (True, True, ["may_proceed"], ["may_proceed"])
    assert "counts no more" in browser(officer_psh).get(f"/deportations/{row.reference}/").content.decode()
    of_person = client.get(f"/api/v1/victims/{row.victim.reference}/deportations/").json()
    assert [one["review_awaited"] for one in of_person] == [True]
    advance_deportation(row, "carry_out", by=officer_psh, override_why=WHY)
    assert said(row.reference) == (True, False, ["overridden", "may_proceed"], ["may_proceed"])


def test_the_api_records_and_moves_it(program: Any, registered: Any, officer_psh: User) -> None:
    victim, client = found(registered, officer_psh), program(officer_psh)
    url = f"/api/v1/victims/{victim.reference}/deportations/"
    made = client.post(url, order(ordered_on="2022-09-01"), format="json")
    assert made.status_code == 201
    steps = f"/api/v1/deportations/{made.json()[0]['reference']}/steps/"
    assert client.post(steps, {"step": "carry_out"}, format="json").status_code == 400
    done = client.post(steps, {"step": "carry_out", "override_why": WHY}, format="json")
    assert (done.status_code, done.json()["reviews"]) == (200, ["overridden"])
    assert client.get("/api/v1/deportations/?reason=overstay").json()["results"][0]["status"] == "carried_out"
