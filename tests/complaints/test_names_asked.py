"""A list that asks for people of a complaint that is there: its story says so, and who handles it is told; nobody else."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import translation

from accounts.models import User
from complaints.models import Complaint, Contact
from complaints.services import advance, name_handler
from complaints.services.names import Place
from notifications.models import Notification
from partners.models import Partner
from tests.complaints.listing import enter, sought
from victims.models import Victim
from workflow.models import Transition

Browser = Callable[..., Client]
TEXT = "Siti Rahma, F, 24, ID, Poipet, X100300\nBudi Santoso, M, 31, ID, Sihanoukville"
IN_PLACE = {"Sihanoukville": Place(province="18"), "Poipet": Place(province="01")}


def rung() -> set[tuple[str, str]]:
    rows = Notification.objects.filter(kind="names_asked", channel="in_app")
    return set(rows.values_list("recipient__username", "reference"))


def ask(contact: Contact, complaint: Complaint, by: User, sender: Partner | None = None, **more: Any) -> Victim:
    known, _name = sought(complaint)
    enter(contact, by, sender, text=TEXT, places=IN_PLACE, known={1: known.reference}, **more)
    return known


def test_who_handles_it_is_told_and_the_story_says_what_the_list_says(
    contact: Contact, complaint: Complaint, intake: User, officer_psh: User, sender: Partner, browser: Browser
) -> None:
    for _sent in range(2):
        known = ask(contact, complaint, intake, sender)
    assert rung() == {("officer.psh", complaint.reference)}
    step = Transition.objects.get(step="asked_for")
    assert (step.complaint_id, step.after, step.by) == (complaint.pk, contact.reference, intake)
    with translation.override("en"):
        assert step.words.split("\n") == [
            f"List of names: {contact.reference}",
            f"{known.reference}: Siti Rahma, F, 24, Indonesia, X100300, Poipet",
        ]
    for url in ("", "history/", "history/?show=steps"):
        page = browser(officer_psh).get(f"/complaints/{complaint.reference}/{url}").content.decode()
        assert "A list of names asks for people of this complaint" in page
        assert "X100300" in page
        assert str(sender) not in page
    assert "Budi" not in page
    complaint.refresh_from_db()
    assert complaint.status == "new"


def test_who_took_it_is_told_and_not_who_entered_the_list(
    contact: Contact, complaint: Complaint, intake: User, supervisor: User, officer_psh: User, officer_pp: User
) -> None:
    advance(complaint, "acknowledge", by=officer_psh)
    advance(complaint, "lead_nationally", by=supervisor, note="Two provinces")
    Complaint.objects.filter(pk=complaint.pk).update(officer=supervisor)
    ask(contact, complaint, supervisor)
    assert rung() == set()
    assert Transition.objects.filter(step="asked_for", complaint_id=complaint.pk).exists()


def test_each_reader_has_it_in_their_language_and_who_reads_no_names_has_none(
    contact: Contact, complaint: Complaint, intake: User, analyst: User, browser: Browser
) -> None:
    ask(contact, complaint, intake)
    step = Transition.objects.get(step="asked_for")
    with translation.override("km"):
        assert "ឥណ្ឌូនេស៊ី" in step.words
    page = browser(analyst).get(f"/complaints/{complaint.reference}/").content.decode()
    assert "A list of names asks for people of this complaint" in page
    assert "Siti Rahma" not in page
    assert "X100300" not in page
    step.note = ""
    assert step.words == ""


def test_new_people_of_a_place_whose_complaint_is_there_are_told_of_once(
    contact: Contact, complaint: Complaint, intake: User, officer_psh: User
) -> None:
    to = Place(complaint=complaint.reference)
    enter(contact, intake, text=TEXT, places={"Sihanoukville": to, "Poipet": to})
    assert rung() == {("officer.psh", complaint.reference)}
    assert len(Transition.objects.get(step="asked_for").words.split("\n")) == 1 + 2


def test_new_people_of_new_complaints_are_asked_for_by_nobody_else(
    contact: Contact, intake: User, officer_psh: User
) -> None:
    enter(contact, intake)
    assert not Transition.objects.filter(step="asked_for").exists()
    assert rung() == set()


def test_of_a_closed_complaint_the_supervisors_are_told(
    contact: Contact, complaint: Complaint, intake: User, officer_psh: User, supervisor: User
) -> None:
    advance(complaint, "acknowledge", by=officer_psh)
    advance(complaint, "start_verification", by=officer_psh)
    advance(complaint, "propose_outcome", by=officer_psh, outcome="unsubstantiated", note="Nobody there")
    advance(complaint, "confirm_outcome", by=supervisor)
    advance(complaint, "propose_closing", by=officer_psh, note="Nothing more to do")
    advance(complaint, "close", by=supervisor)
    ask(contact, complaint, intake)
    assert rung() == {("supervisor", complaint.reference)}


def test_of_a_sealed_one_nobody_is_told_but_who_may_read_it_and_no_page_outside_moves(
    contact: Contact,
    complaint: Complaint,
    intake: User,
    officer_psh: User,
    supervisor: User,
    integrity: User,
    analyst: User,
    browser: Browser,
) -> None:
    advance(complaint, "seal", by=supervisor, note="A unit is named")
    complaint.refresh_from_db()
    name_handler(complaint, intake, by=integrity)
    Notification.objects.all().delete()
    ask(contact, complaint, intake)
    assert rung() == {("integrity", complaint.reference)}
    step = Transition.objects.get(step="asked_for")
    assert (step.complaint_id, step.handling) == (complaint.pk, "sealed")
    assert "X100300" in browser(integrity).get(f"/complaints/{complaint.reference}/").content.decode()
    page = browser(supervisor).get(f"/contacts/{contact.reference}/").content.decode()
    assert "Siti Rahma" in page
    assert complaint.reference not in page
    for outside in (officer_psh, supervisor, analyst):
        assert browser(outside).get(f"/complaints/{complaint.reference}/").status_code == 404
