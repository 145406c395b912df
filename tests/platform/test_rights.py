"""What the application's role may not do, whatever the code above it tries."""

import pytest
from django.db import DatabaseError, connection, transaction

REFUSED = [
    "UPDATE audit_event SET outcome = 'changed'",
    "DELETE FROM audit_event",
    "TRUNCATE audit_event",
    "TRUNCATE complaints_complaint CASCADE",
    "INSERT INTO workflow_step DEFAULT VALUES",
    "UPDATE workflow_step SET target = source",
    "DELETE FROM workflow_step",
    "DELETE FROM django_migrations",
    "DROP TABLE complaints_reporter",
    "ALTER TABLE complaints_complaint DISABLE TRIGGER ALL",
    "CREATE TABLE mine (id int)",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", REFUSED)
def test_it_is_refused(statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        _run(statement)


@pytest.mark.django_db
def test_no_table_can_be_emptied_at_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND has_table_privilege(oid, 'TRUNCATE')")
        assert cursor.fetchall() == []


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
