"""Who takes back what was sent: the side that sent it, its receiver, and the supervisors."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from complaints.models import Complaint
from complaints.services import advance as advance_complaint
from partners.models import Partner
from referrals.models import Referral
from referrals.services import advance, report, send
from tests.factories.accounts import officer_of
from tests.fixtures.referrals import SHELTER
from victims.models import Victim

pytestmark = pytest.mark.django_db
WHY = {"note": "A mistake"}


def recall(referral: Referral, by: Any) -> str:
    return str(advance(Referral.objects.get(pk=referral.pk), "recall", by=by, **WHY).status)


@pytest.mark.parametrize("kind", ["referral", "transfer"])
def test_an_officer_takes_nothing_back_that_the_ministry_sent(
    kind: str, found: Complaint, supervisor: Any, officer_psh: Any, browser: Any, program: Any
) -> None:
    sent = send(found, by=supervisor, to="12", kind=kind, message="All were moved there")
    with pytest.raises(PermissionDenied):
        recall(sent, officer_psh)
    client, page = browser(officer_psh), f"/referrals/{sent.reference}/"
    assert "steps/recall" not in client.get(page).content.decode()
    assert client.post(f"{page}steps/recall/", WHY | {"when": "today"}).status_code in (403, 409)
    api = f"/api/v1/referrals/{sent.reference}/"
    assert program(officer_psh).post(f"{api}steps/", {"step": "recall", **WHY}).status_code == 403
    assert "recall" not in [row["step"] for row in program(officer_psh).get(api).json()["available_steps"]]
    assert Referral.objects.get(pk=sent.pk).is_unanswered
    assert "recall" in [row["step"] for row in program(supervisor).get(api).json()["available_steps"]]
    assert recall(sent, supervisor) == "recalled"


def test_intake_takes_back_what_the_ministry_sent_and_nothing_of_a_province(
    found: Complaint, supervisor: Any, intake: Any, officer_psh: Any
) -> None:
    assert recall(send(found, by=supervisor, to="12", message="Ask her brother"), intake) == "recalled"
    with pytest.raises(PermissionDenied):
        recall(send(found, by=officer_psh, to="03", message="Ask her brother"), intake)


def test_what_a_province_sent_any_of_its_officers_takes_back_and_no_helper(
    lan: Victim, shelter: Partner, officer_psh: Any, officer_pp: Any
) -> None:
    colleague = officer_of("18", username="colleague.psh")
    bed = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    asked = send(lan.complaint, by=officer_psh, to="12", message="Ask her brother")
    other = send(lan.complaint, by=officer_psh, to="03", message="Ask her brother")
    advance(asked, "accept", by=officer_pp)
    for referral in (bed, other):
        with pytest.raises((PermissionDenied, Http404)):
            recall(referral, officer_pp)
    assert recall(bed, colleague) == "recalled"


def test_who_answers_for_it_now_takes_back_what_the_province_before_sent(
    lan: Victim, shelter: Partner, officer_psh: Any, officer_pp: Any
) -> None:
    bed = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    moved = send(lan.complaint, by=officer_psh, to="12", kind="transfer", message="All were moved there")
    advance(moved, "accept", by=officer_pp)
    assert recall(bed, officer_pp) == "recalled"


def test_what_a_partner_told_the_ministry_no_officer_takes_back(
    at_shelter: Any, officer_psh: Any, supervisor: Any
) -> None:
    told = report(by=at_shelter, narrative="Four people in a villa", contact="", key="k")
    complaint = Complaint.objects.get(pk=told.complaint_id)
    advance_complaint(complaint, "assign", by=supervisor, province="18")
    assert Referral.objects.visible_to(officer_psh).filter(pk=told.pk).exists()
    with pytest.raises(PermissionDenied):
        recall(told, officer_psh)
    assert recall(told, at_shelter) == "recalled"
