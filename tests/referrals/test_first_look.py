"""Two people of a shelter open a new referral at the same moment: both read it, and it is seen once."""

from typing import Any

import pytest

from partners.models import Partner
from referrals.services import send
from tests.api.test_races import at_once
from tests.factories.accounts import UserFactory
from tests.fixtures.referrals import SHELTER
from victims.models import Victim
from workflow.models import Transition

pytestmark = pytest.mark.django_db(transaction=True)


def test_looks_at_the_same_moment_are_one(lan: Victim, shelter: Partner, officer_psh: Any, browser: Any) -> None:
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    readers = [browser(UserFactory(role="partner", partner_id=shelter.reference)) for _one in range(6)]
    answers = at_once([lambda reader=reader: reader.get(f"/referrals/{sent.reference}/") for reader in readers])
    assert {answer.status_code for answer in answers} == {200}
    assert Transition.objects.filter(object_id=sent.pk, step="see").count() == 1
