"""Complaints that may be the same beyond what one reader sees: found by the worker, shown to the ministry, told to nobody who typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.services import system_user
from complaints.models import Comparison, Complaint, Contact, Pair, Reporter
from complaints.said import ComplaintSaid, ContactSaid, PersonSaid, ReporterSaid
from complaints.services import (
    add_contact,
    confirm_merge,
    log_contact,
    propose_merge,
    register_complaint,
    undo_merge,
)
from complaints.services.comparing import FLOOD, compare, sweep
from complaints.services.pairs import advance_pair
from core.sealed import Sealed
from notifications.models import Notification
from tests.factories.accounts import GrantFactory, UserFactory
from workflow import merging
from workflow.models import Transition
from workflow.shapes import SHAPES

Register = Callable[..., Complaint]
HELD: dict[str, Any] = {
    "people": (PersonSaid(name="សុខ ចាន់ណា", sex="male", age=22, nationality="KH"),),
    "narrative": "He is held behind Wat Leu, ring 097 555 0184.",
}
SAME: dict[str, Any] = {
    "people": (PersonSaid(name="Sokh Chana", sex="male", age=22, nationality="KH"),),
    "narrative": "My brother does not answer since May. A man rings from +855 97 555 0184.",
}


def looked() -> list[Pair]:
    """Let the worker look at all that waits; give what is to be looked at."""
    sweep()
    return list(Pair.objects.visible_to(system_user()).open().order_by("found_at"))


def two(registered: Register, **other: Any) -> tuple[Complaint, Complaint]:
    return registered(**HELD), registered(**(SAME | {"province_of_incident": "12"} | other))


def test_two_provinces_that_seek_the_same_are_found_once(registered: Register, supervisor: User) -> None:
    one, other = two(registered)
    (pair,) = looked()
    assert {pair.one_id, pair.other_id} == {one.pk, other.pk}
    assert "number_written" in pair.reasons
    assert any(code.startswith("person.") for code in pair.reasons)
    assert looked() == [pair]
    assert Comparison.objects.waiting().count() == 0
    assert not any("ចាន់ណា" in code or "0184" in code for code in pair.reasons)


def test_the_bell_compares_what_it_rang_for(registered: Register) -> None:
    one, other = two(registered)
    assert compare(str(other.pk)) == 1
    assert compare(str(other.pk)) == 0
    assert compare(str(one.pk)) == 0


def test_in_a_flood_the_bell_leaves_all_to_the_sweep(registered: Register) -> None:
    one, _other = two(registered)
    for n in range(FLOOD):
        registered(narrative=f"Another thing, number {n}.")
    assert compare(str(one.pk)) == 0
    assert len(looked()) == 1


def test_what_one_reader_sees_makes_no_pair(registered: Register, officer_psh: User) -> None:
    registered(**HELD)
    registered(**SAME)
    assert looked() == []


def test_in_one_province_what_the_ministry_leads_is_beyond_what_is_provincial(registered: Register) -> None:
    registered(**HELD)
    registered(**SAME, handling="national_led")
    assert len(looked()) == 1


def test_other_people_make_no_pair(registered: Register) -> None:
    registered(**HELD)
    registered(
        people=(PersonSaid(name="Nguyen Thi Lan", sex="female", age=19),),
        narrative="She works at a market and wants to come home.",
        province_of_incident="12",
    )
    assert looked() == []


@pytest.mark.parametrize("handling", ["provincial", "national_led", "sealed"])
def test_who_sees_a_pair(
    handling: str,
    registered: Register,
    supervisor: User,
    integrity: User,
    intake: User,
    officer_psh: User,
    officer_pp: User,
    analyst: User,
) -> None:
    _one, other = two(registered, handling=handling)
    GrantFactory(complaint_id=other.pk, user=supervisor, kind="naming")
    looked()
    sees = {
        user.role
        for user in (supervisor, integrity, intake, officer_psh, officer_pp, analyst)
        if Pair.objects.visible_to(user).exists()
    }
    assert sees == {"integrity" if handling == "sealed" else "supervisor"}


def test_a_seal_takes_the_pair_away_from_the_supervisors(
    registered: Register, supervisor: User, integrity: User
) -> None:
    _one, other = two(registered)
    looked()
    assert Pair.objects.visible_to(supervisor).exists()
    Complaint._base_manager.filter(pk=other.pk).update(handling="sealed")
    assert not Pair.objects.visible_to(supervisor).exists()
    assert Pair.objects.visible_to(integrity).exists()


def test_what_moves_is_compared_anew(registered: Register) -> None:
    registered(**HELD)
    there = registered(**SAME)
    assert looked() == []
    Complaint._base_manager.filter(pk=there.pk).update(province_id="12", province_of_incident_id="12")
    assert len(looked()) == 1


def test_a_message_is_compared_with_what_is_sealed_alone(
    registered: Register, intake: User, integrity: User, supervisor: User
) -> None:
    registered(**HELD)
    sealed = registered(**HELD, handling="sealed")
    said = ContactSaid("enquiry", "hotline", "Who is it that rings from ០៩៧ ៥៥៥ ០១៨៤?")
    contact, _made = log_contact(said, by=intake, key="k-1")
    pairs = [pair for pair in looked() if pair.contact_id]
    assert [(pair.contact_id, pair.other_id) for pair in pairs] == [(contact.pk, sealed.pk)]
    assert pairs[0] in Pair.objects.visible_to(integrity)
    assert pairs[0] not in Pair.objects.visible_to(supervisor)


def test_a_reporter_who_called_two_provinces_is_found(registered: Register) -> None:
    reporter = ReporterSaid(name="Bình", phone="012 345 678", relation="family")
    registered(narrative="Two girls in a bar.", reporter=reporter)
    registered(narrative="A boat was seen.", reporter=reporter, province_of_incident="12")
    (pair,) = looked()
    assert pair.reasons == ["number_called"]


def test_the_one_who_typed_learns_nothing(
    registered: Register, officer_psh: User, officer_pp: User, intake: User, browser: Any, program: Any
) -> None:
    one, other = two(registered, handling="national_led")
    page = browser(officer_psh).get(f"/complaints/{one.reference}/").content
    told = dict(Complaint.objects.filter(pk__in=[one.pk, other.pk]).values_list("pk", "updated_at"))
    assert len(looked()) == 1
    after = browser(officer_psh).get(f"/complaints/{one.reference}/").content.decode()
    assert other.reference not in after
    assert len(after) == len(page.decode())
    assert dict(Complaint.objects.filter(pk__in=[one.pk, other.pk]).values_list("pk", "updated_at")) == told
    assert not Transition.objects.filter(complaint_id__in=[one.pk, other.pk], object_type="complaints.pair").exists()
    for user in (officer_psh, officer_pp, intake):
        assert browser(user).get("/pairs/").status_code == 403
        assert program(user).get("/api/v1/pairs/").status_code == 403
        assert not Notification.objects.filter(recipient=user, kind__startswith="pair").exists()


def test_registering_costs_the_same_whatever_it_is_like(registered: Register) -> None:
    registered(narrative="Nothing alike.", province_of_incident="12")
    costs = []
    for said in ({"narrative": "Another thing."}, HELD | {"people": ()}):
        with CaptureQueriesContext(connection) as queries:
            registered(**said)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_not_the_same_needs_why_and_stays_until_the_words_change(
    registered: Register, supervisor: User, intake: User
) -> None:
    one, _other = two(registered)
    (pair,) = looked()
    with pytest.raises(ValidationError):
        advance_pair(pair, "dismiss", by=supervisor)
    advance_pair(pair, "dismiss", by=supervisor, note="Two brothers.")
    Comparison.objects.update(due_at=timezone.now())
    assert looked() == []
    add_contact(one, ComplaintSaid(channel="hotline", narrative="He has a scar."), by=intake, key="k-2")
    assert looked() == [pair]


@pytest.mark.parametrize("step", ["join", "part", "find_again", "fade"])
def test_what_the_worker_says_nobody_else_says(step: str, registered: Register, supervisor: User) -> None:
    two(registered)
    (pair,) = looked()
    with pytest.raises(PermissionDenied):
        advance_pair(pair, step, by=supervisor)


def test_a_merge_settles_the_pair_and_its_undoing_brings_it_back(registered: Register, supervisor: User) -> None:
    one, other = two(registered)
    (pair,) = looked()
    merge = propose_merge(
        one, other, by=supervisor, why="One man", references=(one.reference, other.reference), chosen=[]
    )
    second = UserFactory(role="supervisor")
    both = merging.both(SHAPES[merge.object_type], one.pk, other.pk)
    confirm_merge(merge, by=second, seen=merging.state_of(*both))
    pair.refresh_from_db()
    assert pair.state == "joined"
    assert pair.one_id != pair.other_id
    merge.refresh_from_db()
    undo_merge(merge, by=second, why="Two men")
    pair.refresh_from_db()
    assert pair.state == "open"


def test_a_look_is_bounded_and_costs_the_same_among_many(registered: Register) -> None:
    for _n in range(12):
        registered(**SAME, province_of_incident="12")
    sweep()
    costs = []
    for _n in range(2):
        one = registered(**HELD)
        with CaptureQueriesContext(connection) as queries:
            compare(str(one.pk))
        costs.append(len(queries))
        assert Pair.objects.filter(Q(one=one) | Q(other=one)).count() == 5
    assert costs[0] <= costs[1] + 5


def test_a_contact_that_was_dealt_with_is_not_compared(intake: User) -> None:
    said = ContactSaid("enquiry", "hotline", "Who rings from 097 555 0184?")
    contact, _made = log_contact(said, by=intake, key="k-1")
    Contact.objects.filter(pk=contact.pk).update(status="answered")
    assert looked() == []
    assert not Comparison.objects.waiting().exists()


def test_registered_again_by_the_same_key_marks_nothing_new(intake: User) -> None:
    said = ComplaintSaid(channel="hotline", narrative="Nine people", province_of_incident="18")
    for _n in range(2):
        register_complaint(said, by=intake, key="k-9")
    assert Comparison.objects.count() == 1


def test_a_sealed_number_that_cannot_be_opened_stops_nothing(registered: Register) -> None:
    reporter = ReporterSaid(name="Bình", phone="012 345 678", relation="family")
    registered(**HELD, reporter=reporter)
    Reporter.objects.update(phone=Sealed(b"\x01 moved here from another row"))
    registered(**SAME, province_of_incident="12")
    assert len(looked()) == 1
    assert not Comparison.objects.waiting().exists()
