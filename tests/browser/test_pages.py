"""The officer's pages in a real browser: they fit a small phone, hold to WCAG, and the next step is two taps."""

import pytest

from complaints.services import propose_change
from tests.browser.conftest import broken_rules, overflow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "work": "/",
    "list": "/complaints/",
    "nothing found": "/complaints/?q=zzzz",
    "complaint": "/complaints/{reference}/",
    "people": "/complaints/{reference}/people/",
    "history": "/complaints/{reference}/history/",
    "number": "/complaints/{reference}/changes/",
    "attempts": "/complaints/{reference}/attempts/",
    "answers": "/complaints/{reference}/answers/",
    "late": "/complaints/late/?late=acknowledge",
    "evidence": "/complaints/{reference}/evidence/",
    "paper": "/complaints/{reference}/print/",
    "a fact before": "/complaints/{reference}/history/urgency/",
    "calls told": "/complaints/{reference}/history/?show=contacts",
    "people told": "/complaints/{reference}/?show=people",
    "consent": "/victims/{victim}/consent/",
    "guardian": "/victims/{victim}/guardian/",
    "place": "/victims/{victim}/place/",
    "in proceedings": "/victims/{victim}/proceedings/",
    "hearings": "/hearings/?when=all",
    "results of courts": "/suspects/results/",
    "begin a return": "/victims/{victim}/return/begin/",
    "order to deport": "/victims/{victim}/deportation/",
    "returns by embassy": "/repatriations/",
    "returns": "/repatriations/people/",
    "sheet for an embassy": "/repatriations/sheet/?country=VN",
    "merges": "/merges/",
    "merging": "/merges/new/?one={victim}",
    "add a person": "/complaints/{reference}/people/add/",
    "facts": "/complaints/{reference}/facts/",
    "step": "/complaints/{reference}/steps/acknowledge/",
    "export": "/complaints/export/",
    "new": "/complaints/new/",
    "victims": "/victims/",
    "victim": "/victims/{victim}/",
    "sites": "/sites/",
    "partners": "/partners/",
    "bell": "/notifications/",
    "account": "/account/",
    "views": "/views/complaints/",
    "keep a view": "/views/complaints/new/?status=new&urgency=high",
    "notices": "/notifications/own/",
    "not found": "/complaints/KH-2000-AAAAAA/",
}


DESK = {
    "approvals": "/approvals/",
    "proposed": "/approvals/?own=1",
    "readings": "/approvals/readings/",
    "deputy": "/account/deputy/",
    "list to assign": "/complaints/?tray=1",
    "assign": "/complaints/assign/?reference={reference}&province=18",
}


def address(page, complaint):
    return PAGES[page].format(reference=complaint.reference, victim=complaint.victims.first().reference)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_small_phone_in_khmer(open_page, officer_psh, complaint, name):
    page = open_page(address(name, complaint), width=320, language="km", as_user=officer_psh)
    assert overflow(page) == 0
    assert [said for said in page.said if "404" not in said] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_to_wcag(open_page, officer_psh, complaint, name):
    assert broken_rules(open_page(address(name, complaint), as_user=officer_psh)) == []


@pytest.mark.parametrize("path", ["/clocks/", "/clocks/holidays/?year=2026", "/clocks/holidays/2026-11-09/"])
def test_the_clocks_fit_a_small_phone_and_hold_to_wcag(open_page, admin, path):
    page = open_page(path, width=320, language="km", as_user=admin)
    assert (overflow(page), page.said) == (0, [])
    assert broken_rules(open_page(path, as_user=admin)) == []


@pytest.mark.parametrize("name", DESK)
def test_a_page_of_the_desk_fits_a_small_phone_and_holds_to_wcag(
    open_page, officer_psh, supervisor, registered, complaint, name
):
    propose_change(complaint, by=officer_psh, field="number_reported", after="2", why="Counted again.")
    registered(province_of_incident="")
    path = DESK[name].format(reference=complaint.reference)
    page = open_page(path, width=320, language="km", as_user=supervisor)
    assert overflow(page) == 0
    assert [said for said in page.said if "404" not in said] == []
    assert broken_rules(open_page(path, as_user=supervisor)) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_what_waits_is_decided_in_two_taps(open_page, officer_psh, supervisor, complaint, scripts):
    change = propose_change(complaint, by=officer_psh, field="number_reported", after="2", why="Counted again.")
    page = open_page("/approvals/", width=360, as_user=supervisor, scripts=scripts)
    page.locator("tr", has_text=complaint.reference).get_by_role("link").first.click()
    page.wait_for_load_state()
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_load_state()
    change.approval.refresh_from_db()
    assert change.approval.state == "approved"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_new_complaint_is_acknowledged_in_one_tap_from_the_work_page(open_page, officer_psh, complaint, scripts):
    page = open_page("/", width=360, as_user=officer_psh, scripts=scripts)
    page.locator("tr", has_text=complaint.reference).get_by_role("button", name="Acknowledge").click()
    page.wait_for_load_state()
    complaint.refresh_from_db()
    assert complaint.status == "acknowledged"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_rescue_is_recorded_by_choosing_and_saving(open_page, officer_psh, complaint, scripts):
    victim = complaint.victims.first()
    page = open_page(f"/victims/{victim.reference}/", width=360, as_user=officer_psh, scripts=scripts)
    page.locator(".sk-option", has_text="Rescued").first.click()
    page.locator(".sk-thumb button").click()
    page.wait_for_load_state()
    victim.refresh_from_db()
    assert victim.rescue_status == "rescued", page.locator("main").inner_text()[:300]
