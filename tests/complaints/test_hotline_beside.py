"""What stands beside a call while somebody types: who called before, what to say, who interprets; and what an administrator keeps of it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from complaints.models import Call, CallScript, Interpreter
from complaints.said import ComplaintSaid, ContactSaid, ReporterSaid
from complaints.services import add_contact, log_contact
from complaints.services.hotline import keep_call
from tests.complaints.calls import PHONE, SAID, a_call, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(intake: User) -> Call:
    return a_call(intake)


def test_what_is_typed_is_kept_sealed_and_comes_back(browser: Any, intake: User, call: Call) -> None:
    client = browser(intake)
    beside = client.post(page_of(call) + "beside/", SAID).content.decode()
    assert "Kept" in beside
    call.refresh_from_db()
    assert b"daughter" not in bytes(call.body.box)
    assert "My daughter is held" in client.get(page_of(call)).content.decode()


def test_a_number_that_called_before_says_when_and_what(
    browser: Any, intake: User, call: Call, registered: Any
) -> None:
    before = registered(reporter=ReporterSaid(phone="+855 97 555 0184", relation="family"))
    said = ContactSaid("enquiry", "hotline", "Where?", reporter=ReporterSaid(phone=PHONE))
    asked, _made = log_contact(said, by=intake, key="k-enquiry")
    answer = browser(intake).post(page_of(call) + "beside/", {**SAID, "reporter-phone": "097-555-0184"})
    assert {one.reference for one in answer.context["before"]} == {before.reference, asked.reference}
    assert f"more-{before.reference}" in answer.content.decode()
    assert [card.row.reference for card in answer.context["cards"]] == []


def test_a_complaint_that_a_number_called_twice_about_has_one_button_and_one_key(
    browser: Any, intake: User, call: Call, registered: Any
) -> None:
    caller = ReporterSaid(phone=PHONE, relation="family")
    before = registered(reporter=caller)
    again = ComplaintSaid(channel="hotline", narrative="He rang once more.", reporter=caller)
    add_contact(before, again, by=intake, key="k-2")
    answer = browser(intake).post(page_of(call) + "beside/", SAID)
    assert [one.reference for one in answer.context["before"]] == [before.reference] * 2
    page = answer.content.decode()
    assert page.count(f'value="more-{before.reference}"') == page.count('accesskey="a"') == 1


def test_a_number_known_only_from_what_is_sealed_says_nothing(
    browser: Any, intake: User, call: Call, registered: Any
) -> None:
    hidden = registered(reporter=ReporterSaid(phone=PHONE), handling="sealed", names_official=True)
    answer = browser(intake).post(page_of(call) + "beside/", SAID)
    assert answer.context["before"] == []
    assert hidden.reference not in answer.content.decode()
    assert "called before" not in answer.content.decode()


def test_what_to_say_stands_in_the_callers_language_and_in_khmer(browser: Any, intake: User, call: Call) -> None:
    Interpreter.objects.create(language="vi", name="Nguyễn Thu", phone="023 555 100")
    Interpreter.objects.create(language="vi", name="Gone", phone="023 555 101", is_active=False)
    Interpreter.objects.create(language="th", name="Somchai", phone="023 555 102")
    answer = browser(intake).post(page_of(call) + "beside/", SAID)
    assert [(one.language, one.is_unread) for one in answer.context["scripts"]] == [
        ("vi", True),
        ("km", False),
        ("en", False),
    ]
    page = answer.content.decode()
    assert "023 555 100" in page
    assert "023 555 101" not in page
    assert "023 555 102" not in page


def test_every_kind_of_call_has_its_words_in_the_six_languages() -> None:
    kinds = {kind for kind, _label in CallScript._meta.get_field("kind").choices or ()}
    assert set(CallScript.objects.values_list("kind", "language")) >= {
        (k, lang) for k in kinds for lang in ("km", "en", "vi", "zh", "th", "id")
    }


def test_a_kept_call_too_long_is_refused_in_words(intake: User, call: Call) -> None:
    with pytest.raises(ValidationError, match="too long"):
        keep_call(call, [("narrative", "x" * 200_001)], by=intake)


def test_the_administrator_keeps_what_is_said_and_who_interprets(browser: Any, admin: User, supervisor: User) -> None:
    client = browser(admin)
    client.post("/hotline/words/held-km/", {"words": "ឆ្លើយតែ បាទ ឬ ទេ។"})
    assert CallScript.objects.get(kind="held", language="km").words == "ឆ្លើយតែ បាទ ឬ ទេ។"
    assert "Not yet read by a native speaker." in client.get("/hotline/words/").content.decode()
    client.post("/hotline/words/held-vi/", {"words": "Chỉ trả lời “có”.", "reader": "Nguyễn Thu"})
    read = CallScript.objects.get(kind="held", language="vi")
    assert (read.is_unread, read.reader) == (False, "Nguyễn Thu")
    twice = client.post("/hotline/words/new/", {"kind": "held", "language": "km", "words": "x"})
    assert twice.status_code == 400
    for path in ("/hotline/words/new/", "/hotline/interpreters/new/"):
        page = client.get(path).content.decode()
        assert ("Choose</option>" in page, "-----" in page) == (True, False), path
    said = {"language": "vi", "name": "Nguyễn Thu", "phone": "023 555 100", "is_active": "on"}
    client.post("/hotline/interpreters/new/", said)
    row = Interpreter.objects.get()
    client.post(f"/hotline/interpreters/{row.pk}/", {**said, "is_active": ""})
    row.refresh_from_db()
    assert not row.is_active
    assert "Nguyễn Thu" in client.get("/hotline/words/").content.decode()
    assert client.get("/hotline/").status_code == 403
    assert browser(supervisor).get("/hotline/words/").status_code == 403
