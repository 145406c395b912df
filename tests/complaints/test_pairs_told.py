"""Who is told of pairs beyond one's sight, how often, and nobody who is less strict."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from complaints.said import ComplaintSaid
from complaints.services import (
    add_contact,
)
from complaints.services.pairs import advance_pair
from notifications.models import Notification
from tests.complaints.test_pairs import SAME, looked, two

Register = Callable[..., Complaint]


def test_those_who_decide_are_told_once_a_day_and_nobody_else(
    registered: Register, supervisor: User, integrity: User
) -> None:
    two(registered)
    looked()
    told = Notification.objects.filter(kind="pair_found", channel="in_app")
    assert {notice.recipient_id for notice in told} == {supervisor.pk}
    registered(**SAME, handling="national_led")
    looked()
    assert told.filter(recipient=supervisor).count() == 1
    registered(**SAME, handling="sealed")
    looked()
    assert told.filter(recipient=integrity).count() == 1
    assert told.filter(recipient=supervisor).count() == 1


def test_a_pair_found_again_is_told_again(registered: Register, supervisor: User, intake: User) -> None:
    one, _other = two(registered)
    (pair,) = looked()
    told = Notification.objects.filter(kind="pair_found", channel="in_app", recipient=supervisor)
    told.update(read_at=timezone.now(), state="sent", sent_at=timezone.now())
    advance_pair(pair, "dismiss", by=supervisor, note="Two brothers.")
    add_contact(one, ComplaintSaid(channel="hotline", narrative="He has a scar."), by=intake, key="k-2")
    assert looked() == [pair]
    assert told.count() == 2


def test_a_notice_by_another_way_is_no_unread_one(registered: Register, supervisor: User) -> None:
    two(registered)
    looked()
    told = Notification.objects.filter(kind="pair_found", recipient=supervisor)
    told.filter(channel="in_app").update(read_at=timezone.now(), state="sent", sent_at=timezone.now())
    for row in told.filter(channel="in_app"):
        row.pk, row.channel, row.read_at = uuid4(), "email", None
        Notification.objects.bulk_create([row], ignore_conflicts=True)
    registered(**SAME, handling="national_led")
    looked()
    assert told.filter(channel="in_app").count() == 2


def test_the_people_of_each_side_are_told_where_the_supervisor_says_so(
    registered: Register, supervisor: User, officer_psh: User, officer_pp: User
) -> None:
    one, _other = two(registered)
    (pair,) = looked()
    own = "one" if pair.one_id == one.pk else "other"
    done = advance_pair(pair, "link", by=supervisor, tell=[own])
    assert done.state == "linked"
    told = Notification.objects.filter(kind="pair_linked", channel="in_app")
    assert {notice.reference for notice in told} == {one.reference}
    assert supervisor.pk not in {notice.recipient_id for notice in told}


def test_nothing_is_told_to_the_less_strict_side(
    registered: Register, integrity: User, supervisor: User, officer_psh: User
) -> None:
    one, sealed = two(registered, handling="sealed")
    (pair,) = looked()
    open_side = "one" if pair.one_id == one.pk else "other"
    with pytest.raises(ValidationError):
        advance_pair(pair, "link", by=integrity, tell=[open_side])
    with pytest.raises(Http404):
        advance_pair(pair, "dismiss", by=supervisor, note="No.")
    advance_pair(pair, "link", by=integrity, tell=["other" if open_side == "one" else "one"])
    told = Notification.objects.filter(kind="pair_linked")
    assert {notice.reference for notice in told} <= {sealed.reference}
