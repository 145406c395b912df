"""A call of the hotline: its clock, what becomes of it, who called before, whom to ring, and a colleague who takes it over."""

import datetime
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from accounts.models import User
from complaints.models import Call, CallScript, Complaint, Contact, Interpreter, Reporter, Ring
from complaints.said import ComplaintSaid, ContactSaid, PersonSaid, ReporterSaid
from complaints.services import advance, log_contact
from complaints.services.contacts import told_in_words
from complaints.services.hotline import begin_call, end_as_complaint, keep_call, take_over
from complaints.services.reveal import reveal
from complaints.services.rings import record_ring, turns_of, untold
from core.exceptions import Conflict
from notifications.models import Notification
from tests.api.test_races import at_once
from tests.factories.accounts import UserFactory, officer_of

pytestmark = pytest.mark.django_db
PHONE = "097 555 0184"
SAID = {
    "kind": "new_report",
    "spoken": "vi",
    "urgency": "immediate",
    "narrative": "My daughter is held in a building and they beat her.",
    "province_of_incident": "18",
    "reporter-relation": "family",
    "reporter-phone": PHONE,
}


@pytest.fixture
def call(intake: User) -> Call:
    """A call that began three minutes ago."""
    made = begin_call(by=intake, key="k-call")
    Call.objects.filter(pk=made.pk).update(began_at=timezone.now() - datetime.timedelta(minutes=3))
    made.refresh_from_db()
    return made


@pytest.fixture
def colleague(db: Any) -> User:
    return UserFactory(username="intake2", role="intake", name="Sok Dara")


def page_of(call: Call) -> str:
    return f"/hotline/{call.reference}/"


def press(client: Client, call: Call, act: str, **said: str) -> Any:
    return client.post(page_of(call), {**SAID, **said, "act": act})


def test_the_telephone_rings_and_the_clock_begins_once(browser: Any, intake: User) -> None:
    client = browser(intake)
    answers = [client.post("/hotline/", {"idempotency_key": "k-1"}) for _press in range(2)]
    call = Call.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {page_of(call)}
    assert call.began_by == call.by == intake
    page = client.get(page_of(call)).content.decode()
    assert "The telephone rings" in client.get("/").content.decode()
    assert "data-clock=" in page
    assert "You need not give your name." in page


def test_it_becomes_a_complaint_received_when_the_telephone_rang(browser: Any, intake: User, call: Call) -> None:
    answer = press(browser(intake), call, "register")
    complaint = Complaint.objects.get()
    assert answer.headers["Location"] == f"/complaints/{complaint.reference}/rings/"
    assert (complaint.received_at, complaint.channel, complaint.urgency) == (call.began_at, "hotline", "immediate")
    contact = complaint.contacts.get()
    assert contact.pk == call.pk
    assert contact.language == "Tiếng Việt"
    assert 180 <= contact.seconds <= 200
    call.refresh_from_db()
    assert (call.became, bool(call.body)) == (complaint.reference, False)


def test_a_second_press_leads_to_what_it_became(browser: Any, intake: User, call: Call) -> None:
    client = browser(intake)
    press(client, call, "register")
    again = press(client, call, "register", narrative="Other words.")
    assert again.status_code == 409
    assert "Other words." in again.content.decode()
    assert Complaint.objects.count() == Contact.objects.count() == 1
    assert client.get(page_of(call)).status_code == 302


def test_an_error_keeps_the_words_and_the_clock(browser: Any, intake: User, call: Call) -> None:
    answer = press(browser(intake), call, "register", narrative="", exact_spot="Sixth floor")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Write down what is said." in page
    assert "Sixth floor" in page
    assert answer.context["seconds"] >= 180
    assert Complaint.objects.count() == 0


@pytest.mark.parametrize(
    ("act", "kind", "status", "became"),
    [
        ("contact", "enquiry", "waiting", "enquiry"),
        ("contact", "held", "waiting", "new_report"),
        ("wrong_number", "new_report", "set_aside", "wrong_number"),
        ("spam", "new_report", "set_aside", "spam"),
    ],
)
def test_it_becomes_a_contact_without_a_complaint(
    browser: Any, intake: User, call: Call, act: str, kind: str, status: str, became: str
) -> None:
    words = "" if act != "contact" else "Where is the office?"
    answer = press(browser(intake), call, act, kind=kind, narrative=words, exact_spot="")
    assert answer.status_code == 302, answer.content.decode()
    contact = Contact.objects.get(complaint=None)
    assert (contact.pk, contact.status, contact.kind) == (call.pk, status, became)
    assert contact.received_at == call.began_at
    assert contact.seconds >= 180


def test_a_call_that_names_an_official_is_no_matter_for_the_inbox(browser: Any, intake: User, call: Call) -> None:
    answer = press(browser(intake), call, "contact", names_official="on")
    assert answer.status_code == 400
    assert "save it as a complaint" in answer.content.decode()
    sealed = press(browser(intake), call, "register", names_official="on")
    assert "/receipt/" in sealed.headers["Location"]
    assert Complaint.objects.get().handling == "sealed"
    assert Contact.objects.get().pk == call.pk


def test_what_else_was_typed_stays_in_the_words_of_a_contact(browser: Any, intake: User, call: Call) -> None:
    press(browser(intake), call, "contact", exact_spot="Sixth floor", **{"people-0-name": "Lan"})
    assert {"Exact spot: Sixth floor", "Person: Lan"} <= set(Contact.objects.get().narrative.splitlines())


@pytest.mark.parametrize("act", ["contact", "more"])
def test_where_it_happened_and_what_kind_of_call_it_was_stay_in_the_words(
    browser: Any, intake: User, call: Call, complaint: Complaint, act: str
) -> None:
    said = {"kind": "held", "province_of_report": "abroad", "country_of_report": "Thailand"}
    press(browser(intake), call, "contact" if act == "contact" else f"more-{complaint.reference}", **said)
    lines = set(Contact.objects.get(pk=call.pk).narrative.splitlines())
    assert {
        "Kind of call: Threatened or held: cannot speak freely",
        "Province of incident: Preah Sihanouk",
        "Country of report: Thailand",
    } <= lines


def test_a_country_abroad_stays_in_the_words(browser: Any, intake: User, call: Call) -> None:
    press(browser(intake), call, "contact", province_of_incident="abroad", country_of_incident="Myanmar")
    assert "Country of incident: Myanmar" in Contact.objects.get().narrative


def test_more_about_a_complaint_is_added_to_it_with_the_length(
    browser: Any, intake: User, call: Call, complaint: Complaint
) -> None:
    press(browser(intake), call, f"more-{complaint.reference}")
    contact = complaint.contacts.get(pk=call.pk)
    assert (contact.kind, contact.received_at) == ("more", call.began_at)
    assert contact.seconds >= 180
    assert Complaint.objects.count() == 1


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
    CallScript.objects.create(kind="new_report", language="vi", words="Đây là đường dây nóng.")
    answer = browser(intake).post(page_of(call) + "beside/", SAID)
    assert [script.language for script in answer.context["scripts"]] == ["vi", "km", "en"]
    page = answer.content.decode()
    assert "023 555 100" in page
    assert "023 555 101" not in page
    assert "023 555 102" not in page


def test_every_kind_of_call_has_its_words_in_both_languages() -> None:
    kinds = {kind for kind, _label in CallScript._meta.get_field("kind").choices or ()}
    assert set(CallScript.objects.values_list("kind", "language")) >= {
        (k, lang) for k in kinds for lang in ("km", "en")
    }


def test_a_colleague_sees_at_once_what_was_typed_and_takes_the_call_with_one_press(
    browser: Any, intake: User, colleague: User, call: Call
) -> None:
    first, second = browser(intake), browser(colleague)
    assert second.get(page_of(call)).status_code == 404
    press(first, call, "hand-over", to="intake2")
    assert Notification.objects.filter(kind="call_handed", recipient=colleague, reference=call.reference).exists()
    assert "hands a call over to you" in second.get("/").content.decode()
    assert "My daughter is held" in second.get(page_of(call)).content.decode()
    assert second.post(page_of(call), {**SAID, "act": "register"}).status_code == 409
    first.post(page_of(call) + "beside/", {**SAID, "narrative": "She is on the sixth floor."})
    second.post(page_of(call) + "take/")
    page = second.get(page_of(call))
    assert "She is on the sixth floor." in page.content.decode()
    assert page.context["seconds"] >= 180
    refused = press(first, call, "register")
    assert refused.status_code == 409
    assert "Sok Dara has taken this call over" in refused.content.decode()
    assert "taken this call over" in first.post(page_of(call) + "beside/", SAID).content.decode()
    assert "My daughter" not in first.get(page_of(call)).content.decode()
    press(second, call, "register")
    assert Complaint.objects.get().received_at == call.began_at
    assert Complaint.objects.get().logged_by == colleague


def test_an_offer_is_taken_back_or_too_late(browser: Any, intake: User, colleague: User, call: Call) -> None:
    client = browser(intake)
    press(client, call, "hand-over", to="intake2")
    client.post(page_of(call) + "take/")
    with pytest.raises(Http404):
        take_over(call, by=colleague)
    press(client, call, "hand-over", to="intake2")
    press(client, call, "register")
    with pytest.raises(Http404):
        take_over(call, by=colleague)


def test_a_call_is_handed_to_who_answers_the_hotline_only(
    browser: Any, intake: User, officer_psh: User, call: Call
) -> None:
    answer = press(browser(intake), call, "hand-over", to=officer_psh.username)
    assert answer.status_code == 400
    assert "Choose a colleague who answers the hotline." in answer.content.decode()
    assert "My daughter is held" in answer.content.decode()


def test_an_administrator_or_officer_answers_no_call(admin: User, officer_psh: User) -> None:
    for user in (admin, officer_psh):
        with pytest.raises(PermissionDenied):
            begin_call(by=user, key="k-1")


def test_how_to_reach_the_caller_safely_is_sealed_and_revealed_with_it(browser: Any, intake: User, call: Call) -> None:
    safe = {
        "reporter-way": "call",
        "reporter-hours": "after 20:00",
        "reporter-answered_by": "her sister only",
        "reporter-do_not_say": "police",
        "reporter-code_word": "lotus",
    }
    press(browser(intake), call, "register", **safe)
    box = bytes(Reporter.objects.get().safe_contact.box)
    assert b"lotus" not in box
    opened = reveal(Complaint.objects.get(), by=intake, reason="To ring her back")[0].safe_contact
    assert (opened["answered_by"], opened["do_not_say"], opened["code_word"]) == ("her sister only", "police", "lotus")


def test_whom_to_ring_on_duty_then_the_lead_then_the_supervisors(
    registered: Any, officer_psh: User, supervisor: User
) -> None:
    on_duty = officer_of("18", username="duty.psh", lead=False)
    User.objects.filter(pk=officer_psh.pk).first().duties.all().delete()
    complaint = registered(urgency="immediate")
    assert [(turn.place, turn.user) for turn in turns_of(complaint)] == [
        ("duty", on_duty),
        ("lead", officer_psh),
        ("supervisor", supervisor),
    ]
    led = registered(not_local_police=True)
    assert [turn.user for turn in turns_of(led)] == [supervisor]
    assert turns_of(registered(names_official=True)) == []


def test_every_ring_stands_in_the_story_and_an_answer_ends_that_nobody_was_told(
    browser: Any, intake: User, officer_psh: User, supervisor: User, registered: Any
) -> None:
    User.objects.filter(pk=officer_psh.pk).update(duty_phone="012 555 018")
    complaint, client = registered(urgency="immediate"), browser(intake)
    path = f"/complaints/{complaint.reference}/rings/"
    assert "012 555 018" in client.get(path).content.decode()
    assert list(untold(Complaint.objects.all())) == [complaint]
    assert client.get("/").context["nav_waiting"]["hotline:list"] == 1
    assert complaint.reference in client.get("/hotline/").content.decode()
    client.post(path, {"whom": officer_psh.username, "result": "no_answer", "idempotency_key": "k-1"})
    client.post(path, {"whom": officer_psh.username, "result": "no_answer", "idempotency_key": "k-1"})
    assert list(untold(Complaint.objects.all())) == [complaint]
    assert client.get(path).context["first"] == supervisor.pk
    client.post(path, {"whom": supervisor.username, "result": "answered"})
    assert list(untold(Complaint.objects.all())) == []
    assert client.get("/").context["nav_waiting"]["hotline:list"] == 0
    assert Ring.objects.count() == 2
    page = client.get(path).content.decode()
    assert "Somebody was told." in page
    story = client.get(f"/complaints/{complaint.reference}/").content.decode()
    assert f"Rang: {supervisor.name}, Supervisor" in story
    assert "No answer" in story


def test_who_takes_it_on_was_told(registered: Any, officer_psh: User) -> None:
    complaint = registered(urgency="immediate")
    advance(complaint, "acknowledge", by=officer_psh)
    assert not untold(Complaint.objects.all()).exists()
    assert not untold(Complaint.objects.filter(pk=registered(urgency="high").pk)).exists()


def test_who_is_not_in_line_is_not_rung(registered: Any, intake: User, officer_psh: User, officer_pp: User) -> None:
    complaint = registered()
    with pytest.raises(ValidationError) as refused:
        record_ring(complaint, by=intake, whom=officer_pp.username, result="perhaps")
    assert set(refused.value.message_dict) == {"whom", "result"}
    with pytest.raises(PermissionDenied):
        record_ring(complaint, by=officer_psh, whom=officer_psh.username, result="answered")
    sealed = registered(names_official=True)
    with pytest.raises(Http404):
        record_ring(sealed, by=intake, whom=officer_psh.username, result="answered")


def test_a_ring_stands_for_good_and_follows_its_complaint(
    registered: Any, intake: User, officer_psh: User, supervisor: User
) -> None:
    complaint = registered()
    ring = record_ring(complaint, by=intake, whom=officer_psh.username, result="answered")
    for sql in ("UPDATE complaints_ring SET result = 'no_answer'", "DELETE FROM complaints_ring"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    advance(complaint, "lead_nationally", by=supervisor, note="The local police is feared.")
    ring.refresh_from_db()
    assert ring.handling == "national_led"
    assert not Ring.objects.visible_to(officer_psh).exists()


def test_a_kept_call_too_long_is_refused_in_words(intake: User, call: Call) -> None:
    with pytest.raises(ValidationError, match="too long"):
        keep_call(call, [("narrative", "x" * 200_001)], by=intake)


def test_the_administrator_keeps_what_is_said_and_who_interprets(browser: Any, admin: User, supervisor: User) -> None:
    client = browser(admin)
    client.post("/hotline/words/held-km/", {"words": "ឆ្លើយតែ បាទ ឬ ទេ។"})
    assert CallScript.objects.get(kind="held", language="km").words == "ឆ្លើយតែ បាទ ឬ ទេ។"
    twice = client.post("/hotline/words/new/", {"kind": "held", "language": "km", "words": "x"})
    assert twice.status_code == 400
    said = {"language": "vi", "name": "Nguyễn Thu", "phone": "023 555 100", "is_active": "on"}
    client.post("/hotline/interpreters/new/", said)
    row = Interpreter.objects.get()
    client.post(f"/hotline/interpreters/{row.pk}/", {**said, "is_active": ""})
    row.refresh_from_db()
    assert not row.is_active
    assert "Nguyễn Thu" in client.get("/hotline/words/").content.decode()
    assert client.get("/hotline/").status_code == 403
    assert browser(supervisor).get("/hotline/words/").status_code == 403


@pytest.mark.parametrize("garbage", ["x" * 3000, "\x00", "<b>'\"--</b>", "٣", "-1"])
def test_garbage_is_answered_in_words(browser: Any, intake: User, call: Call, garbage: str) -> None:
    names = ("kind", "spoken", "to", "urgency", "site", "province_of_incident", "reporter-phone", "number_reported")
    client, said = browser(intake), {**SAID, **dict.fromkeys(names, garbage)}
    said |= {"forms": garbage, "people-0-name": "Lan", "people-0-sex": garbage}
    for act in ("beside", "hand-over", "keep", "more-KH-2022-222222", "register", "contact", "sure-spam"):
        path = page_of(call) + ("beside/" if act == "beside" else "")
        assert client.post(path, {**said, "act": act}).status_code < 500, act


def test_what_no_form_offers_is_refused_in_words(browser: Any, intake: User, call: Call) -> None:
    for act in ("contact", "sure-spam"):
        said = {"forms": "zzz", "people-0-name": "Lan", "people-0-sex": "zzz"}
        assert press(browser(intake), call, act, **said).status_code < 500
    words = told_in_words(ComplaintSaid(narrative="x", forms=("zzz",), people=(PersonSaid(name="Lan", sex="zzz"),)))
    assert "zzz" in words


@pytest.mark.django_db(transaction=True)
def test_two_who_end_one_call_at_once_leave_one_complaint(intake: User) -> None:
    call = begin_call(by=intake, key="k-call")
    said, start = ComplaintSaid(narrative="They beat her."), Barrier(2)

    def end() -> str:
        start.wait()
        try:
            return end_as_complaint(Call.objects.get(pk=call.pk), said, by=intake).became
        except Conflict:
            return "too late"

    ends = at_once([end, end])
    assert sorted(ends) == sorted([Complaint.objects.get().reference, "too late"])
    assert Contact.objects.count() == 1
