"""The form of a new complaint in a real browser: kept while typing, lost lines, no scripts, no mouse."""

import time
from typing import Any

import pytest

from accounts.models import Draft
from accounts.services import drafts
from complaints.models import Complaint
from complaints.said import ContactSaid, ReporterSaid
from complaints.services import log_contact
from tests.browser.conftest import broken_rules, overflow, session_of
from tests.factories.places import a_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "/complaints/new/"
WORDS = "Nine workers held on the sixth floor."
SAVED, FAILED = "#draft-state:not(.sk-draft--failed):not([hidden])", "#draft-state.sk-draft--failed"
REGISTER = "[data-register]:visible"


def write(page: Any, words: str = WORDS) -> None:
    """Fill in what is needed."""
    page.fill("[name=narrative]", words)
    page.select_option("[name=channel]", "hotline")


def tab_to(page: Any, selector: str) -> None:
    """Go on with the Tab key until the control has the focus."""
    for _step in range(150):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key never reaches {selector}")


@pytest.mark.parametrize("language", ["en", "km"])
def test_the_form_fits_and_holds_to_wcag(open_page: Any, intake: Any, language: str) -> None:
    page = open_page(None, language=language, as_user=intake)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        open_page.go(page, NEW)
        for fold in page.query_selector_all("details.sk-fold > summary"):
            fold.click()
        assert (width, overflow(page), page.said) == (width, 0, [])
        assert broken_rules(page) == [], width


def test_choosing_a_letter_unfolds_its_fields(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, as_user=intake)
    page.select_option("[name=channel]", "facebook_message")
    assert page.is_hidden("[name=letter_number]")
    page.select_option("[name=channel]", "letter")
    assert page.is_visible("[name=letter_number]")
    assert page.is_hidden("[name=counter]")
    page.select_option("[name=channel]", "walk_in")
    assert page.is_visible("[name=counter]")


def test_on_a_phone_what_looks_the_same_is_in_sight_while_one_types(
    open_page: Any, intake: Any, registered: Any
) -> None:
    before = registered(reporter=ReporterSaid(phone="097 555 0184", relation="family"))
    page = open_page(NEW, width=360, as_user=intake)
    assert page.is_hidden("#same-jump")
    page.fill("[name=reporter-phone]", "0975550184")
    page.wait_for_selector("#same-jump:not([hidden])")
    assert (overflow(page), broken_rules(page)) == (0, [])
    page.click("#same-jump")
    add = f"button[value=more-{before.reference}]"
    page.wait_for_function("add => document.querySelector(add).getBoundingClientRect().top < innerHeight", arg=add)
    assert page.is_hidden("#same-jump")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.is_hidden("#same-jump")


@pytest.mark.parametrize("width", [360, 1280])
def test_errors_and_receipt_fit_and_hold_to_wcag(open_page: Any, intake: Any, width: int) -> None:
    page = open_page(NEW, width=width, as_user=intake)
    page.fill("[name=people-0-age]", "many")
    page.click(REGISTER)
    page.wait_for_selector("[data-summary]")
    assert page.evaluate("document.activeElement.matches('[data-summary]')")
    assert overflow(page) == 0
    assert broken_rules(page) == []
    write(page)
    page.fill("[name=people-0-age]", "24")
    page.click(REGISTER)
    page.wait_for_url("**/receipt/**")
    assert overflow(page) == 0
    assert broken_rules(page) == []


def test_words_are_saved_while_typing_and_come_back(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, as_user=intake)
    write(page)
    page.fill("[name=reporter-name]", "Lan’s cousin")
    page.wait_for_selector(SAVED)
    assert page.inner_text("#draft-words").startswith("Draft saved ")
    assert f"?draft={drafts.list_for(intake).get().key}" in page.url
    page.reload()
    assert page.input_value("[name=narrative]") == WORDS
    assert page.input_value("[name=reporter-name]") == "Lan’s cousin"


def test_the_other_language_shows_the_same_words(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, as_user=intake)
    write(page)
    page.click(".sk-header .sk-lang button[value=km]:visible")
    page.wait_for_selector("html[lang=km]")
    assert page.input_value("[name=narrative]") == WORDS
    assert page.input_value("[name=channel]") == "hotline"


def test_nothing_stays_on_the_device(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, as_user=intake)
    write(page)
    page.wait_for_selector(SAVED)
    kept = "async () => [JSON.stringify({...sessionStorage}), localStorage.length, (await caches.keys()).length]"
    session, *others = page.evaluate(kept)
    assert others == [0, 0]
    assert "Nine" not in session
    assert page.evaluate("async () => (await indexedDB.databases()).length") == 0
    assert page.get_attribute("#intake", "autocomplete") == "off"


def test_a_lost_line_is_said_and_saving_goes_on_by_itself(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, as_user=intake)
    write(page)
    page.wait_for_selector(SAVED)
    page.context.set_offline(True)
    page.fill("[name=exact_spot]", "Sixth floor")
    page.wait_for_selector(FAILED)
    assert page.inner_text("#draft-words").startswith("Not saved since ")
    page.context.set_offline(False)
    page.wait_for_selector(SAVED)
    assert ("exact_spot", "Sixth floor") in drafts.open_draft(Draft.objects.get().key, by=intake)[1]


def test_register_without_a_line_sends_itself_once_the_line_is_back(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, as_user=intake)
    write(page)
    page.context.set_offline(True)
    page.click(REGISTER)
    page.wait_for_selector("#unsent:not([hidden])")
    assert "Nothing was sent. Keep this page open" in page.inner_text("#unsent")
    assert page.input_value("[name=narrative]") == WORDS
    assert not Complaint.objects.exists()
    page.context.set_offline(False)
    page.wait_for_url("**/receipt/**")
    assert Complaint.objects.count() == 1
    assert not Draft.objects.exists()


def test_an_answer_lost_on_the_way_makes_no_second_complaint(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, as_user=intake)
    write(page)
    lost = []

    def lose(route: Any) -> None:
        if not lost and route.request.method == "POST":
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route(f"**{NEW}", lose)
    page.click(REGISTER)
    page.wait_for_url("**/receipt/**")
    assert lost == [201]
    assert Complaint.objects.count() == 1


def test_nothing_is_kept_beside_a_form_that_is_being_sent(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, as_user=intake)
    kept = []
    page.on("request", lambda request: kept.append(request.url) if "/drafts/" in request.url else None)

    def slowly(route: Any) -> None:
        if route.request.method == "POST":
            time.sleep(4)  # longer than a pause in typing
        route.continue_()

    page.route(f"**{NEW}", slowly)
    write(page)
    page.click(REGISTER)
    page.wait_for_url("**/receipt/**")
    assert (kept, page.said) == ([], [])
    assert Complaint.objects.count() == 1


def test_typing_on_stops_the_sending_by_itself(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, as_user=intake)
    write(page)
    page.context.set_offline(True)
    page.click(REGISTER)
    page.wait_for_selector("#unsent:not([hidden])")
    page.fill("[name=narrative]", "Ten workers")
    assert "press Register again" in page.inner_text("#unsent")
    page.context.set_offline(False)
    page.wait_for_selector(SAVED)
    assert not Complaint.objects.exists()
    page.click(REGISTER)
    page.wait_for_url("**/receipt/**")
    assert Complaint.objects.get().narrative == "Ten workers"


def test_a_session_that_ends_while_typing_loses_nothing(open_page: Any, intake: Any, live_server: Any) -> None:
    page = open_page(NEW, as_user=intake)
    write(page)
    page.wait_for_selector(SAVED)
    page.context.clear_cookies(name="sessionid")
    page.fill("[name=exact_spot]", "Sixth floor")
    page.wait_for_selector(FAILED)
    assert page.inner_text("#draft-words") == "Signed out: sign in in another tab, nothing is lost"
    page.click(REGISTER)
    page.wait_for_selector("#unsent:not([hidden])")
    assert "You are signed out. Nothing was sent." in page.inner_text("#unsent")
    page.context.add_cookies([session_of(intake, live_server.url)])
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_selector(SAVED)
    page.click(REGISTER)
    page.wait_for_url("**/receipt/**")
    assert Complaint.objects.get().exact_spot == "Sixth floor"


def test_a_refusal_is_said_beside_the_words(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, as_user=intake)
    write(page)
    refusal = "<main><h1>Not allowed</h1><p>Ask your supervisor.</p></main>"
    page.route(f"**{NEW}", lambda route: route.fulfill(status=403, content_type="text/html", body=refusal))
    page.click(REGISTER)
    page.wait_for_selector("#unsent:not([hidden])")
    assert page.inner_text("#unsent") == "Not allowed Ask your supervisor."
    assert page.input_value("[name=narrative]") == WORDS


def test_two_presses_make_one_complaint(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, as_user=intake)
    write(page)
    page.evaluate("() => { const one = document.querySelector('[data-register]'); one.click(); one.click(); }")
    page.wait_for_url("**/receipt/**")
    assert Complaint.objects.count() == 1


def test_back_from_the_receipt_leads_to_no_second_complaint(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, as_user=intake)
    write(page)
    page.wait_for_selector(SAVED)
    page.click(REGISTER)
    page.wait_for_url("**/receipt/**")
    receipt = page.url
    page.go_back()
    if page.query_selector("#intake"):
        page.click(REGISTER)
    page.wait_for_url("**/receipt/**")
    assert page.url == receipt
    assert Complaint.objects.count() == 1


def test_rows_are_added_taken_away_and_put_back(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, width=360, as_user=intake)
    page.fill("[name=number_reported]", "៩")
    page.fill("[name=people-0-name]", "Nguyễn Thị Lan")
    assert page.inner_text("#unnamed") == "8 not yet named"
    page.click("button[value=add]")
    assert page.evaluate("document.activeElement.name") == "people-1-name"
    page.keyboard.type("Lê Quốc Bảo")
    assert page.inner_text("#unnamed") == "7 not yet named"
    page.click("button[value=remove-0]")
    assert page.inner_text("#unnamed") == "8 not yet named"
    page.click("text=Put back")
    assert page.input_value("[name=people-0-name]") == "Nguyễn Thị Lan"
    write(page)
    page.click(REGISTER)
    page.wait_for_url("**/receipt/**")
    assert Complaint.objects.get().n_people == 2


def test_places_follow_the_province_and_the_button_names_it(open_page: Any, intake: Any) -> None:
    a_site(intake, "Building K9", national_led=True)
    page = open_page(NEW, as_user=intake)
    assert page.inner_text(REGISTER) == "Register"
    assert not page.is_visible("[name=country_of_incident]")
    page.select_option("[name=province_of_incident]", "18")
    page.wait_for_selector("[name=district] option[value='1802']", state="attached")
    page.select_option("[name=district]", "1802")
    page.wait_for_selector("[name=commune] option[value='180201']", state="attached")
    page.wait_for_selector("text=Register and send to Preah Sihanouk")
    page.fill("[name=site]", "building k9")
    page.keyboard.press("Tab")
    page.wait_for_selector("text=the ministry leads everything about this site")
    assert page.inner_text(REGISTER) == "Register"
    page.select_option("[name=province_of_incident]", "abroad")
    assert page.is_visible("[name=country_of_incident]")
    assert page.evaluate("document.querySelector('[name=district]').options.length") == 1


def test_naming_an_official_ticks_the_box_and_seals(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, as_user=intake)
    assert not page.is_visible("[name=official]")
    page.check("[name=names_official]", force=True)
    page.fill("[name=official]", "the police of village 4")
    page.wait_for_selector("#proposal b:text('Sealed')")
    write(page)
    page.click(REGISTER)
    page.wait_for_url("**/receipt/**")
    assert Complaint._base_manager.get().handling == "sealed"


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.long)])
def test_all_of_it_without_scripts(open_page: Any, intake: Any, width: int) -> None:
    page = open_page(NEW, width=width, as_user=intake, scripts=False)
    write(page)
    page.select_option("[name=province_of_incident]", "18")
    page.click("button[value=places]")
    page.select_option("[name=district]", "1802")
    page.fill("[name=people-0-name]", "Nguyễn Thị Lan")
    page.click("button[value=add]")
    page.fill("[name=people-1-name]", "Lê Quốc Bảo")
    page.fill("[name=reporter-phone]", "097 555 0184")
    page.click("button.sk-nojs[value=draft]")
    assert "Draft saved" in page.inner_text("#draft-state")
    assert page.input_value("[name=people-1-name]") == "Lê Quốc Bảo"
    page.fill("[name=narrative]", "")
    page.click("button[value=register]:visible")
    assert "Write down what is said." in page.inner_text("[data-summary]")
    assert page.input_value("[name=reporter-phone]") == "097 555 0184"
    page.fill("[name=narrative]", WORDS)
    page.click("button[value=register]:visible")
    page.wait_for_url("**/receipt/**")
    complaint = Complaint.objects.get()
    assert (complaint.district_id, complaint.n_people, Draft.objects.count()) == ("1802", 2, 0)


def test_enter_in_a_field_without_scripts_keeps_and_never_registers(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, as_user=intake, scripts=False)
    write(page)
    page.press("[name=exact_spot]", "Enter")
    assert not Complaint.objects.exists()
    assert page.input_value("[name=narrative]") == WORDS
    assert drafts.list_for(intake).count() == 1


@pytest.mark.parametrize("width", [pytest.param(360, marks=pytest.mark.long), 1280])
def test_the_keyboard_alone_is_enough(open_page: Any, intake: Any, width: int) -> None:
    page = open_page(NEW, width=width, as_user=intake)
    tab_to(page, "[name=urgency]")
    page.keyboard.press("Space")
    tab_to(page, "[name=narrative]")
    page.keyboard.type(WORDS)
    tab_to(page, "[name=channel]")
    page.keyboard.type("Walk")
    tab_to(page, "[name=province_of_incident]")
    page.keyboard.type("Preah Si")
    tab_to(page, "[name=number_reported]")
    page.keyboard.type("3")
    tab_to(page, "#intake .sk-grid + details summary")
    page.keyboard.press("Enter")
    tab_to(page, "[name=forms][value=forced_labour]")
    page.keyboard.press("Space")
    tab_to(page, "[name=people-0-name]")
    page.keyboard.type("Lan")
    tab_to(page, "button[value=add]")
    page.keyboard.press("Enter")
    page.keyboard.type("Bảo")
    tab_to(page, "[name=reporter-relation]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    tab_to(page, REGISTER.replace(":visible", "") + (".sk-desk" if width > 641 else ":not(.sk-desk)"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/receipt/**")
    complaint = Complaint.objects.get()
    assert (complaint.urgency, complaint.channel, complaint.province_id) == ("immediate", "walk_in", "18")
    assert (complaint.number_reported, complaint.n_people, complaint.forms) == (3, 2, ["forced_labour"])
    assert complaint.contacts.get().reporter.relation == "family"


def test_the_page_after_its_first_visit_is_light(open_page: Any, intake: Any) -> None:
    page = open_page(NEW, as_user=intake)
    size = page.evaluate("performance.getEntriesByType('navigation')[0].decodedBodySize")
    assert size < 150_000


def test_a_number_in_the_words_goes_to_the_reporter_by_one_press(open_page: Any, intake: Any) -> None:
    said = ContactSaid(kind="new_report", channel="public_form", narrative="Held in Sihanoukville. Call 012 345 678.")
    contact = log_contact(said, by=intake, key="k-1")[0]
    page = open_page(f"{NEW}?contact={contact.reference}", as_user=intake)
    page.click("button[value='teller-012 345 678']")
    page.wait_for_function("way => document.querySelector('[name=reporter-phone]').value === way", arg="012 345 678")
    assert "012" not in page.input_value("[name=narrative]")
    assert (page.is_hidden("#unsent"), page.evaluate("document.activeElement.name")) == (True, "narrative")
    page.click(REGISTER)
    page.wait_for_url("**/receipt/**")
    assert "012" not in Complaint.objects.get().narrative
