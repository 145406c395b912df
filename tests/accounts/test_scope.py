"""Whose rows somebody may know of: each role by each kind of row, postings that ended, grants that run or ended."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, models
from django.utils import timezone

from accounts.models import Grant, Posting, User
from accounts.scope import ScopedQuerySet
from complaints.models import Complaint
from tests.factories.accounts import GrantFactory, PostingFactory, UserFactory
from tests.factories.cases import ComplaintFactory, VictimFactory
from victims.models import Victim

pytestmark = pytest.mark.django_db
ROWS = {
    "own": ("18", "provincial"),
    "other": ("12", "provincial"),
    "ministry": ("00", "provincial"),
    "led": ("18", "national_led"),
    "led_other": ("12", "national_led"),
    "sealed": ("18", "sealed"),
}
OWN = {
    "officer": {"own"},
    "intake": {"own", "other", "ministry", "led", "led_other"},
    "supervisor": {"own", "other", "ministry", "led", "led_other"},
    "analyst": {"own", "other", "ministry", "led", "led_other"},
    "integrity": {"sealed"},
    "admin": set(),
    "partner": set(),
}


class OperationRows(ScopedQuerySet["OperationRow"]):
    complaint_lookup = None
    handling_lookup = None


class OperationRow(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=20)
    province_id = models.CharField(max_length=2)
    objects = OperationRows.as_manager()

    class Meta:
        app_label = "scope_test"
        managed = False


@pytest.fixture
def rows(db: Any) -> dict[str, Complaint]:
    return {
        name: ComplaintFactory(exact_spot=name, province_id=province, handling=handling)
        for name, (province, handling) in ROWS.items()
    }


@pytest.fixture
def operations(db: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE scope_test_operationrow (id uuid, name text, province_id text)")
    for code in ("18", "12"):
        OperationRow.objects.create(name=code, province_id=code)


def names(queryset: Any) -> set[str]:
    return {row.exact_spot for row in queryset}


def grant(row: Complaint, **values: Any) -> Grant:
    return GrantFactory(complaint_id=row.pk, **values)


@pytest.mark.parametrize("role", OWN)
def test_each_role_sees_its_own_branch_and_nothing_else(role: str, cast: dict[str, User], rows: Any) -> None:
    user = cast[role]
    assert names(Complaint.objects.of_own_provinces(user)) == OWN[role]
    assert names(Complaint.objects.shared_with(user)) == set()
    assert names(Complaint.objects.visible_to(user)) == OWN[role]


def test_the_system_user_sees_everything(system: User, rows: Any) -> None:
    assert names(Complaint.objects.visible_to(system)) == set(ROWS)
    assert names(Complaint.objects.of_own_provinces(system)) == set(ROWS)


def test_an_inactive_user_sees_nothing(supervisor: User, rows: Any) -> None:
    grant(rows["sealed"], user=supervisor, kind="naming")
    supervisor.is_active = False
    assert names(Complaint.objects.visible_to(supervisor)) == set()


def test_a_referral_opens_a_national_led_complaint_to_the_officers_of_a_province(officer_psh: User, rows: Any) -> None:
    grant(rows["led"], province_id="18")
    assert names(Complaint.objects.shared_with(officer_psh)) == {"led"}
    assert names(Complaint.objects.of_own_provinces(officer_psh)) == {"own"}
    assert names(Complaint.objects.visible_to(officer_psh)) == {"own", "led"}


def test_what_is_own_already_is_not_listed_as_shared(officer_psh: User, rows: Any) -> None:
    grant(rows["own"], user=officer_psh)
    assert names(Complaint.objects.shared_with(officer_psh)) == set()


@pytest.mark.parametrize("times", [{"until_at": timedelta(seconds=-1)}, {"from_at": timedelta(minutes=1)}])
def test_a_grant_that_ended_or_has_not_begun_opens_nothing(officer_psh: User, rows: Any, times: Any) -> None:
    grant(rows["other"], user=officer_psh, **{name: timezone.now() + delta for name, delta in times.items()})
    assert names(Complaint.objects.visible_to(officer_psh)) == {"own"}


def test_a_naming_opens_a_sealed_complaint_to_that_user_alone(officer_psh: User, supervisor: User, rows: Any) -> None:
    grant(rows["sealed"], user=officer_psh, kind="naming")
    assert names(Complaint.objects.visible_to(officer_psh)) == {"own", "sealed"}
    assert "sealed" not in names(Complaint.objects.visible_to(supervisor))


@pytest.mark.parametrize("kind", ["referral", "transfer"])
def test_a_seal_takes_back_what_a_referral_or_transfer_opened(officer_pp: User, rows: Any, kind: str) -> None:
    grant(rows["led"], province_id="12", kind=kind)
    assert "led" in names(Complaint.objects.visible_to(officer_pp))
    Complaint.objects.filter(exact_spot="led").update(handling="sealed")
    assert "led" not in names(Complaint.objects.visible_to(officer_pp))


def test_a_grant_reaches_an_administrator_never(admin: User, rows: Any) -> None:
    grant(rows["own"], user=admin, kind="naming")
    assert names(Complaint.objects.visible_to(admin)) == set()


def test_a_grant_to_an_organisation_reaches_its_partner_accounts_only(partner: User, rows: Any) -> None:
    partner.partner_id = "PA-7"
    grant(rows["own"], partner_id="PA-7")
    grant(rows["other"], partner_id="PA-8")
    assert names(Complaint.objects.visible_to(partner)) == {"own"}


def test_a_partner_without_organisation_shares_nothing_of_others_without_one(partner: User, rows: Any) -> None:
    grant(rows["own"], province_id="18")
    assert names(Complaint.objects.visible_to(partner)) == set()


def test_a_grant_for_one_person_opens_that_person_and_not_the_complaint(officer_pp: User, rows: Any) -> None:
    complaint = rows["own"]
    referred, _other = VictimFactory(complaint=complaint), VictimFactory(complaint=complaint)
    grant(complaint, victim_id=referred.pk, province_id="12")
    assert set(Victim.objects.visible_to(officer_pp)) == {referred}
    assert set(Victim.objects.shared_with(officer_pp)) == {referred}
    assert "own" not in names(Complaint.objects.visible_to(officer_pp))


def test_rows_without_complaint_are_scoped_by_province_alone(cast: dict[str, User], operations: None) -> None:
    seen = {role: {row.name for row in OperationRow.objects.visible_to(user)} for role, user in cast.items()}
    everywhere = {"18", "12"}
    assert seen == {
        "officer": {"18"},
        "intake": everywhere,
        "supervisor": everywhere,
        "analyst": everywhere,
        "integrity": set(),
        "admin": set(),
        "partner": set(),
    }


def test_a_posting_ends_at_midnight_in_phnom_penh(db: Any, rows: Any) -> None:
    user = UserFactory()
    Posting.objects.create(user=user, province_id="18", from_on=date(2026, 1, 1), until_on=date(2026, 3, 31))
    with time_machine.travel(datetime(2026, 3, 31, 16, 59, tzinfo=UTC), tick=False):
        assert names(Complaint.objects.visible_to(User.objects.get(pk=user.pk))) == {"own"}
    with time_machine.travel(datetime(2026, 3, 31, 17, 1, tzinfo=UTC), tick=False):
        assert names(Complaint.objects.visible_to(User.objects.get(pk=user.pk))) == set()


def test_a_posting_that_begins_tomorrow_opens_nothing_today(db: Any, rows: Any) -> None:
    user = UserFactory()
    PostingFactory(user=user, from_on=timezone.localdate() + timedelta(days=1))
    assert names(Complaint.objects.visible_to(user)) == set()


def test_an_officer_of_several_provinces_sees_them_all(officer_psh: User, rows: Any) -> None:
    PostingFactory(user=officer_psh, province_id="12")
    assert names(Complaint.objects.visible_to(User.objects.get(pk=officer_psh.pk))) == {"own", "other"}


def test_scoped_rows_can_be_locked_and_need_no_join(officer_psh: User, rows: Any) -> None:
    grant(rows["led"], user=officer_psh, kind="naming")
    visible = Complaint.objects.visible_to(officer_psh).select_for_update(no_key=True, of=("self",))
    assert names(visible) == {"own", "led"}
    sql = str(visible.query)
    assert not any(word in sql for word in ("JOIN", "DISTINCT", "UNION"))


def test_a_loaded_user_costs_the_scope_no_query(officer_psh: User, rows: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        user = User.objects.for_request().get(pk=officer_psh.pk)
        assert user.posted_provinces == {"18"}
        assert user.has_second_factor is False
    with django_assert_num_queries(1):
        assert names(Complaint.objects.visible_to(user)) == {"own"}
