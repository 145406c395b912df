"""The inbox in the browser and for programs: who sees it, what it costs, what each press leads to."""

from typing import Any
from uuid import uuid4

from django.test import Client

from accounts.models import User
from complaints.models import Complaint, Contact, Reporter
from complaints.said import ContactSaid, ReporterSaid
from complaints.services import advance_contact, log_contact
from core.sealed import open_sealed
from tests.queries import asked

TELLER = ReporterSaid(name="Trần Thị Mai", phone="097 555 0184", relation="family")
TYPED = {"kind": "enquiry", "channel": "hotline", "narrative": "Where is the office?", "reporter-name": "Sok Dara"}


def log(by: User, **said: Any) -> Contact:
    words = {
        "kind": "new_report",
        "channel": "hotline",
        "narrative": "My cousin is held somewhere near the sea.",
        **said,
    }
    return log_contact(ContactSaid(**words), by=by, key=uuid4().hex)[0]


def words(client: Client, path: str) -> str:
    return str(client.get(path).content.decode())


def test_what_waits_stands_there_urgent_first_then_the_oldest(browser: Any, intake: User, supervisor: User) -> None:
    log(intake, narrative="Where is the office?")
    log(intake, narrative="They beat him every night.")
    log(intake, narrative="She asks for a form.", urgency="high")
    advance_contact(log(intake, narrative="Buy cheap watches."), "spam", by=intake, note="No word of anybody.")
    answer = browser(supervisor).get("/contacts/")
    assert [row.words for row in answer.context["rows"]] == [
        "They beat him every night",
        "She asks for a form",
        "Where is the office?",
    ]
    assert answer.context["nav_waiting"]["contacts:list"] == 3
    assert "Buy cheap watches" in words(browser(supervisor), "/contacts/?status=set_aside")
    assert "They beat him" not in words(browser(supervisor), "/contacts/?kind=enquiry")


def test_an_empty_inbox_says_so(browser: Any, intake: User) -> None:
    assert "Nothing waits" in words(browser(intake), "/contacts/")


def test_that_nothing_is_held_apart_is_not_said_as_if_it_were_dealt_with(
    browser: Any, intake: User, integrity: User
) -> None:
    for user in (intake, integrity):
        page = words(browser(user), "/contacts/?status=held")
        assert "Nothing is held apart" in page
        assert "dealt with" not in page


def test_of_a_list_of_names_its_names_are_entered_first_and_no_press_makes_one_complaint_of_them(
    browser: Any, intake: User
) -> None:
    listed, other = log(intake, kind="list_of_names"), log(intake)
    page = browser(intake).get(f"/contacts/{listed.reference}/")
    assert page.context["acts"][0]["name"] == "enter_names"
    assert page.context["acts"][0]["is_first"]
    assert page.context["accept_url"] == ""
    usual = browser(intake).get(f"/contacts/{other.reference}/")
    assert not any(act["is_first"] for act in usual.context["acts"])
    assert usual.context["accept_url"]


def test_no_province_analyst_or_administrator_opens_it(
    browser: Any, intake: User, officer_psh: User, analyst: User, admin: User, integrity: User
) -> None:
    contact = log(intake)
    for user in (officer_psh, analyst, admin):
        for path in ("/contacts/", f"/contacts/{contact.reference}/", "/contacts/new/"):
            assert browser(user).get(path).status_code == 403
    assert browser(integrity).get("/contacts/").context["rows"] == []
    assert browser(integrity).get(f"/contacts/{contact.reference}/").status_code == 404


def test_the_list_costs_the_same_for_three_as_for_sixty(browser: Any, intake: User) -> None:
    for n in range(3):
        log(intake, narrative=f"Message {n} about a form.")
    client = browser(intake)
    client.get("/contacts/")  # what a first visit asks besides
    few = len(asked(client, "/contacts/"))
    for n in range(60):
        log(intake, narrative=f"Another message {n} about a form.")
    assert len(asked(client, "/contacts/")) == few <= 10
    page = client.get("/contacts/")
    assert len(page.context["rows"]) == 50
    following = client.get(f"/contacts/?status=waiting&cursor={page.context['page'].next}")
    assert len(following.context["rows"]) == 13


def test_an_error_keeps_everything_typed_and_one_press_logs_once(browser: Any, intake: User) -> None:
    client, key = browser(intake), str(uuid4())
    page = client.post("/contacts/new/", {**TYPED, "channel": "", "idempotency_key": key})
    assert page.status_code == 400
    assert all(text in page.content.decode() for text in ("Where is the office?", "Sok Dara", key))
    for _press in range(2):
        assert client.post("/contacts/new/", {**TYPED, "idempotency_key": key}).status_code == 302
    contact = Contact.objects.get()
    assert (contact.kind, contact.narrative) == ("enquiry", "Where is the office?")
    assert open_sealed(Reporter.objects.get(), "name") == "Sok Dara"
    other = client.post("/contacts/new/", {**TYPED, "narrative": "Other words.", "idempotency_key": key})
    assert other.status_code == 422
    assert "Other words." in other.content.decode()


def test_its_page_proposes_and_shows_what_looks_the_same_and_nobody_who_told_it(
    browser: Any, intake: User, complaint: Complaint
) -> None:
    complaint.contacts.get()
    contact = log(intake, narrative="A child is held in Sihanoukville, call 097 555 0184.", reporter=TELLER)
    client, path = browser(intake), f"/contacts/{contact.reference}/"
    page = words(client, path)
    assert "a child is spoken of" in page
    assert "Preah Sihanouk" in page
    assert "Thị Mai" not in page
    assert len(asked(client, path)) <= 30
    assert "Thị Mai" in client.post(f"{path}reporter/", {"reason": "To answer the enquiry"}).content.decode()


def test_the_same_story_is_added_with_one_press(browser: Any, intake: User, registered: Any) -> None:
    story = "Twelve welders sleep behind the blue warehouse beside the abandoned lighthouse of Kampong Seila."
    complaint = registered(narrative=story)
    contact = log(intake, narrative=f"{story} They beat one of them.")
    client = browser(intake)
    page = client.get(f"/contacts/{contact.reference}/")
    (found,) = page.context["candidates"]
    assert (found.card.row.reference, found.raises) == (complaint.reference, "immediate")
    press = {"complaint": complaint.reference, "urgency": "immediate", "idempotency_key": str(uuid4())}
    for _press in range(2):
        assert client.post(f"/contacts/{contact.reference}/steps/file/", press).status_code == 302
    complaint.refresh_from_db()
    assert (complaint.urgency, complaint.contacts.count()) == ("immediate", 2)
    late = client.post(f"/contacts/{contact.reference}/steps/spam/", {"idempotency_key": str(uuid4())})
    assert late.status_code == 409
    assert "was faster" in late.content.decode()


def test_a_complaint_is_made_of_it_from_the_filled_form(browser: Any, intake: User, supervisor: User) -> None:
    contact = log(intake, narrative="They beat my cousin in Sihanoukville.", reporter=TELLER)
    client = browser(supervisor)
    page = client.get(f"/complaints/new/?contact={contact.reference}")
    story = page.context["story"]
    assert story["narrative"].value() == "They beat my cousin in Sihanoukville."
    assert (story["urgency"].value(), story["province_of_incident"].value()) == ("immediate", "18")
    assert "Thị Mai" not in page.content.decode()
    sent = {
        "act": "register",
        "idempotency_key": page.context["intake"].key,
        "contact": contact.reference,
        "narrative": "They beat my cousin in Sihanoukville.",
        "channel": "hotline",
        "province_of_incident": "18",
        "reporter-relation": "family",
    }
    assert client.post("/complaints/new/", sent).status_code == 302
    complaint = Complaint.objects.get()
    assert list(complaint.contacts.all()) == [contact]
    assert open_sealed(Reporter.objects.get(), "phone") == "097 555 0184"
    racing = client.post("/complaints/new/", {**sent, "idempotency_key": str(uuid4())})
    assert racing.status_code == 409
    assert contact.reference in racing.content.decode()
    assert not racing.context["story"]["contact"].value()
    assert "that makes a second complaint" in racing.content.decode()
    assert "They beat my cousin" in racing.content.decode()
    assert Complaint.objects.count() == 1
    assert client.get(f"/complaints/new/?contact={contact.reference}").status_code == 302


def test_from_the_form_it_is_added_to_what_looks_the_same(browser: Any, intake: User, complaint: Complaint) -> None:
    contact = log(intake, narrative="Held on the sixth floor, says his aunt.")
    sent = {
        "act": f"more-{complaint.reference}",
        "idempotency_key": str(uuid4()),
        "contact": contact.reference,
        "narrative": "Held on the sixth floor, says his aunt.",
        "channel": "hotline",
    }
    assert browser(intake).post("/complaints/new/", sent).status_code == 302
    contact.refresh_from_db()
    assert (contact.complaint_id, contact.kind) == (complaint.pk, "more")
    assert complaint.contacts.count() == 2


def test_only_who_triages_fills_a_form_from_a_message(browser: Any, intake: User, officer_psh: User) -> None:
    contact = log(intake)
    assert browser(officer_psh).get(f"/complaints/new/?contact={contact.reference}").status_code == 403
    assert browser(intake).get("/complaints/new/?contact=C-22222222").status_code == 404


def test_an_answer_is_written_down_and_set_aside_by_one_press_comes_back(browser: Any, intake: User) -> None:
    contact = log(intake, kind="enquiry", narrative="Where is the office?")
    client, path = browser(intake), f"/contacts/{contact.reference}/steps/"
    assert client.post(f"{path}answer/", {"idempotency_key": "k-1"}).status_code == 400
    assert client.post(f"{path}answer/", {"idempotency_key": "k-1", "note": "Told the hours."}).status_code == 302
    assert "Told the hours." in words(client, f"/contacts/{contact.reference}/")
    for step, status in (("bring_back", "waiting"), ("wrong_number", "set_aside"), ("bring_back", "waiting")):
        said = {"idempotency_key": str(uuid4()), "note": "Asks for a shop." if step == "wrong_number" else ""}
        assert client.post(f"{path}{step}/", said).status_code == 302
        contact.refresh_from_db()
        assert contact.status == status


def test_the_telephone_typed_in_the_form_is_compared(browser: Any, intake: User, registered: Any) -> None:
    complaint = registered(narrative="Ring 097 555 0184 about the blue warehouse.")
    typed = {"act": "similar", "narrative": "Somebody is held.", "channel": "hotline", "reporter-phone": "0975550184"}
    assert complaint.reference in browser(intake).post("/complaints/new/", typed).content.decode()


def test_a_program_logs_lists_and_takes_the_steps(program: Any, intake: User, complaint: Complaint) -> None:
    client, said = program(intake), {"kind": "enquiry", "channel": "email", "narrative": "Where is the office?"}
    rows = [client.post("/api/v1/contacts/", said, headers={"Idempotency-Key": "mail-1"}).json() for _n in range(2)]
    assert rows[0] == rows[1]
    reference = rows[0]["reference"]
    (row,) = client.get("/api/v1/contacts/?status=waiting").json()["results"]
    assert (row["reference"], row["narrative"], row["complaint"]) == (reference, "Where is the office?", None)
    assert {step["step"] for step in row["available_steps"]} == {"file", "answer", "spam", "wrong_number"}
    steps = f"/api/v1/contacts/{reference}/steps/"
    assert client.post(steps, {"step": "answer"}).status_code == 400
    filed = client.post(steps, {"step": "file", "complaint": complaint.reference})
    assert (filed.status_code, filed.json()["complaint"]) == (200, complaint.reference)
    assert client.post(steps, {"step": "spam"}).status_code == 409
    assert client.post("/api/v1/contacts/", {**said, "kind": "smoke"}).status_code == 400
