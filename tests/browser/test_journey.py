"""The main job from the first words to the file, by five people in real pages, in both languages, at desk and on a phone."""

import csv

import pytest

from complaints.models import Complaint
from notifications.models import Notification
from tests.browser.conftest import overflow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Nine workers held on the sixth floor. Passports taken."


def log_complaint(page):
    """Intake writes down what is said; the form ends on its receipt."""
    page.locator("[name=urgency][value=immediate]").check(force=True)
    page.locator("[name=narrative]").fill(WORDS)
    page.locator("[name=channel]").select_option("hotline")
    page.locator("[name=province_of_incident]").select_option("18")
    page.locator("[name=number_reported]").fill("១")
    page.locator(".sk-person [name$=name]").first.fill("Nguyễn Thị Lan")
    page.locator("[data-register]:visible").click()
    page.wait_for_url("**/receipt/**")
    return page.url.rstrip("/").rsplit("/", 1)[1]


def take(page, live_server, reference, step, **answers):
    """Take a step as the pages offer it: one press, or the page that asks."""
    page.goto(f"{live_server.url}/complaints/{reference}/")
    one_press = page.locator(f"form[action$='/steps/{step}/'] button:visible").first
    if one_press.count():
        one_press.click()
    else:
        page.goto(f"{live_server.url}/complaints/{reference}/steps/{step}/")
        for name, value in answers.items():
            field = page.locator(f"[name={name}][value={value}]")
            if field.count():
                field.check(force=True)
            else:
                page.locator(f"[name={name}]").fill(value)
        page.locator("[form=step]:visible, form#step .sk-actions button:visible").first.click()
    page.wait_for_url(f"**/complaints/{reference}/")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("km", 360)])
def test_a_complaint_goes_all_the_way(
    open_page, live_server, intake, officer_psh, supervisor, analyst, language, width
):
    def as_user(user, path="/"):
        page = open_page(path, width=width, language=language, as_user=user)
        assert page.locator("html").get_attribute("lang") == language
        assert overflow(page) == 0
        return page

    reference = log_complaint(as_user(intake, "/complaints/new/"))
    complaint = Complaint.objects.get(reference=reference)
    assert Notification.objects.filter(recipient=officer_psh, reference=reference, channel="in_app").count() == 1

    work = as_user(officer_psh)
    row = work.locator("tr", has_text=reference)
    row.locator("form button").click()
    work.wait_for_load_state()
    complaint.refresh_from_db()
    assert (complaint.status, complaint.officer) == ("acknowledged", officer_psh)

    take(work, live_server, reference, "start_verification")
    take(work, live_server, reference, "record_outcome", outcome="substantiated")
    victim = complaint.victims.get()
    work.goto(f"{live_server.url}/victims/{victim.reference}/")
    work.locator("[name=step][value=record_rescue]").check(force=True)
    work.locator(".sk-thumb button:visible, .sk-actions button:visible").first.click()
    work.wait_for_load_state()
    victim.refresh_from_db()
    assert victim.rescue_status == "rescued"
    work.goto(f"{live_server.url}/victims/{victim.reference}/")
    work.locator("#identification a").first.click()
    work.wait_for_load_state()
    work.locator("form#step [name=note]").fill("Locked in, passport taken")
    work.locator(".sk-thumb button:visible, .sk-actions button:visible").first.click()
    work.wait_for_load_state()
    victim.refresh_from_db()
    assert (victim.decision, victim.decided_by) == ("presumed", officer_psh)
    take(work, live_server, reference, "propose_closing")

    second = as_user(supervisor)
    assert second.locator("tr", has_text=reference).count() == 1
    take(second, live_server, reference, "close")
    complaint.refresh_from_db()
    assert (complaint.status, complaint.ledger["sought"]) == ("closed", 0)

    export = as_user(analyst, "/complaints/export/")
    export.locator("[name=purpose]").first.check(force=True)
    with export.expect_download() as download:
        export.locator("main form button").last.click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row for row in rows[1:] if reference in row] == rows[1:]
    assert WORDS not in str(rows)
