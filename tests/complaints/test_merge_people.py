"""Two persons become one, and two again: the ledger adds up, a figure counts a person once, and nobody decides alone."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from accounts.services import system_user
from complaints.models import Complaint, NumberRevision
from complaints.said import PersonSaid
from complaints.services import confirm_merge, name_suspect, send_back_merge
from core.exceptions import Conflict
from notifications.models import Notification
from people.models import Person
from people.services import make_person
from reports.check import check
from reports.indicators import Window
from suspects.models import Suspect
from tests.api.test_races import at_once
from tests.complaints.merging import merged, parted, proposed, seen
from tests.factories.accounts import PostingFactory
from tests.suspects import arrested
from victims.models import Victim
from victims.services import add_victim, advance, decide
from workflow.models import Approval, Merge, Transition

Registered = Callable[..., Complaint]
Seek = Callable[..., Victim]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def seek(registered: Registered, intake: User) -> Seek:
    """Seek a new person in a complaint of a province, or in one that is there."""

    def sought(province: str = "18", *, name: str = "Hòa", complaint: Any = None, **said: Any) -> Victim:
        person = make_person(name=name, sex="male", age=24, nationality="VN")
        return add_victim(complaint or registered(province_of_incident=province, **said), person, by=intake)

    return sought


def fresh(*rows: Any) -> list[Any]:
    return [type(row)._base_manager.get(pk=row.pk) for row in rows]


def ledger(row: Victim) -> dict[str, int]:
    return Complaint.objects.get(pk=row.complaint_id).ledger


def test_everything_of_one_person_is_the_others(seek: Seek, supervisor: User, supervisor2: User) -> None:
    one, other = seek(), seek("12", name="Van Hoa")
    merge = merged(one, other, supervisor, supervisor2, chosen=["nationality"])
    assert {row.person_id for row in fresh(one, other)} == {one.person_id}
    assert set(one.person.names.values_list("text", flat=True)) == {"Hòa", "Van Hoa"}
    assert fresh(other.person)[0].merged_into_id == one.person_id
    assert (merge.by, merge.approved_by, merge.approval.state) == (supervisor, supervisor2, "approved")
    assert sorted(name for name, _key in merge.moved) == ["people.personname.person_id", "victims.victim.person_id"]


def test_undoing_gives_all_of_it_back(seek: Seek, supervisor: User, supervisor2: User) -> None:
    one, other = seek(), seek("12", name="Van Hoa")
    merge = parted(merged(one, other, supervisor, supervisor2), supervisor)
    assert [row.person_id for row in fresh(one, other)] == [one.person_id, other.person_id]
    assert list(one.person.names.values_list("text", flat=True)) == ["Hòa"]
    assert fresh(other.person)[0].merged_into_id is None
    assert (merge.kept, merge.undone_by) == ({"fields": [], "rows": 0}, supervisor)


def test_a_name_both_have_stays_with_each(seek: Seek, supervisor: User, supervisor2: User) -> None:
    one, other = seek(), seek("12")
    merge = merged(one, other, supervisor, supervisor2)
    assert [person.names.count() for person in (one.person, other.person)] == [1, 1]
    parted(merge, supervisor)
    assert [person.names.count() for person in (one.person, other.person)] == [1, 1]


def test_chosen_values_are_taken_and_given_back_unless_they_changed(
    seek: Seek, supervisor: User, supervisor2: User
) -> None:
    one, other = seek(), seek("12")
    Person.objects.filter(pk=other.person_id).update(
        sex="female", nationality="KH", age=None, age_on=None, born_year=1999
    )
    merge = merged(one, other, supervisor, supervisor2, chosen=["sex", "birth", "nationality"])
    (person,) = fresh(one.person)
    assert (person.sex, person.born_year, person.age, person.nationality) == ("female", 1999, None, "KH")
    Person.objects.filter(pk=person.pk).update(nationality="TH")
    merge = parted(merge, supervisor)
    (person,) = fresh(one.person)
    assert (person.sex, person.born_year, person.age, person.age_on) == ("male", None, 24, timezone.localdate())
    assert (person.nationality, merge.kept["fields"]) == ("TH", ["nationality"])


def test_what_was_added_since_stays(seek: Seek, supervisor: User, supervisor2: User, registered: Any) -> None:
    one, other = seek(), seek("12")
    merge = merged(one, other, supervisor, supervisor2)
    added = add_victim(registered(), one.person, by=system_user())
    parted(merge, supervisor)
    assert fresh(added)[0].person_id == one.person_id


def test_two_rows_in_one_complaint_become_one(seek: Seek, supervisor: User, supervisor2: User) -> None:
    one = seek(number=(None, 5, None))
    other = seek(complaint=one.complaint)
    Victim.objects.filter(pk=other.pk).update(received_at=one.received_at + timedelta(hours=1))
    assert (ledger(one)["sought"], one.complaint.n_people) == (5, 0)
    merge = merged(other, one, supervisor, supervisor2)
    old, young = fresh(one, other)
    assert (old.merged_into_id, young.merged_into_id) == (None, one.pk)
    assert {old.person_id, young.person_id} == {other.person_id}
    assert Complaint.objects.get(pk=one.complaint_id).n_people == 1
    parted(merge, supervisor)
    old, young = fresh(one, other)
    assert (old.merged_into_id, young.merged_into_id, old.person_id) == (None, None, one.person_id)
    assert Complaint.objects.get(pk=one.complaint_id).n_people == 2


def test_undoing_covers_who_comes_back_with_the_number(seek: Seek, supervisor: User, supervisor2: User) -> None:
    one = seek(number=(None, 2, None))
    merge = merged(one, seek(complaint=one.complaint), supervisor, supervisor2)
    Complaint.objects.filter(pk=one.complaint_id).update(number_reported=1)
    parted(merge, supervisor)
    complaint = Complaint.objects.get(pk=one.complaint_id)
    assert (complaint.n_people, complaint.number_reported) == (2, 2)
    assert NumberRevision.objects.get(complaint=complaint).after == 2


def rescues() -> int:
    day = timezone.localdate()
    return sum(1 for row in Victim.objects.rescues() if row.rescued_on == day)


def test_one_son_in_three_complaints_is_one_rescue_and_three_again(
    seek: Seek, supervisor: User, supervisor2: User, program: Any
) -> None:
    def figure() -> int:
        day = timezone.localdate()
        assert [row for row in check(Window(day, day), "18") if row[1] != row[2]] == []
        answer = program(supervisor).get(f"/api/v1/indicators/?from={day}&to={day}").json()["indicators"]
        return int(answer["victims_rescued"]["value"])

    sons = [seek("18"), seek("12"), seek("08")]
    for son in sons:
        decide(advance(son, "record_rescue", by=supervisor), "decide_presumed", by=supervisor)
    assert (figure(), rescues()) == (3, 3)
    merges = [merged(sons[0], son, supervisor, supervisor2) for son in sons[1:]]
    assert (figure(), rescues()) == (1, 1)
    for merge in merges:
        parted(merge, supervisor2)
    assert (figure(), rescues()) == (3, 3)
    assert {row.rescue_status for row in fresh(*sons)} == {"rescued"}


def test_a_rescue_of_one_ends_the_search_of_the_other_until_they_part(
    seek: Seek, supervisor: User, supervisor2: User, officer_pp: User
) -> None:
    found, looked_for = seek("18"), seek("12")
    done = advance(found, "record_rescue", by=supervisor)
    merge = merged(looked_for, found, supervisor, supervisor2)
    (row,) = fresh(looked_for)
    assert (row.rescue_status, row.rescued_on, row.rescued_in_id) == ("rescued", done.rescued_on, "18")
    assert (row.ended_by_id, ledger(row)["sought"], rescues()) == (found.pk, 0, 1)
    assert Notification.objects.filter(recipient=officer_pp, kind="rescue_recorded").exists()
    parted(merge, supervisor)
    row, rescued = fresh(looked_for, found)
    assert (row.rescue_status, row.rescued_on, row.ended_by) == ("reported", None, None)
    assert (rescued.rescue_status, rescued.rescued_on, ledger(row)["sought"]) == ("rescued", done.rescued_on, 1)


def test_a_rescue_recorded_while_they_were_one_gives_the_others_search_back(
    seek: Seek, supervisor: User, supervisor2: User
) -> None:
    one, other = seek("18"), seek("12")
    merge = merged(one, other, supervisor, supervisor2)
    decide(advance(fresh(one)[0], "record_rescue", by=supervisor), "decide_trafficked", by=supervisor)
    assert {(row.rescue_status, row.decision) for row in fresh(one, other)} == {("rescued", "trafficked")}
    parted(merge, supervisor)
    assert [(row.rescue_status, row.decision) for row in fresh(one, other)] == [
        ("rescued", "trafficked"),
        ("reported", "not_yet_screened"),
    ]


def test_in_one_complaint_the_rescue_of_the_younger_row_is_the_persons(
    seek: Seek, supervisor: User, supervisor2: User
) -> None:
    one = seek()
    other = seek(complaint=one.complaint)
    decide(advance(other, "record_rescue", by=supervisor), "decide_presumed", by=supervisor)
    merge = merged(one, other, supervisor, supervisor2)
    (row,) = fresh(one)
    assert (row.rescue_status, row.decision, rescues()) == ("rescued", "presumed", 1)
    assert Complaint.objects.get(pk=one.complaint_id).n_unscreened == 0
    parted(merge, supervisor)
    assert [(row.rescue_status, row.decision) for row in fresh(one, other)] == [
        ("reported", "not_yet_screened"),
        ("rescued", "presumed"),
    ]


def test_a_search_that_began_after_the_rescue_goes_on(seek: Seek, supervisor: User, supervisor2: User) -> None:
    found, again = seek("18"), seek("12")
    advance(found, "record_rescue", by=supervisor, happened_at=timezone.now() - timedelta(days=3))
    merged(found, again, supervisor, supervisor2)
    assert fresh(again)[0].rescue_status == "reported"


def test_a_decision_is_written_to_the_whole_rescue_and_taken_back(
    seek: Seek, supervisor: User, supervisor2: User, system: User
) -> None:
    one, other = seek("18"), seek("12")
    for row in (one, other):
        advance(row, "record_rescue", by=supervisor)
    decide(fresh(one)[0], "propose_not_a_victim", by=supervisor, note="Came by himself")
    decide(fresh(one)[0], "confirm_not_a_victim", by=supervisor2)
    merge = merged(one, other, supervisor, supervisor2)
    assert {row.decision for row in fresh(one, other)} == {"not_a_victim"}
    parted(merge, supervisor)
    assert [row.decision for row in fresh(one, other)] == ["not_a_victim", "not_yet_screened"]


def test_two_decisions_for_one_rescue_are_not_merged(seek: Seek, supervisor: User) -> None:
    rows = [seek("18"), seek("12")]
    for row, step in zip(rows, ("decide_presumed", "decide_trafficked"), strict=True):
        decide(advance(row, "record_rescue", by=supervisor), step, by=supervisor)
    with pytest.raises(Conflict, match="identified differently"):
        proposed(*rows, supervisor)


def test_of_two_suspects_in_one_complaint_the_one_nearer_to_court_stays(
    complaint: Complaint, supervisor: User, supervisor2: User
) -> None:
    named, held = (name_suspect(complaint, PersonSaid(name="王伟"), by=supervisor) for _ in range(2))
    arrested(held, supervisor)
    merge = merged(named.person, held.person, supervisor, supervisor2)
    assert (fresh(named)[0].merged_into_id, fresh(held)[0].merged_into_id) == (held.pk, None)
    assert list(Suspect.objects.live()) == fresh(held)
    parted(merge, supervisor)
    assert {row.merged_into_id for row in fresh(named, held)} == {None}


def test_a_chain_is_undone_from_its_end(seek: Seek, supervisor: User, supervisor2: User) -> None:
    first, second, third = seek("18"), seek("12"), seek("08")
    early = merged(second, first, supervisor, supervisor2)
    late = merged(third, second, supervisor, supervisor2)
    assert {row.person_id for row in fresh(first, second, third)} == {third.person_id}
    with pytest.raises(Conflict, match="Undo that first"):
        parted(early, supervisor)
    parted(late, supervisor)
    parted(early, supervisor)
    assert [row.person_id for row in fresh(first, second, third)] == [row.person_id for row in (first, second, third)]


def test_three_rows_of_one_complaint_part_in_any_order(seek: Seek, supervisor: User, supervisor2: User) -> None:
    first = seek()
    second, third = seek(complaint=first.complaint), seek(complaint=first.complaint)
    early = merged(second, first, supervisor, supervisor2)
    late = merged(second, third, supervisor, supervisor2)
    assert Complaint.objects.get(pk=first.complaint_id).n_people == 1
    parted(early, supervisor)
    assert Complaint.objects.get(pk=first.complaint_id).n_people == 2
    parted(late, supervisor)
    assert Complaint.objects.get(pk=first.complaint_id).n_people == 3
    assert [row.person_id for row in fresh(first, second, third)] == [row.person_id for row in (first, second, third)]


def test_nobody_merges_alone(seek: Seek, supervisor: User, officer_psh: User, intake: User) -> None:
    merge = proposed(seek(), seek(), supervisor)
    for by in (supervisor, officer_psh, intake):
        with pytest.raises(PermissionDenied):
            confirm_merge(merge, by=by, seen=seen(merge))
    assert Notification.objects.filter(kind="merge_proposed").count() == 0


def test_the_second_person_stands_outside_the_province(seek: Seek, officer_psh: User, supervisor: User) -> None:
    merge = proposed(seek(), seek(), officer_psh)
    assert Notification.objects.filter(kind="merge_proposed", recipient=supervisor).exists()
    PostingFactory(user=supervisor, province_id="18")
    with pytest.raises(PermissionDenied, match="outside the province"):
        confirm_merge(merge, by=User.objects.get(pk=supervisor.pk), seen=seen(merge))


def test_across_provinces_only_a_supervisor_proposes(seek: Seek, intake: User, supervisor: User) -> None:
    rows = seek("18"), seek("12")
    with pytest.raises(PermissionDenied, match="two provinces"):
        proposed(*rows, intake)
    assert proposed(*rows, supervisor).is_waiting


def test_whom_one_may_not_see_one_does_not_merge(seek: Seek, officer_psh: User) -> None:
    with pytest.raises(Http404):
        proposed(seek("18"), seek("12"), officer_psh)


def test_what_was_seen_is_what_is_confirmed(seek: Seek, supervisor: User, supervisor2: User) -> None:
    one, other = seek(), seek()
    merge = proposed(one, other, supervisor)
    looked = seen(merge)
    person = other.person
    person.version += 1
    person.save()
    with pytest.raises(Conflict, match="changed while you were reading"):
        confirm_merge(merge, by=supervisor2, seen=looked)
    assert fresh(other)[0].person_id == other.person_id


def test_a_proposal_is_made_once_and_again_when_it_was_sent_back(
    seek: Seek, supervisor: User, supervisor2: User
) -> None:
    one, other = seek(), seek()
    merge = proposed(one, other, supervisor)
    with pytest.raises(Conflict, match="proposed already"):
        proposed(one, other, supervisor2)
    with pytest.raises(ValidationError):
        send_back_merge(merge, by=supervisor2, note=" ")
    send_back_merge(merge, by=supervisor2, note="Take the other age")
    with pytest.raises(Conflict):
        confirm_merge(merge, by=supervisor2, seen=seen(merge))
    assert merged(one, other, supervisor, supervisor2).is_done


def test_nobody_is_merged_with_themself(seek: Seek, supervisor: User) -> None:
    one = seek()
    with pytest.raises(Conflict):
        proposed(one, one, supervisor)


def test_the_story_tells_it_without_the_other_complaint(seek: Seek, supervisor: User, supervisor2: User) -> None:
    one, other = seek("18"), seek("12")
    parted(merged(one, other, supervisor, supervisor2), supervisor)
    for row in (one, other):
        steps = Transition.objects.of(row).filter(field="merged_into")
        assert {(line.step, line.note) for line in steps} == {("merged_person", ""), ("parted_person", "")}


def run(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_psql_decides_nothing_alone_and_changes_nothing_decided(
    seek: Seek, supervisor: User, supervisor2: User
) -> None:
    merge = proposed(seek(), seek(), supervisor)
    for statement in (
        "UPDATE workflow_approval SET state = 'approved', decided_at = now(), decided_by_id = requested_by_id",
        "UPDATE workflow_approval SET state = 'approved'",
        "UPDATE workflow_approval SET payload_sha256 = 'x'",
        "UPDATE workflow_merge SET at = now(), approved_by_id = by_id",
        f"UPDATE workflow_merge SET at = now(), approved_by_id = '{supervisor2.pk}'",
        "UPDATE workflow_merge SET chosen = '[\"sex\"]'",
    ):
        with pytest.raises(IntegrityError):
            run(statement)
    confirm_merge(merge, by=supervisor2, seen=seen(merge))
    for statement in (
        "UPDATE workflow_approval SET state = 'asked', decided_by_id = NULL, decided_at = NULL",
        "UPDATE workflow_merge SET moved = '[]'",
        "UPDATE workflow_merge SET at = NULL, approved_by_id = NULL",
        "DELETE FROM workflow_merge",
        "DELETE FROM workflow_approval",
    ):
        with pytest.raises(DatabaseError):
            run(statement)
    run("UPDATE workflow_merge SET before = '{}', after = '{}'")  # what erasure does
    assert Merge.objects.get().is_done


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_confirm_at_once_one_does(seek: Seek, supervisor: User, supervisor2: User) -> None:
    one = seek()
    merge = proposed(one, seek(complaint=one.complaint), supervisor)
    looked, done = seen(merge), []

    def confirm() -> None:
        with suppress(Conflict):
            done.append(confirm_merge(merge, by=supervisor2, seen=looked))

    at_once([confirm] * 20)
    assert len(done) == 1
    assert Approval.objects.get().decided_by == supervisor2
    assert Complaint.objects.get(pk=one.complaint_id).n_people == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_who_merge_part_and_rescue_leave_a_ledger_that_adds_up(
    seek: Seek, supervisor: User, supervisor2: User
) -> None:
    rows = [seek(number=(None, 3, None))]
    rows += [seek(complaint=rows[0].complaint), seek("12"), seek("08")]
    merges = [proposed(rows[0], row, supervisor) for row in rows[1:]]

    def act(n: int) -> None:
        with suppress(Conflict, Http404):
            if n % 3 == 0:
                merge = Merge.objects.get(pk=merges[n % len(merges)].pk)
                confirm_merge(merge, by=supervisor2, seen=seen(merge))
            elif n % 3 == 1:
                parted(Merge.objects.get(pk=merges[n % len(merges)].pk), supervisor)
            else:
                step = "record_rescue" if n % 2 else "resume_search"
                advance(fresh(rows[n % 4])[0], step, by=supervisor, note="Again")

    at_once([lambda n=n: act(n) for n in range(20)])
    for complaint in Complaint.objects.all():
        live = Victim.objects.live().filter(complaint=complaint)
        assert complaint.n_people == live.count() <= complaint.n_reported
        assert complaint.n_rescued == live.filter(rescue_status="rescued").count()
    for merge in Merge.objects.filter(at__isnull=False):
        if merge.is_done:
            parted(merge, supervisor)
    assert [row.person_id for row in fresh(*rows)] == [row.person_id for row in rows]
    assert all(row.merged_into_id is None for row in fresh(*rows))
    for row in Victim.objects.filter(ended_by__isnull=False):
        assert row.ended_by is not None
        assert row.ended_by.person_id == row.person_id


def test_days_of_two_rescues_stay_two(seek: Seek, supervisor: User, supervisor2: User) -> None:
    one, other = seek("18"), seek("12")
    for row in (one, other):
        Complaint.objects.filter(pk=row.complaint_id).update(received_at=timezone.now() - timedelta(days=9))
    advance(one, "record_rescue", by=supervisor, happened_at=timezone.now() - timedelta(days=4))
    advance(other, "record_rescue", by=supervisor)
    merged(one, other, supervisor, supervisor2)
    assert len({row.rescued_on for row in fresh(one, other)}) == 2
