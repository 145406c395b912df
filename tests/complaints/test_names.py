"""A list of names: one message, a complaint for each place, each name a person; the sender is told one of four words."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import Complaint, Contact, ListedName, NameList
from complaints.names import RELATED, states_of
from complaints.said import ContactSaid
from complaints.services import advance, advance_contact, log_contact
from complaints.services.names import Named, Place, change_sender, enter_names
from complaints.sheet import WITH_PLACE, read_list
from complaints.views.names import digest_of
from core.exceptions import Conflict
from partners.models import Partner
from people.services import set_names
from tests.factories.accounts import UserFactory
from tests.factories.referrals import PartnerFactory
from victims.models import Consent, Victim

TEXT = "Ratna Dewi, F, 23, ID, Sihanoukville, X100200\nBudi Santoso, M, 31, ID, Sihanoukville, X100201\nAgus Salim, M, 16, ID,,X100202"
Browser = Callable[..., Client]


@pytest.fixture
def embassy(db: None) -> Partner:
    return PartnerFactory(kind="embassy", nationalities=["ID"], country="ID", province=None)


@pytest.fixture
def contact(intake: User) -> Contact:
    said = ContactSaid("list_of_names", "email", TEXT, urgency="high")
    return log_contact(said, by=intake, key="list-1")[0]


def enter(contact: Contact, by: User, partner: Partner | None = None, key: str = "k-1", **more: Any) -> NameList:
    rows = read_list(more.pop("text", TEXT), WITH_PLACE)
    named = [Named(row, more.get("known", {}).get(row.line, "")) for row in rows]
    places = more.get("places", {"Sihanoukville": Place(province="18")})
    return enter_names(contact, named, places, partner=partner.reference if partner else "", by=by, key=key)


def states(made: NameList, *, closed: bool = False) -> list[str]:
    """Give the states; `closed`: as if the complaints were, which takes two people and many steps."""
    names = list(ListedName.objects.filter(list=made).select_related(*RELATED))
    for name in names if closed else ():
        name.victim.complaint.status = "closed"
    found = states_of(names)
    return [str(found[name.pk]) for name in names]


def sought(complaint: Complaint) -> tuple[Victim, str]:
    """Give the person of a complaint a name, and return both."""
    known = complaint.victims.earliest("received_at")
    set_names(known.person, ["Siti Rahma Putri"])
    return known, "Siti Rahma Putri"


def found_safe(victim: Victim, by: User, **answer: Any) -> None:
    Victim.objects.filter(pk=victim.pk).update(rescue_status="rescued", rescued_on="2026-03-08")
    said = {"purpose": "embassy", "answer": "yes", "asked_alone": True, "afraid": "no", "asked_language": "Bahasa"}
    scope = {"complaint": victim.complaint, "province": victim.province, "handling": victim.handling}
    Consent.objects.create(victim=victim, by=by, asked_on="2026-03-09", **scope, **{**said, **answer})


def test_one_message_makes_a_complaint_for_each_place_and_a_person_for_each_name(
    contact: Contact, intake: User, embassy: Partner
) -> None:
    made = enter(contact, intake, embassy)
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


def test_the_sender_is_told_safe_only_of_who_agreed(
    contact: Contact, intake: User, officer_psh: User, supervisor: User, embassy: Partner
) -> None:
    made = enter(contact, intake, embassy)
    ratna, budi, agus = (name.victim for name in made.names.all())
    advance(ratna.complaint, "acknowledge", by=officer_psh)
    assert states(made) == ["sought", "sought", "received"]
    found_safe(ratna, officer_psh)
    found_safe(budi, officer_psh, answer="no")
    assert states(made) == ["safe", "sought", "received"]
    found_safe(agus, officer_psh)  # a child without a guardian
    assert states(made)[2] == "received"
    found_safe(ratna, officer_psh, answer="withdrawn")
    assert states(made)[0] == "sought"
    assert states(made, closed=True) == ["closed", "closed", "closed"]


@pytest.mark.parametrize(
    ("kind", "nationalities", "purpose"),
    [("embassy", ["VN"], "embassy"), ("ngo", [], "embassy"), ("ngo", ["ID"], "ngo"), ("shelter", [], "shelter")],
)
def test_a_sender_the_person_did_not_agree_to_is_not_told(
    kind: str, nationalities: list[str], purpose: str, contact: Contact, intake: User, officer_psh: User
) -> None:
    other = PartnerFactory(kind=kind, nationalities=nationalities, country="VN" if kind == "embassy" else "")
    made = enter(contact, intake, other)
    found_safe(made.names.first().victim, officer_psh, purpose=purpose)
    assert states(made)[0] == "received"


def test_nobody_outside_the_directory_is_told_and_a_sealed_complaint_tells_nothing(
    contact: Contact, intake: User, officer_psh: User, embassy: Partner
) -> None:
    made = enter(contact, intake)
    ratna = made.names.first().victim
    found_safe(ratna, officer_psh)
    assert states(made)[0] == "received"
    NameList.objects.update(partner=embassy)
    assert states(made)[0] == "safe"
    Complaint.objects.filter(pk=ratna.complaint_id).update(handling="sealed")
    assert states(made)[:2] == states(made, closed=True)[:2] == ["sought", "sought"]


def test_nothing_that_is_said_moves_by_a_seal(
    contact: Contact, intake: User, officer_psh: User, supervisor: User, embassy: Partner, browser: Browser
) -> None:
    made = enter(contact, intake, embassy)
    ratna, budi, agus = (name.victim for name in made.names.all())
    found_safe(ratna, officer_psh)
    before = states(made)
    assert before == ["safe", "received", "received"]
    page = browser(intake).get(f"/contacts/{contact.reference}/").content.decode()
    for complaint in (ratna.complaint, agus.complaint):
        advance(complaint, "seal", by=supervisor, note="A unit is named")
    assert Complaint.objects.filter(handling="sealed").count() == 2
    assert states(made) == before
    after = browser(intake).get(f"/contacts/{contact.reference}/").content.decode()
    for reference in (ratna.complaint.reference, agus.complaint.reference):
        assert page.count(reference) == after.count(reference) > 0
    ratna.refresh_from_db()
    found_safe(ratna, officer_psh, answer="withdrawn")
    agus.refresh_from_db()
    Victim.objects.filter(pk=budi.pk).update(rescue_status="left_on_own")
    assert states(made) == before


def test_who_sent_a_list_is_changed_and_the_wrong_one_reads_it_no_more(
    contact: Contact, intake: User, officer_psh: User, embassy: Partner, browser: Browser
) -> None:
    wrong = PartnerFactory(kind="embassy", nationalities=["VN"], country="VN", province=None)
    made, client = enter(contact, intake, wrong), browser(intake)
    own = UserFactory(username="consul", role="partner", partner_id=wrong.reference)
    assert NameList.objects.visible_to(own).exists()
    url = f"/contacts/{contact.reference}/names/sender/"
    for partner, now in ((embassy.reference, embassy), ("P-NOBODY", embassy), ("", None)):
        assert client.post(url, {"partner": partner}).status_code == 302
        made.refresh_from_db()
        assert made.partner == now
        assert not NameList.objects.visible_to(own).exists()
    assert AuditEvent.objects.filter(verb="names.sender").count() == 2
    with pytest.raises(PermissionDenied):
        change_sender(made, wrong.reference, by=officer_psh)


@pytest.mark.parametrize("kind", ["embassy", "ngo", ""])
def test_a_sender_that_is_said_after_the_seal_is_not_told_what_the_one_before_was(
    kind: str, contact: Contact, intake: User, officer_psh: User, supervisor: User, embassy: Partner
) -> None:
    made = enter(contact, intake, embassy)
    ratna = made.names.first().victim
    found_safe(ratna, officer_psh)
    advance(ratna.complaint, "seal", by=supervisor, note="A unit is named")
    assert states(made)[0] == "safe"
    other = PartnerFactory(kind=kind, nationalities=["VN"], country="VN", province=None) if kind else None
    change_sender(made, other.reference if other else "", by=intake)
    assert states(made)[0] == "sought"
    change_sender(made, embassy.reference, by=intake)
    assert states(made)[0] == "safe"


@pytest.mark.parametrize("gone", [{"is_active": False}, {"kind": "shelter", "nationalities": []}])
def test_saving_who_sent_a_list_keeps_a_partner_that_could_not_be_chosen_any_more(
    gone: dict[str, Any], contact: Contact, intake: User, embassy: Partner, browser: Browser
) -> None:
    made, client = enter(contact, intake, embassy), browser(intake)
    Partner.objects.filter(pk=embassy.pk).update(**gone)
    page = client.get(f"/contacts/{contact.reference}/").content.decode()
    assert re.search(rf'value="{embassy.reference}"\s+selected', page)
    client.post(f"/contacts/{contact.reference}/names/sender/", {"partner": embassy.reference})
    made.refresh_from_db()
    assert made.partner == embassy


def test_a_partner_reads_its_own_lists_and_of_them_states_alone(
    contact: Contact, intake: User, embassy: Partner, program: Callable[..., APIClient]
) -> None:
    enter(contact, intake, embassy)
    own = UserFactory(username="consul", role="partner", partner_id=embassy.reference)
    other = UserFactory(username="other", role="partner", partner_id=PartnerFactory().reference)
    found = program(own).get("/api/v1/name-lists/").json()["results"]
    assert [row["reference"] for row in found] == [contact.reference]
    assert found[0]["names"][0] == {"line": 1, "name": "Ratna Dewi", "state": "received"}
    assert program(other).get("/api/v1/name-lists/").json()["results"] == []
    assert program(other).get(f"/api/v1/name-lists/{contact.reference}/").status_code == 404


def test_the_page_previews_then_enters_and_the_paper_says_states_only(
    contact: Contact, intake: User, embassy: Partner, complaint: Complaint, browser: Browser
) -> None:
    client, url = browser(intake), f"/contacts/{contact.reference}/names/"
    assert "Ratna Dewi" in client.get(url).content.decode()
    sent = {"text": TEXT, "partner": embassy.reference, "idempotency_key": "page-1"}
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
    for hidden in ("KH-20", "X100200", "V-"):
        assert hidden not in paper.partition("<main")[2].partition("</main")[0]
    assert client.post(url, {**said, "idempotency_key": "page-2"}).status_code == 409


def test_where_a_place_goes_is_kept_when_the_names_before_it_are_found(
    contact: Contact, intake: User, embassy: Partner, complaint: Complaint, browser: Browser
) -> None:
    known, name = sought(complaint)
    text = f"{name}, F,, VN, Poipet\nBudi Santoso, M, 31, ID, Sihanoukville"
    said = {"text": text, "partner": embassy.reference, "idempotency_key": "k", "save": "1", "read": digest_of(text)}
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


def test_lists_of_a_page_are_read_in_as_many_queries_as_one(
    contact: Contact, intake: User, embassy: Partner, program: Callable[..., APIClient], db: None
) -> None:
    own = UserFactory(username="consul", role="partner", partner_id=embassy.reference)
    counts = []
    for n in (1, 2, 3):
        said = ContactSaid("list_of_names", "email", TEXT)
        sent = contact if n == 1 else log_contact(said, by=intake, key=f"list-{n}")[0]
        made = enter(sent, intake, embassy, key=f"k-{n}")
        for name in made.names.all():
            found_safe(name.victim, intake)
        with CaptureQueriesContext(connection) as asked:
            assert len(program(own).get("/api/v1/name-lists/").json()["results"]) == n
        counts.append(len(asked))
    assert counts[0] == counts[2], counts


def test_a_list_asks_a_constant_number_of_queries(
    contact: Contact, intake: User, embassy: Partner, django_assert_max_num_queries: Any
) -> None:
    made = enter(contact, intake, embassy)
    for name in made.names.all():
        found_safe(name.victim, intake)
    with django_assert_max_num_queries(4):
        states(made)
