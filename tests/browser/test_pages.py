"""The officer's pages in a real browser: they fit a small phone, hold to WCAG, and the next step is two taps."""

import pytest

from tests.browser.conftest import broken_rules, overflow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "work": "/",
    "list": "/complaints/",
    "nothing found": "/complaints/?q=zzzz",
    "complaint": "/complaints/{reference}/",
    "people": "/complaints/{reference}/people/",
    "history": "/complaints/{reference}/history/",
    "add a person": "/complaints/{reference}/people/add/",
    "facts": "/complaints/{reference}/facts/",
    "step": "/complaints/{reference}/steps/acknowledge/",
    "export": "/complaints/export/",
    "new": "/complaints/new/",
    "victims": "/victims/",
    "victim": "/victims/{victim}/",
    "sites": "/sites/",
    "bell": "/notifications/",
    "account": "/account/",
    "not found": "/complaints/KH-2000-AAAAAA/",
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
