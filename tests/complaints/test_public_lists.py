"""A list of names that came in through the public form: looked into for as long as the list stands."""

import secrets
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from complaints.models import Complaint, Contact, NameList
from complaints.said import ComplaintSaid
from complaints.services import advance, advance_contact, register_complaint
from complaints.services.names import Named, Place, enter_names
from complaints.services.public import look_up, say
from complaints.services.taking_in import take_in_all
from complaints.sheet import WITH_PLACE, read_list
from core.exceptions import Conflict
from tests.complaints.test_public_messages import reported

pytestmark = pytest.mark.django_db


def listed(contact: Contact, by: User) -> list[Named]:
    named = [Named(row) for row in read_list("Ratna Dewi, F, 23, ID, Sihanoukville, X100200", WITH_PLACE)]
    enter_names(contact, named, {"Sihanoukville": Place(province="18")}, partner="", by=by, key="k-names")
    return named


def test_whose_names_were_entered_is_looked_into_and_a_message_waits_again(client: Client, intake: User) -> None:
    code, contact = reported()
    named = listed(contact, intake)
    assert look_up(code).state == "looked_into"
    say(code, secrets.token_hex(8), "They moved us")
    take_in_all()
    again = Contact.objects.waiting().get(pk=contact.pk)
    assert again.due_at is not None
    with pytest.raises(Conflict):
        enter_names(again, named, {}, partner="", by=intake, key="k-again")


def test_a_list_whose_reporter_writes_again_is_still_looked_into_and_answered_goes_back_to_it(
    browser: Any, intake: User, supervisor: User
) -> None:
    code, contact = reported()
    listed(contact, intake)
    say(code, secrets.token_hex(8), "They moved us")
    take_in_all()
    contact.refresh_from_db()
    assert (contact.status, look_up(code).state) == ("waiting", "looked_into")
    page = browser(intake).get(f"/contacts/{contact.reference}/").content.decode()
    assert "Answered; its people are still sought" in page
    assert "Make a complaint of it" not in page
    sealed = Complaint._base_manager.get()
    advance(sealed, "seal", by=supervisor, note="A unit is named")
    seen = Complaint._base_manager.get()
    for step, more in (
        ("answer", {"note": "Told them"}),
        ("file", {"complaint": seen.reference}),
        ("spam", {}),
        ("wrong_number", {}),
    ):
        with pytest.raises((Conflict, ValidationError)):
            advance_contact(contact, step, by=intake, **more)
    with pytest.raises(Conflict):
        register_complaint(
            ComplaintSaid(channel="public_form", narrative="They moved us", contact=contact.reference),
            by=intake,
            key="k-again",
        )
    assert advance_contact(contact, "answer_list", by=intake, note="Told them").status == "listed"
    assert look_up(code).state == "looked_into"
    assert NameList.objects.visible_to(intake).filter(contact=contact).exists()


def test_only_what_has_a_list_goes_back_to_it(intake: User) -> None:
    _code, contact = reported()
    with pytest.raises(Conflict):
        advance_contact(contact, "answer_list", by=intake, note="Told them")


def test_a_list_whose_message_was_answered_before_is_looked_into(intake: User) -> None:
    code, contact = reported()
    listed(contact, intake)
    advance_contact(contact, "bring_back", by=intake)
    Contact.objects.filter(pk=contact.pk).update(status="answered")
    assert look_up(code).state == "looked_into"
