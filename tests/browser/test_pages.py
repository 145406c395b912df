"""The officer's pages in a real browser: they fit a small phone, hold to WCAG, and the next step is two taps."""

import pytest

from complaints.said import ContactSaid
from complaints.services import log_contact, propose_change
from prevention.models import Respondent
from prevention.services import add_activity, correct_respondent
from prevention.services.correcting import said_of
from prevention.services.sheets import read_sheet
from reports.handin import SETS
from reports.services import prepare, tables_asked
from tests.browser.conftest import broken_rules, overflow, spilled
from tests.complaints.listing import enter
from tests.factories.accounts import UserFactory
from tests.prevention.conftest import ranking, survey, written
from tests.prevention.test_activities import held
from tests.prevention.test_results import answered
from tests.prevention.test_sheets import GOOD, HEADS, csv
from tests.reports.publishing import drafted

__all__ = ["ranking", "survey", "written"]
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
    "services": "/victims/{victim}/services/",
    "in proceedings": "/victims/{victim}/proceedings/",
    "hearings": "/hearings/?when=all",
    "results of courts": "/suspects/results/",
    "begin a return": "/victims/{victim}/return/begin/",
    "order to deport": "/victims/{victim}/deportation/",
    "returns by embassy": "/repatriations/",
    "returns": "/repatriations/people/",
    "deportations": "/deportations/",
    "sheet for an embassy": "/repatriations/sheet/?country=VN",
    "merges": "/merges/",
    "merging": "/merges/new/?one={victim}",
    "add a person": "/complaints/{reference}/people/add/",
    "facts": "/complaints/{reference}/facts/",
    "step": "/complaints/{reference}/steps/acknowledge/",
    "export": "/complaints/export/",
    "exports": "/exports/",
    "export of people": "/exports/new/victims/",
    "summary of a complaint": "/exports/new/case/?reference={reference}",
    "new": "/complaints/new/",
    "overview": "/reports/",
    "victims": "/victims/",
    "victim": "/victims/{victim}/",
    "sites": "/sites/",
    "partners": "/partners/",
    "refer the people": "/referrals/new/{reference}/?people=1",
    "bell": "/notifications/",
    "account": "/account/",
    "views": "/views/complaints/",
    "keep a view": "/views/complaints/new/?status=new&urgency=high",
    "notices": "/notifications/own/",
    "not found": "/complaints/KH-2000-AAAAAA/",
}


INBOX = {
    "inbox": "/contacts/",
    "nothing set aside": "/contacts/?status=set_aside",
    "held apart": "/contacts/?status=held",
    "no report is ticked": "/contacts/several/",
    "log a message": "/contacts/new/",
    "a message": "/contacts/{contact}/",
    "the whole of a message": "/contacts/{contact}/whole/",
    "messages of a message": "/contacts/{contact}/messages/",
    "who told a message": "/contacts/{contact}/reporter/",
    "answer a message": "/contacts/{contact}/steps/answer/",
    "a list of names": "/contacts/{contact}/names/",
    "file a message": "/contacts/{contact}/steps/file/",
    "a complaint of a message": "/complaints/new/?contact={contact}",
}


SENT = {
    "lists of names": "/name-lists/",
    "a list of names that was sent": "/name-lists/{contact}/",
}


DESK = {
    "approvals": "/approvals/",
    "proposed": "/approvals/?own=1",
    "readings": "/approvals/readings/",
    "deputy": "/account/deputy/",
    "likely the same": "/pairs/",
    "not the same": "/pairs/?state=dismissed",
    "list to assign": "/complaints/?tray=1",
    "assign": "/complaints/assign/?reference={reference}&province=18",
}


PUBLISHED = {
    "nothing released": "/reports/publications/",
    "to be signed": "/reports/publications/?show=draft",
    "a publication": "/reports/publications/{published}/",
    "what changed since": "/reports/publications/{published}/changes/",
    "sign a publication": "/reports/publications/{published}/steps/sign/",
}


CLOCKS = {
    "clocks": "/clocks/",
    "urgency rules": "/rules/",
    "a rule": "/rules/child/",
    "a new rule": "/rules/new/",
    "holidays": "/clocks/holidays/?year=2026",
    "a holiday": "/clocks/holidays/2026-11-09/",
}


PREVENTION = {
    "surveys": "/surveys/",
    "no survey matches": "/surveys/?q=zzzz",
    "a new survey": "/surveys/new/",
    "results": "/surveys/{survey}/",
    "corrections": "/surveys/{survey}/answers/",
    "answers to correct": "/surveys/{survey}/answers/{answers}/",
    "sheets": "/surveys/{survey}/import/",
    "a sheet with rows to mend": "/surveys/{survey}/import/{sheet}/",
    "close a survey": "/surveys/{survey}/steps/close/",
    "causes beside complaints": "/reports/causes/{survey}/",
    "activities": "/activities/",
    "a new activity": "/activities/new/",
    "an activity": "/activities/{activity}/",
    "correct an activity": "/activities/{activity}/edit/",
}


# Several pages are looked at in one window: to begin with an empty one costs more than the page.
def together(pages, size=8):
    names = list(pages)
    return [names[place : place + size] for place in range(0, len(names), size)]


def looked_at(open_page, user, pages, complaint, **more):
    """Open each page on a small phone in Khmer and wide in English; give what is wrong, by page."""
    victim, wrong = complaint.victims.first().reference, {}
    paths = {name: path.format(reference=complaint.reference, victim=victim, **more) for name, path in pages.items()}
    small, wide = (
        open_page(None, width=width, language=language, as_user=user) for width, language in ((320, "km"), (1280, "en"))
    )
    for name, path in paths.items():
        open_page.go(small, path)
        said = [one for one in small.said if "404" not in one]
        found = [f"{overflow(small)} pixels too wide"] if overflow(small) else []
        found += [f"spills: {words}" for words in spilled(small)]
        open_page.go(wide, path)
        if found := found + said + broken_rules(wide):
            wrong[name] = found
    return wrong


@pytest.mark.parametrize("names", together(PAGES), ids="+".join)
def test_pages_fit_a_small_phone_in_khmer_and_hold_to_wcag(open_page, officer_psh, complaint, names):
    assert looked_at(open_page, officer_psh, {name: PAGES[name] for name in names}, complaint) == {}


def test_publications_fit_a_small_phone_and_hold_to_wcag(open_page, supervisor, analyst, complaint):
    draft = drafted(analyst, "complaints_received", splits=("complaints_received.channel",))
    assert looked_at(open_page, supervisor, PUBLISHED, complaint, published=draft.reference) == {}
    pages = {"prepare": "/reports/publications/new/", "prepare tables": "/reports/hand-in/sdg/sign/"}
    assert looked_at(open_page, analyst, pages, complaint) == {}
    tables, _new = prepare(tables_asked(SETS["sdg"], 2022, kind="provisional"), by=analyst, key="tables")
    home = f"/reports/publications/{tables.reference}/"
    pages = {"signed tables": home, "cells since": f"{home}changes/", "sign tables": f"{home}steps/sign/"}
    assert looked_at(open_page, supervisor, pages, complaint) == {}


def test_the_inbox_fits_a_small_phone_and_holds_to_wcag(open_page, intake, complaint):
    words = f"{complaint.narrative} They beat her, near Preah Sihanouk; call 097 555 0184 about the lighthouse."
    said = ContactSaid("new_report", "hotline", words, language="English", urgency="high")
    contact, _made = log_contact(said, by=intake, key="k-1")
    pages = {name: path.replace("{contact}", contact.reference) for name, path in INBOX.items()}
    assert looked_at(open_page, intake, pages, complaint) == {}


def test_lists_of_names_fit_a_small_phone_of_who_sent_them(open_page, intake, sender, contact, complaint):
    own = UserFactory(username="consul", role="partner", partner_id=sender.reference)
    assert looked_at(open_page, own, {"no list": "/name-lists/"}, complaint) == {}
    enter(contact, intake, sender)
    pages = {name: path.replace("{contact}", contact.reference) for name, path in SENT.items()}
    assert looked_at(open_page, own, pages, complaint) == {}


def test_surveys_and_activities_fit_a_small_phone_and_hold_to_wcag(
    open_page, analyst, officer_psh, complaint, survey, ranking
):
    for province, n in (("18", 40), ("12", 30), ("01", 5)):
        answered(survey, analyst, n, "gambling", "personal_debt", province=province, sex="female", band="18-24")
    sheet = read_sheet(survey, csv(HEADS, GOOD[0], ["Atlantis", "f", 300, "x", ""]), by=analyst)
    activity = add_activity(by=analyst, **held())
    one = Respondent.objects.filter(survey=survey).first()
    correct_respondent(one, by=analyst, version=1, why="Typed wrong.", **{**said_of(one), "age": 19, "band": ""})
    words = {
        "survey": survey.reference,
        "answers": one.reference,
        "sheet": sheet.reference,
        "activity": activity.reference,
    }
    pages = {name: path.format(**words) for name, path in PREVENTION.items()}
    assert looked_at(open_page, analyst, pages, complaint) == {}
    entered = {"answers": f"/surveys/{survey.reference}/enter/", "in order": f"/surveys/{ranking.reference}/enter/"}
    assert (
        looked_at(open_page, officer_psh, entered | {"of my province": f"/surveys/{survey.reference}/"}, complaint)
        == {}
    )


def test_the_clocks_fit_a_small_phone_and_hold_to_wcag(open_page, admin, complaint):
    assert looked_at(open_page, admin, CLOCKS, complaint) == {}


def test_pages_of_the_desk_fit_a_small_phone_and_hold_to_wcag(
    open_page, officer_psh, supervisor, registered, complaint
):
    propose_change(complaint, by=officer_psh, field="number_reported", after="2", why="Counted again.")
    registered(province_of_incident="")
    assert looked_at(open_page, supervisor, DESK, complaint) == {}


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
