"""The hotline in a real browser: three calls by keyboard alone, counted; it fits, holds to WCAG, and works without scripts."""

from collections.abc import Iterator
from typing import Any

import pytest

from complaints.models import Call, Complaint, Contact, Interpreter, Ring
from complaints.said import ReporterSaid
from complaints.services.hotline import begin_call, hand_over
from tests.browser.conftest import broken_rules, overflow
from tests.browser.steps import Album
from tests.browser.test_intake import tab_to
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = "0975550184"
MOTHER = "កូនស្រីខ្ញុំអាយុ១៦ឆ្នាំ គេឃុំនៅអគារK9 ក្រុងព្រះសីហនុ គេវាយនាង ហើយដកទូរស័ព្ទ។"
MOST = {"mother": 400, "more": 120, "wrong number": 20}  # presses, letters of the words included


class Keys:
    """A keyboard whose presses are counted: letters apart from keys that move, choose and save."""

    def __init__(self, page: Any) -> None:
        self.page, self.letters, self.moves = page, 0, 0

    def type(self, text: str) -> None:
        """Type letters; what no keyboard of the machine has goes in as its layout would send it."""
        self.letters += len(text)
        self.page.keyboard.type(text)

    def choose(self, text: str) -> None:
        """Type letters into a list of choices, as a keyboard of their script sends them."""
        keyboard = self.page.context.new_cdp_session(self.page)
        for letter in text:
            self.letters += 1
            keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": letter, "text": letter})
            keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": letter})

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.moves += 1
            self.page.keyboard.press(key)

    def to(self, selector: str, most: int = 60) -> None:
        """Go on with Tab until a control has the focus."""
        for _step in range(most):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"the Tab key never reaches {selector}")

    def leave(self, key: str, to: str) -> None:
        """Press a key that leads to another page."""
        with self.page.expect_navigation(url=f"**{to}"):
            self.press(key)

    def count(self, words: str) -> int:
        """Print how many presses a call took."""
        print(f"\nhotline, {words}: {self.moves} keys and {self.letters} letters")  # noqa: T201
        return self.moves + self.letters


@pytest.fixture
def colleague(transactional_db: Any) -> Any:
    return UserFactory(username="intake2", role="intake", name="Sok Dara", name_km="សុខ តារា")


def test_a_frightened_mother_reports_in_khmer_by_keyboard_alone(open_page: Any, intake: Any, officer_psh: Any) -> None:
    type(officer_psh).objects.filter(pk=officer_psh.pk).update(duty_phone="012 555 018")
    page = open_page("/", language="km", as_user=intake)
    keys = Keys(page)
    keys.leave("Alt+t", "/hotline/T-*/")
    keys.press("Space")  # danger: yes, now
    keys.press("Alt+n")
    keys.type(PHONE)
    keys.press("Alt+w")
    keys.type(MOTHER)
    keys.to("#id_province_of_incident")
    keys.choose("ព្រះស")
    keys.press("Alt+m")
    keys.press("ArrowDown")
    keys.leave("Alt+s", "/rings/")
    complaint = Complaint.objects.get()
    assert (complaint.urgency, complaint.narrative, complaint.province_id) == ("immediate", MOTHER, "18")
    keys.press("Alt+y")
    page.wait_for_selector(".sk-notice--info")
    assert Ring.objects.get().result == "answered"
    assert Contact.objects.get().seconds is not None
    assert keys.count("a frightened mother") <= MOST["mother"]


def test_more_about_a_complaint_found_by_its_number_by_keyboard_alone(
    open_page: Any, intake: Any, registered: Any
) -> None:
    before = registered(reporter=ReporterSaid(phone=PHONE, relation="family"))
    page = open_page("/", as_user=intake)
    keys = Keys(page)
    keys.leave("Alt+t", "/hotline/T-*/")
    keys.press("Alt+n")
    keys.type(PHONE)
    page.wait_for_selector(f"button[value=more-{before.reference}]")
    keys.press("Alt+w")
    keys.type("They move her tonight to another building.")
    page.wait_for_timeout(1500)
    keys.leave("Alt+a", f"/complaints/{before.reference}/rings/")
    assert before.contacts.count() == 2
    assert keys.count("more about a complaint") <= MOST["more"]


def test_a_wrong_number_by_keyboard_alone(open_page: Any, intake: Any) -> None:
    page = open_page("/", language="km", as_user=intake)
    keys = Keys(page)
    keys.leave("Alt+t", "/hotline/T-*/")
    keys.leave("Alt+x", "/hotline/")
    contact = Contact.objects.get()
    assert (contact.kind, contact.status) == ("wrong_number", "set_aside")
    assert keys.count("a wrong number") <= MOST["wrong number"]


def test_a_key_held_down_presses_once_and_words_are_not_thrown_away(open_page: Any, intake: Any) -> None:
    call = begin_call(by=intake, key="k-1")
    page = open_page(f"/hotline/{call.reference}/", as_user=intake)
    page.evaluate("""() => {
        window.clicks = 0;
        for (const button of document.querySelectorAll("#call button[accesskey]"))
            button.addEventListener("click", (event) => { window.clicks += 1; event.preventDefault(); });
    }""")
    page.keyboard.down("Alt")
    for _time in range(4):
        page.keyboard.down("x")
    page.keyboard.up("x")
    page.keyboard.up("Alt")
    assert page.evaluate("window.clicks") == 1
    page.reload()
    page.fill("#id_narrative", MOTHER)
    page.keyboard.press("Alt+x")
    page.wait_for_selector("button[value=sure-wrong_number]")
    assert page.input_value("#id_narrative") == MOTHER
    assert Contact.objects.count() == 0
    page.fill("#id_aside", "A child plays with it.")
    page.click("button[value=sure-wrong_number]")
    page.wait_for_url("**/hotline/")
    assert Contact.objects.get().narrative == MOTHER


def test_that_somebody_took_the_call_is_said_while_the_panel_has_the_focus(
    open_page: Any, intake: Any, colleague: Any, registered: Any
) -> None:
    before = registered(reporter=ReporterSaid(phone=PHONE, relation="family"))
    call = begin_call(by=intake, key="k-1")
    page = open_page(f"/hotline/{call.reference}/", as_user=intake)
    page.fill("#id_reporter-phone", PHONE)
    page.wait_for_selector(f"button[value=more-{before.reference}]")
    page.focus(f"button[value=more-{before.reference}]")
    Call.objects.filter(pk=call.pk).update(by=colleague, before=intake)
    page.evaluate("document.getElementById('id_narrative').dispatchEvent(new Event('input', {bubbles: true}))")
    page.wait_for_selector("#taken .sk-notice--error")
    assert page.inner_text("#call-kept") == "Not kept: see why"  # where "Kept" stood, in sight wherever one types
    assert page.evaluate("document.activeElement.value") == f"more-{before.reference}"


def test_the_tab_key_reaches_everything_and_is_trapped_nowhere(open_page: Any, intake: Any, colleague: Any) -> None:
    call = begin_call(by=intake, key="k-1")
    page = open_page(f"/hotline/{call.reference}/", as_user=intake)
    for selector in ("#id_reporter-phone", "#id_narrative", "[value=register]", "#id_to", "[value=hand-over]"):
        tab_to(page, selector)
    passed = set()
    for _step in range(30):
        page.keyboard.press("Tab")
        passed.add(page.evaluate("document.activeElement.outerHTML.slice(0, 90)"))
    assert len(passed) > 10


def test_the_clock_runs_on_over_a_reload_and_an_error(open_page: Any, intake: Any) -> None:
    call = begin_call(by=intake, key="k-1")
    page = open_page(f"/hotline/{call.reference}/", as_user=intake)
    page.wait_for_timeout(2100)
    first = page.inner_text("[data-clock]")
    page.reload()
    page.keyboard.press("Alt+s")
    page.wait_for_selector("[data-summary]")
    assert page.inner_text("[data-clock]") >= first >= "0:02"


def looks(call: Any, complaint: Any) -> Iterator[tuple[str, str]]:
    """Name the pages of the hotline."""
    yield "hotline", "/hotline/"
    yield "call", f"/hotline/{call.reference}/"
    yield "rings", f"/complaints/{complaint.reference}/rings/"


@pytest.mark.parametrize("language", ["en", "km"])
def test_the_pages_fit_and_hold_to_wcag(
    open_page: Any, intake: Any, colleague: Any, officer_psh: Any, registered: Any, language: str
) -> None:
    complaint = registered(urgency="immediate", reporter=ReporterSaid(phone=PHONE, relation="family"))
    Interpreter.objects.create(language="vi", name="Nguyễn Thu", phone="023 555 100", hours="7:00–22:00")
    call = begin_call(by=intake, key="k-1")
    given = begin_call(by=colleague, key="k-2")
    hand_over(given, [("narrative", MOTHER), ("reporter-phone", PHONE)], to="intake", by=colleague)
    album, page = Album(f"hotline-{language}"), open_page(None, language=language, as_user=intake)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for name, path in (*looks(call, complaint), ("offered", f"/hotline/{given.reference}/"), ("work", "/")):
            open_page.go(page, path)
            if name == "call":
                page.fill("#id_reporter-phone", PHONE)
                page.select_option("#id_spoken", "vi")
                page.wait_for_selector(f"button[value=more-{complaint.reference}]")
            assert (name, width, overflow(page), page.said) == (name, width, 0, [])
            assert broken_rules(page) == [], (name, width)
            album.look(page, f"{name}-{width}")


def test_the_administrators_pages_fit_and_hold_to_wcag(open_page: Any, admin: Any) -> None:
    row = Interpreter.objects.create(language="vi", name="Nguyễn Thu", phone="023 555 100")
    album = Album("hotline-words")
    for language, width in (("km", 360), ("en", 1280)):
        page = open_page(None, language=language, width=width, as_user=admin)
        for path in ("words/", "words/new/", "words/held-km/", f"interpreters/{row.pk}/"):
            open_page.go(page, f"/hotline/{path}")
            assert (path, overflow(page), page.said, broken_rules(page)) == (path, 0, [], [])
        open_page.go(page, "/hotline/words/")
        album.look(page, f"{language}-{width}")


def test_without_scripts_a_call_is_kept_looked_up_and_saved(open_page: Any, intake: Any, registered: Any) -> None:
    before = registered(reporter=ReporterSaid(phone=PHONE, relation="family"))
    page = open_page("/", as_user=intake, scripts=False)
    page.click("text=The telephone rings")
    page.wait_for_url("**/hotline/T-*/")
    page.fill("#id_reporter-phone", PHONE)
    page.fill("#id_narrative", "They move her tonight.")
    page.click("text=Keep, and look who called before")
    page.wait_for_selector(f"button[value=more-{before.reference}]")
    assert page.input_value("#id_narrative") == "They move her tonight."
    assert "began" in page.inner_text(".sk-strip")
    page.click("button[value=register]")
    page.wait_for_url("**/rings/")
    assert Call.objects.get().became != before.reference


def test_a_call_goes_from_one_desk_to_the_other(open_page: Any, intake: Any, colleague: Any) -> None:
    call = begin_call(by=intake, key="k-1")
    first = open_page(f"/hotline/{call.reference}/", as_user=intake)
    first.fill("#id_narrative", "She is on the sixth floor.")
    first.keyboard.press("Alt+c")
    assert first.evaluate("document.activeElement.id") == "id_to"
    first.select_option("#id_to", "intake2")
    first.keyboard.press("Alt+h")
    first.wait_for_selector("text=Offered to Sok Dara")
    second = open_page("/", as_user=colleague)
    second.click("text=Take it over")
    second.wait_for_url("**/hotline/T-*/")
    second.keyboard.press("Alt+w")
    second.keyboard.type(" Third door.")
    assert second.input_value("#id_narrative") == "She is on the sixth floor. Third door."
    first.keyboard.press("Alt+s")
    first.wait_for_selector("text=Sok Dara has taken this call over")
    second.keyboard.press("Alt+s")
    second.wait_for_url("**/rings/")
    assert Complaint.objects.count() == 1
