"""Suspects: named, wanted, arrested, sent to court, released; the custody clock; the non-punishment gate."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import name_suspect
from core.exceptions import Conflict
from notifications.models import Notification
from suspects.models import CaseFile, CustodyLimit, Review, Suspect
from suspects.services import advance
from suspects.services.custody import warn
from suspects.workflow import SUSPECT
from tests.queries import asked
from victims.services import advance as advance_victim
from victims.services import decide
from workflow.services import available_steps

Browser = Callable[..., Client]
HOUR = timedelta(hours=1)
ARREST = {"arrest_unit": "Anti-trafficking office", "arrest_kind": "flagrante"}
WHY = "He was seen beating two people"


@pytest.fixture
def suspect(complaint: Complaint, officer_psh: User) -> Suspect:
    return name_suspect(complaint, PersonSaid(name="王伟", sex="male", age=41, nationality="CN"), by=officer_psh)


def url(suspect: Suspect, step: str = "") -> str:
    return f"/suspects/{suspect.reference}/" + (f"steps/{step}/" if step else "")


def arrested(suspect: Suspect, by: User, hours_ago: float = 1) -> Suspect:
    return advance(suspect, "arrest", by=by, happened_at=timezone.now() - hours_ago * HOUR, **ARREST)


def test_a_suspect_is_named_at_the_complaint_and_stands_there_and_in_the_list(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    client = browser(officer_psh)
    said = {"name": "王伟", "sex": "male", "nationality": "China", "roles": ["exploiter", "transporter"]}
    answer = client.post(f"/complaints/{complaint.reference}/suspects/add/", said)
    assert answer.status_code == 302
    suspect = Suspect.objects.get()
    assert (suspect.roles, suspect.person.nationality) == (["exploiter", "transporter"], "CN")
    for page in (f"/complaints/{complaint.reference}/", "/suspects/", url(suspect)):
        assert "王伟" in client.get(page).content.decode()


def test_a_victim_may_be_a_suspect_too_and_stays_one_person(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    victim = complaint.victims.first()
    path = f"/complaints/{complaint.reference}/suspects/add/"
    assert browser(officer_psh).post(path, {"same_as": victim.reference}).status_code == 302
    assert Suspect.objects.get().person_id == victim.person_id
    again = browser(officer_psh).post(path, {"same_as": victim.reference})
    assert again.status_code == 400
    assert "is a suspect in this complaint already" in again.content.decode()


def test_naming_an_official_seals_the_complaint(browser: Browser, officer_psh: User, complaint: Complaint) -> None:
    path = f"/complaints/{complaint.reference}/suspects/add/"
    answer = browser(officer_psh).post(path, {"name": "Chan Sarun", "public_official": "Deputy chief, district police"})
    assert (answer.status_code, answer["Location"]) == (302, "/complaints/")
    complaint.refresh_from_db()
    assert (complaint.handling, Suspect.objects.get().handling) == ("sealed", "sealed")
    assert not Suspect.objects.visible_to(officer_psh).exists()


def test_the_whole_way_is_taken_in_the_browser_s_own_forms(
    browser: Browser, officer_psh: User, suspect: Suspect
) -> None:
    client = browser(officer_psh)
    assert client.post(url(suspect, "mark_wanted"), {}).status_code == 302
    assert client.post(url(suspect, "arrest"), ARREST).status_code == 302
    assert client.post(url(suspect, "send_to_court"), {"court": "C18"}).status_code == 302
    suspect.refresh_from_db()
    assert (suspect.status, suspect.court_id, suspect.arrested_in_id) == ("sent_to_court", "C18", "18")
    assert suspect.sent_to_court_on == timezone.localdate()
    assert client.post(url(suspect, "release"), {"note": "By order of the court"}).status_code == 302
    suspect.refresh_from_db()
    assert (suspect.status, suspect.released_on) == ("released", timezone.localdate())


def test_the_court_may_come_without_an_arrest(suspect: Suspect, officer_psh: User) -> None:
    done = advance(suspect, "send_to_court", by=officer_psh, court="C12")
    assert (done.status, done.arrested_at) == ("sent_to_court", None)


def test_what_lies_before_the_arrest_is_refused(suspect: Suspect, officer_psh: User) -> None:
    arrested(suspect, officer_psh, 5)
    for step, said in (("send_to_court", {"court": "C18"}), ("release", {"note": "Let go"})):
        with pytest.raises(ValidationError):
            advance(suspect, step, by=officer_psh, happened_at=timezone.now() - 9 * HOUR, **said)


def test_custody_runs_48_hours_and_one_extension_adds_its_own(suspect: Suspect, officer_psh: User) -> None:
    held = arrested(suspect, officer_psh, 30)
    assert held.arrested_at is not None
    assert held.custody_ends_at == held.arrested_at + 48 * HOUR
    day = timezone.localdate()
    longer = advance(held, "extend_custody", by=officer_psh, extension_number="12/22", extended_on=day)
    assert longer.custody_ends_at == held.arrested_at + 72 * HOUR
    assert longer.status == "arrested"
    with pytest.raises(Conflict):
        advance(longer, "extend_custody", by=officer_psh, extension_number="13/22", extended_on=day)


def test_an_extension_of_another_day_is_refused(suspect: Suspect, officer_psh: User) -> None:
    held = arrested(suspect, officer_psh, 30)
    with pytest.raises(ValidationError):
        advance(held, "extend_custody", by=officer_psh, extension_number="1", extended_on="2022-01-01")


def test_the_limits_are_data(suspect: Suspect, officer_psh: User) -> None:
    CustodyLimit.objects.filter(kind="first").update(hours=24, warn_hours=12)
    held = arrested(suspect, officer_psh)
    assert held.arrested_at is not None
    assert held.custody_ends_at == held.arrested_at + 24 * HOUR


def told(kind: str) -> list[str]:
    rows = Notification.objects.filter(kind=kind, channel="in_app").order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


def test_the_officer_is_warned_once_at_36_hours_and_once_when_it_is_over(
    suspect: Suspect, officer_psh: User, supervisor: User
) -> None:
    arrested(suspect, officer_psh, 35)
    assert warn() == 0
    for _twice in range(2):
        warn(timezone.now() + 2 * HOUR)
    assert told("custody_ending") == [officer_psh.username]
    for _twice in range(2):
        warn(timezone.now() + 14 * HOUR)
    assert told("custody_over") == sorted([officer_psh.username, supervisor.username])


def test_who_was_sent_on_is_warned_of_no_more(suspect: Suspect, officer_psh: User) -> None:
    held = arrested(suspect, officer_psh, 40)
    advance(held, "send_to_court", by=officer_psh, court="C18")
    assert warn(timezone.now() + 20 * HOUR) == 0


def test_an_arrest_recorded_by_mistake_is_taken_back_by_the_ministry(
    suspect: Suspect, officer_psh: User, supervisor: User
) -> None:
    held = arrested(suspect, officer_psh)
    with pytest.raises(PermissionDenied):
        advance(held, "take_back_arrest", by=officer_psh, note="Another man")
    back = advance(held, "take_back_arrest", by=supervisor, note="Another man")
    assert (back.status, back.arrested_at, back.custody_ends_at) == ("named", None, None)


def test_sent_to_court_taken_back_leads_to_where_it_came_from(
    suspect: Suspect, officer_psh: User, supervisor: User
) -> None:
    sent = advance(arrested(suspect, officer_psh), "send_to_court", by=officer_psh, court="C18")
    names = {step.name for step in available_steps(SUSPECT, sent, supervisor)}
    assert {"take_back_court"} == names & {"take_back_court", "take_back_court_unarrested"}
    back = advance(sent, "take_back_court", by=supervisor, note="The wrong file")
    assert (back.status, back.court_id, back.sent_to_court_on) == ("arrested", None, None)
    assert back.custody_ends_at is not None


@pytest.fixture
def both(complaint: Complaint, officer_psh: User) -> Suspect:
    """Somebody brought out of the building who is held for what happened there."""
    victim = complaint.victims.get(person__age=17)
    advance_victim(victim, "record_rescue", by=officer_psh)
    found = name_suspect(complaint, PersonSaid(), by=officer_psh, same_as=victim)
    return arrested(found, officer_psh)


def test_who_was_found_and_is_not_cleared_needs_a_review_before_the_court(
    browser: Browser, both: Suspect, officer_psh: User, supervisor: User
) -> None:
    client = browser(officer_psh)
    assert "Non-punishment review needed" in client.get(url(both)).content.decode()
    refused = client.post(url(both, "send_to_court"), {"court": "C18"})
    assert refused.status_code == 400
    assert "Ask a supervisor at the ministry for the review" in refused.content.decode()
    assert browser(officer_psh).post(url(both, "review"), {"finding": "may_proceed", "note": WHY}).status_code == 403
    said = {"finding": "may_proceed", "note": WHY}
    assert browser(supervisor).post(url(both, "review"), said).status_code == 302
    assert client.post(url(both, "send_to_court"), {"court": "C18"}).status_code == 302


def test_a_review_against_punishment_stops_the_way(both: Suspect, officer_psh: User, supervisor: User) -> None:
    advance(both, "review", by=supervisor, finding="must_not", note="She was made to")
    for why in ("", WHY):
        with pytest.raises(Conflict):
            advance(both, "send_to_court", by=officer_psh, court="C18", override_why=why)
    advance(both, "review", by=supervisor, finding="may_proceed", note=WHY)
    assert advance(both, "send_to_court", by=officer_psh, court="C18").status == "sent_to_court"


def test_who_recorded_the_arrest_does_not_review_it(complaint: Complaint, supervisor: User) -> None:
    held = arrested(name_suspect(complaint, PersonSaid(), by=supervisor), supervisor)
    with pytest.raises(PermissionDenied):
        advance(held, "review", by=supervisor, finding="may_proceed", note=WHY)


def test_an_override_is_read_by_the_integrity_unit_of_whatever_province(
    browser: Browser, both: Suspect, officer_psh: User, integrity: User, supervisor: User
) -> None:
    advance(both, "send_to_court", by=officer_psh, court="C18", override_why=WHY)
    page = browser(integrity).get("/suspects/overrides/").content.decode()
    assert WHY in page
    assert both.reference in page
    assert browser(integrity).get(url(both)).status_code == 404
    assert browser(supervisor).get("/suspects/overrides/").status_code == 403
    assert list(Review.objects.overrides_for(supervisor)) == []


@pytest.mark.parametrize("decision", ["decide_presumed", "decide_trafficked"])
def test_the_gate_stands_for_victims_and_not_for_those_cleared(both: Suspect, officer_psh: User, decision: str) -> None:
    victim = both.person.victims.get()
    decide(victim, decision, by=officer_psh)
    with pytest.raises(ValidationError):
        advance(both, "send_to_court", by=officer_psh, court="C18")
    decide(victim, "decide_exploited", by=officer_psh, note="Worked as a guard by choice")
    with pytest.raises(ValidationError):
        advance(both, "send_to_court", by=officer_psh, court="C18", override_why=WHY)
    assert advance(both, "send_to_court", by=officer_psh, court="C18").status == "sent_to_court"


def test_an_officer_of_another_province_sees_nothing_of_it(
    browser: Browser, suspect: Suspect, officer_pp: User
) -> None:
    client = browser(officer_pp)
    assert client.get(url(suspect)).status_code == 404
    assert suspect.reference not in client.get("/suspects/").content.decode()
    assert client.get(f"/api/v1/suspects/{suspect.reference}/").status_code == 404


def test_an_analyst_reads_codes_and_no_names(browser: Browser, program: Any, suspect: Suspect, analyst: User) -> None:
    assert "王伟" not in browser(analyst).get("/suspects/").content.decode()
    assert program(analyst).get(f"/api/v1/suspects/{suspect.reference}/").json()["names"] == []


def test_a_program_names_arrests_and_sends_on(program: Any, officer_psh: User, complaint: Complaint) -> None:
    client = program(officer_psh)
    path, said = (
        f"/api/v1/complaints/{complaint.reference}/suspects/",
        {"name": "Li Wei", "roles": ["broker_travel_agent"]},
    )
    first, again = (client.post(path, said, headers={"Idempotency-Key": "one-suspect"}) for _ in range(2))
    assert (first.status_code, first.json()["reference"]) == (201, again.json()["reference"])
    steps = f"/api/v1/suspects/{first.json()['reference']}/steps/"
    assert client.post(steps, {"step": "arrest", **ARREST}).json()["status"] == "arrested"
    assert client.post(steps, {"step": "arrest", **ARREST}).status_code == 409
    assert client.post(steps, {"step": "send_to_court", "court": "C99"}).status_code == 400
    assert client.post(steps, {"step": "send_to_court", "court": "C18"}).json()["court"] == "C18"


def test_filters_of_the_list(program: Any, suspect: Suspect, officer_psh: User) -> None:
    arrested(suspect, officer_psh, 40)
    client = program(officer_psh)

    def found(query: str) -> int:
        return len(client.get(f"/api/v1/suspects/?{query}").json()["results"])

    day = timezone.localdate().isoformat()
    assert found("custody=held") == found("custody=soon") == found("nationality=cn") == found("status=arrested") == 1
    assert found("custody=over") == found("court_from=2022-01-01") == found("case_file=1") == 0
    assert found(f"arrested_to={day}&complaint={suspect.complaint.reference}") == 1


def test_the_list_asks_the_same_of_the_database_at_any_length(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    counts = []
    for n in (3, 12):
        for _more in range(n):
            name_suspect(complaint, PersonSaid(name="Li Wei"), by=officer_psh)
        client = browser(officer_psh)
        client.get("/suspects/")
        counts.append(asked(client, "/suspects/"))
    assert len(counts[0]) == len(counts[1]) <= 12


def file_of(browser: Browser, by: User, **said: Any) -> Any:
    body = {
        "police_number": "112/2022",
        "unit": "Office",
        "opened_on": "29/9/2022",
        "court": "C18",
        "articles": ["L08-10"],
    }
    return browser(by).post("/case-files/new/", body | said)


def test_a_case_file_joins_what_its_reader_sees(
    browser: Browser, officer_psh: User, officer_pp: User, suspect: Suspect, registered: Any
) -> None:
    assert file_of(browser, officer_psh).status_code == 302
    file = CaseFile.objects.get()
    client, path = browser(officer_psh), f"/case-files/{file.reference}/"
    elsewhere = registered(province_of_incident="12")
    for what in (suspect.reference, suspect.complaint.reference):
        assert client.post(path, {"reference": what}).status_code == 302
    assert client.post(path, {"reference": elsewhere.reference}).status_code == 400
    assert client.get(url(suspect)).content.decode().count(file.reference) >= 1
    assert browser(officer_pp).get(path).status_code == 404
    assert client.post(path, {"reference": suspect.reference, "act": "part"}).status_code == 302
    assert file.suspects.count() == 0


def test_a_file_takes_on_the_strictest_wall_of_what_it_joins(
    browser: Browser, supervisor: User, officer_psh: User, registered: Any
) -> None:
    led = registered(not_local_police=True)
    file_of(browser, supervisor)
    file = CaseFile.objects.get()
    assert browser(officer_psh).get(f"/case-files/{file.reference}/").status_code == 200
    browser(supervisor).post(f"/case-files/{file.reference}/", {"reference": led.reference})
    assert browser(officer_psh).get(f"/case-files/{file.reference}/").status_code == 404


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"police_number": ""}, "Give the number of the police or of the court."),
        ({"articles": []}, "Choose at least one article."),
        ({"opened_on": "1/1/2099"}, "This lies in the future."),
        ({"court": ""}, "Choose the court."),
    ],
)
def test_what_a_case_file_lacks_is_said(browser: Browser, officer_psh: User, said: dict[str, Any], word: str) -> None:
    answer = file_of(browser, officer_psh, **said)
    assert answer.status_code == 400
    assert word in answer.content.decode()
    assert "Office" in answer.content.decode()


def test_two_who_change_a_file_are_shown_each_other(browser: Browser, officer_psh: User, supervisor: User) -> None:
    file_of(browser, officer_psh)
    file = CaseFile.objects.get()
    said = {
        "police_number": "112/2022",
        "opened_on": "29/9/2022",
        "court": "C18",
        "articles": ["L08-10"],
        "version": "1",
    }
    path = f"/case-files/{file.reference}/edit/"
    assert browser(officer_psh).post(path, {**said, "unit": "First"}).status_code == 302
    answer = browser(supervisor).post(path, {**said, "unit": "Second"})
    assert answer.status_code == 409
    assert "First" in answer.content.decode()


def test_the_administrator_keeps_the_law(browser: Browser, admin: User, officer_psh: User) -> None:
    client = browser(admin)
    assert client.get("/law/").status_code == 200
    limits = {"first": "48", "first_warn": "40", "extension": "24", "extension_warn": "12"}
    assert client.post("/law/", limits).status_code == 302
    assert CustodyLimit.objects.get(kind="first").warn_hours == 40
    refused = client.post("/law/", {**limits, "first_warn": "48"})
    assert refused.status_code == 400
    assert browser(officer_psh).get("/law/").status_code == 403
