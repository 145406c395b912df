"""Whom an embassy serves, and which telephones a directory takes: what one person writes alone is bounded, and told."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from audit.models import AuditEvent
from notifications.delivery import deliver
from notifications.models import Notification
from partners.models import Partner, PartnerPhone
from partners.services import add_partner, add_phone, edit_partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelter(supervisor: Any) -> Partner:
    return add_partner(by=supervisor, kind="shelter", name_en="Lotus House")


VIET_NAM = {"kind": "embassy", "name_en": "Embassy of Viet Nam", "country": "VN", "nationalities": ["VN"]}


def test_an_embassy_here_serves_no_cambodians(supervisor: Any, browser: Any, program: Any) -> None:
    for said in (VIET_NAM | {"nationalities": ["VN", "KH"]}, VIET_NAM | {"nationalities": ["KH"]}):
        with pytest.raises(ValidationError) as error:
            add_partner(by=supervisor, **said)
        assert list(error.value.message_dict) == ["nationalities"]
    embassy = add_partner(by=supervisor, **VIET_NAM)
    with pytest.raises(ValidationError):
        edit_partner(embassy, by=supervisor, version=1, nationalities=["KH", "VN"])
    api = f"/api/v1/partners/{embassy.reference}/"
    refused = program(supervisor).patch(api, {"version": 1, "nationalities": ["KH"]})
    assert (refused.status_code, list(refused.json())) == (400, ["nationalities"])
    form = {"kind": "embassy", "name_en": "Embassy of Viet Nam", "country": "VN", "nationalities": "KH", "version": "1"}
    page = browser(supervisor).post(f"/partners/{embassy.reference}/edit/", form | {"is_active": "on"})
    assert page.status_code == 400
    assert "serves no Cambodians" in page.content.decode()
    assert Partner.objects.get(pk=embassy.pk).nationalities == ["VN"]
    assert add_partner(by=supervisor, kind="ngo", name_en="Way Home", nationalities=["KH"]).nationalities == ["KH"]


def test_whom_an_embassy_serves_is_told_to_the_other_supervisors_and_kept(
    supervisor: Any, supervisor2: Any, admin: Any, browser: Any
) -> None:
    embassy = add_partner(by=supervisor, **VIET_NAM)
    told = Notification.objects.filter(kind="embassy_serves", channel="in_app", reference=embassy.reference)
    assert [row.recipient for row in told.all()] == [supervisor2]
    edit_partner(embassy, by=supervisor, version=1, hours="8–12")
    assert told.count() == 1
    edit_partner(Partner.objects.get(pk=embassy.pk), by=admin, version=2, nationalities=["VN", "TH"])
    assert sorted(row.recipient.username for row in told.all()) == ["supervisor", "supervisor2", "supervisor2"]
    kept = AuditEvent.objects.filter(verb="partner.nationalities").latest("seq").detail
    assert kept == {"before": ["VN"], "after": ["TH", "VN"]}
    deliver([row.pk for row in told.all()])
    page = browser(supervisor2).get("/notifications/").content.decode()
    assert "serves other nationalities" in page
    add_partner(by=supervisor, kind="ngo", name_en="Way Home", nationalities=["VN"])
    assert not Notification.objects.filter(kind="embassy_serves").exclude(reference=embassy.reference).exists()


@pytest.mark.parametrize("takes_codes", [True, False])
@pytest.mark.parametrize("phone", ["31/12/9999", "1/1/0001", "2026-13-45", "៣១/១២/៩៩៩៩", "1.12.2026 10:00"])
def test_a_day_is_no_telephone(phone: str, takes_codes: bool, shelter: Partner, supervisor: Any, program: Any) -> None:
    api = f"/api/v1/partners/{shelter.reference}/phones/"
    refused = program(supervisor).post(api, {"phone": phone, "takes_codes": takes_codes})
    assert (refused.status_code, list(refused.json())) == (400, ["phone"])
    assert not PartnerPhone.objects.exists()


def test_codes_go_to_numbers_in_use_and_a_bell_may_ring_anywhere(shelter: Partner, supervisor: Any) -> None:
    with pytest.raises(ValidationError):
        add_phone(shelter, by=supervisor, phone="0912345678", takes_codes=True)  # no such number in Cambodia
    assert add_phone(shelter, by=supervisor, phone="0912345678").e164 == "+855912345678"
    for text, number in (("+84 912 345 678", "+84912345678"), ("12 34 5678", "+85512345678")):
        assert add_phone(shelter, by=supervisor, phone=text, takes_codes=True).e164 == number
