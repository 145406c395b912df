"""The custody clock: its limits are data, it warns once before its end and once when it is over."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from core.exceptions import Conflict
from notifications.models import Notification
from suspects.models import CustodyLimit, Suspect
from suspects.services import advance
from suspects.services.custody import warn
from tests.suspects import HOUR, arrested


def test_custody_runs_48_hours_and_one_extension_adds_its_own(suspect: Suspect, officer_psh: User) -> None:
    held = arrested(suspect, officer_psh, 30)
    assert held.arrested_at is not None
    assert held.custody_ends_at == held.arrested_at + 48 * HOUR
    day = timezone.localdate()
    longer = advance(held, "extend_custody", by=officer_psh, extension_number="12/22", extended_on=day)
    assert longer.custody_ends_at == held.arrested_at + 72 * HOUR
    assert longer.status == "arrested"
    with pytest.raises(Conflict):
        advance(longer, "extend_custody", by=officer_psh, extension_number="13/22", extended_on=day)


def test_an_extension_of_another_day_is_refused(suspect: Suspect, officer_psh: User) -> None:
    held = arrested(suspect, officer_psh, 30)
    with pytest.raises(ValidationError):
        advance(held, "extend_custody", by=officer_psh, extension_number="1", extended_on="2022-01-01")


def test_the_limits_are_data(suspect: Suspect, officer_psh: User) -> None:
    CustodyLimit.objects.filter(kind="first").update(hours=24, warn_hours=12)
    held = arrested(suspect, officer_psh)
    assert held.arrested_at is not None
    assert held.custody_ends_at == held.arrested_at + 24 * HOUR


def told(kind: str) -> list[str]:
    rows = Notification.objects.filter(kind=kind, channel="in_app").order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


def test_the_officer_is_warned_once_at_36_hours_and_once_when_it_is_over(
    suspect: Suspect, officer_psh: User, supervisor: User
) -> None:
    arrested(suspect, officer_psh, 35)
    assert warn() == 0
    for _twice in range(2):
        warn(timezone.now() + 2 * HOUR)
    assert told("custody_ending") == [officer_psh.username]
    for _twice in range(2):
        warn(timezone.now() + 14 * HOUR)
    assert told("custody_over") == sorted([officer_psh.username, supervisor.username])


def test_who_was_sent_on_is_warned_of_no_more(suspect: Suspect, officer_psh: User) -> None:
    held = arrested(suspect, officer_psh, 40)
    advance(held, "send_to_court", by=officer_psh, court="C18")
    assert warn(timezone.now() + 20 * HOUR) == 0


def test_a_hand_over_taken_back_keeps_the_extension(suspect: Suspect, officer_psh: User, supervisor: User) -> None:
    held = arrested(suspect, officer_psh, 30)
    day = timezone.localdate()
    longer = advance(held, "extend_custody", by=officer_psh, extension_number="12/22", extended_on=day)
    sent = advance(longer, "send_to_court", by=officer_psh, court="C18")
    back = advance(sent, "take_back_court", by=supervisor, note="The wrong file")
    assert held.arrested_at is not None
    assert back.custody_ends_at == back.due_at == held.arrested_at + 72 * HOUR


def test_what_was_taken_back_leaves_no_limit_behind(suspect: Suspect, officer_psh: User, supervisor: User) -> None:
    back = advance(arrested(suspect, officer_psh), "take_back_arrest", by=supervisor, note="Another man")
    assert back.due_at == back.complaint.due_at
    sent = advance(back, "send_to_court", by=officer_psh, court="C18")
    back = advance(sent, "take_back_court_unarrested", by=supervisor, note="The wrong file")
    assert (back.status, back.due_at) == ("named", back.complaint.due_at)
