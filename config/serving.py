"""What holds for every process that serves: it is not the owner of the tables."""

from django.db import connection

TOO_MIGHTY = """
SELECT rolsuper OR rolbypassrls OR has_table_privilege('audit_event', 'UPDATE') OR has_table_privilege('audit_event', 'TRUNCATE')
FROM pg_roles WHERE rolname = current_user
"""
WORDS = (
    "DATABASE_URL names a role that owns the tables or is a superuser: it could change the audit unseen. Put the"
    " application's role there (docs/install.md) and the owner's into DATABASE_OWNER_URL, for `manage.py migrate` alone."
)


def refuse_the_owner(**signal: object) -> None:
    """End this process when it could change the audit; leaves no connection to be shared by a fork."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(TOO_MIGHTY)
            if cursor.fetchone() != (False,):
                raise SystemExit(WORDS)  # Celery swallows an Exception of its signals' receivers
    finally:
        connection.close()
