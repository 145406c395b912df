"""The page of a person and the list of people: the choices allowed, their effect, names for those who may know them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Grant, User
from audit.models import AuditEvent
from complaints.models import Complaint
from complaints.said import PersonSaid
from notifications.models import Notification
from tests.queries import asked
from victims.models import Victim
from victims.services import advance
from workflow.models import Transition

Browser = Callable[..., Client]


@pytest.fixture
def adult(registered: Any) -> Victim:
    """One of two people of a complaint that speaks of four."""
    people = (PersonSaid(name="Lê Quốc Bảo", sex="male", age=27, nationality="VN"), PersonSaid())
    complaint = registered(people=people, number=(None, 4, None))
    return complaint.victims.get(person__age=27)


def url(victim: Victim, rest: str = "") -> str:
    return f"/victims/{victim.reference}/{rest}"


def test_the_choices_are_the_steps_allowed_now(browser: Browser, officer_psh: User, adult: Victim) -> None:
    form = browser(officer_psh).get(url(adult)).context["form"]
    offered = [name for name, _label in form.fields["step"].choices]
    assert offered == [
        "record_rescue", "locate", "record_left", "record_moved", "record_declined", "record_not_found",
        "record_deceased",
    ]  # fmt: skip
    advance(adult, "record_not_found", by=officer_psh)
    form = browser(officer_psh).get(url(adult)).context["form"]
    assert [name for name, _label in form.fields["step"].choices] == [
        "record_rescue", "locate", "record_left", "record_deceased",
    ]  # fmt: skip


def test_a_child_cannot_decline(browser: Browser, officer_psh: User, complaint: Complaint) -> None:
    child = complaint.victims.get(person__age=17)
    form = browser(officer_psh).get(url(child)).context["form"]
    assert "record_declined" not in dict(form.fields["step"].choices)
    assert browser(officer_psh).post(url(child), {"step": "record_declined"}).status_code == 409


def test_the_effect_on_the_ledger_is_said_before(browser: Browser, officer_psh: User, adult: Victim) -> None:
    text = browser(officer_psh).get(url(adult)).content.decode()
    assert "Ledger becomes 1 rescued, 3 still sought" in text
    assert "Ledger becomes 1 left on own, 3 still sought" in text
    assert "Ledger stays: 4 still sought" in text


def test_a_rescue_is_saved_with_place_and_day(browser: Browser, officer_psh: User, adult: Victim) -> None:
    said = {"step": "record_rescue", "place": "Floor 4", "when": "other", "happened_at_0": "1/9/2022"}
    assert browser(officer_psh).post(url(adult), {**said, "happened_at_1": "23:30"}).status_code == 302
    adult.refresh_from_db()
    assert (adult.rescue_status, adult.place, str(adult.rescued_on)) == ("rescued", "Floor 4", "2022-09-01")
    assert adult.complaint.ledger["sought"] == 3


def test_nothing_chosen_keeps_what_was_typed(browser: Browser, officer_psh: User, adult: Victim) -> None:
    answer = browser(officer_psh).post(url(adult), {"place": "Floor 4", "note": "Door broken"})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Choose what happened." in text
    assert 'value="Floor 4"' in text
    assert "Door broken" in text


def test_declined_asks_its_questions_and_keeps_the_answers(browser: Browser, officer_psh: User, adult: Victim) -> None:
    said = {"step": "record_declined", "asked_by": "Chea, unit 5", "asked_alone": "yes", "note": "Calm"}
    answer = browser(officer_psh).post(url(adult), said)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="Chea, unit 5"' in text
    assert "id_asked_language-error" in text
    more = {"asked_away": "no", "asked_language": "Vietnamese"}
    assert browser(officer_psh).post(url(adult), {**said, **more}).status_code == 302
    adult.refresh_from_db()
    assert (adult.rescue_status, adult.asked_alone, adult.asked_away) == ("declined", True, False)
    assert adult.complaint.ledger["sought"] == 4


def test_a_double_press_records_once(browser: Browser, officer_psh: User, adult: Victim) -> None:
    said = {"step": "record_rescue", "idempotency_key": "k" * 20}
    for _press in range(2):
        assert browser(officer_psh).post(url(adult), said).status_code == 302
    assert Transition.objects.filter(object_id=adult.pk, step="record_rescue").count() == 1


def test_two_officers_at_one_person_are_told_who_was_faster(
    browser: Browser, officer_psh: User, supervisor: User, adult: Victim
) -> None:
    advance(adult, "record_rescue", by=supervisor)
    answer = browser(officer_psh).post(url(adult), {"step": "record_left", "left_how": "escaped", "note": "By taxi"})
    assert answer.status_code == 409
    assert f"{supervisor.name} was faster: “Rescued”" in answer.content.decode()
    assert "By taxi" in answer.content.decode()


def test_not_found_is_final_only_by_a_second_person(
    browser: Browser, officer_psh: User, supervisor: User, adult: Victim
) -> None:
    browser(officer_psh).post(url(adult), {"step": "record_not_found"})
    assert browser(officer_psh).get(url(adult, "steps/confirm_final/")).status_code == 403
    assert "Confirm as final" in browser(supervisor).get(url(adult)).content.decode()
    asks = browser(supervisor).get(url(adult, "steps/confirm_final/")).content.decode()
    assert "Ledger becomes 1 not found, 3 still sought" in asks
    assert browser(supervisor).post(url(adult, "steps/confirm_final/"), {}).status_code == 302
    adult.refresh_from_db()
    assert (adult.is_final, adult.complaint.ledger["sought"]) == (True, 3)


def test_nobody_confirms_what_they_recorded_themselves(browser: Browser, supervisor: User, adult: Victim) -> None:
    advance(adult, "record_not_found", by=supervisor)
    answer = browser(supervisor).post(url(adult, "steps/confirm_final/"), {})
    assert answer.status_code == 403
    assert "You recorded this yourself." in answer.content.decode()


def test_who_decides_a_final_status_is_told(officer_psh: User, supervisor: User, adult: Victim) -> None:
    advance(adult, "record_not_found", by=officer_psh)
    told = Notification.objects.filter(kind="final_proposed", channel="in_app")
    assert [(row.recipient, row.reference) for row in told] == [(supervisor, adult.reference)]


def test_a_step_of_a_person_moves_the_complaint_up_the_list_of_changes(officer_psh: User, adult: Victim) -> None:
    earlier = timezone.now() - timedelta(days=1)
    Complaint.objects.filter(pk=adult.complaint_id).update(updated_at=earlier)
    advance(adult, "locate", by=officer_psh)
    assert Complaint.objects.get(pk=adult.complaint_id).updated_at > earlier


def test_the_search_is_taken_up_again_with_a_reason(browser: Browser, officer_psh: User, adult: Victim) -> None:
    advance(adult, "record_rescue", by=officer_psh)
    client = browser(officer_psh)
    assert client.post(url(adult, "steps/resume_search/"), {}).status_code == 400
    assert client.post(url(adult, "steps/resume_search/"), {"note": "Another man"}).status_code == 302
    adult.refresh_from_db()
    assert adult.rescue_status == "reported"


def test_the_title_is_the_reference_and_opening_is_recorded(browser: Browser, officer_psh: User, adult: Victim) -> None:
    text = browser(officer_psh).get(url(adult)).content.decode()
    assert f"<title>{adult.reference} – Sangkroh</title>" in text
    assert AuditEvent.objects.filter(verb="read", object_id=str(adult.pk)).count() == 1


def test_an_analyst_sees_no_name_anywhere(browser: Browser, analyst: User, adult: Victim) -> None:
    client = browser(analyst)
    for path in (url(adult), url(adult, "history/"), "/victims/"):
        text = client.get(path).content.decode()
        assert "Lê Quốc Bảo" not in text
        assert adult.reference in text
    assert [row.reference for row in client.get("/victims/?q=Bao").context["rows"]] == []


def test_a_person_of_another_province_is_no_page(browser: Browser, officer_pp: User, adult: Victim) -> None:
    for rest in ("", "history/", "steps/record_rescue/"):
        assert browser(officer_pp).get(url(adult, rest)).status_code == 404
    assert browser(officer_pp).post(url(adult), {"step": "record_rescue"}).status_code == 404
    assert browser(officer_pp).get("/victims/").context["rows"] == []


def test_a_person_shared_alone_does_not_tell_of_their_complaint(
    browser: Browser, officer_pp: User, adult: Victim
) -> None:
    Grant.objects.create(complaint_id=adult.complaint_id, victim_id=adult.pk, user=officer_pp, kind="referral")
    client = browser(officer_pp)
    assert [row.reference for row in client.get("/victims/?shared=1").context["rows"]] == [adult.reference]
    for path in (url(adult), "/victims/?shared=1"):
        assert adult.complaint.reference not in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=reported", 2),
        ("status=rescued", 0),
        ("q=bao", 1),
        ("nationality=vn", 1),
        ("sex=male", 1),
        ("decision=not_yet_screened", 2),
        ("pending=1", 0),
        ("province=12", 0),
    ],
)
def test_each_filter_narrows(browser: Browser, officer_psh: User, adult: Victim, query: str, found: int) -> None:
    assert len(browser(officer_psh).get(f"/victims/?{query}").context["rows"]) == found


def test_an_empty_list_offers_a_way_out(browser: Browser, officer_psh: User, adult: Victim) -> None:
    text = browser(officer_psh).get("/victims/?status=rescued").content.decode()
    assert "Nobody matches" in text
    assert "clear all filters" in text


def test_the_list_asks_the_same_at_10_50_and_200_rows(browser: Browser, officer_psh: User, registered: Any) -> None:
    """Measured: 9 (session, user, scope, bell, audit, rows, names, count, provinces)."""
    client, counts = browser(officer_psh), []
    client.get("/victims/")
    for more in (10, 40, 150):
        registered(people=[PersonSaid(name=f"Person {number}") for number in range(more)])
        counts.append(len(asked(client, "/victims/?page_size=200")))
    assert counts[0] == counts[1] == counts[2] <= 12, counts
