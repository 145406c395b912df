"""Whom to ring about a complaint, in which order, and every ring in its story."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from accounts.models import User
from complaints.models import Complaint, Ring
from complaints.services import advance
from complaints.services.rings import record_ring, turns_of, untold
from tests.factories.accounts import officer_of

pytestmark = pytest.mark.django_db


def test_whom_to_ring_on_duty_then_the_lead_then_the_supervisors(
    registered: Any, intake: User, officer_psh: User, supervisor: User
) -> None:
    on_duty = officer_of("18", username="duty.psh", lead=False)
    User.objects.filter(pk=officer_psh.pk).first().duties.all().delete()
    complaint = registered(urgency="immediate")
    assert [(turn.place, turn.user) for turn in turns_of(complaint, intake)] == [
        ("duty", on_duty),
        ("lead", officer_psh),
        ("supervisor", supervisor),
    ]
    led = registered(not_local_police=True)
    assert [turn.user for turn in turns_of(led, intake)] == [supervisor]
    assert turns_of(registered(names_official=True), intake) == []


def test_nobody_rings_themselves(registered: Any, browser: Any, officer_psh: User, supervisor: User) -> None:
    complaint = registered(urgency="immediate")
    assert [turn.user for turn in turns_of(complaint, supervisor)] == [officer_psh]
    page = browser(supervisor).get(f"/complaints/{complaint.reference}/rings/")
    assert page.context["first"] == officer_psh.pk
    with pytest.raises(ValidationError):
        record_ring(complaint, by=supervisor, whom=supervisor.username, result="answered")
    led = registered(not_local_police=True)
    page = browser(supervisor).get(f"/complaints/{led.reference}/rings/").content.decode()
    assert "Nobody else is in line" in page
    assert "closed complaint" not in page


def test_every_ring_stands_in_the_story_and_an_answer_ends_that_nobody_was_told(
    browser: Any, intake: User, officer_psh: User, supervisor: User, registered: Any
) -> None:
    User.objects.filter(pk=officer_psh.pk).update(duty_phone="012 555 018")
    complaint, client = registered(urgency="immediate"), browser(intake)
    path = f"/complaints/{complaint.reference}/rings/"
    assert "012 555 018" in client.get(path).content.decode()
    assert list(untold(Complaint.objects.all())) == [complaint]
    assert client.get("/").context["nav_waiting"]["hotline:list"] == 1
    assert complaint.reference in client.get("/hotline/").content.decode()
    client.post(path, {"whom": officer_psh.username, "result": "no_answer", "idempotency_key": "k-1"})
    client.post(path, {"whom": officer_psh.username, "result": "no_answer", "idempotency_key": "k-1"})
    assert list(untold(Complaint.objects.all())) == [complaint]
    assert client.get(path).context["first"] == supervisor.pk
    client.post(path, {"whom": supervisor.username, "result": "answered"})
    assert list(untold(Complaint.objects.all())) == []
    assert client.get("/").context["nav_waiting"]["hotline:list"] == 0
    assert Ring.objects.count() == 2
    page = client.get(path).content.decode()
    assert "Somebody was told." in page
    story = client.get(f"/complaints/{complaint.reference}/").content.decode()
    assert f"Rang: {supervisor.name}, Supervisor" in story
    assert "No answer" in story


def test_who_takes_it_on_was_told(registered: Any, officer_psh: User) -> None:
    complaint = registered(urgency="immediate")
    advance(complaint, "acknowledge", by=officer_psh)
    assert not untold(Complaint.objects.all()).exists()
    assert not untold(Complaint.objects.filter(pk=registered(urgency="high").pk)).exists()


def test_who_is_not_in_line_is_not_rung(registered: Any, intake: User, officer_psh: User, officer_pp: User) -> None:
    complaint = registered()
    with pytest.raises(ValidationError) as refused:
        record_ring(complaint, by=intake, whom=officer_pp.username, result="perhaps")
    assert set(refused.value.message_dict) == {"whom", "result"}
    with pytest.raises(PermissionDenied):
        record_ring(complaint, by=officer_psh, whom=officer_psh.username, result="answered")
    sealed = registered(names_official=True)
    with pytest.raises(Http404):
        record_ring(sealed, by=intake, whom=officer_psh.username, result="answered")


def test_a_ring_stands_for_good_and_follows_its_complaint(
    registered: Any, intake: User, officer_psh: User, supervisor: User
) -> None:
    complaint = registered()
    ring = record_ring(complaint, by=intake, whom=officer_psh.username, result="answered")
    for sql in ("UPDATE complaints_ring SET result = 'no_answer'", "DELETE FROM complaints_ring"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    advance(complaint, "lead_nationally", by=supervisor, note="The local police is feared.")
    ring.refresh_from_db()
    assert ring.handling == "national_led"
    assert not Ring.objects.visible_to(officer_psh).exists()
