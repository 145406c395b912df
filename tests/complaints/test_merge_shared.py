"""Whom a province was asked to help stays open to it when their row leaves for another one, and comes back with it."""

from typing import Any

import pytest

from accounts.models import User
from people.services import make_person
from referrals.models import Referral
from referrals.services import advance
from tests.complaints.merging import merged, parted
from victims.models import Victim
from victims.services import add_victim
from victims.services import advance as advance_victim

pytestmark = pytest.mark.django_db


def test_the_province_that_searches_sees_the_row_that_stays(
    registered: Any, intake: User, officer_psh: User, officer_pp: User, supervisor: User, supervisor2: User
) -> None:
    complaint = registered()
    older, moved = (
        add_victim(complaint, make_person(name=name, sex="male", age=24, nationality="VN"), by=intake)
        for name in ("Hòa", "Hoa")
    )
    advance_victim(moved, "record_moved", by=officer_psh, moved_to="12", note="Seen in a van")
    searched = Referral.objects.get(victim=moved)
    merge = merged(older, moved, supervisor, supervisor2)
    searched.refresh_from_db()
    assert searched.victim_id == older.pk
    assert Victim.objects.visible_to(officer_pp).filter(pk=older.pk).exists()
    advance(searched, "accept", by=officer_pp)
    parted(merge, supervisor)
    searched.refresh_from_db()
    assert searched.victim_id == moved.pk
    assert Victim.objects.visible_to(officer_pp).filter(pk=moved.pk).exists()
    assert not Victim.objects.visible_to(officer_pp).filter(pk=older.pk).exists()
