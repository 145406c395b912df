"""Who handles a complaint moves by recorded steps: to the ministry, back to the province, under seal."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from complaints.models import Complaint
from complaints.services import change_facts
from notifications.models import Notification
from provinces.services.sites import edit_site
from tests.api.test_races import at_once
from tests.factories.places import a_site
from victims.models import Victim
from workflow.models import Transition

Browser = Callable[..., Client]


def step(client: Client, complaint: Complaint, name: str, **said: str) -> Any:
    return client.post(f"/complaints/{complaint.reference}/steps/{name}/", {"note": "As agreed", **said})


def told(kind: str) -> set[str]:
    return set(Notification.objects.filter(kind=kind, channel="in_app").values_list("recipient__username", flat=True))


def test_led_by_the_ministry_it_is_gone_for_the_province_with_all_its_children(
    browser: Browser, supervisor: User, supervisor2: User, officer_psh: User, complaint: Complaint
) -> None:
    victim = Victim.objects.filter(complaint=complaint).first()
    assert victim is not None
    assert step(browser(supervisor), complaint, "lead_nationally").status_code == 302
    client = browser(officer_psh)
    for url in (f"/complaints/{complaint.reference}/", f"/victims/{victim.reference}/"):
        assert client.get(url).status_code == 404
    assert complaint.reference not in client.get("/").content.decode()
    assert complaint.reference not in client.get("/complaints/").content.decode()
    assert client.get(f"/api/v1/complaints/{complaint.reference}/").status_code == 404
    for table in ("complaints_contact", "workflow_transition", "victims_victim"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT DISTINCT handling FROM {table} WHERE complaint_id = %s", [complaint.pk])
            assert cursor.fetchall() == [("national_led",)], table
    assert told("complaint_led") == {supervisor2.username}
    assert Transition.objects.get(step="lead_nationally").by == supervisor


def test_nobody_is_named_for_it_yet_and_the_work_page_says_so(
    browser: Browser, supervisor: User, complaint: Complaint
) -> None:
    client = browser(supervisor)
    step(client, complaint, "lead_nationally")
    assert "Nobody is named to handle it" in client.get("/", headers={"accept-language": "en"}).content.decode()


def test_who_brought_it_to_the_ministry_does_not_hand_it_back(
    browser: Browser, supervisor: User, supervisor2: User, officer_psh: User, complaint: Complaint
) -> None:
    step(browser(supervisor), complaint, "lead_nationally")
    assert step(browser(supervisor), complaint, "hand_to_province").status_code == 403
    assert step(browser(supervisor2), complaint, "hand_to_province").status_code == 302
    complaint.refresh_from_db()
    assert complaint.handling == "provincial"
    assert officer_psh.username in told("complaint_assigned")


@pytest.mark.parametrize("why", ["site", "police"])
def test_what_keeps_it_at_the_ministry_is_said(
    browser: Browser, supervisor: User, supervisor2: User, registered: Callable[..., Complaint], why: str
) -> None:
    site = a_site(supervisor, national_led=True)
    said: dict[str, Any] = {"site": site.reference} if why == "site" else {"not_local_police": True}
    complaint = registered(**said)
    assert complaint.handling == "national_led"
    assert step(browser(supervisor2), complaint, "hand_to_province").status_code == 409


def test_sealed_it_leaves_even_who_sealed_it_and_the_integrity_unit_is_told(
    browser: Browser, supervisor: User, integrity: User, complaint: Complaint
) -> None:
    client = browser(supervisor)
    answer = step(client, complaint, "seal")
    assert (answer.status_code, answer["Location"]) == (302, "/complaints/")
    assert client.get(f"/complaints/{complaint.reference}/").status_code == 404
    assert browser(integrity).get(f"/complaints/{complaint.reference}/").status_code == 200
    assert told("complaint_sealed") == {integrity.username}


def test_a_program_that_seals_gets_the_reference_and_nothing_else(
    program: Any, supervisor: User, complaint: Complaint
) -> None:
    url = f"/api/v1/complaints/{complaint.reference}/steps/"
    answer = program(supervisor).post(url, {"step": "seal", "note": "A unit is named"})
    assert (answer.status_code, answer.json()) == (200, {"reference": complaint.reference})


def test_it_is_never_the_usual_next_step(browser: Browser, intake: User, complaint: Complaint) -> None:
    page = browser(intake).get(f"/complaints/{complaint.reference}/", headers={"accept-language": "en"})
    assert page.context["next"] is None
    assert [more.name for more in page.context["more"]] == ["lead_nationally", "seal"]


def test_a_site_marked_as_led_takes_its_complaints_along(
    supervisor: User, officer_psh: User, registered: Callable[..., Complaint]
) -> None:
    site = a_site(supervisor)
    there, elsewhere = registered(site=site.reference), registered()
    edit_site(site, by=supervisor, version=site.version, national_led=True)
    there.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (there.handling, elsewhere.handling) == ("national_led", "provincial")
    line = Transition.objects.get(step="lead_nationally")
    assert (line.by.role, "leads everything" in line.note) == ("system", True)
    assert not Complaint.objects.visible_to(officer_psh).filter(pk=there.pk).exists()


def test_an_officer_who_says_it_is_at_a_led_site_hands_it_over(
    browser: Browser, officer_psh: User, supervisor: User, complaint: Complaint
) -> None:
    site = a_site(supervisor, national_led=True)
    client = browser(officer_psh)
    url = f"/complaints/{complaint.reference}/facts/"
    version = complaint.version
    assert "leads" not in client.get(url).content.decode()
    answer = client.post(url, {"version": version, "site": site.reference, "urgency": "normal"}, follow=True)
    assert "The ministry handles this complaint now" in answer.content.decode()
    complaint.refresh_from_db()
    assert (complaint.handling, complaint.site) == ("national_led", site)


@pytest.mark.django_db(transaction=True)
def test_a_site_marked_while_facts_are_saved_leaves_no_provincial_complaint_there(
    supervisor: User, officer_psh: User, registered: Callable[..., Complaint]
) -> None:
    site = a_site(supervisor)
    rows = [registered() for _ in range(6)]
    edits = [
        lambda row=row: change_facts(row, by=officer_psh, version=row.version, changes={"site": site}) for row in rows
    ]
    at_once([*edits, lambda: edit_site(site, by=supervisor, version=site.version, national_led=True)])
    assert set(Complaint.objects.filter(site=site).values_list("handling", flat=True)) == {"national_led"}
    assert Complaint.objects.filter(site=site).count() == 6
