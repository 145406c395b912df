"""What a public report becomes: what cannot be taken in stops nothing, is tried last, and is seen."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from complaints.models import Contact, PublicMessage, PublicReport, Urgency
from complaints.models.public import STUCK_AFTER
from complaints.services import lines
from complaints.services.public import look_up, receive, say
from complaints.services.taking_in import PAUSE, take_in_all
from notifications.due import numbers_due
from tests.complaints.test_public_messages import reported

pytestmark = pytest.mark.django_db


def test_what_cannot_be_taken_in_holds_up_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    receive("one", {"words": "canary words"})
    broken = PublicReport.objects.get()
    PublicReport.objects.filter(pk=broken.pk).update(said=b"\x01broken")
    receive("two", {"words": "The second."})
    assert take_in_all() == 1
    assert Contact.objects.get().narrative == "The second."
    assert "canary" not in caplog.text


def test_what_failed_is_tried_last_rarely_and_seen(intake: User) -> None:
    receive("one", {"words": "The first."})
    PublicReport.objects.update(said=b"\x01broken")
    for _try in range(STUCK_AFTER + 1):
        take_in_all()
    broken = PublicReport.objects.get()
    assert broken.tries == STUCK_AFTER
    assert ("stuck", 1) in [(due.name, n) for due, n in numbers_due(intake, timezone.now())]
    receive("two", {"words": "The second."})
    PublicReport.objects.filter(pk=broken.pk).update(tried_at=timezone.now() - PAUSE * 2)
    assert list(PublicReport.objects.to_take(timezone.now() - PAUSE).order_by("tries"))[-1] == broken
    assert take_in_all() == 1
    broken.refresh_from_db()
    assert broken.tries == STUCK_AFTER + 1


def test_what_failed_often_is_taken_in_as_urgent_without_reading_the_rules() -> None:
    receive("one", {"words": "Where is the office?"})
    PublicReport.objects.update(tries=STUCK_AFTER, tried_at=timezone.now() - PAUSE * 2)
    assert take_in_all() == 1
    assert Contact.objects.get().urgency == Urgency.HIGH


def test_messages_that_cannot_be_opened_hold_up_nobody_elses_and_are_seen(
    intake: User, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "MOST", 3)
    code, contact = reported()
    for n in range(3):
        say(code, f"f-{n}", f"Broken {n}")
    PublicMessage.objects.update(words=b"\x01broken")
    say(code, "f-9", "They moved us.")
    for _try in range(STUCK_AFTER + 1):
        take_in_all()
    taken = PublicMessage.objects.get(taken_at__isnull=False)
    assert set(PublicMessage.objects.exclude(pk=taken.pk).values_list("tries", flat=True)) == {STUCK_AFTER}
    assert ("stuck", 3) in [(due.name, n) for due, n in numbers_due(intake, timezone.now())]
    page = browser(intake).get(f"/contacts/{contact.reference}/messages/").content.decode()
    assert page.count("This message cannot be opened") >= 3
    assert "They moved us." in page
    assert [said.broken for said in look_up(code).messages].count(True) == 3


def test_a_message_that_failed_often_is_taken_in_as_urgent_without_reading_the_rules() -> None:
    code, contact = reported()
    say(code, "f-1", "We are well.")
    PublicMessage.objects.update(tries=STUCK_AFTER, tried_at=timezone.now() - PAUSE * 2)
    assert take_in_all() == 1
    contact.refresh_from_db()
    assert (PublicMessage.objects.get().urgency, contact.haste) == (Urgency.HIGH, "high")
