"""A referral is offered to who answers for the complaint; who only helps does not see a way that ends at a refusal."""

from typing import Any

import pytest

from accounts.models import Grant, User
from complaints.models import Complaint
from tests.fixtures.referrals import named

pytestmark = pytest.mark.django_db


@pytest.fixture
def helped(found: Complaint, officer_pp: User) -> Complaint:
    Grant.objects.create(complaint_id=found.pk, province_id="12", kind=Grant.Kind.REFERRAL)
    return found


def offered(client: Any, address: str) -> bool:
    page = client.get(address)
    assert page.status_code == 200
    return 'href="/referrals/new/' in page.content.decode()


def test_only_who_answers_for_it_is_offered_to_refer(
    helped: Complaint, officer_psh: User, officer_pp: User, supervisor: User, browser: Any, met: Any
) -> None:
    lan = named(helped, "Lan")
    operation = met([lan])
    addresses = (
        f"/complaints/{helped.reference}/",
        f"/complaints/{helped.reference}/people/",
        f"/referrals/?complaint={helped.reference}",
    )
    for user, may in ((officer_psh, True), (supervisor, True), (officer_pp, False)):
        client = browser(user)
        assert [offered(client, address) for address in addresses] == [may] * 3
        asked = client.get(f"/referrals/new/{helped.reference}/").status_code
        assert asked == (200 if may else 403)
    assert offered(browser(officer_psh), f"/operations/{operation}/")
    assert not offered(browser(officer_pp), "/referrals/?complaint=KH-2022-222222")


def test_who_is_named_for_a_sealed_complaint_is_offered_it(helped: Complaint, officer_pp: User, browser: Any) -> None:
    Complaint.objects.filter(pk=helped.pk).update(handling="national_led")
    Grant.objects.create(complaint_id=helped.pk, user=officer_pp, kind=Grant.Kind.NAMING)
    named(helped, "Lan")
    assert offered(browser(officer_pp), f"/complaints/{helped.reference}/")
