"""The work page: what is new before all else, what is due, what waits for a second person; 200 for every role."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.services.drafts import save_draft
from complaints.models import Complaint
from complaints.said import ContactSaid, PersonSaid
from complaints.services import advance, advance_victim, log_contact, name_suspect, propose_change
from suspects.models import Suspect
from suspects.services import advance as advance_suspect
from tests.complaints.merging import proposed as merge_proposed
from tests.factories.accounts import PostingFactory
from tests.queries import asked
from tests.suspects import arrested
from tests.victims.returns import found
from victims.services.deportation import record_deportation

Browser = Callable[..., Client]


def groups(client: Client) -> dict[str, list[str]]:
    answer = client.get("/")
    assert answer.status_code == 200
    return {group["name"]: [row.reference for row in group["rows"]] for group in answer.context["groups"]}


def test_it_answers_every_role(browser: Browser, cast: dict[str, User], complaint: Complaint) -> None:
    for role, user in cast.items():
        answer = browser(user).get("/")
        assert answer.status_code == 200, role


def test_nobody_signed_in_is_led_to_the_door(browser: Browser, db: Any) -> None:
    assert browser(None).get("/")["Location"].startswith("/accounts/login/")


def test_what_is_new_is_named_by_reference_last_logged_first(
    browser: Browser, officer_psh: User, registered: Any
) -> None:
    made = [registered(received_at=timezone.now() - timedelta(days=n)).reference for n in range(3)]
    registered(province_of_incident="12")
    client = browser(officer_psh)
    assert groups(client)["new"] == made[::-1]
    text = client.get("/").content.decode()
    assert all(reference in text for reference in made)
    assert text.index(made[2]) < text.index(made[0])


def test_only_the_first_fifty_new_ones_stand_there(browser: Browser, officer_psh: User, registered: Any) -> None:
    made = [registered().reference for _n in range(52)]
    assert groups(browser(officer_psh))["new"] == made[::-1][:50]
    assert "50+" in browser(officer_psh).get("/").content.decode()


def test_a_complaint_somebody_is_named_for_is_new_for_them(
    browser: Browser, officer_psh: User, supervisor: User, registered: Any
) -> None:
    led = registered(not_local_police=True)
    browser(supervisor).post(f"/complaints/{led.reference}/handlers/", {"user": str(officer_psh.pk)})
    assert groups(browser(officer_psh))["new"] == [led.reference]


def test_ones_own_are_parted_by_their_clock(browser: Browser, officer_psh: User, registered: Any) -> None:
    now = timezone.now()
    made = {}
    for name, urgency, hours in (("over", "immediate", 30), ("later", "normal", 0)):
        made[name] = registered(urgency=urgency, received_at=now - timedelta(hours=hours))
        advance(made[name], "acknowledge", by=officer_psh, happened_at=now - timedelta(hours=hours))
    found = groups(browser(officer_psh))
    assert found["over"] == [made["over"].reference]
    assert found["later"] == [made["later"].reference]
    assert found["new"] == found["today"] == []


def test_anothers_are_not_mine(browser: Browser, officer_psh: User, supervisor: User, complaint: Complaint) -> None:
    advance(complaint, "acknowledge", by=supervisor)
    assert not any(groups(browser(officer_psh)).values())


def test_acknowledge_is_one_press_in_the_row(browser: Browser, officer_psh: User, complaint: Complaint) -> None:
    text = browser(officer_psh).get("/").content.decode()
    assert f'action="/complaints/{complaint.reference}/steps/acknowledge/"' in text
    assert 'name="next" value="/"' in text


def test_the_supervisor_is_shown_what_others_proposed_and_not_the_own(
    browser: Browser, officer_psh: User, supervisor: User, supervisor2: User, registered: Any
) -> None:
    proposed = []
    for user in (officer_psh, supervisor):
        complaint = registered()
        for step in ("acknowledge", "start_verification"):
            complaint = advance(complaint, step, by=user)
        advance(complaint, "propose_outcome", by=user, outcome="unsubstantiated", note="The family says so")
        proposed.append(complaint.reference)
    assert groups(browser(supervisor))["decide"] == proposed[:1]
    assert sorted(groups(browser(supervisor2))["decide"]) == sorted(proposed)


def test_declined_and_not_found_wait_for_the_supervisor(
    browser: Browser, officer_psh: User, supervisor: User, registered: Any
) -> None:
    victim = registered(people=(PersonSaid(name="Lê Quốc Bảo", age=27),)).victims.get()
    advance_victim(victim, "record_not_found", by=officer_psh)
    text = browser(supervisor).get("/").content.decode()
    assert "Also waiting for your decision" in text
    assert f"/victims/{victim.reference}/steps/confirm_final/" in text


def decided_by(client: Client) -> tuple[list[str], list[str], int]:
    """What the work page offers to decide: complaints, all else by kind, and the number beside "Approvals"."""
    answer = client.get("/")
    shown = {group["name"]: [row.reference for row in group["rows"]] for group in answer.context["groups"]}
    others = [row.kind for row in answer.context["others"]]
    return shown.get("decide", []), others, answer.context["nav_waiting"].get("approvals:list", 0)


def test_the_work_page_offers_what_the_queue_holds_a_deportation_first(
    browser: Browser, officer_psh: User, supervisor: User, supervisor2: User, registered: Any
) -> None:
    lost = registered(people=(PersonSaid(name="Lost One", age=30),)).victims.get()
    advance_victim(lost, "record_not_found", by=officer_psh)
    propose_change(registered(number=(2, 9, 12)), by=officer_psh, field="number_reported", after="2", why="So.")
    merge_proposed(registered(), registered(), officer_psh)
    row = verified(registered(), officer_psh)
    advance(row, "propose_outcome", by=officer_psh, outcome="unsubstantiated", note="The family says so")
    order = {"authority": "Immigration", "order_number": "7", "ordered_on": timezone.localdate(), "reason": "overstay"}
    record_deportation(found(registered, officer_psh), by=officer_psh, **order)
    complaints, others, n = decided_by(browser(supervisor))
    assert complaints == [row.reference]
    assert others == ["deportation_review", "final_status", "number_reported", "merge"]
    assert n == 5
    PostingFactory(user=supervisor2, province_id="18")
    supervisor2 = User.objects.get(pk=supervisor2.pk)
    assert decided_by(browser(supervisor2)) == ([], [], 0)
    assert decided_by(browser(officer_psh)) == ([], [], 0)


def verified(complaint: Complaint, by: User) -> Complaint:
    return advance(advance(complaint, "acknowledge", by=by), "start_verification", by=by)


@pytest.mark.parametrize("role", ["intake", "officer_psh", "supervisor"])
def test_who_speaks_to_reporters_is_led_to_the_unanswered(
    browser: Browser, request: pytest.FixtureRequest, role: str
) -> None:
    text = browser(request.getfixturevalue(role)).get("/").content.decode()
    assert '<a href="/complaints/late/">Late and unanswered</a>' in text


def test_who_deals_with_messages_sees_what_waits_in_the_inbox_and_how_much_of_it_is_late(
    browser: Browser, intake: User, officer_psh: User
) -> None:
    said = ContactSaid("new_report", "hotline", "They beat him every night.")
    log_contact(said, by=intake, key="c-1")
    late = replace(said, received_at=timezone.now() - timedelta(days=9))
    assert count_of_inbox(browser(intake)) == ("1", "")
    log_contact(late, by=intake, key="c-2")
    assert count_of_inbox(browser(intake)) == ("2", "1 late")
    assert count_of_inbox(browser(officer_psh)) is None


def count_of_inbox(client: Client) -> tuple[str, str] | None:
    counts = client.get("/").context["counts"]
    return next(((one["n"], one["note"]) for one in counts if one["url"] == "/contacts/"), None)


def test_what_nobody_is_named_for_stands_first_for_integrity(
    browser: Browser, integrity: User, supervisor: User, registered: Any
) -> None:
    sealed = registered(official="Captain of village 4")
    found = groups(browser(integrity))
    assert list(found) == ["unnamed", "sealed"]
    assert (found["unnamed"], found["sealed"]) == ([sealed.reference], [])
    browser(integrity).post(f"/complaints/{sealed.reference}/handlers/", {"user": str(supervisor.pk)})
    found = groups(browser(integrity))
    assert (found["unnamed"], found["sealed"]) == ([], [sealed.reference])


def test_an_unassigned_complaint_is_new_with_its_own_step_for_the_ministry(
    browser: Browser, intake: User, registered: Any
) -> None:
    complaint = registered(province_of_incident="")
    text = browser(intake).get("/").content.decode()
    assert f'href="/complaints/{complaint.reference}/steps/assign/"' in text


def test_an_analyst_is_told_what_may_be_opened_and_sees_no_complaint(
    browser: Browser, analyst: User, complaint: Complaint
) -> None:
    text = browser(analyst).get("/").content.decode()
    assert "What you may open" in text
    assert complaint.reference not in text


def held(complaint: Complaint, by: User, *, hours_ago: float) -> Suspect:
    suspect = name_suspect(complaint, PersonSaid(name="Li Wei", sex="male", nationality="CN"), by=by)
    return arrested(suspect, by, hours_ago)


def test_custody_that_ends_stands_before_all_else(
    browser: Browser, officer_psh: User, officer_pp: User, supervisor: User, analyst: User, registered: Any
) -> None:
    soon, later = held(registered(), officer_psh, hours_ago=37), held(registered(), officer_psh, hours_ago=20)
    over = held(registered(), officer_psh, hours_ago=50)
    for user in (officer_psh, supervisor):
        answer = browser(user).get("/")
        text = answer.content.decode()
        assert [found["row"].reference for found in answer.context["custody"]["rows"]] == [
            over.reference,
            soon.reference,
        ]
        assert text.index(over.reference) < text.index('id="new"')
        assert f"/suspects/{over.reference}/steps/send_to_court/" in text
        assert later.reference not in text
    for user in (officer_pp, analyst):
        assert browser(user).get("/").context["custody"] is None


def test_who_went_to_court_waits_no_more_on_the_work_page(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    advance_suspect(held(complaint, officer_psh, hours_ago=40), "send_to_court", by=officer_psh, court="C18")
    assert browser(officer_psh).get("/").context["custody"] is None


@pytest.mark.parametrize(("role", "most"), [("officer_psh", 12), ("supervisor", 20)])
def test_the_work_page_asks_the_same_however_much_there_is(
    browser: Browser,
    request: pytest.FixtureRequest,
    officer_psh: User,
    supervisor: User,
    registered: Any,
    role: str,
    most: int,
) -> None:
    """Measured: 12 for an officer, 20 for a supervisor (one for calls of the hotline), at 12 and at 90 complaints; two of
    them for custody, two for who is not screened, one for victims in detention (two where there are any: who sits in a
    cell is not one press away)."""
    client, counts = browser(request.getfixturevalue(role)), []
    client.get("/")
    for more in (2, 13):
        for number in range(more):
            registered()
            taken = advance(registered(), "acknowledge", by=officer_psh)
            taken = advance(taken, "start_verification", by=officer_psh)
            said = {"outcome": "unsubstantiated", "note": "so"} if number % 2 else {}
            advance(taken, "propose_outcome", by=officer_psh, **said) if said else None
            led = registered(not_local_police=True, people=(PersonSaid(name="x y"),))
            assert led.handling == "national_led"
            brought = advance(registered(), "acknowledge", by=officer_psh)
            advance(brought, "lead_nationally", by=supervisor, note="so")
            lost = registered(people=(PersonSaid(name="Lost One", age=30),)).victims.get()
            advance_victim(lost, "record_not_found", by=officer_psh)
            held(lost.complaint, officer_psh, hours_ago=40)
        counts.append(len(asked(client, "/")))
    assert counts[0] == counts[1] <= most, counts


def test_a_draft_is_listed_to_go_on_with_or_to_throw_away(browser: Browser, officer_psh: User) -> None:
    key = uuid4()
    save_draft(key, [("narrative", "Planted words")], kind="complaint", by=officer_psh)
    text = browser(officer_psh).get("/").content.decode()
    assert f"/drafts/{key}/" in text
    assert f"/drafts/{key}/throw-away/" in text
    assert "Planted words" not in text
