"""What a public report becomes: what cannot be taken in stops nothing, is tried last, and is seen."""

import pytest
from django.utils import timezone

from accounts.models import User
from complaints.models import Contact, PublicReport, Urgency
from complaints.models.public import STUCK_AFTER
from complaints.services.public import receive
from complaints.services.taking_in import PAUSE, take_in_all
from notifications.due import numbers_due

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
