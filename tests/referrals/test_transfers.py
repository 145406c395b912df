"""Responsibility moves by two: who answers for a complaint sends it, another person of the other province accepts it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Grant
from complaints.models import Complaint
from core.exceptions import Conflict
from partners.models import Partner
from referrals.models import Referral
from referrals.services import advance, send, send_many
from referrals.workflow import REFERRAL
from tests.factories.accounts import PostingFactory
from tests.fixtures.referrals import SHELTER
from victims.models import Victim
from victims.services import add_victim
from workflow.services import perform

pytestmark = pytest.mark.django_db


def test_a_province_asked_to_help_takes_nothing_over_and_passes_nobody_on(
    found: Complaint, lan: Victim, shelter: Partner, officer_psh: Any, officer_pp: Any, browser: Any
) -> None:
    helping = send(found, by=officer_psh, to="12", message="Ask her brother")
    advance(helping, "accept", by=officer_pp)
    assert Complaint.objects.visible_to(officer_pp).filter(pk=found.pk).exists()
    with pytest.raises(PermissionDenied):
        send(found, by=officer_pp, to="12", kind="transfer", message="Ours now")
    with pytest.raises(PermissionDenied):
        send(found, by=officer_pp, to=shelter.reference, victim=lan, **SHELTER)
    assert browser(officer_pp).get(f"/referrals/new/{found.reference}/").status_code == 403
    assert Complaint.objects.get(pk=found.pk).province_id == "18"


def test_who_is_named_for_it_and_the_ministry_send_it(
    found: Complaint, officer_pp: Any, supervisor: Any, shelter: Partner, lan: Victim
) -> None:
    assert send(found, by=supervisor, to="12", message="Ask her brother").status == "sent"
    Grant.objects.create(complaint_id=found.pk, user=officer_pp, kind=Grant.Kind.NAMING)
    assert send(found, by=officer_pp, to=shelter.reference, victim=lan, **SHELTER).status == "sent"


def test_nobody_sends_a_transfer_and_accepts_it_alone(found: Complaint, officer_psh: Any, officer_pp: Any) -> None:
    PostingFactory(user=officer_psh, province_id="12")
    here = type(officer_psh).objects.get(pk=officer_psh.pk)
    sent = send(found, by=here, to="12", kind="transfer", message="All were moved there")
    with pytest.raises(PermissionDenied):
        advance(sent, "accept", by=here)
    assert advance(sent, "accept", by=officer_pp).status == "completed"


def test_an_accepted_transfer_has_ended_and_the_next_one_may_begin(
    found: Complaint, officer_psh: Any, officer_pp: Any, supervisor: Any
) -> None:
    sent = send(found, by=officer_psh, to="12", kind="transfer", message="All were moved there")
    done = advance(sent, "accept", by=officer_pp)
    assert (done.status, done.in_time) == ("completed", True)
    assert done.ended_at is not None
    for step, by, said in (
        ("return", officer_pp, {"reason": "not_ours"}),
        ("recall", officer_psh, {"note": "A mistake"}),
        ("recall", supervisor, {"note": "A mistake"}),
    ):
        with pytest.raises(Conflict):
            advance(sent, step, by=by, **said)
    assert Complaint.objects.get(pk=found.pk).province_id == "12"
    back = send(Complaint.objects.get(pk=found.pk), by=officer_pp, to="18", kind="transfer", message="They are back")
    advance(back, "accept", by=officer_psh)
    assert Complaint.objects.get(pk=found.pk).province_id == "18"


@pytest.mark.parametrize(("step", "said"), [("return", {"reason": "not_ours"}), ("recall", {"note": "x"})])
def test_a_transfer_left_as_accepted_is_neither_returned_nor_recalled(
    step: str, said: dict[str, str], found: Complaint, officer_psh: Any, officer_pp: Any
) -> None:
    sent = send(found, by=officer_psh, to="12", kind="transfer", message="All were moved there")
    Referral.objects.filter(pk=sent.pk).update(status="accepted")  # as it could stand before
    with pytest.raises(Conflict):
        advance(sent, step, by=officer_pp if step == "return" else officer_psh, **said)


def test_only_the_system_ends_a_transfer(found: Complaint, officer_psh: Any, officer_pp: Any) -> None:
    sent = send(found, by=officer_psh, to="12", kind="transfer", message="All were moved there")
    Referral.objects.filter(pk=sent.pk).update(status="accepted")
    with pytest.raises(PermissionDenied):
        perform(REFERRAL, sent, "end_transfer", by=officer_pp)


def test_many_are_held_in_order_of_their_complaints(
    lan: Victim, shelter: Partner, registered: Any, officer_psh: Any
) -> None:
    for _complaint in range(4):
        registered(narrative="One more of them.")
    people = [lan]
    for other in Complaint.objects.exclude(pk=lan.complaint_id):
        people.append(Victim.objects.get(pk=add_victim(other, lan.person, by=officer_psh).pk))
    Victim.objects.filter(pk__in=[one.pk for one in people]).update(
        rescue_status="rescued", rescued_on=Victim.objects.get(pk=lan.pk).rescued_on
    )
    people = list(Victim.objects.filter(pk__in=[one.pk for one in people]).select_related("complaint"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        send_many(people, by=officer_psh, to="12", message="Ask her brother")
    held = [one["sql"] for one in asked.captured_queries if "FOR NO KEY UPDATE" in one["sql"]]
    assert "complaints_complaint" in held[0]
    assert "ORDER BY" in held[0]
    assert all(str(one.complaint_id) in held[0] for one in people)
