"""The reporter is shown for one visit and that is recorded; naming opens and ends."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from accounts.models import Grant, User
from audit.models import AuditEvent
from complaints.models import Complaint

Browser = Callable[..., Client]


def test_the_reporter_is_asked_for_with_a_reason_shown_once_and_recorded(
    browser: Browser, intake: User, complaint: Complaint
) -> None:
    client, url = browser(intake), f"/complaints/{complaint.reference}/reporter/"
    assert "Trần Văn Bình" not in client.get(url).content.decode()
    answer = client.post(url, {"reason": "Call back about the floor"})
    text = answer.content.decode()
    assert "Trần Văn Bình" in text
    assert "012 345 678" in text
    assert "no-store" in answer["Cache-Control"]
    assert "Trần Văn Bình" not in client.get(url).content.decode()
    assert AuditEvent.objects.filter(verb="reporter.reveal", actor_id=str(intake.pk)).count() == 1


def test_without_a_reason_nothing_is_shown(browser: Browser, intake: User, complaint: Complaint) -> None:
    answer = browser(intake).post(f"/complaints/{complaint.reference}/reporter/", {"reason": " "})
    assert answer.status_code == 400
    assert "Trần Văn Bình" not in answer.content.decode()
    assert not AuditEvent.objects.filter(verb="reporter.reveal").exists()


def test_the_province_is_not_offered_the_reporter(browser: Browser, officer_psh: User, complaint: Complaint) -> None:
    client = browser(officer_psh)
    text = client.get(f"/complaints/{complaint.reference}/").content.decode()
    assert "Protected." in text
    assert "Ask to see" not in text
    assert client.post(f"/complaints/{complaint.reference}/reporter/", {"reason": "curious"}).status_code == 403


def test_a_naming_opens_and_its_end_closes(
    browser: Browser, supervisor: User, officer_psh: User, registered: Any
) -> None:
    led = registered(not_local_police=True)
    url = f"/complaints/{led.reference}/"
    chief, officer = browser(supervisor), browser(officer_psh)
    assert officer.get(url).status_code == 404
    assert chief.post(f"{url}handlers/", {"user": str(officer_psh.pk)}).status_code == 302
    assert officer.get(url).status_code == 200
    grant = Grant.objects.get(complaint_id=led.pk)
    assert chief.post(f"{url}handlers/{grant.pk}/end/").status_code == 302
    assert officer.get(url).status_code == 404


def test_nobody_is_named_for_a_provincial_complaint(
    browser: Browser, supervisor: User, officer_pp: User, complaint: Complaint
) -> None:
    url = f"/complaints/{complaint.reference}/handlers/"
    answer = browser(supervisor).post(url, {"user": str(officer_pp.pk)})
    assert answer.status_code == 409
    assert not Grant.objects.exists()


def test_an_integrity_officer_names_for_a_sealed_one_and_a_supervisor_does_not_see_it(
    browser: Browser, supervisor: User, integrity: User, registered: Any
) -> None:
    sealed = registered(official="Captain of village 4")
    url = f"/complaints/{sealed.reference}/handlers/"
    assert browser(supervisor).get(url).status_code == 404
    assert browser(integrity).post(url, {"user": str(supervisor.pk)}).status_code == 302
    assert browser(supervisor).get(f"/complaints/{sealed.reference}/").status_code == 200
