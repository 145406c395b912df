"""What was shared is corrected and completed while it runs; the receiver is told, and two at once lose nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from core.exceptions import Conflict
from notifications.models import Notification
from partners.models import Partner
from referrals.models import Referral
from referrals.services import advance, send
from referrals.services.change import change
from referrals.shown import shown_to_partner
from tests.fixtures.referrals import ASKED, SHELTER
from victims.models import Victim
from victims.services.consent import name_guardian, record_consent
from workflow.models import Edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(lan: Victim, shelter: Partner, officer_psh: User) -> Referral:
    return send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)


def words(referral: Referral) -> str:
    return " ".join(str(row["value"]) for row in shown_to_partner(Referral.objects.get(pk=referral.pk)))


def test_a_paper_that_was_missing_is_supplied_on_the_page_and_the_shelter_is_told(
    child: Victim, shelter: Partner, officer_psh: User, at_shelter: User, browser: Any
) -> None:
    said = {"name": "Sok Vanna", "kind": "social_affairs", "own_view": "Home", "view_language": "Vietnamese"}
    name_guardian(child, by=officer_psh, **said)
    record_consent(child, by=officer_psh, answers={"shelter": "yes"}, **ASKED)
    sent = send(child.complaint, by=officer_psh, to=shelter.reference, victim=child, **SHELTER)
    client, page = browser(officer_psh), f"/referrals/{sent.reference}/change/"
    assert page in client.get(f"/referrals/{sent.reference}/").content.decode()
    form = client.get(page).content.decode()
    version = re.search(r'name="version" value="(\d+)"', form).group(1)  # type: ignore[union-attr]
    typed = {**SHELTER, "placement_paper": "№ 12/2026", "brought_at_0": "28/11/2026", "brought_at_1": "9:30"}
    assert client.post(page, {**typed, "version": version}).status_code == 302
    now = Referral.objects.get(pk=sent.pk)
    assert (now.placement_paper, now.health) == ("№ 12/2026", "Asthma")
    assert "№ 12/2026" in words(sent)
    assert Notification.objects.filter(recipient=at_shelter, kind="referral_changed", reference=sent.reference).exists()
    assert set(Edit.objects.of(now).values_list("field", flat=True)) == {"placement_paper", "brought_at"}
    story = browser(at_shelter).get(f"/referrals/{sent.reference}/").content.decode()
    assert "№ 12/2026" in story
    assert officer_psh.display_name not in story


def test_who_was_faster_is_shown_and_nothing_is_lost(sent: Referral, officer_psh: User, browser: Any) -> None:
    change(sent, by=officer_psh, version=sent.version, changes={"health": "Pregnant"})
    form = {**SHELTER, "health": "Asthma, penicillin", "version": str(sent.version)}
    client, page = browser(officer_psh), f"/referrals/{sent.reference}/change/"
    refused = client.post(page, form)
    shown = refused.content.decode()
    assert refused.status_code == 409
    assert "Pregnant" in shown
    assert "penicillin" in shown
    version = re.search(r'name="version" value="(\d+)"', shown).group(1)  # type: ignore[union-attr]
    assert client.post(page, form | {"version": version}).status_code == 302
    assert Referral.objects.get(pk=sent.pk).health == "Asthma, penicillin"


def test_only_the_sender_changes_only_what_is_read_and_only_while_it_runs(
    sent: Referral, officer_psh: User, officer_pp: User, at_shelter: User
) -> None:
    with pytest.raises(PermissionDenied):
        change(sent, by=at_shelter, version=sent.version, changes={"health": "x"})
    for wrong in ({"message": "x"}, {"status": "completed"}, {"health": "x" * 501}):
        with pytest.raises(ValidationError) as error:
            change(sent, by=officer_psh, version=sent.version, changes=wrong)
        assert set(error.value.message_dict) == set(wrong)
    far = sent.received_at + timedelta(days=400)
    with pytest.raises(ValidationError, match="brought_at"):
        change(sent, by=officer_psh, version=sent.version, changes={"brought_at": far})
    there = send(sent.complaint, by=officer_psh, to="12", message="Look for the van")
    with pytest.raises(PermissionDenied):
        change(there, by=officer_pp, version=there.version, changes={"contact": "me"})
    advance(sent, "recall", by=officer_psh, note="A mistake")
    with pytest.raises(Conflict):
        change(sent, by=officer_psh, version=sent.version + 1, changes={"health": "x"})


def test_programs_change_with_a_version(sent: Referral, officer_psh: User, at_shelter: User, program: Any) -> None:
    page, client = f"/api/v1/referrals/{sent.reference}/", program(officer_psh)
    assert client.patch(page, {"health": "Pregnant"}).status_code == 400
    done = client.patch(page, {"health": "Pregnant", "version": sent.version})
    assert done.status_code == 200, done.content
    assert done.json()["version"] == sent.version + 1
    stale = client.patch(page, {"health": "Well", "version": sent.version})
    assert stale.status_code == 409
    assert client.patch(page, {"message": "x", "version": sent.version + 1}).status_code == 400
    assert program(at_shelter).patch(page, {"health": "x", "version": 2}).status_code == 403


def test_the_hand_over_is_a_record_of_the_sender_once_it_has_ended(
    sent: Referral, officer_psh: User, at_shelter: User, analyst: User, browser: Any
) -> None:
    advance(sent, "accept", by=at_shelter)
    advance(sent, "complete", by=at_shelter, outcome="helped")
    page = f"/referrals/{sent.reference}/hand-over/"
    assert page in browser(officer_psh).get(f"/referrals/{sent.reference}/").content.decode()
    assert "Nguyễn Thị Lan" in browser(officer_psh).get(page).content.decode()
    for other in (at_shelter, analyst):
        assert browser(other).get(page).status_code == 404
