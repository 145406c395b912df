"""Complaints that may be the same beyond what one reader sees: found by the worker, shown to the ministry, told to nobody who typed."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import Q
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

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
from complaints.services.comparing import FLOOD, compare, mark_changed, mark_renamed, sweep
from complaints.services.index import index
from complaints.services.pairs import advance_pair
from core.sealed import Sealed
from notifications.models import Notification
from people.facts import Name
from provinces.services import edit_site
from tests.factories.accounts import GrantFactory, UserFactory
from tests.factories.places import a_site
from victims.services import change_who
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


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Read reasons in English."""
    with override("en"):
        yield


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


def test_those_who_decide_are_told_once_a_day_and_nobody_else(
    registered: Register, supervisor: User, integrity: User
) -> None:
    two(registered)
    looked()
    told = Notification.objects.filter(kind="pair_found", channel="in_app")
    assert {notice.recipient_id for notice in told} == {supervisor.pk}
    registered(**SAME, handling="national_led")
    looked()
    assert told.filter(recipient=supervisor).count() == 1
    registered(**SAME, handling="sealed")
    looked()
    assert told.filter(recipient=integrity).count() == 1
    assert told.filter(recipient=supervisor).count() == 1


def test_a_pair_found_again_is_told_again(registered: Register, supervisor: User, intake: User) -> None:
    one, _other = two(registered)
    (pair,) = looked()
    told = Notification.objects.filter(kind="pair_found", channel="in_app", recipient=supervisor)
    told.update(read_at=timezone.now(), state="sent", sent_at=timezone.now())
    advance_pair(pair, "dismiss", by=supervisor, note="Two brothers.")
    add_contact(one, ComplaintSaid(channel="hotline", narrative="He has a scar."), by=intake, key="k-2")
    assert looked() == [pair]
    assert told.count() == 2


def test_a_notice_by_another_way_is_no_unread_one(registered: Register, supervisor: User) -> None:
    two(registered)
    looked()
    told = Notification.objects.filter(kind="pair_found", recipient=supervisor)
    told.filter(channel="in_app").update(read_at=timezone.now(), state="sent", sent_at=timezone.now())
    for row in told.filter(channel="in_app"):
        row.pk, row.channel, row.read_at = uuid4(), "email", None
        Notification.objects.bulk_create([row], ignore_conflicts=True)
    registered(**SAME, handling="national_led")
    looked()
    assert told.filter(channel="in_app").count() == 2


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


def test_a_pair_that_is_no_longer_alike_leaves_the_list_and_comes_back_when_it_is_again(
    registered: Register, supervisor: User, browser: Any
) -> None:
    _one, other = two(registered)
    (pair,) = looked()
    corrected(other, "My brother does not answer since May.", "Nguyen Van Minh", supervisor)
    assert looked() == []
    pair.refresh_from_db()
    assert pair.state == "apart"
    step = Transition.objects.of(pair).first()
    assert step is not None
    assert (step.step, step.by.role) == ("fade", "system")
    page = browser(supervisor).get(f"/pairs/{pair.reference}/").content.decode()
    assert "No longer alike: what is said has changed" in page
    assert pair.reference in browser(supervisor).get("/pairs/?state=apart").content.decode()
    corrected(other, SAME["narrative"], "Sokh Chana", supervisor)
    assert looked() == [pair]


def corrected(row: Complaint, narrative: str, name: str, by: User) -> None:
    """Correct what is said and who is sought, and have it compared anew."""
    Complaint._base_manager.filter(pk=row.pk).update(narrative=narrative)
    row.refresh_from_db()
    victim = row.victims.get()
    change_who(victim, by=by, version=victim.person.version, changes={"names": [Name(name)]})
    index(row)


def test_what_somebody_decided_and_what_is_alike_from_either_side_stays(registered: Register, supervisor: User) -> None:
    _one, other = two(registered)
    (pair,) = looked()
    Comparison.objects.update(due_at=timezone.now())
    assert looked() == [pair]
    advance_pair(pair, "link", by=supervisor, tell=["one"])
    corrected(other, "Another thing.", "Nguyen Van Minh", supervisor)
    looked()
    pair.refresh_from_db()
    assert pair.state == "linked"


def test_a_message_and_a_sealed_complaint_no_longer_alike_part(registered: Register, intake: User) -> None:
    sealed = registered(**HELD, handling="sealed")
    said = ContactSaid("enquiry", "hotline", "Who is it that rings from ០៩៧ ៥៥៥ ០១៨៤?")
    log_contact(said, by=intake, key="k-1")
    (pair,) = looked()
    Complaint._base_manager.filter(pk=sealed.pk).update(narrative="He is held behind Wat Leu.")
    sealed.refresh_from_db()
    index(sealed)
    assert looked() == []
    pair.refresh_from_db()
    assert pair.state == "apart"


def test_another_name_of_a_site_compares_what_stands_there_and_what_names_it(
    registered: Register, supervisor: User
) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        site = a_site(supervisor, "Golden Lotus")
    there = registered(site=site.reference, narrative="Held.")
    names = registered(narrative="They sit in the Moonbeam Resort.", province_of_incident="12")
    registered(narrative="Nothing of it.")
    looked()
    assert not Comparison.objects.waiting().exists()
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        assert mark_renamed(timezone.now()) == 0
        edit_site(site, by=supervisor, version=site.version, aliases=["Moonbeam Resort"])
        later = timezone.now() + timedelta(minutes=1)
        assert mark_renamed(later) == 2
        waiting = Comparison.objects.waiting()
        assert set(waiting.values_list("complaint_id", flat=True)) == {there.pk, names.pk}
    with time_machine.travel(timezone.now() + timedelta(minutes=9)):
        looked()
        assert mark_renamed(timezone.now() + timedelta(minutes=1)) == 0


def test_what_becomes_known_of_a_person_is_compared(registered: Register, supervisor: User) -> None:
    registered(people=(PersonSaid(name="សុខ ចាន់ណា", sex="male", age=22),), narrative="Held.")
    other = registered(people=(PersonSaid(sex="male", age=22),), narrative="Gone.", province_of_incident="12")
    assert looked() == []
    later = timezone.now() + timedelta(minutes=5)
    victim = other.victims.get()
    change_who(victim, by=supervisor, version=victim.person.version, changes={"names": [Name("Sok Channa")]})
    assert mark_changed(later) == 2  # the other one came in just now as well
    assert len(looked()) == 1


def test_the_people_of_each_side_are_told_where_the_supervisor_says_so(
    registered: Register, supervisor: User, officer_psh: User, officer_pp: User
) -> None:
    one, _other = two(registered)
    (pair,) = looked()
    own = "one" if pair.one_id == one.pk else "other"
    done = advance_pair(pair, "link", by=supervisor, tell=[own])
    assert done.state == "linked"
    told = Notification.objects.filter(kind="pair_linked", channel="in_app")
    assert {notice.reference for notice in told} == {one.reference}
    assert supervisor.pk not in {notice.recipient_id for notice in told}


def test_nothing_is_told_to_the_less_strict_side(
    registered: Register, integrity: User, supervisor: User, officer_psh: User
) -> None:
    one, sealed = two(registered, handling="sealed")
    (pair,) = looked()
    open_side = "one" if pair.one_id == one.pk else "other"
    with pytest.raises(ValidationError):
        advance_pair(pair, "link", by=integrity, tell=[open_side])
    with pytest.raises(Http404):
        advance_pair(pair, "dismiss", by=supervisor, note="No.")
    advance_pair(pair, "link", by=integrity, tell=["other" if open_side == "one" else "one"])
    told = Notification.objects.filter(kind="pair_linked")
    assert {notice.reference for notice in told} <= {sealed.reference}


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


def test_the_page_shows_both_sides_and_why_to_the_supervisor(
    registered: Register, supervisor: User, browser: Any
) -> None:
    one, other = two(registered)
    (pair,) = looked()
    client = browser(supervisor)
    listed, page = client.get("/pairs/").content.decode(), client.get(f"/pairs/{pair.reference}/").content.decode()
    for text in (listed, page):
        assert one.reference in text
        assert other.reference in text
        assert "the same telephone number is written there" in text
    assert "សុខ ចាន់ណា" in page
    assert "Sokh Chana" in page
    assert f"/merges/new/?one={one.reference}&amp;other={other.reference}" in page
    assert "/pairs/" in client.get("/").content.decode()
    assert client.get("/pairs/?state=nothing").status_code == 400


def test_the_integrity_unit_reads_its_own_side_alone(
    registered: Register, integrity: User, browser: Any, program: Any
) -> None:
    reporter = ReporterSaid(name="Bình", phone="012 345 678", relation="family")
    one, sealed = registered(**HELD, reporter=reporter), registered(**SAME, reporter=reporter, handling="sealed")
    (pair,) = looked()
    client = browser(integrity)
    for address in ("/pairs/", f"/pairs/{pair.reference}/", f"/pairs/{pair.reference}/steps/link/"):
        text = client.get(address).content.decode()
        assert sealed.reference in text
        assert one.reference not in text
        assert "Wat Leu" not in text
        assert "the same number called before" not in text
    said = program(integrity).get(f"/api/v1/pairs/{pair.reference}/").json()
    assert {said["one"], said["other"]} == {sealed.reference, None}
    assert "number_called" not in said["codes"]
    assert {step["step"] for step in said["available_steps"]} == {"link", "dismiss"}


def test_a_supervisor_decides_by_the_form_and_by_the_api(
    registered: Register, supervisor: User, browser: Any, program: Any
) -> None:
    two(registered)
    (pair,) = looked()
    client, address = browser(supervisor), f"/pairs/{pair.reference}/steps/dismiss/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"note": ""}).status_code == 400
    assert client.post(address, {"note": "Two brothers"}).status_code == 302
    steps = f"/api/v1/pairs/{pair.reference}/steps/"
    assert program(supervisor).post(steps, {"step": "take_up"}, format="json").json()["state"] == "open"
    sent = {"step": "link", "tell": ["one", "other"]}
    assert program(supervisor).post(steps, sent, format="json").json()["state"] == "linked"
    assert program(supervisor).post(steps, sent, format="json").status_code == 409
    assert program(supervisor).post(steps, {"step": "dismiss", "note": ""}, format="json").status_code == 400
    assert program(supervisor).get("/api/v1/pairs/?state=linked").json()["results"][0]["reference"] == pair.reference
    assert program(supervisor).get("/api/v1/pairs/?province=18").status_code == 400


def test_the_list_asks_the_same_for_1_and_for_12(registered: Register, supervisor: User, browser: Any) -> None:
    client, costs = browser(supervisor), []
    for more in (1, 3):
        for n in range(more):
            registered(**HELD)
            registered(**SAME, province_of_incident=("12", "01", "20")[n])
        sweep()
        client.get("/pairs/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/pairs/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 12


def test_a_sealed_number_that_cannot_be_opened_stops_nothing(registered: Register) -> None:
    reporter = ReporterSaid(name="Bình", phone="012 345 678", relation="family")
    registered(**HELD, reporter=reporter)
    Reporter.objects.update(phone=Sealed(b"\x01 moved here from another row"))
    registered(**SAME, province_of_incident="12")
    assert len(looked()) == 1
    assert not Comparison.objects.waiting().exists()
