"""The database refuses moves that are in no table, whoever asks with the application's rights."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from complaints.models import Complaint
from tests.factories.cases import ComplaintFactory, VictimFactory
from workflow.models import StepRow
from workflow.table import REGISTRY

pytestmark = pytest.mark.django_db


def run(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_table_in_the_database_is_the_one_in_the_code() -> None:
    kept = set(StepRow.objects.values_list("workflow", "source", "target"))
    assert kept == {(name, *pair) for name, table in REGISTRY.items() for pair in table.pairs()}


@pytest.mark.parametrize("target", ["closed", "decided", "verifying", "nonsense", ""])
def test_a_move_that_is_no_step_is_refused(target: str) -> None:
    complaint = ComplaintFactory()
    with pytest.raises(IntegrityError, match="no step leads"):
        run("UPDATE complaints_complaint SET status = %s WHERE id = %s", target, complaint.pk)


def test_a_move_that_is_a_step_is_let_through() -> None:
    complaint = ComplaintFactory()
    run("UPDATE complaints_complaint SET status = 'acknowledged' WHERE id = %s", complaint.pk)
    run("UPDATE complaints_complaint SET status = status, exact_spot = 'x' WHERE id = %s", complaint.pk)
    with pytest.raises(IntegrityError, match="no step leads"):
        run("UPDATE complaints_complaint SET status = 'new' WHERE id = %s", complaint.pk)


@pytest.mark.parametrize("status", ["closed", "acknowledged"])
def test_a_row_is_born_in_an_initial_state_only(status: str) -> None:
    with pytest.raises(IntegrityError, match="no step leads"), transaction.atomic():
        ComplaintFactory(status=status)
    assert not Complaint.objects.exists()


def test_a_person_is_not_rescued_by_hand() -> None:
    victim = VictimFactory()
    with pytest.raises(IntegrityError, match="no step leads"):
        run("UPDATE victims_victim SET rescue_status = 'nowhere' WHERE id = %s", victim.pk)
    with pytest.raises(IntegrityError, match="no step leads"), transaction.atomic():
        VictimFactory(rescue_status="deceased")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO workflow_step (workflow, source, target) VALUES ('complaint', 'new', 'closed')",
        "DELETE FROM workflow_step",
        "UPDATE workflow_step SET target = 'closed'",
        "ALTER TABLE complaints_complaint DISABLE TRIGGER ALL",
        "ALTER TABLE complaints_complaint DISABLE TRIGGER complaints_complaint_status_guard",
        "DROP TRIGGER complaints_complaint_status_guard ON complaints_complaint",
        "TRUNCATE complaints_complaint CASCADE",
        "SET session_replication_role = replica",
        "UPDATE audit_event SET verb = 'x'",
        "DELETE FROM audit_event",
    ],
)
def test_the_application_cannot_go_round_it(statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
        run(statement)


def test_a_child_follows_its_complaint_and_cannot_stand_elsewhere() -> None:
    victim = VictimFactory()
    run("UPDATE complaints_complaint SET province_id = '12', handling = 'sealed' WHERE id = %s", victim.complaint_id)
    victim.refresh_from_db()
    assert (victim.province_id, victim.handling) == ("12", "sealed")
    with pytest.raises(IntegrityError):
        run("UPDATE victims_victim SET province_id = '18' WHERE id = %s", victim.pk)
