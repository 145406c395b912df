"""What holds for every process that serves: it is not the owner of the tables, and the public surface reads nothing.

And what is sent to it can be read as text: else no page of ours would get to answer it.
"""

import logging
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection

logger = logging.getLogger(__name__)
TOO_MIGHTY = """
SELECT rolsuper OR rolbypassrls OR has_table_privilege('audit_event', 'UPDATE') OR has_table_privilege('audit_event', 'TRUNCATE')
FROM pg_roles WHERE rolname = current_user
"""
READS = "SELECT has_table_privilege('complaints_reporter', 'SELECT')"
READING = (
    "SANGKROH_SURFACE=public, and DATABASE_INTAKE_URL names a role that reads what was reported. Put sangkroh_intake's"
    " address there (docs/install.md): it adds reports and reads nothing."
)
NO_NUMBER = (
    "SANGKROH_HOTLINE_ABROAD is empty: who calls from abroad, or with a card of another country, finds no number on the"
    " public form (docs/install.md)."
)
CHARSET = re.compile(r';\s*charset\s*=\s*"?([^";]*)"?', re.IGNORECASE)
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
            if settings.SURFACE == "public":
                cursor.execute(READS)
                if cursor.fetchone() != (False,):
                    raise SystemExit(READING)
    finally:
        connection.close()


def numbers_missing() -> str:
    """Say what who needs help would not find on the public form; empty where nothing is missing."""
    return "" if settings.HOTLINES["abroad"].strip() else NO_NUMBER


def warn_of_numbers() -> None:
    """Write once into the log of a process that serves the form what is missing on it; it serves all the same."""
    if settings.SURFACE != "staff" and (missing := numbers_missing()):
        logger.warning(missing)


def in_known_letters(application: Callable[..., Any]) -> Callable[..., Any]:
    """Let a request that names letters nobody can read text in (`charset=hex`) be read as UTF-8: Django would not answer it."""

    def known(environ: dict[str, Any], start_response: Any) -> Any:
        kind = environ.get("CONTENT_TYPE", "")
        if (said := CHARSET.search(kind)) and not _is_of_text(said[1].strip()):
            environ["CONTENT_TYPE"] = CHARSET.sub("", kind)
        return application(environ, start_response)

    return known


def _is_of_text(charset: str) -> bool:
    try:
        b"a=1".decode(charset, "replace")
    except (LookupError, ValueError):
        return False
    return True
