"""Who stands in while one is away: of the same role, for days that do not overlap, with no further right."""

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import Deputy, User
from accounts.services import deactivate, end_deputy, name_deputy
from complaints.services import advance
from core.exceptions import Conflict
from notifications.models import Notification
from tests.complaints.test_approvals import verifying
from tests.factories.accounts import UserFactory

Browser = Callable[..., Client]
pytestmark = pytest.mark.django_db
URL = "/account/deputy/"


def day(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def test_only_somebody_of_the_same_role_on_days_of_their_own(
    supervisor: User, supervisor2: User, integrity: User, officer_psh: User, officer_pp: User
) -> None:
    name_deputy(by=supervisor, deputy=supervisor2, from_on=day(0), until_on=day(5))
    for deputy, first, last in (
        (integrity, 20, 21),
        (supervisor, 20, 21),
        (supervisor2, 5, 9),
        (supervisor2, 22, 21),
        (supervisor2, -9, -1),
        (supervisor2, 20, 800),
    ):
        with pytest.raises(ValidationError):
            name_deputy(by=supervisor, deputy=deputy, from_on=day(first), until_on=day(last))
    with pytest.raises(PermissionDenied):
        name_deputy(by=officer_psh, deputy=officer_pp, from_on=day(0), until_on=day(5))
    name_deputy(by=supervisor, deputy=supervisor2, from_on=day(6), until_on=day(9))
    assert Deputy.objects.count() == 2


def test_references_are_their_own_and_older_ones_are_brought_along(supervisor: User, supervisor2: User) -> None:
    row = name_deputy(by=supervisor, deputy=supervisor2, from_on=day(0), until_on=day(5))
    assert row.reference.startswith("DY-")
    Deputy.objects.filter(pk=row.pk).update(reference="DP-DP234567")
    (step,) = import_module("accounts.migrations.0006_deputy_references").Migration.operations
    for sql, reference in ((step.sql, "DY-DP234567"), (step.reverse_sql, "DP-DP234567")):
        with connection.cursor() as cursor:
            cursor.execute(sql)
        assert Deputy.objects.get().reference == reference


def test_the_queue_says_for_whom_and_until_when(
    registered: Any, supervisor: User, supervisor2: User, officer_psh: User, browser: Browser
) -> None:
    name_deputy(by=supervisor, deputy=supervisor2, from_on=day(0), until_on=day(5))
    row = verifying(registered(), officer_psh)
    advance(row, "propose_outcome", by=officer_psh, outcome="unsubstantiated", note="Nobody there.")
    own = verifying(registered(), supervisor)
    advance(own, "propose_outcome", by=supervisor, outcome="unsubstantiated", note="Nobody there.")
    assert Notification.objects.filter(recipient=supervisor2, kind="outcome_proposed", channel="in_app").count() == 2
    page = browser(supervisor2).get("/approvals/")
    words = f"for {supervisor.name}, away until"
    assert page.content.decode().count(words) == 1
    assert [bool(line.stands_for) for line in page.context["rows"]] == [True, False]
    assert words not in browser(supervisor).get("/approvals/").content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert words not in browser(supervisor2).get("/approvals/").content.decode()


def test_nobody_stands_in_for_a_closed_account_or_another_role(
    supervisor: User, supervisor2: User, admin: User
) -> None:
    name_deputy(by=supervisor, deputy=supervisor2, from_on=day(0), until_on=day(5))
    assert Deputy.objects.standing_in(supervisor2).exists()
    deactivate(supervisor, by=admin)
    assert not Deputy.objects.standing_in(supervisor2).exists()


def test_a_deputy_sees_nothing_more(registered: Any, supervisor: User, supervisor2: User, browser: Browser) -> None:
    row = registered()
    advance(row, "seal", by=supervisor, note="An official is named.")
    name_deputy(by=supervisor, deputy=supervisor2, from_on=day(0), until_on=day(5))
    assert browser(supervisor2).get(f"/complaints/{row.reference}/").status_code == 404


def test_only_who_named_the_deputy_ends_it(supervisor: User, supervisor2: User) -> None:
    row = name_deputy(by=supervisor, deputy=supervisor2, from_on=day(-1), until_on=day(5))
    with pytest.raises(PermissionDenied):
        end_deputy(row, by=supervisor2)
    end_deputy(row, by=supervisor)
    row.refresh_from_db()
    assert row.until_on == day(-1)
    with pytest.raises(Conflict):
        end_deputy(row, by=supervisor)
    coming = name_deputy(by=supervisor, deputy=supervisor2, from_on=day(3), until_on=day(5))
    end_deputy(coming, by=supervisor)
    assert not Deputy.objects.filter(pk=coming.pk).exists()


def test_the_page_names_and_ends(supervisor: User, supervisor2: User, browser: Browser) -> None:
    client = browser(supervisor)
    said = {"deputy": supervisor2.pk, "from_on": day(0).isoformat(), "until_on": day(5).isoformat()}
    assert client.post(URL, {**said, "deputy": supervisor.pk}).status_code == 400
    assert client.post(URL, said).status_code == 302
    answer = client.post(URL, said)
    assert answer.status_code == 400
    assert "You named a deputy for some of these days already." in answer.content.decode()
    row = Deputy.objects.get()
    assert supervisor2.name in client.get(URL).content.decode()
    assert "You stand in for" in browser(supervisor2).get(URL).content.decode()
    assert browser(supervisor2).post(f"{URL}{row.pk}/end/").status_code == 404
    assert client.post(f"{URL}{row.pk}/end/").status_code == 302


def test_the_api_names_and_ends(supervisor: User, supervisor2: User, program: Any) -> None:
    client = program(supervisor)
    said = {"deputy": "supervisor2", "from_on": day(0).isoformat(), "until_on": day(5).isoformat()}
    made = client.post("/api/v1/deputies/", said, format="json")
    assert made.status_code == 201
    assert client.post("/api/v1/deputies/", said, format="json").status_code == 400
    assert client.post("/api/v1/deputies/", {**said, "deputy": "nobody"}, format="json").status_code == 400
    reference = made.json()["reference"]
    assert [row["reference"] for row in program(supervisor2).get("/api/v1/deputies/").json()["results"]] == [reference]
    stranger = UserFactory(username="third", role="supervisor")
    assert program(stranger).get(f"/api/v1/deputies/{reference}/").status_code == 404
    assert program(supervisor2).post(f"/api/v1/deputies/{reference}/end/").status_code == 403
    assert client.post(f"/api/v1/deputies/{reference}/end/").status_code == 204
