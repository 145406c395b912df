"""A case file of two complaints: what is sealed leaves it for the others, who keep the file."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import advance as advance_complaint
from complaints.services import name_suspect
from suspects.models import CaseFile, Suspect
from suspects.services import join, part, set_hearing
from tests.suspects import Browser, at_court
from tests.suspects.test_case_files import SAID, file_of


@pytest.fixture
def joint(browser: Browser, officer_psh: User, suspect: Suspect, registered: Any) -> CaseFile:
    """Joins a suspect of one complaint, who has a hearing, and a suspect of another."""
    file_of(browser, officer_psh, holds=suspect.reference)
    file = CaseFile.objects.get()
    other = name_suspect(registered(), PersonSaid(name="Chan Dara"), by=officer_psh)
    join(file, other, by=officer_psh)
    set_hearing(at_court(suspect, officer_psh), by=officer_psh, at=timezone.now() + timedelta(days=5), kind="trial")
    return file


def shown(browser: Browser, by: User, file: CaseFile) -> str:
    return str(browser(by).get(f"/case-files/{file.reference}/").content.decode())


def sealed(complaint: Complaint, by: User) -> Complaint:
    return advance_complaint(complaint, "seal", by=by, note="An official is named.")


def test_a_file_of_two_complaints_stays_with_the_one_that_is_not_sealed(
    browser: Browser,
    program: Any,
    joint: CaseFile,
    suspect: Suspect,
    officer_psh: User,
    supervisor: User,
    analyst: User,
    integrity: User,
) -> None:
    other = joint.suspects.exclude(pk=suspect.pk).get()
    assert "Next hearing" in shown(browser, officer_psh, joint)
    sealed(suspect.complaint, supervisor)
    for user in (officer_psh, supervisor, analyst):
        page = shown(browser, user, joint)
        assert other.reference in page
        assert "Next hearing" not in page
        for part_of in (suspect.reference, suspect.complaint.reference, "王伟"):
            assert part_of not in page
        assert "ealed" not in page.partition("<main")[2]
        said = program(user).get(f"/api/v1/case-files/{joint.reference}/").json()
        assert (said["suspects"], said["handling"]) == ([other.reference], "provincial")
        assert joint.reference in browser(user).get("/case-files/").content.decode()
    page = shown(browser, integrity, joint)
    assert suspect.reference in page
    assert other.reference not in page
    assert joint.reference in browser(integrity).get("/case-files/").content.decode()
    assert browser(integrity).get(f"/case-files/{joint.reference}/edit/").status_code == 403


def test_a_file_whose_last_open_complaint_is_sealed_is_sealed(
    browser: Browser, joint: CaseFile, suspect: Suspect, officer_psh: User, supervisor: User, integrity: User
) -> None:
    for one in joint.suspects.all():
        sealed(one.complaint, supervisor)
    joint.refresh_from_db()
    assert joint.handling == "sealed"
    for user, status in ((officer_psh, 404), (supervisor, 404), (integrity, 200)):
        assert browser(user).get(f"/case-files/{joint.reference}/").status_code == status


def test_a_file_is_led_nationally_when_nothing_of_a_province_is_in_it(
    joint: CaseFile, suspect: Suspect, supervisor: User
) -> None:
    other = joint.suspects.exclude(pk=suspect.pk).get()
    advance_complaint(other.complaint, "lead_nationally", by=supervisor, note="Not safe there")
    joint.refresh_from_db()
    assert joint.handling == "provincial"
    sealed(suspect.complaint, supervisor)
    joint.refresh_from_db()
    assert joint.handling == "national_led"


def test_taking_out_what_is_open_does_not_tell_that_something_sealed_is_left(
    browser: Browser, joint: CaseFile, suspect: Suspect, officer_psh: User, supervisor: User
) -> None:
    sealed(suspect.complaint, supervisor)
    part(joint, joint.suspects.exclude(pk=suspect.pk).get(), by=officer_psh)
    page = shown(browser, officer_psh, joint)
    assert joint.police_number in page
    assert suspect.reference not in page


def test_who_is_named_for_a_sealed_complaint_sees_the_file_of_a_person_of_it(
    browser: Browser, joint: CaseFile, suspect: Suspect, officer_pp: User, supervisor: User, integrity: User
) -> None:
    joint.suspects.clear()
    joint.victims.add(suspect.complaint.victims.first())
    found = sealed(suspect.complaint, supervisor)
    path = f"/case-files/{joint.reference}/"
    assert browser(officer_pp).get(path).status_code == 404
    browser(integrity).post(f"/complaints/{found.reference}/handlers/", {"user": str(officer_pp.pk)})
    assert browser(officer_pp).get(path).status_code == 200


def test_who_is_named_keeps_the_court_of_another_province_in_a_change(
    browser: Browser, officer_psh: User, officer_pp: User, joint: CaseFile, suspect: Suspect, supervisor: User
) -> None:
    advance_complaint(suspect.complaint, "lead_nationally", by=supervisor, note="Not safe there")
    browser(supervisor).post(f"/complaints/{suspect.complaint.reference}/handlers/", {"user": str(officer_pp.pk)})
    said = {**SAID, "articles": ["L08-10"], "unit": "Unit 5"}
    assert browser(officer_pp).post(f"/case-files/{joint.reference}/edit/", said).status_code == 302
    joint.refresh_from_db()
    assert (joint.unit, joint.court_id) == ("Unit 5", "C18")
