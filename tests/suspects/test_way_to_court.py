"""Suspects: named, wanted, arrested, sent to court, released; who sees them."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import name_suspect
from people.services import set_names
from suspects.models import Suspect
from suspects.services import advance
from suspects.workflow import SUSPECT
from tests.factories.cases import SuspectFactory
from tests.queries import asked
from tests.suspects import ARREST, HOUR, Browser, arrested, url
from workflow.services import available_steps


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
    counts, client = [], browser(officer_psh)
    for more in (10, 40, 150):
        for row in SuspectFactory.create_batch(more, complaint=complaint):
            set_names(row.person, ["Li Wei", "វ៉ី"])
        client.get("/suspects/")
        counts.append(len(asked(client, "/suspects/?status=named&custody=&sort=received")))
    assert counts[0] == counts[1] == counts[2] <= 12, counts


def test_both_pages_say_that_a_victim_is_a_suspect_too_to_who_may_see_both(
    browser: Browser, officer_psh: User, officer_pp: User, both: Suspect, registered: Any
) -> None:
    victim = both.person.victims.get()
    client = browser(officer_psh)
    assert f'href="/victims/{victim.reference}/"' in client.get(url(both)).content.decode()
    assert f'href="{url(both)}"' in client.get(f"/victims/{victim.reference}/").content.decode()
    elsewhere = SuspectFactory(complaint=registered(province_of_incident="12"), person=both.person)
    assert elsewhere.reference not in client.get(f"/victims/{victim.reference}/").content.decode()
    assert victim.reference not in browser(officer_pp).get(url(elsewhere)).content.decode()


def test_a_suspect_makes_their_person_visible(suspect: Suspect, officer_psh: User, officer_pp: User) -> None:
    seen = type(suspect.person).objects.filter(pk=suspect.person_id)
    assert seen.visible_to(officer_psh).exists()
    assert not seen.visible_to(officer_pp).exists()


def test_the_official_s_unit_is_read_by_the_integrity_unit_and_whom_it_named(
    browser: Browser, officer_psh: User, officer_pp: User, integrity: User, complaint: Complaint
) -> None:
    said = PersonSaid(name="Chan Sarun")
    made = name_suspect(complaint, said, by=officer_psh, public_official="Deputy chief, district police")
    browser(integrity).post(f"/complaints/{complaint.reference}/handlers/", {"user": str(officer_pp.pk)})
    for user in (integrity, officer_pp):
        assert "Deputy chief" in browser(user).get(url(made)).content.decode()
        for path in ("/suspects/", "/suspects/?shared=1", f"/api/v1/suspects/{made.reference}/"):
            assert "Deputy chief" not in browser(user).get(path).content.decode()
    assert browser(officer_psh).get(url(made)).status_code == 404


def test_the_complaint_s_own_pages_name_and_count_its_suspects(
    browser: Browser, officer_psh: User, suspect: Suspect
) -> None:
    client, path = browser(officer_psh), f"/complaints/{suspect.complaint.reference}/"
    answer = client.get(path)
    part = next(part for part in answer.context["parts"] if part["url"] == f"{path}suspects/")
    assert part["count"] == 1
    assert f'Named as a suspect: <a href="{url(suspect)}">王伟</a>' in answer.content.decode()
    assert "王伟" in client.get(f"{path}suspects/").content.decode()


def test_an_arrest_older_than_the_complaint_is_said(browser: Browser, suspect: Suspect, officer_psh: User) -> None:
    words = "before the complaint came in"
    advance(suspect, "arrest", by=officer_psh, **ARREST)
    assert words not in browser(officer_psh).get(url(suspect)).content.decode()
    Suspect.objects.filter(pk=suspect.pk).update(arrested_at=timezone.now() - 30 * HOUR)
    assert words in browser(officer_psh).get(url(suspect)).content.decode()
