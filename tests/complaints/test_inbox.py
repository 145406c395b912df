"""Calls and messages that are no complaint yet: nothing is lost, and nothing counts as a complaint that is none."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.models import User
from audit.models import AuditEvent as Event
from complaints.models import Complaint, Contact, Reporter
from complaints.said import ComplaintSaid, ContactSaid, ReporterSaid
from complaints.services import advance_contact, log_contact, register_complaint, reveal_teller
from core.exceptions import Conflict, Unprocessable
from core.sealed import open_sealed
from provinces.services.mentions import provinces_in
from workflow.models import Transition

TELLER = ReporterSaid(name="Trần Thị Mai", phone="097 555 0184", relation="family")


def log(by: User, key: str = "contact-1", **said: Any) -> Contact:
    words = {
        "kind": "new_report",
        "channel": "hotline",
        "narrative": "My cousin is held somewhere near the sea.",
        **said,
    }
    return log_contact(ContactSaid(**words), by=by, key=key)[0]


def test_it_waits_at_the_ministry_sealed_as_it_came_in_and_counts_as_no_complaint(intake: User) -> None:
    contact = log(intake, reporter=TELLER, language="Tiếng Việt")
    assert (contact.status, contact.province_id, contact.complaint_id) == ("waiting", "00", None)
    assert contact.reference.startswith("C-")
    assert open_sealed(contact, "raw") == "My cousin is held somewhere near the sea."
    assert open_sealed(Reporter.objects.get(contact=contact), "phone") == "097 555 0184"
    assert Complaint.objects.count() == 0
    assert Transition.objects.get().step == "log_contact"
    assert Event.objects.filter(verb="contact.log_contact").count() == 1


def test_sent_twice_it_is_logged_once_and_other_words_are_refused(intake: User) -> None:
    assert log(intake).pk == log(intake).pk
    with pytest.raises(Unprocessable):
        log(intake, narrative="Something else.")
    assert Contact.objects.count() == 1


def test_everything_that_is_wrong_is_said_at_once(intake: User) -> None:
    with pytest.raises(ValidationError) as caught:
        log(intake, kind="nothing", channel="smoke", narrative="", urgency="very", language="x" * 41)
    assert set(caught.value.message_dict) == {"kind", "channel", "narrative", "urgency", "language"}
    assert log(intake, kind="wrong_number", narrative="").narrative == ""


def test_only_who_triages_logs(officer_psh: User, analyst: User, integrity: User) -> None:
    for user in (officer_psh, analyst, integrity):
        with pytest.raises(PermissionDenied):
            log(user)


def test_the_ministry_sees_it_and_no_province(
    intake: User, supervisor: User, officer_psh: User, integrity: User, admin: User
) -> None:
    log(intake)
    seen = [Contact.objects.visible_to(user).count() for user in (supervisor, officer_psh, integrity, admin)]
    assert seen == [1, 0, 0, 0]


def test_registered_the_same_contact_becomes_the_complaints_first(intake: User, supervisor: User) -> None:
    contact = log(intake, reporter=TELLER)
    words = {"channel": "hotline", "narrative": "A cousin is held near the sea, said more clearly."}
    complaint, _made = register_complaint(ComplaintSaid(**words, contact=contact.reference), by=supervisor, key="k-1")
    assert list(complaint.contacts.all()) == [contact]
    contact.refresh_from_db()
    assert (contact.status, contact.kind, contact.narrative) == ("filed", "new_report", "")
    assert open_sealed(contact, "raw") == "My cousin is held somewhere near the sea."
    assert Reporter.objects.filter(contact__complaint=complaint).count() == 1
    assert complaint.answer_due_at is not None
    step = Transition.objects.get(step="file")
    assert (step.before, step.after, step.by_id, step.complaint_id) == ("waiting", "filed", supervisor.pk, complaint.pk)


def test_what_is_said_of_the_teller_anew_stands_over_what_was_known(intake: User) -> None:
    contact = log(intake, reporter=TELLER)
    new = ReporterSaid(phone="012 555 999", safe_contact={"way": "message"})
    said = ComplaintSaid(channel="hotline", narrative="Held near the sea.", contact=contact.reference, reporter=new)
    register_complaint(said, by=intake, key="k-1")
    teller = Reporter.objects.get()
    assert [open_sealed(teller, name) for name in ("name", "phone")] == ["Trần Thị Mai", "012 555 999"]
    assert teller.relation == "family"


def test_of_two_who_make_a_complaint_of_it_one_is_told_who_was_faster(intake: User, supervisor: User) -> None:
    contact = log(intake)
    said = ComplaintSaid(channel="hotline", narrative="Held near the sea.", contact=contact.reference)
    register_complaint(said, by=intake, key="k-1")
    with pytest.raises(Conflict) as caught, transaction.atomic():
        register_complaint(said, by=supervisor, key="k-2")
    assert contact.reference in caught.value.message
    assert Complaint.objects.count() == 1
    again, made = register_complaint(said, by=intake, key="k-1")
    assert (again.pk, made) == (Complaint.objects.get().pk, False)


def test_it_is_added_to_a_complaint_by_the_rules_of_one_more_call(
    complaint: Complaint, intake: User, officer_psh: User
) -> None:
    contact = log(intake, reporter=TELLER)
    done = advance_contact(contact, "file", by=intake, complaint=complaint.reference.lower(), urgency="immediate")
    complaint.refresh_from_db()
    assert (done.status, done.kind, done.complaint_id, done.province_id) == ("filed", "more", complaint.pk, "18")
    assert complaint.urgency == "immediate"
    assert complaint.contacts.count() == 2
    assert Contact.objects.visible_to(officer_psh).filter(pk=contact.pk).exists()
    with pytest.raises(Conflict):
        advance_contact(contact, "file", by=intake, complaint=complaint.reference)
    assert complaint.contacts.count() == 2


def test_a_complaint_out_of_sight_takes_nothing(complaint: Complaint, intake: User) -> None:
    contact = log(intake)
    Complaint.objects.filter(pk=complaint.pk).update(handling="sealed")
    for reference in (complaint.reference, "KH-2022-222222", ""):
        with pytest.raises(ValidationError):
            advance_contact(contact, "file", by=intake, complaint=reference)


def test_a_list_of_names_stays_one_when_it_is_added(complaint: Complaint, intake: User) -> None:
    contact = log(intake, kind="list_of_names", narrative="Sok Channa, 19\nChan Dara, 22")
    assert advance_contact(contact, "file", by=intake, complaint=complaint.reference).kind == "list_of_names"


def test_an_answer_needs_its_note_and_what_was_set_aside_comes_back(intake: User, supervisor: User) -> None:
    contact = log(intake, kind="enquiry", narrative="Where can I renew a passport?")
    with pytest.raises(ValidationError):
        advance_contact(contact, "answer", by=intake)
    assert advance_contact(contact, "answer", by=intake, note="Told the office and its hours.").status == "answered"
    assert advance_contact(contact, "bring_back", by=supervisor).status == "waiting"
    aside = advance_contact(contact, "spam", by=supervisor, note="No word of anybody.")
    assert (aside.status, aside.kind) == ("set_aside", "spam")
    with pytest.raises(Conflict):
        advance_contact(contact, "wrong_number", by=intake, note="No word of anybody.")


def test_a_province_cannot_take_a_step(intake: User, officer_psh: User) -> None:
    with pytest.raises((Http404, PermissionDenied)):
        advance_contact(log(intake), "spam", by=officer_psh, note="No word of anybody.")


def test_the_database_holds_that_only_what_is_in_a_complaint_is_filed(complaint: Complaint, intake: User) -> None:
    contact = log(intake)
    for change in ({"status": "filed"}, {"complaint": complaint}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contact.objects.filter(pk=contact.pk).update(**change)
    advance_contact(contact, "spam", by=intake, note="No word of anybody.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(status="answered")


def test_who_told_it_is_revealed_with_a_reason_only(intake: User, integrity: User) -> None:
    contact = log(intake, reporter=TELLER)
    with pytest.raises(ValidationError):
        reveal_teller(contact, by=intake, reason="x")
    with pytest.raises(PermissionDenied):
        reveal_teller(contact, by=integrity, reason="To answer the enquiry")
    assert [one.name for one in reveal_teller(contact, by=intake, reason="To answer the enquiry")] == ["Trần Thị Mai"]
    assert Event.objects.filter(verb="reporter.reveal").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("held in Sihanoukville, room 6", ["18"]),
        ("នៅខេត្តព្រះសីហនុ មានមនុស្សច្រើន", ["18"]),
        ("We came from Kandal to Preah Sihanouk.", ["08", "18"]),
        ("She kept the passport.", []),
        ("near Poipet", ["01"]),
    ],
)
def test_names_of_places_propose_a_province(text: str, codes: list[str]) -> None:
    assert sorted(province.code for province in provinces_in(text)) == codes


def test_words_about_an_official_reach_no_province_before_somebody_said_whether_one_takes_part(
    complaint: Complaint, intake: User, supervisor: User, officer_psh: User, browser: Any
) -> None:
    waits = [log(intake, n, narrative=f"The police captain sells people, {n}.") for n in ("c-1", "c-2", "c-3")]
    path = f"/contacts/{waits[0].reference}/steps/file/"
    page = browser(intake).post(path, {"complaint": complaint.reference})
    assert page.status_code == 400
    assert complaint.reference in page.content.decode()
    assert 'name="official"' in page.content.decode()
    for answer in ("", "perhaps", ["no"], {"a": 1}):
        with pytest.raises(ValidationError) as refused:
            advance_contact(waits[0], "file", by=intake, complaint=complaint.reference, official=answer)
        assert set(refused.value.message_dict) == {"official"}, answer
    assert not Contact.objects.visible_to(officer_psh).filter(pk=waits[0].pk).exists()
    advance_contact(waits[1], "file", by=intake, complaint=complaint.reference, official="no")
    assert Complaint.objects.visible_to(officer_psh).filter(pk=complaint.pk).exists()
    advance_contact(waits[2], "file", by=intake, complaint=complaint.reference, official="yes")
    assert not Complaint.objects.visible_to(officer_psh).filter(pk=complaint.pk).exists()
    assert Complaint._base_manager.get(pk=complaint.pk).handling == "sealed"
