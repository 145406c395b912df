"""Twenty at once over one ledger: it adds up afterwards, and nobody waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.models import User
from complaints.models import Complaint, NumberRevision
from complaints.said import PersonSaid
from complaints.services import add_people, change_facts, confirm_change, propose_change, send_back_change
from core.exceptions import Conflict
from tests.victims.test_operations import adds_up, done, ledger
from victims.models import Entry, Operation, Victim
from victims.services import advance
from victims.services.entries import Counted, count_found
from victims.services.listed import Listed, enter_list
from victims.services.take_back import take_back

RACERS = 20
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


def at_once(calls: list[Callable[[], Any]]) -> list[str]:
    """Start calls together, each on a connection of its own; "done", or the name of what refused it."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> str:
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            call()
        except (Conflict, ValidationError) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_twenty_counts_of_one_operation_are_all_in_the_ledger(complaint: Complaint, officer_psh: User) -> None:
    operation = done(complaint, officer_psh)
    counts = [lambda: count_found(operation, [Counted("VN", men=1, women=1)], by=officer_psh)] * RACERS
    assert at_once(counts) == ["done"] * RACERS
    assert adds_up(complaint)
    assert (ledger(complaint)["reported"], ledger(complaint)["rescued"]) == (3, 1)
    assert ledger(complaint)["found_unreported"] == 2 * RACERS - 1
    assert Victim.objects.filter(operation=operation).count() == 2 * RACERS


def test_twenty_lists_find_one_person_sought_once(registered: Any, officer_psh: User) -> None:
    complaint = registered(people=(PersonSaid(name="Lê Bảo"),))
    operation, sought = done(complaint, officer_psh), Victim.objects.get(complaint=complaint)
    lists = [lambda: enter_list(operation, [Listed(("Lê Bảo",), sought=sought)], by=officer_psh)] * RACERS
    assert sorted(at_once(lists)) == ["ValidationError"] * (RACERS - 1) + ["done"]
    assert Entry.objects.get(operation=operation).n_people == 1
    assert adds_up(complaint)


def test_lists_give_every_row_of_the_night_one_name(complaint: Complaint, officer_psh: User) -> None:
    operation = done(complaint, officer_psh)
    count_found(operation, [Counted("VN", women=RACERS)], by=officer_psh, reported=0)
    lists = [
        lambda n=n: enter_list(operation, [Listed((f"Nguyễn {chr(65 + n)}",), sex="female")], by=officer_psh)
        for n in range(RACERS)
    ]
    assert at_once(lists) == ["done"] * RACERS
    rows = Victim.objects.filter(operation=operation).prefetch_related("person__names")
    assert [row.person.names.count() for row in rows] == [1] * RACERS
    assert adds_up(complaint)


def test_counting_and_taking_back_do_not_wait_for_each_other_for_ever(complaint: Complaint, officer_psh: User) -> None:
    operation = done(complaint, officer_psh)
    entries = [count_found(operation, [Counted("VN", men=3)], by=officer_psh) for _n in range(RACERS // 2)]
    calls: list[Callable[[], Any]] = [lambda entry=entry: take_back(entry, by=officer_psh) for entry in entries]
    calls += [lambda: count_found(operation, [Counted("CN", men=1)], by=officer_psh)] * (RACERS // 2)
    assert at_once(calls) == ["done"] * RACERS
    assert Victim.objects.filter(operation=operation).count() == RACERS // 2
    assert adds_up(complaint)


def test_of_twenty_who_take_one_entry_back_one_does(complaint: Complaint, officer_psh: User) -> None:
    operation, before = done(complaint, officer_psh), ledger(complaint)
    entry = count_found(operation, [Counted("VN", men=2)], by=officer_psh)
    assert sorted(at_once([lambda: take_back(entry, by=officer_psh)] * RACERS)) == ["Conflict"] * (RACERS - 1) + [
        "done"
    ]
    assert ledger(complaint) == before


def test_a_list_and_the_officers_own_record_of_one_rescue_do_not_wait_for_each_other_for_ever(
    registered: Any, officer_psh: User
) -> None:
    complaint = registered(people=tuple(PersonSaid(name=f"Lê {chr(65 + n)}") for n in range(10)))
    operation = done(complaint, officer_psh)
    rows = list(Victim.objects.filter(complaint=complaint).order_by("pk"))
    calls: list[Callable[[], Any]] = [lambda row=row: advance(row, "record_rescue", by=officer_psh) for row in rows]
    calls += [lambda row=row: enter_list(operation, [Listed(sought=row)], by=officer_psh) for row in rows]
    answers = at_once(calls)
    assert set(answers) <= {"done", "Conflict", "ValidationError"}
    assert answers.count("done") == len(rows)
    assert ledger(complaint)["rescued"] == len(rows)
    assert adds_up(complaint)


def test_two_raids_with_people_of_each_others_complaints_do_not_wait_for_each_other_for_ever(
    registered: Any, officer_psh: User
) -> None:
    sides = [registered(people=tuple(PersonSaid() for _n in range(8))) for _side in range(2)]
    raids: list[Operation] = [done(side, officer_psh) for side in sides]
    rows = [list(Victim.objects.filter(complaint=side).order_by("pk")) for side in sides]
    calls = [
        lambda raid=raids[side], row=row: enter_list(raid, [Listed(sought=row)], by=officer_psh)
        for side in range(2)
        for row in rows[1 - side]
    ]
    assert at_once(calls) == ["done"] * len(calls)
    for side in sides:
        assert ledger(side)["rescued"] == 8
        assert adds_up(side)


def test_of_twenty_who_confirm_one_change_one_lowers_it(
    complaint: Complaint, officer_psh: User, supervisor: User
) -> None:
    change = propose_change(complaint, by=officer_psh, field="number_reported", after="2", why="Counted again.")
    answers = at_once([lambda: confirm_change(change, by=supervisor)] * RACERS)
    assert sorted(answers) == ["Conflict"] * (RACERS - 1) + ["done"]
    assert ledger(complaint)["reported"] == 2
    assert NumberRevision.objects.filter(complaint=complaint, before=3, after=2).count() == 1


def test_lowering_against_more_people_keeps_the_ledger(
    complaint: Complaint, officer_psh: User, supervisor: User
) -> None:
    operation = done(complaint, officer_psh)
    change = propose_change(complaint, by=officer_psh, field="number_reported", after="2", why="Counted again.")
    version = Complaint.objects.get(pk=complaint.pk).version
    calls: list[Callable[[], Any]] = [lambda: confirm_change(change, by=supervisor)] * 5
    calls += [lambda: send_back_change(change, by=supervisor, note="Ask again.")] * 5
    calls += [lambda: add_people(complaint, [PersonSaid()], by=officer_psh)] * 4
    calls += [lambda: count_found(operation, [Counted(men=1)], by=officer_psh)] * 4
    calls += [
        lambda: change_facts(complaint, by=officer_psh, version=version, changes={"number_reported": 9}),
        lambda: change_facts(complaint, by=officer_psh, version=version, changes={"number_reported": 12}),
    ]
    answers = at_once(calls)
    assert answers[:10].count("done") == 1
    assert answers[10:18] == ["done"] * 8
    assert adds_up(complaint)
    last = NumberRevision.objects.filter(complaint=complaint).order_by("-at").first()
    assert last is None or last.after == ledger(complaint)["reported"]
