"""One woman from the raid to the hand-over, by five roles in real pages, in both languages, at a desk and on a phone.

Intake, officer, shelter (an account), embassy (a link and a code) and supervisor: the embassy returns it once, the suspect is
convicted, everything is answered, two people close.
"""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from core.display import ZONE
from partners.models import Partner
from referrals.models import Referral
from suspects.models import Suspect
from tests.browser.steps import Album, fill, press
from tests.browser.test_journey import log_complaint
from victims.models import Repatriation, Victim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CASE_STEPS: tuple[tuple[str, dict[str, str]], ...] = (
    ("arrest", {"arrest_unit": "Anti-trafficking office", "arrest_kind": "flagrante"}),
    ("send_to_court", {"court": "C18"}),
    ("charge", {"articles": "L08-10"}),
    ("open_trial", {}),
    ("convict", {"in_absentia": "no", "prison_months": "120", "compensation_riel": "20000000"}),
)
HOME: tuple[tuple[str, dict[str, str]], ...] = (
    ("notify_embassy", {"letter_number": "114/26"}),
    ("confirm_nationality", {}),
    ("record_document", {"document_kind": "passport", "document_number": "C1234567"}),
    ("record_clearance", {"fine": "waived", "fine_amount": "300"}),
    ("agree_departure", {"route": "VN 921"}),
    (
        "hand_over",
        {"handed_to": "Ms Hoa, consul", "handed_where": "Airport", "paid_by": "embassy", "handover_record": "9"},
    ),
)


class Story:
    """Who acts in which page, and the pictures."""

    def __init__(self, open_page: Any, base: str, language: str, width: int) -> None:
        self.open_page, self.base, self.language, self.width = open_page, base, language, width
        self.album = Album(f"{language}-{width}")
        self.pages: dict[Any, Any] = {}

    def go(self, user: User | None, path: str) -> Any:
        """Open a path as somebody (nobody: a link), each in a browser of their own."""
        if user not in self.pages:
            self.pages[user] = self.open_page(path, width=self.width, language=self.language, as_user=user)
        else:
            self.pages[user].goto(self.base + path)
        return self.pages[user]

    def send(self, user: User | None, path: str, form: str = "step", **answers: str) -> Any:
        """Fill a form and send it, with a picture before and after."""
        page = self.go(user, path)
        fill(page, form, **answers)
        words = path.strip("/").replace("/", "-")
        words = re.sub(r"\b(?:[A-Z]{1,2}-)+[0-9A-Z-]+\b", "X", words.partition("?")[0])
        self.album.look(page, words)
        press(page, form)
        return page


@pytest.fixture
def sms(settings: Any, tmp_path: Path) -> Path:
    settings.GATEWAYS = {"sms": {"url": f"file:{tmp_path}/sms", "token": ""}, "telegram": {"url": "", "token": ""}}
    return tmp_path / "sms"


def raid(story: Story, complaint: Complaint, officer: User) -> Victim:
    """Plan and carry out an operation; the list of names finds who was sought."""
    now = timezone.now().astimezone(ZONE)
    planned = {"planned_for_0": f"{now.day}/{now.month}/{now.year}", "planned_for_1": f"{now:%H:%M}"}
    page = story.send(
        officer, f"/operations/new/?complaint={complaint.reference}", "plan-form", place="Floor 8", **planned
    )
    base = page.url.removeprefix(story.base)
    page = story.go(officer, f"{base}steps/record_done/")
    page.locator("[name=result]").first.check(force=True)
    press(page, "step")
    page = story.go(officer, f"{base}people/")
    page.fill("[name=text]", "Nguyễn Thị Lan\tF\t24\tVN\tC1234567\n")
    with page.expect_navigation():
        page.evaluate("document.getElementById('list').requestSubmit()")
    sought = Victim.objects.get(complaint=complaint)
    page.select_option("select[name^=row-]", sought.reference)
    story.album.look(page, "raid-preview")
    with page.expect_navigation():
        page.evaluate("(f => f.requestSubmit(f.querySelector('[name=save]')))(document.getElementById('list'))")
    story.album.look(page, "raid-done")
    return Victim.objects.get(complaint=complaint)


def by_link(story: Story, referral: Referral, officer: User, sms: Path) -> Any:
    """Make a link, ask for the code, open the referral with it."""
    page = story.go(officer, f"/referrals/{referral.reference}/link/")
    with page.expect_navigation():
        page.locator("form[method=post] button:visible").last.click()
    story.album.look(page, "link-made")
    (path,) = set(re.findall(r"/r/[\w-]+/", page.content()))
    door = story.go(None, path)
    story.album.look(door, "door")
    door.locator(f"form[action$='{path}code/'] button").click()
    door.wait_for_load_state()
    code = re.findall(r"\d{6}", "".join(one.read_text() for one in sms.iterdir()))[-1]
    door.fill("[name=code]", code)
    door.locator("form", has=door.locator("[name=code]")).locator("button").click()
    door.wait_for_load_state()
    story.album.look(door, "by-link")
    return door


def answered(page: Any, step: str, **answers: str) -> None:
    """Answer on the page behind a link: open the fold of the step, fill it, send it."""
    form = page.locator(f"form[action$='/steps/{step}/']")
    form.evaluate("form => { form.closest('details').open = true; form.id = 'answer' }")
    fill(page, "answer", **answers)
    with page.expect_navigation():
        page.evaluate("document.getElementById('answer').requestSubmit()")


def asked(story: Story, victim: Victim, officer: User) -> None:
    """Screen her, and ask her alone what she agrees to; the question of fear comes first."""
    story.send(
        officer, f"/victims/{victim.reference}/identification/decide_presumed/", has_act="yes", note="Locked in."
    )
    answers = {"for_help": "yes", "for_shelter": "yes", "for_embassy": "yes"}
    said = {"asked_alone": "yes", "asked_language": "Tiếng Việt", "afraid": "no"}
    page = story.send(officer, f"/victims/{victim.reference}/consent/", "consent", **said, **answers)
    story.album.look(page, "person-after-consent")


def referred(story: Story, victim: Victim, officer: User, to: Partner, after: str = "", **said: str) -> Referral:
    """Choose the receiver and send what it reads."""
    page = story.go(officer, f"/referrals/new/{victim.reference}/" + (f"?after={after}" if after else ""))
    page.select_option("#to", to.reference)
    story.album.look(page, "to-whom")
    with page.expect_navigation():
        page.evaluate("document.getElementById('to').form.requestSubmit()")
    fill(page, "send", **said)
    story.album.look(page, f"send-to-{to.kind}")
    press(page, "send")
    story.album.look(page, f"sent-to-{to.kind}")
    return Referral.objects.filter(to_partner=to).latest("received_at")


def tried(story: Story, complaint: Complaint, officer: User) -> None:
    """Name the suspect and go all the way to a conviction."""
    form = story.go(officer, f"/complaints/{complaint.reference}/suspects/add/")
    form.evaluate("() => { document.querySelector('form:has([name=public_official])').id = 'named' }")
    fill(form, "named", name="王伟", sex="male", roles="exploiter")
    story.album.look(form, "suspect")
    press(form, "named")
    suspect = Suspect.objects.get(complaint=complaint)
    for step, answers in CASE_STEPS:
        story.send(officer, f"/suspects/{suspect.reference}/steps/{step}/", **answers)
    story.album.look(story.go(officer, f"/suspects/{suspect.reference}/"), "convicted")
    suspect.refresh_from_db()
    assert suspect.status == "convicted"


def home(story: Story, victim: Victim, officer: User) -> None:
    """Take the return to the hand-over."""
    page = story.go(officer, f"/victims/{victim.reference}/return/begin/")
    page.evaluate("document.querySelector('form:has([name=happened_at_0])').id = 'begin'")
    story.album.look(page, "return-begin")
    press(page, "begin")
    made = Repatriation.objects.get(victim=victim)
    day = timezone.localdate() + datetime.timedelta(days=2)
    for step, answers in HOME:
        more = {"departs_on": f"{day.day}/{day.month}/{day.year}"} if step == "agree_departure" else {}
        story.send(officer, f"/repatriations/{made.reference}/steps/{step}/", **answers, **more)
    story.album.look(story.go(officer, "/repatriations/"), "board")
    story.album.look(story.go(officer, f"/repatriations/{made.reference}/"), "handed-over")
    made.refresh_from_db()
    assert made.status == "handed_over"


# In Khmer on a phone with `make check-long`: the gate's journey in both languages is tests/browser/test_journey.py.
@pytest.mark.parametrize(("language", "width"), [("en", 1280), pytest.param("km", 360, marks=pytest.mark.long)])
def test_from_the_raid_to_the_way_home(
    open_page: Any,
    live_server: Any,
    intake: User,
    officer_psh: User,
    supervisor: User,
    shelter: Partner,
    embassy: Partner,
    at_shelter: User,
    sms: Path,
    language: str,
    width: int,
) -> None:
    story = Story(open_page, live_server.url, language, width)
    complaint = Complaint.objects.get(reference=log_complaint(story.go(intake, "/complaints/new/")))
    steps = f"/complaints/{complaint.reference}/steps"
    story.send(officer_psh, f"{steps}/acknowledge/")
    story.send(officer_psh, f"{steps}/start_verification/")
    story.send(officer_psh, f"{steps}/record_outcome/", outcome="substantiated")
    victim = raid(story, complaint, officer_psh)
    asked(story, victim, officer_psh)

    said = {"needs_tonight": "Bed, food", "language": "Tiếng Việt", "papers": "Passport", "contact": "012 777 666"}
    to_shelter = referred(story, victim, officer_psh, shelter, **said, health="—", brought_by="Chea, 012 999 888")
    story.album.look(story.go(at_shelter, "/"), "shelter-work")
    story.album.look(story.go(at_shelter, f"/referrals/{to_shelter.reference}/"), "shelter-reads")
    story.send(at_shelter, f"/referrals/{to_shelter.reference}/steps/accept/", beds="3")
    story.send(at_shelter, f"/referrals/{to_shelter.reference}/steps/begin/")

    to_embassy = referred(story, victim, officer_psh, embassy, contact="012 777 666")
    door = by_link(story, to_embassy, officer_psh, sms)
    assert "Floor 8" not in door.content()
    answered(door, "return", reason="unclear", note="Which passport?")
    story.album.look(story.go(officer_psh, "/"), "work-returned")
    story.album.look(story.go(officer_psh, f"/referrals/{to_embassy.reference}/"), "returned")
    again = referred(
        story, victim, officer_psh, embassy, to_embassy.reference, contact="012 777 666", papers="Passport C1234567"
    )
    door = by_link(story, again, officer_psh, sms)
    answered(door, "accept")
    home(story, victim, officer_psh)
    tried(story, complaint, officer_psh)

    story.send(at_shelter, f"/referrals/{to_shelter.reference}/steps/complete/", outcome="helped")
    story.send(officer_psh, f"/referrals/{again.reference}/steps/complete/", outcome="helped")
    story.send(officer_psh, f"{steps}/propose_closing/")
    story.album.look(story.go(supervisor, "/approvals/"), "approvals")
    page = story.send(supervisor, f"{steps}/close/")
    complaint.refresh_from_db()
    assert complaint.status == "closed"
    story.album.look(page, "closed")
    assert {tuple(one.said) for one in story.pages.values()} == {()}
