"""Two complaints become one, and two again."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.translation import override

from accounts.models import Grant, User
from complaints.models import Complaint, Contact, ContactAttempt, Evidence, NumberRevision, ProposedChange
from complaints.said import PersonSaid
from complaints.services import (
    add_people,
    advance,
    change_facts,
    confirm_change,
    confirm_merge,
    name_suspect,
    propose_change,
    send_back_change,
)
from complaints.services.attempts import record_attempt
from complaints.services.evidence import keep_evidence
from core.exceptions import Conflict
from people.services import make_person
from provinces.models import Province, Site
from provinces.services import add_site, edit_site
from suspects.models import Suspect
from tests.api.test_races import at_once
from tests.complaints.merging import merged, parted, proposed, seen
from tests.factories.accounts import GrantFactory
from tests.factories.cases import CaseFileFactory, OperationFactory
from victims.models import Victim
from victims.services import add_victim
from victims.services import advance as advance_victim
from workflow.models import Merge, Transition

Registered = Callable[..., Complaint]
TWO = (PersonSaid(name="Lan", sex="female", age=20, nationality="VN"), PersonSaid())


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def pair(registered: Registered) -> tuple[Complaint, Complaint]:
    """Two complaints of one building: two people each, the second says three."""
    return registered(people=TWO, number=(None, 2, None)), registered(people=TWO, number=(None, 3, None))


def add_site_in_psh(by: User) -> Site:
    return add_site(by=by, province=Province.objects.get(pk="18"), name_en="Blue Hotel")


def now(complaint: Complaint) -> Complaint:
    return Complaint._base_manager.get(pk=complaint.pk)


def test_everything_moves_and_the_ledger_adds_up(pair: Any, supervisor: User, supervisor2: User) -> None:
    one, other = pair
    suspect = name_suspect(other, PersonSaid(name="王伟"), by=supervisor)
    file = CaseFileFactory()
    file.complaints.add(other)
    merge = merged(one, other, supervisor, supervisor2)
    survivor, absorbed = now(one), now(other)
    assert (survivor.n_people, survivor.number_reported, survivor.ledger["sought"]) == (4, 4, 4)
    assert (absorbed.n_people, absorbed.merged_into_id, absorbed.outcome) == (0, one.pk, "duplicate")
    assert Contact.objects.filter(complaint=one).count() == 2
    assert Suspect.objects.get(pk=suspect.pk).complaint_id == one.pk
    assert list(file.complaints.all()) == [survivor]
    revision = NumberRevision.objects.get(complaint=one)
    assert (revision.before, revision.after, revision.by, revision.approved_by) == (2, 4, supervisor, supervisor2)
    moved = {name for name, _key in merge.moved}
    assert {"victims.victim.complaint_id", "complaints.contact.complaint_id"} <= moved
    for victim in Victim.objects.filter(complaint=one):
        assert set(Transition.objects.of(victim).values_list("complaint_id", flat=True)) == {one.pk}


def test_an_operation_moves_with_what_it_found(registered: Registered, supervisor: User, supervisor2: User) -> None:
    one, other = registered(), registered(province_of_incident="12")
    operation = OperationFactory(found_under=other, province_id="12", handling=other.handling)
    merge = merged(one, other, supervisor, supervisor2)
    operation.refresh_from_db()
    assert (operation.found_under_id, operation.province_id) == (one.pk, "18")
    parted(merge, supervisor)
    operation.refresh_from_db()
    assert (operation.found_under_id, operation.province_id) == (other.pk, "12")


def test_what_a_merge_was_with_is_read_where_the_other_may_be_seen(
    browser: Callable[[User], Client], pair: Any, supervisor: User, supervisor2: User, officer_psh: User
) -> None:
    one, other = pair
    parted(merged(one, other, supervisor, supervisor2), supervisor)
    pages = [f"/complaints/{other.reference}/", f"/complaints/{other.reference}/history/"]

    def read() -> list[str]:
        return [browser(officer_psh).get(page).content.decode() for page in pages]

    assert all(one.reference in page for page in read())
    advance(now(one), "seal", by=supervisor, note="An official is named.")
    assert all("A merge was taken back" in page and one.reference not in page for page in read())


def test_undoing_gives_all_of_it_back(pair: Any, supervisor: User, supervisor2: User) -> None:
    one, other = pair
    name_suspect(other, PersonSaid(name="王伟"), by=supervisor)
    file = CaseFileFactory()
    file.complaints.add(other)
    merge = parted(merged(one, other, supervisor, supervisor2), supervisor)
    survivor, absorbed = now(one), now(other)
    assert (survivor.n_people, survivor.number_reported) == (2, 2)
    assert (absorbed.n_people, absorbed.number_reported, absorbed.outcome, absorbed.outcome_at) == (2, 3, "", None)
    assert [Contact.objects.filter(complaint=row).count() for row in pair] == [1, 1]
    assert (absorbed.suspects.count(), list(file.complaints.all())) == (1, [absorbed])
    assert merge.kept == {"fields": [], "rows": 0}
    assert list(NumberRevision.objects.filter(complaint=one).order_by("at").values_list("before", "after")) == [
        (2, 4),
        (4, 2),
    ]
    for victim in Victim.objects.filter(complaint=other):
        assert set(Transition.objects.of(victim).values_list("complaint_id", flat=True)) == {other.pk}


def test_people_added_since_stay_and_keep_the_number_up(pair: Any, supervisor: User, supervisor2: User) -> None:
    one, other = pair
    merge = merged(one, other, supervisor, supervisor2)
    (added,) = add_people(now(one), [PersonSaid()], by=supervisor)
    merge = parted(merge, supervisor)
    survivor = now(one)
    assert Victim.objects.get(pk=added.pk).complaint_id == one.pk
    assert (survivor.n_people, survivor.number_reported, merge.kept["fields"]) == (3, 5, ["number"])


def test_a_higher_number_may_be_chosen_a_lower_one_not(pair: Any, supervisor: User, supervisor2: User) -> None:
    one, other = pair
    change_facts(now(other), by=supervisor, version=now(other).version, changes={"number_reported": 30})
    with pytest.raises(Exception, match="Choose one of the answers"):
        proposed(other, one, supervisor, chosen=["number"])
    merge = merged(one, other, supervisor, supervisor2, chosen=["number", "narrative", "forms"])
    assert (now(one).number_reported, now(one).n_people) == (30, 4)
    parted(merge, supervisor)
    assert now(one).number_reported == 2


def test_a_person_in_both_stands_once(
    registered: Registered, intake: User, supervisor: User, supervisor2: User
) -> None:
    one, other = registered(number=(None, 1, None)), registered(number=(None, 1, None))
    son = make_person(name="Hòa", sex="male")
    rows = [add_victim(complaint, son, by=intake) for complaint in (one, other)]
    advance_victim(rows[1], "record_rescue", by=supervisor)
    merge = merged(one, other, supervisor, supervisor2)
    assert (now(one).n_people, now(one).n_rescued, now(one).number_reported) == (1, 1, 1)
    parted(merge, supervisor)
    assert [(now(row).n_people, now(row).n_rescued) for row in (one, other)] == [(1, 1), (1, 1)]


def test_who_was_named_sees_it_still_and_not_more(
    registered: Registered, supervisor: User, supervisor2: User, officer_pp: User
) -> None:
    one, other = registered(by=supervisor, handling="national_led"), registered(by=supervisor, handling="national_led")
    GrantFactory(complaint_id=other.pk, user=officer_pp, kind="naming")
    merge = merged(one, other, supervisor, supervisor2)
    assert Complaint.objects.visible_to(officer_pp).filter(pk=one.pk).exists()
    parted(merge, supervisor)
    assert not Complaint.objects.visible_to(officer_pp).filter(pk=one.pk).exists()
    assert Grant.objects.get(user=officer_pp).complaint_id == other.pk


def test_a_merge_opens_nothing_that_is_led_or_sealed(
    registered: Registered, supervisor: User, supervisor2: User, officer_psh: User
) -> None:
    open_one, led = registered(), registered(by=supervisor, handling="national_led")
    with pytest.raises(Conflict, match="more strictly"):
        proposed(open_one, led, supervisor)
    file = CaseFileFactory()
    file.complaints.add(open_one)
    GrantFactory(complaint_id=open_one.pk, user=officer_psh, kind="naming")
    merged(led, open_one, supervisor, supervisor2)
    assert not Complaint.objects.visible_to(officer_psh).filter(pk=led.pk).exists()
    file.refresh_from_db()
    assert file.handling == "national_led"


def test_what_was_merged_is_seen_by_nobody_more_than_what_stayed(
    registered: Registered, supervisor: User, supervisor2: User, officer_psh: User
) -> None:
    led, one, site = registered(by=supervisor, handling="national_led"), registered(), add_site_in_psh(supervisor)
    merge = merged(led, one, supervisor, supervisor2)
    assert now(one).handling == "national_led"
    assert not Complaint.objects.visible_to(officer_psh).filter(pk=one.pk).exists()
    parted(merge, supervisor)
    assert now(one).handling == "provincial"
    here = [registered(site=site.reference) for _ in range(3)]
    early = merged(here[1], here[0], supervisor, supervisor2)
    late = merged(here[2], here[1], supervisor, supervisor2)
    edit_site(site, by=supervisor, version=site.version, national_led=True)
    assert {now(row).handling for row in here} == {"national_led"}
    parted(late, supervisor)
    parted(early, supervisor)
    assert {now(row).handling for row in here} == {"national_led"}


def test_across_provinces_the_survivors_rules(
    registered: Registered, intake: User, supervisor: User, supervisor2: User, officer_pp: User
) -> None:
    one, other = registered(people=TWO), registered(people=TWO, province_of_incident="12")
    with pytest.raises(PermissionDenied):
        proposed(one, other, intake)
    merge = merged(one, other, supervisor, supervisor2)
    assert set(Victim.objects.filter(complaint=one).values_list("province_id", flat=True)) == {"18"}
    assert not Victim.objects.visible_to(officer_pp).exists()
    parted(merge, supervisor)
    assert Victim.objects.visible_to(officer_pp).count() == 2


def test_nobody_is_sought_in_a_closed_complaint(registered: Registered, supervisor: User) -> None:
    closed, other = registered(), registered(people=TWO)
    for state in ("acknowledged", "verifying", "decided", "closing_proposed", "closed"):
        Complaint.objects.filter(pk=closed.pk).update(status=state)
    with pytest.raises(Conflict, match="closed"):
        proposed(closed, other, supervisor)


def test_the_old_reference_leads_on_and_takes_nothing_more(
    pair: Any, supervisor: User, supervisor2: User, browser: Callable[..., Client], program: Any
) -> None:
    one, other = pair
    merged(one, other, supervisor, supervisor2)
    answer = browser(supervisor).get(f"/complaints/{other.reference}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/complaints/{one.reference}/")
    assert program(supervisor).get(f"/api/v1/complaints/{other.reference}/").json()["merged_into"] == one.reference
    listed = [row["reference"] for row in program(supervisor).get("/api/v1/complaints/").json()["results"]]
    assert listed == [one.reference]
    for act in (
        lambda: add_people(other, [PersonSaid()], by=supervisor),
        lambda: advance(other, "acknowledge", by=supervisor),
    ):
        with pytest.raises(Conflict, match="merged into another record"):
            act()


@pytest.mark.django_db(transaction=True)
def test_twenty_who_merge_part_and_add_people_leave_a_number_that_covers(
    registered: Registered, supervisor: User, supervisor2: User
) -> None:
    rows = [registered(people=TWO, number=(None, 2, None)) for _ in range(3)]
    merges = [proposed(rows[0], row, supervisor) for row in rows[1:]]

    def act(n: int) -> None:
        with suppress(Conflict):
            merge = Merge.objects.get(pk=merges[n % 2].pk)
            if n % 3 == 0:
                confirm_merge(merge, by=supervisor2, seen=seen(merge))
            elif n % 3 == 1:
                add_people(now(rows[n % 3]), [PersonSaid()], by=supervisor)
            else:
                parted(merge, supervisor)

    at_once([lambda n=n: act(n) for n in range(20)])
    for complaint in Complaint.objects.all():
        assert complaint.n_people == Victim.objects.live().filter(complaint=complaint).count()
        assert complaint.n_people <= (complaint.number_reported or 0)
    for merge in Merge.objects.filter(at__isnull=False):
        if merge.is_done:
            parted(merge, supervisor)
    assert Complaint.objects.live().count() == 3
    assert all(now(row).n_people >= 2 for row in rows)


def test_what_was_verified_moves_and_comes_back(pair: Any, supervisor: User, supervisor2: User) -> None:
    one, other = pair
    tried = {"way": "telephone", "whom": "family", "result": "no_answer"}
    for row, act in ((one, "receipt"), (other, "transport")):
        row = advance(advance(row, "acknowledge", by=supervisor), "start_verification", by=supervisor)
        keep_evidence(row, by=supervisor, version=0, said={"act": [act]})
        record_attempt(row, by=supervisor, **tried)
    waits = propose_change(now(other), by=supervisor, field="province_of_incident", after="12", why="They were moved.")
    merge = merged(one, other, supervisor, supervisor2)
    assert ContactAttempt.objects.filter(complaint=one).count() == 2
    assert [row.act for row in Evidence.objects.filter(complaint=one)] == [["receipt"]]
    assert Evidence.objects.get(complaint=other).act == ["transport"]
    with pytest.raises(Conflict):
        confirm_change(ProposedChange.objects.get(pk=waits.pk), by=supervisor2)
    send_back_change(ProposedChange.objects.get(pk=waits.pk), by=supervisor2, note="Merged meanwhile.")
    parted(merge, supervisor)
    assert [ContactAttempt.objects.filter(complaint=row).count() for row in pair] == [1, 1]
    assert ProposedChange.objects.get(pk=waits.pk).complaint_id == other.pk


def test_a_taken_urgency_has_its_own_limit_and_gives_it_back(
    registered: Registered, supervisor: User, supervisor2: User
) -> None:
    one, other = registered(urgency="normal"), registered(urgency="immediate")
    before = now(one).due_at
    merge = merged(one, other, supervisor, supervisor2, chosen=["urgency"])
    assert (now(one).urgency, now(one).due_at) == ("immediate", one.received_at + timedelta(hours=1))
    parted(merge, supervisor)
    assert (now(one).urgency, now(one).due_at) == ("normal", before)
