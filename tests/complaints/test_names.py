"""A list of names is entered: one message, a complaint for each place, each name a person; all of it, and once."""

import re
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from accounts.models import User
from complaints.models import Complaint, Contact, ListedName, NameList
from complaints.services import advance_contact
from complaints.services.names import Place
from complaints.views.names import digest_of
from core.exceptions import Conflict
from partners.models import Partner
from tests.complaints.listing import TEXT, enter, sought, states
from victims.models import Victim

Browser = Callable[..., Client]


def test_one_message_makes_a_complaint_for_each_place_and_a_person_for_each_name(
    contact: Contact, intake: User, sender: Partner
) -> None:
    made = enter(contact, intake, sender)
    contact.refresh_from_db()
    assert (contact.status, contact.kind, contact.complaint_id) == ("listed", "list_of_names", None)
    found = {row.province_id: row.n_people for row in Complaint.objects.all()}
    assert found == {"18": 2, "00": 1}
    assert Contact.objects.count() == 1
    assert [name.victim.person.names_for()[0] for name in made.names.all()] == [
        "Ratna Dewi",
        "Budi Santoso",
        "Agus Salim",
    ]
    assert set(Victim.objects.values_list("person__documents__number", flat=True)) == {"X100200", "X100201", "X100202"}
    assert {row.urgency for row in Complaint.objects.all()} == {"high"}
    assert states(made) == ["received"] * 3


def test_sent_twice_it_is_entered_once_and_a_second_hand_is_told(
    contact: Contact, intake: User, supervisor: User
) -> None:
    assert enter(contact, intake).pk == enter(contact, intake).pk
    with pytest.raises(Conflict):
        enter(contact, supervisor, key="k-2")
    assert (NameList.objects.count(), Victim.objects.count()) == (1, 3)


def test_a_name_may_be_somebody_who_is_sought_and_a_place_a_complaint_that_is_there(
    contact: Contact, intake: User, complaint: Complaint
) -> None:
    known = complaint.victims.first()
    places = {"Sihanoukville": Place(complaint=complaint.reference)}
    made = enter(contact, intake, places=places, known={1: known.reference})
    assert [name.victim.complaint_id == complaint.pk for name in made.names.all()] == [True, True, False]
    assert made.names.first().victim == known


def test_what_is_out_of_sight_is_taken_for_nothing_and_nothing_is_half_entered(
    contact: Contact, intake: User, complaint: Complaint
) -> None:
    known = complaint.victims.first().reference
    Complaint.objects.filter(pk=complaint.pk).update(handling="sealed")
    for wrong in (
        {"known": {1: known}},
        {"places": {"Sihanoukville": Place(complaint=complaint.reference)}},
        {"text": "Ratna Dewi, Q"},
    ):
        with pytest.raises(ValidationError):
            enter(contact, intake, key=f"wrong-{len(str(wrong))}", **wrong)
    contact.refresh_from_db()
    assert (contact.status, NameList.objects.count(), Complaint.objects.count()) == ("waiting", 0, 1)


def test_only_who_may_do_all_of_it_enters_names_and_no_step_does(
    contact: Contact, intake: User, officer_psh: User
) -> None:
    with pytest.raises(PermissionDenied):
        enter(contact, officer_psh)
    with pytest.raises(ValidationError):
        advance_contact(contact, "enter_names", by=intake)


def test_the_page_previews_then_enters_and_the_paper_says_states_only(
    contact: Contact, intake: User, sender: Partner, complaint: Complaint, browser: Browser
) -> None:
    client, url = browser(intake), f"/contacts/{contact.reference}/names/"
    assert "Ratna Dewi" in client.get(url).content.decode()
    sent = {"text": TEXT, "partner": sender.reference, "idempotency_key": "page-1"}
    preview = client.post(url, sent).content.decode()
    assert 'value="18" selected' in preview
    assert Victim.objects.filter(person__names__text="Ratna Dewi").count() == 0
    said = {
        **sent,
        "save": "1",
        "read": digest_of(TEXT),
        "place-0": "Sihanoukville",
        "place-0-province": "18",
        "place-1": "",
        "place-1-province": "",
    }
    for _press in range(2):
        assert client.post(url, said).status_code == 302
    page = client.get(f"/contacts/{contact.reference}/").content.decode()
    assert page.count("Received") >= 3
    paper = client.get(f"/contacts/{contact.reference}/names/paper/").content.decode()
    assert "Ratna Dewi" in paper
    assert "It does not tell whether the person was found." in paper
    for hidden in ("KH-20", "X100200", "V-"):
        assert hidden not in paper.partition("<main")[2].partition("</main")[0]
    assert client.post(url, {**said, "idempotency_key": "page-2"}).status_code == 409


def test_where_a_place_goes_is_kept_when_the_names_before_it_are_found(
    contact: Contact, intake: User, sender: Partner, complaint: Complaint, browser: Browser
) -> None:
    known, name = sought(complaint)
    text = f"{name}, F,, VN, Poipet\nBudi Santoso, M, 31, ID, Sihanoukville"
    said = {"text": text, "partner": sender.reference, "idempotency_key": "k", "save": "1", "read": digest_of(text)}
    said |= {"row-1": known.reference, "place-0": "Poipet", "place-0-province": "", "place-0-complaint": ""}
    said |= {"place-1": "Sihanoukville", "place-1-province": "", "place-1-complaint": complaint.reference}
    client = browser(intake)
    assert client.post(f"/contacts/{contact.reference}/names/", said).status_code == 302
    assert Complaint.objects.count() == 1
    assert {one.victim.complaint_id for one in ListedName.objects.all()} == {complaint.pk}


def test_who_was_chosen_and_is_gone_is_asked_for_again_and_nobody_is_doubled(
    contact: Contact, intake: User, complaint: Complaint, browser: Browser
) -> None:
    _known, name = sought(complaint)
    text = f"{name}, F, 23, ID, Poipet"
    said = {
        "text": text,
        "partner": "",
        "idempotency_key": "k",
        "save": "1",
        "read": digest_of(text),
        "row-1": "V-GONE",
    }
    answer = browser(intake).post(f"/contacts/{contact.reference}/names/", {**said, "place-0": "Poipet"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "who was chosen is no longer among the likeliest" in page
    assert text in page
    assert not NameList.objects.exists()


def test_a_list_that_was_edited_after_it_was_read_is_shown_again(
    contact: Contact, intake: User, complaint: Complaint, browser: Browser
) -> None:
    known, name = sought(complaint)
    text, url = f"{name}, F,, VN, Poipet", f"/contacts/{contact.reference}/names/"
    client = browser(intake)
    read = re.search(
        'name="read" value="([0-9a-f]+)"', client.post(url, {"text": f"{text}\r\n{TEXT}"}).content.decode()
    )
    assert read is not None
    said = {"text": f"{TEXT}\r\n{text}", "idempotency_key": "k", "save": "1", "read": read[1]}
    answer = client.post(url, {**said, "row-4": known.reference, "row-4-name": "Agus Salim"})
    assert answer.status_code == 409
    assert "The list was changed after it was read" in answer.content.decode()
    assert f'value="{known.reference}" selected' not in answer.content.decode()
    assert not NameList.objects.exists()
