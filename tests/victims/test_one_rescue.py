"""A rescue ends every search for the person; the decision of who they are is one for the whole Rescue."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from complaints.models import Complaint
from core.exceptions import Conflict
from notifications.models import Notification
from people.services import make_person
from tests.api.test_races import at_once
from victims.models import Victim
from victims.services import add_victim, advance, decide
from workflow.models import Transition

Registered = Callable[..., Complaint]
Browser = Callable[..., Client]


@pytest.fixture
def son(registered: Registered, intake: User) -> Callable[..., list[Victim]]:
    """One son sought in several complaints: by his mother, an embassy, a friend."""

    def sought(*provinces: str, **said: Any) -> list[Victim]:
        person = make_person(name="Nguyễn Văn Hòa", sex="male", age=24, nationality="VN")
        return [add_victim(registered(province_of_incident=code, **said), person, by=intake) for code in provinces]

    return sought


def fresh(rows: list[Victim]) -> list[Victim]:
    return [Victim.objects.get(pk=row.pk) for row in rows]


def test_a_rescue_ends_every_search_and_counts_once(son: Any, officer_psh: User) -> None:
    rows = son("18", "12", "18")
    advance(rows[0], "record_rescue", by=officer_psh)
    first, *others = fresh(rows)
    assert {row.rescue_status for row in fresh(rows)} == {"rescued"}
    assert {(row.rescued_on, row.rescued_in_id) for row in others} == {(first.rescued_on, "18")}
    assert (first.ended_by, {row.ended_by_id for row in others}) == (None, {first.pk})
    assert list(Victim.objects.rescues()) == [first]
    assert {row.complaint.ledger["sought"] for row in fresh(rows)} == {0}


def test_the_other_officers_are_told_and_learn_nothing_of_the_other_complaint(
    son: Any, officer_psh: User, officer_pp: User, browser: Browser
) -> None:
    here, there = son("18", "12")
    with override("km"):
        advance(here, "record_rescue", by=officer_psh, note="Found on the roof", place="Tower 4")
    assert Notification.objects.filter(recipient=officer_pp, reference=there.reference, kind="rescue_recorded").exists()
    client = browser(officer_pp)
    km, en = (
        client.get(f"/victims/{there.reference}/", headers={"accept-language": language}).content.decode()
        for language in ("km", "en")
    )
    assert "បានសង្គ្រោះហើយ តាមដែលកត់ត្រានៅកន្លែងផ្សេង។" in km
    assert "Rescued, as recorded elsewhere." in en
    assert "Preah Sihanouk" in en
    for secret in (here.reference, here.complaint.reference, "roof", "Tower 4", officer_psh.display_name):
        assert secret not in en
    line = Transition.objects.get(object_id=there.pk, step="record_rescue")
    assert line.by.role == "system"


def test_where_they_were_brought_out_may_be_another_province(son: Any, officer_psh: User) -> None:
    (row,) = son("18")
    assert advance(row, "record_rescue", by=officer_psh, rescued_in="15").rescued_in_id == "15"


def test_a_search_taken_up_again_gives_the_others_back(son: Any, officer_psh: User) -> None:
    rows = son("18", "12")
    done = advance(rows[0], "record_rescue", by=officer_psh)
    advance(done, "resume_search", by=officer_psh, note="It was his cousin")
    assert {(row.rescue_status, row.rescued_on, row.ended_by) for row in fresh(rows)} == {("reported", None, None)}


def test_an_ended_search_taken_up_again_stays_alone(son: Any, officer_psh: User, officer_pp: User) -> None:
    rows = son("18", "12")
    advance(rows[0], "record_rescue", by=officer_psh)
    advance(fresh(rows)[1], "resume_search", by=officer_pp, note="Another man of this name")
    assert [row.rescue_status for row in fresh(rows)] == ["rescued", "reported"]


def test_a_later_search_is_not_ended_by_an_earlier_rescue(
    son: Any, officer_psh: User, registered: Registered, intake: User
) -> None:
    (row,) = son("18")
    advance(row, "record_rescue", by=officer_psh)
    again = add_victim(registered(), row.person, by=intake)
    assert (again.rescue_status, again.decision) == ("reported", "not_yet_screened")


def test_the_decision_is_one_for_the_rescue(son: Any, officer_psh: User, browser: Browser) -> None:
    rows = son("18", "12")
    advance(rows[0], "record_rescue", by=officer_psh)
    answer = browser(officer_psh).post(
        f"/victims/{rows[0].reference}/identification/decide_trafficked/",
        {"has_act": "yes", "has_means": "yes", "has_purpose": "yes", "note": "Sold twice"},
    )
    assert answer.status_code == 302
    assert {(row.decision, row.decided_by_id, row.has_means) for row in fresh(rows)} == {
        ("trafficked", officer_psh.pk, True)
    }
    elsewhere = Transition.objects.get(object_id=rows[1].pk, step="decide_trafficked")
    assert "Sold" not in elsewhere.note


def test_nobody_is_identified_before_they_are_found(son: Any, officer_psh: User, browser: Browser) -> None:
    (row,) = son("18")
    with pytest.raises(Conflict):
        decide(row, "decide_presumed", by=officer_psh)
    answer = browser(officer_psh).get(f"/victims/{row.reference}/identification/decide_presumed/")
    assert answer.status_code == 409


def test_not_a_victim_takes_two_people_and_the_second_at_the_ministry(
    son: Any, officer_psh: User, supervisor: User, browser: Browser
) -> None:
    rows = son("18", "12")
    done = advance(rows[0], "record_rescue", by=officer_psh)
    decide(done, "propose_not_a_victim", by=officer_psh, note="Came to work in the office by himself")
    assert {row.decision for row in fresh(rows)} == {"not_yet_screened"}
    assert Notification.objects.filter(recipient=supervisor, kind="clearing_proposed").exists()
    url = f"/victims/{done.reference}/identification/confirm_not_a_victim/"
    assert browser(officer_psh).post(url, {}).status_code == 403
    assert done.reference in browser(supervisor).get("/").content.decode()
    assert browser(supervisor).post(url, {}).status_code == 302
    assert {(row.decision, row.cleared_proposed_by) for row in fresh(rows)} == {("not_a_victim", None)}


def test_for_a_child_no_means_is_asked_and_nothing_is_decided_by_itself(
    registered: Registered, intake: User, officer_psh: User, browser: Browser
) -> None:
    child = add_victim(registered(), make_person(age=12), by=intake)
    decide(
        advance(child, "record_rescue", by=officer_psh),
        "decide_presumed",
        by=officer_psh,
        has_act=True,
        has_purpose=True,
    )
    page = browser(officer_psh).get(f"/victims/{child.reference}/", headers={"accept-language": "en"}).content.decode()
    assert "For a child no means is needed" in page
    assert Victim.objects.get(pk=child.pk).decision == "presumed"


def test_a_program_takes_the_steps_of_both_tables(program: Any, son: Any, officer_psh: User) -> None:
    (row,) = son("18")
    client, url = program(officer_psh), f"/api/v1/victims/{row.reference}/steps/"
    answer = client.post(url, {"step": "record_rescue"})
    assert "decide_presumed" in {step["step"] for step in answer.json()["available_steps"]}
    answer = client.post(url, {"step": "decide_presumed", "has_act": True})
    assert (answer.status_code, answer.json()["decision"]) == (200, "presumed")


@pytest.mark.django_db(transaction=True)
def test_twenty_who_record_one_rescue_at_once_leave_one(son: Any, officer_psh: User, supervisor: User) -> None:
    rows = son("18", "18", "18", "18", number=(None, 2, None))
    day = timezone.now() - timedelta(hours=2)

    def record(row: Victim, at: datetime) -> None:
        with suppress(Conflict):
            advance(row, "record_rescue", by=officer_psh, happened_at=at)

    at_once([lambda n=n: record(rows[n % 4], day - timedelta(minutes=n)) for n in range(20)])
    assert len(Victim.objects.rescues()) == 1
    assert {row.rescue_status for row in fresh(rows)} == {"rescued"}
    assert sorted(row.ended_by_id is None for row in fresh(rows)) == [False, False, False, True]
    assert [row.complaint.ledger["rescued"] for row in fresh(rows)] == [1, 1, 1, 1]
