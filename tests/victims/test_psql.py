"""Attacks on the ledger with plain SQL, as the application's own role: the sum holds, or the statement is refused."""

from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import advance_victim
from victims.models import Victim

pytestmark = pytest.mark.django_db
PARTS = ("rescued", "left_on_own", "declined", "not_found", "deceased", "sought")


@pytest.fixture
def under_attack(registered: Any, officer_psh: User) -> Complaint:
    """Nine reported, six listed: one rescued, one declined and not yet final."""
    row = registered(people=(PersonSaid(name="Lê Bảo", age=30),) * 6, number=(None, 9, None))
    people = list(Victim.objects.filter(complaint=row).order_by("reference"))
    advance_victim(people[0], "record_rescue", by=officer_psh)
    asked = {"asked_by": "Chea", "asked_alone": True, "asked_away": True, "asked_language": "vi"}
    advance_victim(people[1], "record_declined", by=officer_psh, **asked)
    return Complaint.objects.get(pk=row.pk)


def run(sql: str, **params: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE complaints_complaint SET n_rescued = 6 WHERE id = %(id)s",
        "UPDATE complaints_complaint SET n_rescued = 0, n_left = 1 WHERE id = %(id)s",
        "UPDATE complaints_complaint SET n_people = 0 WHERE id = %(id)s",
        "UPDATE complaints_complaint SET n_found_unreported = 40 WHERE id = %(id)s",
        "UPDATE complaints_complaint SET number_reported = 6 WHERE id = %(id)s",
        "UPDATE complaints_complaint SET number_reported = 3 WHERE id = %(id)s",
        "UPDATE victims_victim SET rescue_status = 'rescued' WHERE complaint_id = %(id)s",
        "UPDATE victims_victim SET rescue_status = 'lost' WHERE complaint_id = %(id)s",
        "UPDATE victims_victim SET rescued_on = NULL WHERE complaint_id = %(id)s AND rescue_status = 'rescued'",
        "UPDATE victims_victim SET province_id = '12' WHERE complaint_id = %(id)s",
        "INSERT INTO victims_victim SELECT (v).* FROM (SELECT v FROM victims_victim v WHERE complaint_id = %(id)s) s",
        "DELETE FROM complaints_complaint WHERE id = %(id)s",
    ],
)
def test_a_statement_that_would_break_the_ledger_is_refused(sql: str, under_attack: Complaint) -> None:
    before = under_attack.ledger
    with pytest.raises((IntegrityError, InternalError)):
        run(sql, id=str(under_attack.pk))
    assert Complaint.objects.get(pk=under_attack.pk).ledger == before


@pytest.mark.parametrize(
    ("sql", "sought"),
    [
        ("DELETE FROM victims_victim WHERE reference = %(last)s", 8),
        ("UPDATE victims_victim SET found_unreported = true WHERE reference = %(last)s", 8),
        ("UPDATE victims_victim SET rescue_status = 'left_on_own', left_how = 'escaped' WHERE reference = %(last)s", 7),
    ],
)
def test_a_statement_that_is_let_through_is_counted(sql: str, sought: int, under_attack: Complaint) -> None:
    last = Victim.objects.filter(complaint=under_attack, rescue_status="reported").order_by("reference").last()
    assert last is not None
    run(sql, last=last.reference)
    ledger = Complaint.objects.get(pk=under_attack.pk).ledger
    assert ledger["sought"] == sought
    assert ledger["reported"] == 9 == sum(ledger[part] for part in PARTS)
