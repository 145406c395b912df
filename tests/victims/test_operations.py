"""Operations: who knows of one that is planned, what it found, and that the ledger adds up over it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import Complaint
from complaints.said import PersonSaid
from core.exceptions import Conflict
from notifications.models import Notification
from tests.complaints.merging import merged, parted
from tests.factories.accounts import PSH, officer_of
from victims.models import Entry, Operation, Victim
from victims.services import advance
from victims.services.entries import Counted, count_found
from victims.services.operations import (
    advance_operation,
    change_operation,
    end_member,
    name_member,
    plan_operation,
)
from victims.services.take_back import take_back

Browser = Callable[..., Any]


def planned(complaint: Complaint, by: User, **said: Any) -> Operation:
    moment = timezone.now() + timedelta(hours=8)
    return plan_operation([complaint], by=by, **{"planned_for": moment, "place": "Floor 6", **said})


def done(complaint: Complaint, by: User, result: str = "people_brought_out") -> Operation:
    return advance_operation(planned(complaint, by), "record_done", by=by, result=result)


@pytest.fixture
def second(db: Any) -> User:
    return officer_of(PSH, username="officer.second")


def ledger(complaint: Complaint) -> dict[str, int]:
    complaint.refresh_from_db()
    return complaint.ledger


def adds_up(complaint: Complaint) -> bool:
    terms = ledger(complaint)
    ended = sum(terms[name] for name in ("rescued", "left_on_own", "declined", "not_found", "deceased", "sought"))
    rows = Victim.objects.filter(complaint=complaint, merged_into=None)
    out = rows.filter(found_unreported=False, rescue_status="rescued").count()
    return terms["reported"] == ended and terms["rescued"] == out and terms["sought"] >= 0


# Who knows


def test_a_planned_operation_is_known_to_the_people_named_alone(
    complaint: Complaint, officer_psh: User, second: User, supervisor: User, integrity: User
) -> None:
    operation = planned(complaint, officer_psh)
    for user in (second, supervisor, integrity):
        assert not Operation.objects.visible_to(user).exists()
        assert not Operation.objects.of_own_provinces(user).exists()
    assert Operation.objects.visible_to(officer_psh).get() == operation
    name_member(operation, supervisor, by=officer_psh)
    assert Operation.objects.visible_to(supervisor).exists()
    assert Notification.objects.filter(recipient=supervisor, kind="operation_named").exists()
    end_member(operation, operation.members.get(user=supervisor), by=officer_psh)
    assert not Operation.objects.visible_to(supervisor).exists()


def test_somebody_stays_named(complaint: Complaint, officer_psh: User) -> None:
    operation = planned(complaint, officer_psh)
    with pytest.raises(Conflict):
        end_member(operation, operation.members.get(), by=officer_psh)


def test_who_is_not_named_can_do_nothing_with_it(complaint: Complaint, officer_psh: User, second: User) -> None:
    operation = planned(complaint, officer_psh)
    with pytest.raises(Http404):
        name_member(operation, second, by=second)
    with pytest.raises(Http404):
        advance_operation(operation, "record_done", by=second, result="people_brought_out")


def test_once_carried_out_the_province_sees_it_and_another_does_not(
    complaint: Complaint, officer_psh: User, second: User, officer_pp: User, analyst: User
) -> None:
    operation = done(complaint, officer_psh)
    assert Operation.objects.of_own_provinces(second).get() == operation
    assert Operation.objects.visible_to(analyst).exists()
    assert not Operation.objects.visible_to(officer_pp).exists()


def test_called_off_it_stays_with_the_people_named(complaint: Complaint, officer_psh: User, second: User) -> None:
    operation = planned(complaint, officer_psh)
    with pytest.raises(ValidationError):
        advance_operation(operation, "call_off", by=officer_psh)
    advance_operation(operation, "call_off", by=officer_psh, note="Somebody warned them.")
    assert not Operation.objects.visible_to(second).exists()
    with pytest.raises(Conflict):
        advance_operation(operation, "record_done", by=officer_psh, result="people_brought_out")


def test_it_is_recorded_under_the_strictest_complaint_and_follows_it(
    registered: Any, complaint: Complaint, supervisor: User, officer_psh: User
) -> None:
    led = registered(handling="national_led")
    operation = plan_operation(
        [complaint, led], by=supervisor, planned_for=timezone.now(), place="Floor 6", members=[officer_psh]
    )
    assert (operation.found_under_id, operation.handling) == (led.pk, "national_led")
    advance_operation(operation, "record_done", by=supervisor, result="nobody_there")
    assert Operation.objects.of_own_provinces(officer_psh).count() == 0
    assert Operation.objects.visible_to(officer_psh).exists()  # named, so it stays


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"planned_for": None}, "planned_for"),
        ({"planned_for": timezone.now() + timedelta(days=800)}, "planned_for"),
        ({"place": " ", "site": None}, "place"),
        ({"place": "x" * 301}, "place"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    complaint: Complaint, officer_psh: User, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        planned(complaint, officer_psh, **said)
    assert field in refused.value.message_dict
    assert not Operation.objects.named_to(officer_psh).exists()


def test_a_plan_is_changed_under_a_version(complaint: Complaint, officer_psh: User) -> None:
    operation = planned(complaint, officer_psh)
    changed = change_operation(operation, by=officer_psh, version=operation.version, changes={"place": "Floor 7"})
    assert changed.place == "Floor 7"
    with pytest.raises(Conflict):
        change_operation(operation, by=officer_psh, version=1, changes={"place": "Floor 8"})


def test_the_integrity_unit_learns_who_read_it_before(
    complaint: Complaint, officer_psh: User, integrity: User, supervisor: User, browser: Browser
) -> None:
    operation = planned(complaint, officer_psh)
    url = f"/operations/{operation.reference}/"
    assert browser(officer_psh).get(url).status_code == 200
    assert browser(supervisor).get(url).status_code == 404
    page = browser(integrity).get(f"/operations/readers/?reference={operation.reference.lower()}")
    looks = page.context["looks"]
    assert [(look["name"], look["what"]) for look in looks if look["what"] == "Read"] == [
        (officer_psh.display_name, "Read")
    ]
    assert "Floor 6" not in page.content.decode()
    assert browser(officer_psh).get("/operations/readers/").status_code == 403
    assert browser(integrity).get("/operations/readers/?reference=OP-NOTHING").status_code == 400


# The quick count


def test_a_count_fills_the_reported_heads_first_and_the_rest_stands_beside(
    complaint: Complaint, officer_psh: User
) -> None:
    operation = done(complaint, officer_psh)  # two listed, three reported: one head has no row
    entry = count_found(operation, [Counted("VN", men=3, women=2, children=1), Counted("", men=1)], by=officer_psh)
    assert entry.n_people == 7
    assert ledger(complaint)["rescued"] == 1
    assert ledger(complaint)["found_unreported"] == 6
    assert ledger(complaint)["reported"] == 3
    assert adds_up(complaint)
    people = Victim.objects.filter(operation=operation).select_related("person")
    assert {victim.rescue_status for victim in people} == {"rescued"}
    assert sum(victim.is_child for victim in people) == 1
    assert sum(victim.person.nationality == "VN" for victim in people) == 6
    assert {victim.rescued_on for victim in people} == {timezone.localtime(operation.done_at).date()}


def test_how_many_were_reported_is_the_officers_to_say_within_what_is_reported(
    complaint: Complaint, officer_psh: User
) -> None:
    operation = done(complaint, officer_psh)
    count_found(operation, [Counted(men=2)], by=officer_psh, reported=0)
    assert ledger(complaint)["found_unreported"] == 2
    with pytest.raises(ValidationError) as refused:
        count_found(operation, [Counted(men=5)], by=officer_psh, reported=2)
    assert "reported" in refused.value.message_dict
    assert adds_up(complaint)


def test_who_stayed_is_located_and_still_sought(complaint: Complaint, officer_psh: User) -> None:
    operation = done(complaint, officer_psh)
    count_found(operation, [Counted(men=1)], by=officer_psh, came_out=False)
    victim = Victim.objects.get(operation=operation)
    assert (victim.rescue_status, victim.place) == ("located", "Floor 6")
    assert ledger(complaint)["sought"] == 3


def test_nothing_is_counted_before_it_is_carried_out_nor_by_who_may_not(
    complaint: Complaint, officer_psh: User, analyst: User, intake: User
) -> None:
    operation = planned(complaint, officer_psh)
    with pytest.raises(Conflict):
        count_found(operation, [Counted(men=1)], by=officer_psh)
    for user in (analyst, intake):
        with pytest.raises(PermissionDenied):
            count_found(operation, [Counted(men=1)], by=user)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("counted", [[], [Counted()], [Counted(men=301)]])
def test_a_count_of_nobody_or_of_too_many_is_refused(
    complaint: Complaint, officer_psh: User, counted: list[Counted]
) -> None:
    with pytest.raises(ValidationError):
        count_found(done(complaint, officer_psh), counted, by=officer_psh)


def test_a_count_is_taken_back_whole(complaint: Complaint, officer_psh: User) -> None:
    operation, before = done(complaint, officer_psh), ledger(complaint)
    entry = count_found(operation, [Counted("VN", men=3, children=2)], by=officer_psh)
    assert take_back(entry, by=officer_psh) == (5, [])
    assert ledger(complaint) == before
    assert Victim.objects.filter(complaint=complaint).count() == 2
    with pytest.raises(Conflict):
        take_back(entry, by=officer_psh)


def test_who_was_worked_on_since_stays(complaint: Complaint, officer_psh: User) -> None:
    operation = done(complaint, officer_psh)
    entry = count_found(operation, [Counted("VN", men=3)], by=officer_psh)
    touched = Victim.objects.filter(operation=operation).order_by("pk")[0]
    advance(touched, "resume_search", by=officer_psh, note="Was not him.")
    undone, left = take_back(entry, by=officer_psh)
    assert (undone, left) == (2, [touched.reference])
    assert adds_up(complaint)


def test_the_page_counts_once_for_a_key_and_keeps_what_was_typed(
    complaint: Complaint, officer_psh: User, browser: Browser
) -> None:
    operation = done(complaint, officer_psh)
    client, url = browser(officer_psh), f"/operations/{operation.reference}/count/"
    page = client.get(url)
    assert page.context["free"] == 1
    assert next(row["nationality"].value() for row in page.context["form"].rows) == "VN"
    typed = {"came_out": "out", "row-0-nationality": "Viet Nam", "row-0-men": "១២", "row-0-women": "x"}
    again = client.post(url, typed)
    assert again.status_code == 400
    assert 'value="១២"' in again.content.decode()
    right = {**typed, "row-0-women": "3", "row-1-children": "2", "idempotency_key": "night-of-the-raid"}
    for _press in range(2):
        assert client.post(url, right).status_code == 302
    assert Victim.objects.filter(operation=operation).count() == 17
    assert adds_up(complaint)
    detail = client.get(f"/operations/{operation.reference}/")
    terms = {term["name"]: term["n"] for term in detail.context["terms"]}
    assert terms == {"found": 17, "brought_out": 17, "stayed": 0, "arrested": 0, "unreported": 16}
    assert client.get(f"/complaints/{complaint.reference}/operations/").status_code == 200


# Reported people met in it


def test_a_person_sought_is_recorded_as_brought_out_in_it(registered: Any, officer_psh: User, browser: Browser) -> None:
    complaint = registered(people=(PersonSaid(name="Lê Bảo"),))
    operation = done(complaint, officer_psh)
    victim = Victim.objects.get(complaint=complaint)
    url = f"/victims/{victim.reference}/"
    assert operation.reference in browser(officer_psh).get(url).content.decode()
    rescued = advance(victim, "record_rescue", by=officer_psh, operation=operation.reference)
    assert rescued.operation == operation
    assert advance(rescued, "resume_search", by=officer_psh, note="Wrong man.").operation is None


def test_an_operation_of_another_complaint_is_no_answer(registered: Any, officer_psh: User) -> None:
    one, other = registered(people=(PersonSaid(name="Lê Bảo"),)), registered()
    operation = done(other, officer_psh)
    with pytest.raises(ValidationError):
        advance(Victim.objects.get(complaint=one), "record_rescue", by=officer_psh, operation=operation.reference)


def test_every_look_at_the_list_is_one_at_each_planned_operation(
    complaint: Complaint, officer_psh: User, browser: Browser
) -> None:
    operation = planned(complaint, officer_psh)
    assert operation.reference in browser(officer_psh).get("/operations/").content.decode()
    looks = AuditEvent.objects.filter(object_id=str(operation.pk), verb="read", detail__page="list")
    assert looks.count() == 1


def test_merged_with_who_was_sought_a_person_was_met_all_the_same(
    registered: Any, officer_psh: User, supervisor: User, supervisor2: User
) -> None:
    complaint = registered(people=(PersonSaid(name="Lê Bảo"),), number=(1, 1, 1))
    operation = done(complaint, officer_psh)
    count_found(operation, [Counted("VN", men=1)], by=officer_psh)
    sought, met = (Victim.objects.get(complaint=complaint, found_unreported=flag) for flag in (False, True))
    merge = merged(sought, met, supervisor, supervisor2)
    sought.refresh_from_db()
    assert (sought.rescue_status, sought.operation) == ("rescued", operation)
    assert ledger(complaint)["rescued"] == 1
    assert ledger(complaint)["found_unreported"] == 0
    assert adds_up(complaint)
    parted(merge, supervisor)
    sought.refresh_from_db()
    assert (sought.rescue_status, sought.operation) == ("reported", None)
    assert ledger(complaint)["found_unreported"] == 1
    assert adds_up(complaint)


def test_the_page_shows_theirs_beside_mine_and_loses_nothing(
    complaint: Complaint, officer_psh: User, second: User, browser: Browser
) -> None:
    operation = planned(complaint, officer_psh)
    name_member(operation, second, by=officer_psh)
    url, client = f"/operations/{operation.reference}/change/", browser(officer_psh)
    form = client.get(url).context["form"]
    typed = {
        "planned_for_0": "28/11/2026",
        "planned_for_1": "04:00",
        "place": "Floor 9",
        "version": form["version"].value(),
    }
    change_operation(operation, by=second, version=operation.version, changes={"place": "Gate 2", "site": None})
    page = client.post(url, typed)
    assert page.status_code == 409
    text = page.content.decode()
    assert "Gate 2" in text
    assert 'value="Floor 9"' in text
    assert client.post(url, {**typed, "place": "", "version": operation.version + 1}).status_code == 400
    assert client.post(url, {**typed, "version": operation.version + 1}).status_code == 302
    operation.refresh_from_db()
    assert operation.place == "Floor 9"
