"""What the application's role may do in the database; written again after every migration."""

from django.db import connection, transaction

APP_ROLE = "sangkroh_app"
APPEND_ONLY = ("audit_event",)
KEPT = (
    "workflow_approval",
    "workflow_merge",
    "workflow_opening",
    "complaints_secondreading",
)  # of two people: never deleted by the application
READ_ONLY = ("workflow_step", "django_migrations")
GRANT_ALL = f"""
GRANT USAGE ON SCHEMA public TO {APP_ROLE};
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APP_ROLE};
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {APP_ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE};
"""


def write_grants() -> None:
    """Give the application's role its rights, as the owner; nobody sees the moment in between."""
    tables = set(connection.introspection.table_names())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(GRANT_ALL)
        for table in tables.intersection(APPEND_ONLY):
            cursor.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {APP_ROLE}")
        for table in tables.intersection(KEPT):
            cursor.execute(f"REVOKE DELETE ON {table} FROM {APP_ROLE}")
        for table in tables.intersection(READ_ONLY):
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {APP_ROLE}")
