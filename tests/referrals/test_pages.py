"""The pages and the API of referrals: sending to one and to many, what each side reads, and what it reads no more."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import advance as advance_complaint
from complaints.services import advance_victim
from core.exceptions import Conflict
from partners.models import Partner
from referrals.models import Referral
from referrals.services import advance, report, send
from tests.fixtures.referrals import ASKED, SHELTER, named
from tests.queries import asked
from victims.models import Victim
from victims.services import add_victim
from victims.services.consent import record_consent

pytestmark = pytest.mark.django_db
FORM = dict(SHELTER.items()) | {"idempotency_key": "once-1"}


def elsewhere(lan: Victim, registered: Any, officer_psh: Any) -> Victim:
    """The same person, found in another complaint too."""
    other = registered(narrative="The same woman, told by a cousin.")
    row = add_victim(other, lan.person, by=officer_psh)
    advance_complaint(other, "acknowledge", by=officer_psh)
    return advance_victim(row, "record_rescue", by=officer_psh) if row.rescue_status != "rescued" else row


def test_a_no_given_in_another_complaint_holds_here_too(
    lan: Victim, embassy: Partner, shelter: Partner, registered: Any, officer_psh: Any
) -> None:
    sent = send(lan.complaint, by=officer_psh, to=embassy.reference, victim=lan, contact="Duty office")
    row = Victim.objects.get(pk=elsewhere(lan, registered, officer_psh).pk)
    record_consent(row, by=officer_psh, answers={"embassy": "no", "shelter": "no"}, afraid="doubt", **ASKED)
    assert Referral.objects.get(pk=sent.pk).status == "recalled"
    for to in (embassy, shelter):
        with pytest.raises(Conflict, match="មិនបានយល់ព្រម"):
            send(lan.complaint, by=officer_psh, to=to.reference, victim=lan, contact="Duty office")
    again = Referral.objects.get(pk=sent.pk)
    again.pk, again.reference, again.status = None, "R-2AAAAAAA", "sent"
    again._state.adding = True
    with pytest.raises(IntegrityError, match="asked alone and unafraid"), transaction.atomic():
        again.save(force_insert=True)


def test_an_embassy_gets_no_complaint(found: Complaint, embassy: Partner, officer_psh: Any) -> None:
    with pytest.raises(Conflict, match="ស្ថានទូតទទួលតែមនុស្ស"):
        send(found, by=officer_psh, to=embassy.reference, message="The whole story")


def test_a_province_reads_no_name_once_it_was_recalled(
    lan: Victim, officer_psh: Any, officer_pp: Any, browser: Any
) -> None:
    sent = send(lan.complaint, by=officer_psh, to="12", victim=lan, message="Look for her brother")
    client = browser(officer_pp)
    for page in ("/referrals/?shared=1", f"/referrals/{sent.reference}/"):
        assert "Nguyễn" in client.get(page).content.decode()
    advance(sent, "recall", by=officer_psh, note="Found him")
    for page in ("/referrals/?shared=1", f"/referrals/{sent.reference}/"):
        told = client.get(page).content.decode()
        assert sent.reference in told
        assert "Nguyễn" not in told
        assert "brother" not in told
        assert "Found him" not in told


def test_who_handed_a_complaint_over_reads_its_referrals_no_more(
    found: Complaint, lan: Victim, shelter: Partner, officer_psh: Any, officer_pp: Any
) -> None:
    kept = send(found, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    moved = send(found, by=officer_psh, to="12", kind="transfer", message="All were moved there")
    advance(moved, "accept", by=officer_pp)
    assert set(Referral.objects.visible_to(officer_psh)) == {moved}
    assert set(Referral.objects.visible_to(officer_pp)) == {moved, kept}


def test_many_are_sent_with_one_press_and_pressed_twice_once(
    found: Complaint, shelter: Partner, officer_psh: Any, browser: Any
) -> None:
    client, page = browser(officer_psh), f"/referrals/new/{found.reference}/?people=1"
    assert "Lotus House" in client.get(page).content.decode()
    asked_for = client.get(f"{page}&to={shelter.reference}").content.decode()
    assert "was not asked for consent" in asked_for
    form = FORM | {"to": shelter.reference, "people": [named(found, "Lan").reference]}
    for _press in range(2):
        assert client.post(page, form).status_code == 302
    assert Referral.objects.count() == 1
    refused = client.post(page, form | {"people": [named(found, "Bình").reference], "idempotency_key": "once-2"})
    assert refused.status_code == 409
    assert "Bed and food" in refused.content.decode()
    nobody = client.post(page, form | {"people": [], "idempotency_key": "once-3"})
    assert "Tick at least one person" in nobody.content.decode()


def test_whom_may_be_ticked_costs_the_same_for_three_and_for_twenty(
    found: Complaint, shelter: Partner, officer_psh: Any, browser: Any, registered: Any
) -> None:
    client, counts = browser(officer_psh), []
    page = f"/referrals/new/{found.reference}/?people=1&to={shelter.reference}"
    client.get(page)
    counts.append(len(asked(client, page)))
    people = tuple(PersonSaid(f"Person Nr {n}", "female", 20, "VN") for n in range(20))
    many = registered(people=people)
    counts.append(len(asked(client, f"/referrals/new/{many.reference}/?people=1&to={shelter.reference}")))
    assert counts[0] == counts[1] <= 17, counts


def test_the_list_asks_the_same_for_one_and_for_many(
    found: Complaint, lan: Victim, shelter: Partner, officer_psh: Any, browser: Any
) -> None:
    client, counts = browser(officer_psh), []
    send(found, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    client.get("/referrals/")
    for province in ("12", "03", "01", "02"):
        counts.append(len(asked(client, "/referrals/")))
        send(found, by=officer_psh, to=province, message="Look for the van")
    assert counts[0] == counts[-1] <= 14, counts


def test_nothing_typed_is_cut(shelter: Partner, at_shelter: Any, lan: Victim, officer_psh: Any, browser: Any) -> None:
    for said in ({"contact": "x" * 201, "narrative": "Four people"}, {"contact": "", "narrative": " "}):
        with pytest.raises(ValidationError):
            report(by=at_shelter, key="k", **said)
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    with pytest.raises(ValidationError):
        advance(sent, "accept", by=officer_psh, answered_by="x" * 201)
    page = browser(at_shelter).post("/referrals/report/", {"narrative": "Four people", "contact": "x" * 201})
    assert page.status_code == 400
    assert "Four people" in page.content.decode()


def test_a_partner_reports_and_sees_how_far_it_is(at_shelter: Any, intake: Any, browser: Any) -> None:
    client = browser(at_shelter)
    form = {"narrative": "Four people in a villa", "number": "4", "contact": "012", "idempotency_key": "once"}
    for _press in range(2):
        assert client.post("/referrals/report/", form).status_code == 302
    referral = Referral.objects.get()
    complaint = referral.complaint
    assert (complaint.province_id, complaint.channel, complaint.number_reported) == ("00", "official_request", 4)
    assert browser(intake).get(f"/referrals/{referral.reference}/").status_code == 200
    page = client.get(f"/referrals/{referral.reference}/").content.decode()
    assert "Seen" in page
    assert complaint.reference not in page


def test_programs_send_answer_and_are_told_what_is_wrong(
    lan: Victim, shelter: Partner, officer_psh: Any, at_shelter: Any, program: Any
) -> None:
    officer, house = program(officer_psh), program(at_shelter)
    said = {"to": shelter.reference, "people": [lan.reference], **SHELTER}
    made = officer.post("/api/v1/referrals/", said)
    assert made.status_code == 201, made.content
    reference = made.json()["reference"]
    assert made.json()["person"] == lan.reference
    assert officer.post("/api/v1/referrals/", said | {"after": "R-22222222"}).status_code in (400, 409)
    read = house.get(f"/api/v1/referrals/{reference}/").json()
    assert (read["person"], read["complaint"]) == (None, None)
    assert any(row["value"] == "Bed and food" for row in read["read"])
    assert house.post(f"/api/v1/referrals/{reference}/steps/", {"step": "accept"}).json()["status"] == "accepted"
    assert house.post(f"/api/v1/referrals/{reference}/care/", {"service": "medical"}).status_code == 201
    assert house.get("/api/v1/complaints/").status_code == 403


def test_programs_read_what_a_province_is_asked_and_the_story_as_the_pages_do(
    lan: Victim, officer_psh: Any, officer_pp: Any, analyst: Any, at_shelter: Any, shelter: Partner, program: Any
) -> None:
    first = send(lan.complaint, by=officer_psh, to="12", victim=lan, message="Look for her brother", contact="Duty")
    advance(first, "return", by=officer_pp, reason="unclear", note="Which street?")
    sent = send(lan.complaint, by=officer_psh, to="12", victim=lan, message="In street 51", after=first.reference)
    page = f"/api/v1/referrals/{sent.reference}/"
    for user in (officer_psh, officer_pp):
        read = program(user).get(page).json()
        assert [row["value"] for row in read["read"]] == ["In street 51"]
        assert (read["emergency"], read["settled"]) == (False, False)
    assert program(officer_psh).get(page).json()["after"] == first.reference
    assert program(analyst).get(page).json()["read"] == []
    back = program(officer_psh).get(f"/api/v1/referrals/{first.reference}/").json()
    assert "Which street?" in [line["note"] for line in back["story"]]
    advance(sent, "recall", by=officer_psh, note="Found him")
    ended = program(officer_pp).get(page).json()
    assert (ended["read"], {line["note"] for line in ended["story"]}) == ([], {""})
    bed = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    house = program(at_shelter).get(f"/api/v1/referrals/{bed.reference}/").json()
    assert (house["emergency"], house["settled"], house["after"]) == (None, None, None)
    assert officer_psh.display_name not in str(house["story"])
