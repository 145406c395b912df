"""The directory of partners: kept by two roles, read by staff; telephones by two people; addresses protected."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from audit.models import AuditEvent
from core.exceptions import Conflict
from partners.hours import is_open
from partners.models import Partner, PartnerPhone
from partners.presenters import offered
from partners.services import (
    add_partner,
    add_phone,
    confirm_phone,
    edit_partner,
    remove_phone,
    say_beds,
)
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
SECRET = "Behind the blue gate"


@pytest.fixture
def shelter(supervisor: Any) -> Partner:
    return add_partner(by=supervisor, kind="shelter", name_en="Lotus House", name_km="ផ្ទះឈូក", address=SECRET)


def test_it_is_found_in_both_scripts_and_by_what_it_serves(shelter: Partner, supervisor: Any) -> None:
    embassy = add_partner(
        by=supervisor,
        kind="embassy",
        name_en="Embassy of Bangladesh",
        country="BD",
        seated_in="TH",
        nationalities=["BD", "BD"],
    )
    assert list(Partner.objects.matching("lotus")) == [shelter]
    assert list(Partner.objects.matching("ផ្ទះ​ឈូក")) == [shelter]
    assert list(Partner.objects.serving("BD")) == [embassy]
    assert embassy.nationalities == ["BD"]
    edit_partner(shelter, by=supervisor, version=1, name_en="Lily House")
    assert list(Partner.objects.matching("ផ្ទះឈូក")) == [shelter]  # the other name stays findable


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "embassy", "name_en": "Embassy of nobody"}, "__all__"),
        ({"kind": "ngo"}, "__all__"),
        ({"kind": "castle", "name_en": "x"}, "kind"),
        ({"kind": "ngo", "name_en": "x", "email": "no mail"}, "email"),
    ],
)
def test_what_is_wrong_is_said_by_field(supervisor: Any, said: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        add_partner(by=supervisor, **said)
    assert field in error.value.message_dict


def test_only_who_keeps_it_changes_it(shelter: Partner, officer_psh: Any) -> None:
    with pytest.raises(PermissionDenied):
        edit_partner(shelter, by=officer_psh, version=1, hours="8–12")
    with pytest.raises(PermissionDenied):
        add_phone(shelter, by=officer_psh, phone="012 345 678")


def test_codes_go_only_where_a_second_person_rang(shelter: Partner, supervisor: Any) -> None:
    phone = add_phone(shelter, by=supervisor, phone="០១២ ៣៤៥ ៦៧៨", takes_codes=True)
    assert phone.e164 == "+85512345678"
    assert shelter.code_phone is None
    with pytest.raises(PermissionDenied):
        confirm_phone(shelter, phone, by=supervisor)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerPhone.objects.filter(pk=phone.pk).update(confirmed_by=supervisor, confirmed_at=phone.added_at)
    confirm_phone(shelter, phone, by=UserFactory(role="supervisor"))
    assert Partner.objects.get(pk=shelter.pk).code_phone == phone
    with pytest.raises(Conflict):
        confirm_phone(shelter, phone, by=UserFactory(role="supervisor"))
    remove_phone(shelter, phone, by=supervisor)
    assert Partner.objects.get(pk=shelter.pk).code_phone is None


def test_a_number_that_is_none_and_one_twice_are_refused(shelter: Partner, supervisor: Any) -> None:
    add_phone(shelter, by=supervisor, phone="012 345 678")
    for phone in ("12", "abc", "", "012 345 678"):
        with pytest.raises(ValidationError):
            add_phone(shelter, by=supervisor, phone=phone)


def test_an_address_is_on_no_page_and_opened_with_a_reason(
    shelter: Partner, browser: Any, officer_psh: Any, program: Any, supervisor: Any
) -> None:
    client = browser(officer_psh)
    for page in ("/partners/", f"/partners/{shelter.reference}/", f"/partners/{shelter.reference}/address/"):
        assert SECRET not in client.get(page).content.decode()
    assert SECRET not in program(supervisor).get(f"/api/v1/partners/{shelter.reference}/").content.decode()
    refused = client.post(f"/partners/{shelter.reference}/address/", {"reason": "x"})
    assert refused.status_code == 400
    shown = client.post(f"/partners/{shelter.reference}/address/", {"reason": "I bring two people tonight"})
    assert SECRET in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    event = AuditEvent.objects.filter(verb="partner.reveal_address").latest("seq")
    assert "two people" not in str(event.purpose) + str(event.detail)


def test_beds_are_said_with_their_time_and_only_by_shelters(
    shelter: Partner, officer_psh: Any, supervisor: Any
) -> None:
    said = say_beds(shelter, by=officer_psh, beds=4)
    assert said.beds_free == 4
    assert said.beds_said_at is not None
    with pytest.raises(Conflict):
        say_beds(add_partner(by=supervisor, kind="ngo", name_en="Way Home"), by=officer_psh, beds=4)
    with pytest.raises(PermissionDenied):
        say_beds(shelter, by=UserFactory(role="analyst"), beds=4)


def test_a_stale_form_shows_what_is_saved(shelter: Partner, browser: Any, supervisor: Any) -> None:
    edit_partner(shelter, by=supervisor, version=1, hours="8–12")
    form = {"kind": "shelter", "name_en": "Lotus House", "hours": "Day and night", "version": "1", "is_active": "on"}
    answer = browser(supervisor).post(f"/partners/{shelter.reference}/edit/", form)
    assert answer.status_code == 409
    assert "Day and night" in answer.content.decode()
    assert "8–12" in answer.content.decode()


def test_the_list_costs_the_same_with_many(supervisor: Any, browser: Any, django_assert_max_num_queries: Any) -> None:
    for n in range(12):
        partner = add_partner(by=supervisor, kind="ngo", name_en=f"House {n}")
        add_phone(partner, by=supervisor, phone=f"012 345 6{n:02d}")
    client = browser(supervisor)
    with django_assert_max_num_queries(14):  # two of them the savepoint of the test
        page = client.get("/partners/")
    assert page.content.decode().count("House ") == 12


def test_a_partner_sees_its_own_line_alone(shelter: Partner) -> None:
    partner = UserFactory(role="partner", partner_id=shelter.reference)
    assert list(Partner.objects.visible_to(partner)) == [shelter]
    assert not Partner.objects.visible_to(UserFactory(role="partner")).exists()


@pytest.mark.parametrize(
    "address",
    [
        "/partners/?province=18&nationality=VN&service=shelter&kind=shelter&resting=no",
        "/referrals/?province=18&waits=late&to_kind=shelter&kind=referral&status=sent",
        "/suspects/?province=18",
    ],
)
def test_a_filter_that_is_on_is_said_and_can_be_taken_off(address: str, browser: Any, supervisor: Any) -> None:
    page = browser(supervisor).get(address)
    assert page.status_code == 200
    assert "Preah Sihanouk" in page.content.decode()
    assert len(page.context["tags"]) == address.count("=")


def test_nationalities_are_typed_by_name_and_none_is_lost(browser: Any, supervisor: Any) -> None:
    serves = {"country": "BD", "seated_in": "TH", "nationalities": ["BD", "TV"]}
    embassy = add_partner(by=supervisor, kind="embassy", name_en="Embassy", **serves)
    client, page = browser(supervisor), f"/partners/{embassy.reference}/edit/"
    assert "Bangladesh, Tuvalu" in client.get(page).content.decode()
    form = {"kind": "embassy", "name_en": "Embassy", "version": "1", "is_active": "on", **serves}
    kept = client.post(page, form | {"nationalities": "Bangladesh, Tuvalu; ឡាវ"})
    assert kept.status_code == 302
    assert Partner.objects.get(pk=embassy.pk).nationalities == ["BD", "TV", "LA"]
    refused = client.post(page, form | {"nationalities": "Bangladesh, Atlantis", "version": "2"})
    assert refused.status_code == 400
    assert "Atlantis" in refused.content.decode()


def test_a_shelter_says_its_own_beds_on_its_work_page_and_by_a_program(
    shelter: Partner, supervisor: Any, browser: Any, program: Any
) -> None:
    ours, other = (UserFactory(role="partner", partner_id=code) for code in (shelter.reference, "PT-22222222"))
    page, call = f"/partners/{shelter.reference}/beds/", f"/api/v1/partners/{shelter.reference}/beds/"
    client = browser(ours)
    assert f'action="{page}"' in client.get("/").content.decode()
    assert client.post(page, {"beds": "៧"}).status_code == 302
    assert Partner.objects.get(pk=shelter.pk).beds_free == 7
    refused = client.post(page, {"beds": "many"})
    assert refused.status_code == 400
    assert "many" in refused.content.decode()
    said = program(ours).post(call, {"beds": 3})
    assert (said.status_code, said.json()["beds_free"]) == (200, 3)
    assert "note" not in said.json()
    assert browser(other).post(page, {"beds": "4"}).status_code == 404
    assert program(other).post(call, {"beds": 4}).status_code == 404
    assert client.get(f"/partners/{shelter.reference}/").status_code == 403
    edit_partner(shelter, by=supervisor, version=1, is_active=False)
    assert client.post(page, {"beds": "9"}).status_code == 404


def test_programs_keep_provinces_and_telephones(supervisor: Any, supervisor2: Any, program: Any) -> None:
    client, page = program(supervisor), "/api/v1/partners/"
    assert client.post(page, {"kind": "ngo", "name_en": "Way Home", "province": "99"}).status_code == 400
    made = client.post(page, {"kind": "ngo", "name_en": "Way Home", "province": "12"}).json()
    assert made["province"] == "12"
    page += made["reference"]
    assert client.patch(f"{page}/", {"province": "xx", "version": 1}).status_code == 400
    assert client.patch(f"{page}/", {"province": None, "version": 1}).json()["province"] is None
    assert client.post(f"{page}/phones/", {"phone": "12"}).status_code == 400
    (phone,) = client.post(f"{page}/phones/", {"phone": "012 345 678", "takes_codes": True}).json()["phones"]
    assert client.post(f"{page}/phones/{phone['id']}/confirm/").status_code == 403
    (sure,) = program(supervisor2).post(f"{page}/phones/{phone['id']}/confirm/").json()["phones"]
    assert sure["confirmed"] is True
    assert client.delete(f"{page}/phones/{phone['id']}/").status_code == 204
    assert client.get(f"{page}/").json()["phones"] == []


@pytest.mark.parametrize(
    ("hours", "moment", "answer"),
    [
        ("Day and night", "2026-11-27T03:00+07:00", True),
        ("Monday to Friday 8–12, 14–17", "2026-11-27T13:00+07:00", False),
        ("Monday to Friday 8–12, 14–17", "2026-11-27T14:00+07:00", True),
        ("Monday to Friday 8–12, 14–17", "2026-11-28T14:00+07:00", False),
        ("ច័ន្ទ ដល់ សុក្រ ម៉ោង ៧:៣០–១៧", "2026-11-27T07:45+07:00", True),
        ("8–12", "2026-11-28T09:00+07:00", True),
        ("8–25", "2026-11-28T09:00+07:00", None),
        ("When the priest is there", "2026-11-28T09:00+07:00", None),
        ("", "2026-11-28T09:00+07:00", None),
    ],
)
def test_hours_are_read_only_where_they_are_plain(hours: str, moment: str, answer: bool | None) -> None:
    assert is_open(hours, datetime.fromisoformat(moment)) is answer


def test_who_chooses_a_partner_reads_how_old_its_beds_are(shelter: Partner, officer_psh: Any) -> None:
    said = say_beds(shelter, by=officer_psh, beds=4)
    assert said.beds_said_at is not None
    with override("en"):
        assert offered(said, said.beds_said_at + timedelta(hours=30)) == "Lotus House (4 beds free, said 30 h ago)"


@pytest.mark.parametrize(
    ("hours", "answer"),
    [
        ("Monday to Friday 8–12", "perhaps closed: Independence Day"),
        ("Day and night", "open now"),
        ("Saturday 8–12", "closed now"),
    ],
)
def test_on_a_holiday_only_who_is_always_there_is_open(shelter: Partner, hours: str, answer: str) -> None:
    shelter.hours = hours
    with override("en"):
        said = offered(shelter, datetime.fromisoformat("2026-11-09T09:00+07:00"), "Independence Day")
    assert said == f"Lotus House ({answer})"
