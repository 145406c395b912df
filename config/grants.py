"""What the application's role and the public surface's may do in the database; written again after every migration."""

from typing import Any

from django.db import connection, transaction

APP_ROLE = "sangkroh_app"
APPEND_ONLY = (
    "audit_event",
    "reports_publishedfigure",
    "reports_publishedcell",
    "reports_publishedpart",
    "reports_publishedrecord",
    "reports_publishedtable",
)
KEPT = (
    "workflow_approval",
    "workflow_merge",
    "workflow_opening",
    "complaints_secondreading",
    "reports_publication",
)  # of two people: never deleted by the application
READ_ONLY = ("workflow_step", "django_migrations")
GRANT_ALL = f"""
GRANT USAGE ON SCHEMA public TO {APP_ROLE};
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APP_ROLE};
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {APP_ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE};
"""
INTAKE_ROLE = "sangkroh_intake"
PUBLIC_FUNCTIONS = (
    "public_report_state(bytea)",
    "public_report_messages(bytea)",
    "public_report_say(bytea, uuid, text, bytea, boolean)",
)
# What was said, and the hashes it is found by: whose contact it is, when it came in and how often it was tried say others.
INTAKE_COLUMNS = ("id", "receipt_hash", "said", "words_hash")
GRANT_INTAKE = f"""
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {INTAKE_ROLE};
GRANT USAGE ON SCHEMA public TO {INTAKE_ROLE};
GRANT INSERT ({", ".join(INTAKE_COLUMNS)}) ON complaints_publicreport TO {INTAKE_ROLE};
"""


def write_grants() -> None:
    """Give the roles their rights, as the owner; nobody sees the moment in between."""
    tables = set(connection.introspection.table_names())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(GRANT_ALL)
        for table in tables.intersection(APPEND_ONLY):
            cursor.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {APP_ROLE}")
        for table in tables.intersection(KEPT):
            cursor.execute(f"REVOKE DELETE ON {table} FROM {APP_ROLE}")
        for table in tables.intersection(READ_ONLY):
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {APP_ROLE}")
        if "complaints_publicreport" in tables:
            _write_intake(cursor)


def _write_intake(cursor: Any) -> None:
    """Let the public surface add reports and ask by their codes, and nothing else; where a server has its role."""
    names = ", ".join(PUBLIC_FUNCTIONS)
    cursor.execute(f"GRANT EXECUTE ON FUNCTION {names} TO {APP_ROLE}")
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [INTAKE_ROLE])
    if cursor.fetchone():
        cursor.execute(GRANT_INTAKE)
        cursor.execute(f"GRANT EXECUTE ON FUNCTION {names} TO {INTAKE_ROLE}")
