"""One more call about a complaint: nothing typed is lost, nobody is counted twice, and it goes to who handles it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint, Contact
from complaints.said import ComplaintSaid, PersonSaid, ReporterSaid
from complaints.services import add_contact, advance, reveal
from core.exceptions import Conflict, Unprocessable
from core.sealed import open_sealed
from notifications.models import Notification
from victims.models import Victim

Register = Callable[..., Complaint]


def more(complaint: Complaint, by: Any, key: str = "more-000001", **said: Any) -> Complaint:
    words = {"channel": "facebook_message", "narrative": "She rang again this morning.", **said}
    added, _made = add_contact(complaint, ComplaintSaid(**words), by=by, key=key)
    return added


def names(complaint: Complaint) -> list[str]:
    rows = Victim.objects.live().filter(complaint=complaint).prefetch_related("person__names")
    return sorted(row.person.names_for("en")[0] for row in rows)


def test_the_words_stand_in_the_story_and_who_told_is_sealed(
    complaint: Complaint, intake: User, officer_psh: User, supervisor: User, browser: Any
) -> None:
    teller = ReporterSaid(name="Trần Thị Mai", phone="097 555 0184", relation="friend")
    more(complaint, intake, reporter=teller, exact_spot="Room 612")
    contact = complaint.contacts.get(kind=Contact.Kind.MORE)
    assert open_sealed(contact, "raw") == "She rang again this morning."
    page = browser(officer_psh).get(f"/complaints/{complaint.reference}/").content.decode()
    assert "She rang again this morning." in page
    assert "Room 612" in page
    assert "Thị Mai" not in page
    assert "555 0184" not in page
    told = reveal(complaint, by=supervisor, reason="Nobody answers")
    assert [one.name for one in told] == ["Trần Văn Bình", "Trần Thị Mai"]


def test_who_stands_there_already_is_not_added_again(complaint: Complaint, intake: User) -> None:
    more(
        complaint, intake, people=(PersonSaid(name="Nguyen Thi Lan", age=17), PersonSaid(name="Sok Channa", sex="male"))
    )
    assert names(complaint) == ["", "Nguyễn Thị Lan", "Sok Channa"]
    assert "Nguyen Thi Lan" in complaint.contacts.get(kind="more").narrative
    complaint.refresh_from_db()
    assert (complaint.n_people, complaint.number_reported) == (3, 3)


def test_sent_twice_is_added_once_and_other_words_are_refused(complaint: Complaint, intake: User) -> None:
    more(complaint, intake)
    more(complaint, intake)
    assert complaint.contacts.count() == 2
    with pytest.raises(Unprocessable):
        more(complaint, intake, narrative="Something else.")


def test_a_danger_raises_the_urgency_and_less_does_not_lower_it(complaint: Complaint, intake: User) -> None:
    assert more(complaint, intake, urgency="immediate").urgency == "immediate"
    assert more(complaint, intake, key="more-000002").urgency == "immediate"


def test_an_official_named_seals_it(complaint: Complaint, intake: User, officer_psh: User) -> None:
    more(complaint, intake, official="Police of village 4", names_official=True)
    complaint.refresh_from_db()
    assert complaint.handling == "sealed"
    assert not Complaint.objects.visible_to(officer_psh).filter(pk=complaint.pk).exists()
    assert set(complaint.contacts.values_list("handling", flat=True)) == {"sealed"}


def test_an_officer_who_no_more_sees_it_is_told_nothing(
    complaint: Complaint, intake: User, officer_psh: User, integrity: User
) -> None:
    advance(complaint, "acknowledge", by=officer_psh)
    Notification.objects.all().delete()
    more(complaint, intake, official="Police of village 4", names_official=True)
    assert "officer.psh" not in set(Notification.objects.values_list("recipient__username", flat=True))
    told = Notification.objects.filter(kind="contact_more").values_list("recipient__username", flat=True)
    assert set(told) == {integrity.username}


def test_who_takes_the_call_chooses_who_handles_it(complaint: Complaint, intake: User, officer_psh: User) -> None:
    added = more(complaint, intake, handling="national_led")
    assert added.handling == "national_led"
    assert not Complaint.objects.visible_to(officer_psh).filter(pk=complaint.pk).exists()
    assert more(complaint, intake, key="more-000002", handling="provincial").handling == "national_led"


def test_fear_of_the_local_police_takes_it_to_the_ministry(complaint: Complaint, intake: User) -> None:
    more(complaint, intake, not_local_police=True)
    complaint.refresh_from_db()
    assert complaint.handling == "national_led"


def test_who_handles_it_is_told(complaint: Complaint, intake: User, officer_psh: User) -> None:
    advance(complaint, "acknowledge", by=officer_psh)
    Notification.objects.all().delete()
    more(complaint, intake)
    assert set(Notification.objects.values_list("recipient__username", "kind")) == {("officer.psh", "contact_more")}


def test_a_closed_complaint_takes_the_words_and_the_supervisors_are_told(
    complaint: Complaint, intake: User, officer_psh: User, supervisor: User
) -> None:
    advance(complaint, "acknowledge", by=officer_psh)
    advance(complaint, "start_verification", by=officer_psh)
    advance(complaint, "propose_outcome", by=officer_psh, outcome="unsubstantiated", note="Nobody there")
    advance(complaint, "confirm_outcome", by=supervisor)
    advance(complaint, "propose_closing", by=officer_psh, note="Nothing more to do")
    advance(complaint, "close", by=supervisor)
    Notification.objects.all().delete()
    more(complaint, intake, people=(PersonSaid(name="Sok Channa"),), urgency="immediate")
    assert "Sok Channa" not in names(complaint)
    assert "Sok Channa" in complaint.contacts.get(kind="more").narrative
    assert set(Notification.objects.values_list("kind", flat=True)) == {"contact_closed"}


def test_who_calls_about_a_closed_complaint_is_owed_a_word(
    registered: Register, intake: User, officer_psh: User, supervisor: User
) -> None:
    nobody_to_answer = registered()
    for step, by, said in (
        ("acknowledge", officer_psh, {}),
        ("start_verification", officer_psh, {}),
        ("propose_outcome", officer_psh, {"outcome": "unsubstantiated", "note": "Nobody there"}),
        ("confirm_outcome", supervisor, {}),
        ("propose_closing", officer_psh, {"note": "Nothing more to do"}),
        ("close", supervisor, {}),
    ):
        advance(nobody_to_answer, step, by=by, **said)
    more(nobody_to_answer, intake, reporter=ReporterSaid(phone="097 555 0184", relation="friend"))
    nobody_to_answer.refresh_from_db()
    assert nobody_to_answer.answer_due_at is not None


def test_nothing_is_added_without_words_or_to_a_merged_one(
    complaint: Complaint, registered: Register, intake: User
) -> None:
    with pytest.raises(ValidationError):
        more(complaint, intake, narrative=" \u200b")
    Complaint.objects.filter(pk=complaint.pk).update(merged_into=registered())
    with pytest.raises(Conflict):
        more(complaint, intake)


def test_from_the_form(complaint: Complaint, intake: User, browser: Any) -> None:
    words = {
        "act": f"more-{complaint.reference}",
        "idempotency_key": "0d9c9bb0-8f62-4f4e-a9a4-3c9e2a3f0c11",
        "narrative": "She rang again.",
        "channel": "hotline",
        "urgency": "normal",
    }
    client = browser(intake)
    answer = client.post("/complaints/new/", words)
    assert (answer.status_code, answer["Location"]) == (302, f"/complaints/{complaint.reference}/")
    assert client.post("/complaints/new/", words).status_code == 302
    assert complaint.contacts.count() == 2
    assert Complaint.objects.count() == 1
    bad = client.post("/complaints/new/", {**words, "idempotency_key": "", "narrative": "", "exact_spot": "Room 612"})
    assert bad.status_code == 400
    assert "Room 612" in bad.content.decode()


def test_going_back_after_adding_leads_to_the_complaint(complaint: Complaint, intake: User, browser: Any) -> None:
    key = "0d9c9bb0-8f62-4f4e-a9a4-3c9e2a3f0c11"
    words = {
        "act": f"more-{complaint.reference}",
        "idempotency_key": key,
        "narrative": "She rang.",
        "channel": "hotline",
    }
    client, page = browser(intake), f"/complaints/{complaint.reference}/"
    client.post("/complaints/new/", words)
    again = client.get(f"/complaints/new/?draft={key}")
    assert (again.status_code, again["Location"]) == (302, page)
    other = client.post("/complaints/new/", {**words, "act": "register", "narrative": "Another matter"})
    text = other.content.decode()
    assert other.status_code == 422
    assert f"This form was added to {complaint.reference} already" in text
    assert f'href="{page}"' in text
    assert "Another matter" in text
    Complaint.objects.filter(pk=complaint.pk).update(handling="sealed")
    assert client.get(f"/complaints/new/?draft={key}")["Location"] == "/complaints/"
    hidden = client.post("/complaints/new/", {**words, "narrative": "Once more"})
    assert hidden.status_code == 422
    assert "Once more" in hidden.content.decode()


def test_everything_typed_is_kept_and_who_is_accused_only_sealed(complaint: Complaint, intake: User) -> None:
    said = {"forms": ("debt_bondage",), "number": (4, 6, 9), "district": "1801", "province_of_incident": "18"}
    more(complaint, intake, official="Major Sok of the port", **said)
    words = complaint.contacts.get(kind="more").narrative
    for part in ("4 – 6 – 9", "Debt bondage", "Preah Sihanouk"):
        assert part in words
    assert "Major" not in words
    complaint.refresh_from_db()
    assert open_sealed(complaint, "official") == "Major Sok of the port"


def test_programs_add_more_once_for_their_key(
    complaint: Complaint, intake: User, officer_pp: User, program: Any
) -> None:
    said = {"channel": "telegram", "narrative": "He rang again.", "people": [{"name": "Sok Channa"}]}
    address = f"/api/v1/complaints/{complaint.reference}/contacts/"
    for _ in range(2):
        answer = program(intake).post(address, said, format="json", headers={"idempotency-key": "program-0001"})
        assert (answer.status_code, answer.json()["reference"]) == (201, complaint.reference)
    assert complaint.contacts.count() == 2
    assert names(complaint) == ["", "Nguyễn Thị Lan", "Sok Channa"]
    other = program(intake).post(
        address, {**said, "narrative": "Else"}, format="json", headers={"idempotency-key": "program-0001"}
    )
    assert other.status_code == 422
    assert program(officer_pp).post(address, said, format="json").status_code == 404
    assert program(intake).post(address, {"channel": "telegram"}, format="json").status_code == 400
    wrong = {**said, "number_reported": {"low": 9, "likely": 6, "high": 4}}
    assert "number_reported" in program(intake).post(address, wrong, format="json").json()


def test_no_more_about_what_one_may_not_see(complaint: Complaint, officer_pp: User, browser: Any) -> None:
    words = {"act": f"more-{complaint.reference}", "narrative": "Let me in", "channel": "hotline"}
    answer = browser(officer_pp).post("/complaints/new/", words)
    assert answer.status_code == 404
    assert "Let me in" in answer.content.decode()
    assert "Nothing was added" in answer.content.decode()
    assert complaint.contacts.count() == 1
    assert timezone.now() >= complaint.logged_at
