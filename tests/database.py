"""The test databases: migrated once as the owner into a template, cloned for every process, used with the application's rights.

The template is kept between runs and made anew when a migration, a table of steps or the gazetteer has changed.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import psycopg2.errors
import pytest
from django.conf import settings
from django.contrib.contenttypes.management import create_contenttypes
from django.core.management import call_command, get_commands
from django.db import OperationalError, connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.models.signals import post_migrate
from django.utils import translation

ROOT = Path(settings.BASE_DIR)
FLUSHES = 3  # tries
MADE_FROM = (
    "*/migrations/*.py",
    "*/workflow.py",
    "*/*_workflow.py",
    "workflow/**/*.py",
    "provinces/services/loading.py",
    "provinces/names.py",
    "core/text.py",
    "provinces/data/*",
    "complaints/data/*",
    "suspects/data/*",
    "suspects/services/loading.py",
    "config/grants.py",
    "config/management/commands/migrate.py",
)
# Reference data that every test finds in place: a flush between tests keeps these tables.
KEPT = (
    "django_content_type",
    "auth_permission",
    "provinces_province",
    "provinces_district",
    "provinces_commune",
    "provinces_village",
    "provinces_placealias",
    "provinces_gazetteer",
    "workflow_step",
    "complaints_callscript",
    "complaints_escalationhours",
    "complaints_holiday",
    "complaints_limit",
    "complaints_officehours",
    "complaints_deadline",
    "complaints_urgencyrule",
    "referrals_referrallimit",
    "suspects_article",
    "suspects_court",
    "suspects_custodylimit",
    "victims_repatriationlimit",
)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """Clone the migrated template for this process; drop the clone at the end."""
    base = f"test_{connection.settings_dict['NAME']}"
    name = base if worker_id == "master" else f"{base}_{worker_id}"
    with django_db_blocker.unblock():
        with _maintenance() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [base])
            template = _template(cursor, base)
            _drop(cursor, name)
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        _connect_to(name)
        _flush_as_owner()
    translation.activate("en")  # for the test that asked for it first: its beginning was before
    yield
    with django_db_blocker.unblock():
        connection.close()
        with _maintenance() as cursor:
            _drop(cursor, name)


@contextmanager
def _maintenance() -> Iterator[Any]:
    """A cursor of the owner outside every test database."""
    login = connection.settings_dict
    link = psycopg2.connect(
        dbname="postgres",
        user=login["USER"],
        password=login["PASSWORD"],
        host=login["HOST"],
        port=login["PORT"] or None,
    )
    link.autocommit = True
    try:
        yield link.cursor()
    finally:
        link.close()


def _drop(cursor: Any, name: str) -> None:
    """Drop a database; the server's own autovacuum, which an owner may not end, is waited for."""
    for attempt in range(20):
        try:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        except (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.ObjectInUse):
            if attempt == 19:
                raise
            time.sleep(0.5)
        else:
            return


def _template(cursor: Any, base: str) -> str:
    """The name of the migrated template; made when there is none of this code."""
    template, made_from = f"{base}_template", _fingerprint()
    cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [template])
    if cursor.fetchone() == (made_from,):
        return template
    _drop(cursor, template)
    cursor.execute(f"CREATE DATABASE \"{template}\" ENCODING 'UTF8'")
    _connect_to(template)
    call_command("migrate", verbosity=0, interactive=False)
    if "load_places" in get_commands():
        call_command("load_places", verbosity=0)
    call_command("load_law", verbosity=0)
    connection.close()
    cursor.execute(f"COMMENT ON DATABASE \"{template}\" IS '{made_from}'")
    return template


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in MADE_FROM for path in ROOT.glob(pattern)}):
        if ".venv" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _connect_to(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
    os.environ["SANGKROH_TEST_DATABASE"] = name


def _flush_as_owner() -> None:
    """Between tests that commit, tables are emptied by the owner (the application may not) and reference data stay.

    Said on the class: a browser's event loop or a thread brings connections of its own.
    """
    flush, execute = DatabaseOperations.sql_flush, DatabaseOperations.execute_sql_flush

    def sql_flush(self: Any, style: Any, tables: list[str], **options: Any) -> list[str]:
        return flush(self, style, [table for table in tables if table not in KEPT], **options)

    def execute_sql_flush(self: Any, statements: list[str]) -> None:
        for attempt in range(FLUSHES):
            try:
                execute(self, ["RESET ROLE", *statements, "SET ROLE sangkroh_app"])
                break
            except (
                OperationalError
            ) as error:  # a live server's last request, or autovacuum, held a table in another order
                if attempt == FLUSHES - 1 or not isinstance(error.__cause__, psycopg2.errors.DeadlockDetected):
                    raise
                time.sleep(0.5)

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]
    DatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]
    # After every flush Django looks whether each model has its type and permissions: these tables are kept, none is missing.
    assert post_migrate.disconnect(create_contenttypes)
    assert post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
