"""Look at everything this system stands on, and say what is wrong with a way out."""

import os
import shutil
import smtplib
from collections.abc import Callable
from typing import Any

import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from config import health, serving
from config.embedded.discovery import NOTHING_RUNS
from config.embedded.state import PURPOSES
from core.sealed import key_for

LEAST_DISK = 1_000_000_000
Check = Callable[[], str]


class Command(BaseCommand):
    help = "Check database, roles, migrations, places, broker, keys, mail, numbers to call and disk; the exit code is 1 when one is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        if "DATABASE_URL" not in os.environ:
            raise CommandError(NOTHING_RUNS)
        wrong = 0
        for name, check in CHECKS.items():
            try:
                said = check()
            except (DatabaseError, redis.RedisError, ImproperlyConfigured, OSError, smtplib.SMTPException) as error:
                said = str(error).strip().partition("\n")[0] or type(error).__name__
            wrong += bool(said)
            self.stdout.write(f"{'wrong' if said else 'good ':5}  {name}" + (f": {said}" if said else ""))
        if wrong:
            raise CommandError(f"{wrong} of {len(CHECKS)} are wrong.")


def database() -> str:
    """PostgreSQL 15 or later that knows Khmer letters as text."""
    if not health.database_answers():
        return "the database was not made with UTF-8 characters (C.UTF-8): make it anew, docs/install.md says how"
    version = connection.cursor().connection.server_version
    return "" if version >= 150_000 else f"PostgreSQL {version // 10_000} is too old: 15 or later"


def role() -> str:
    """The serving processes' role cannot change the audit."""
    with connection.cursor() as cursor:
        cursor.execute(serving.TOO_MIGHTY)
        return "" if cursor.fetchone() == (False,) else serving.WORDS


def migrations() -> str:
    """No migration is missing."""
    return "" if health.migrations_are_in() else "some are missing: manage.py migrate"


def places() -> str:
    """The gazetteer is loaded."""
    return "" if health.places_are_in() else "none are loaded: manage.py load_places"


def broker() -> str:
    """The broker takes commands and never throws a message away."""
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as link:
        said = {name: link.config_get(name).get(name) for name in ("maxmemory-policy", "appendonly")}
    meant = {"maxmemory-policy": "noeviction", "appendonly": "yes"}
    return ", ".join(f"set {name} to {value}" for name, value in meant.items() if said[name] != value)


def keys() -> str:
    """Every key is there, and no two are the same."""
    found = [key_for(purpose) for purpose in PURPOSES]
    return "" if len(set(found)) == len(found) else "two keys are the same: each purpose has one of its own"


def mail() -> str:
    """The mail server takes a connection."""
    with get_connection():
        return ""


def numbers() -> str:
    """The public form says whom to call from abroad."""
    return serving.numbers_missing()


def disk() -> str:
    """There is room for a day's work."""
    free = shutil.disk_usage(settings.STATE_DIR if settings.STATE_DIR.exists() else settings.BASE_DIR).free
    return "" if free > LEAST_DISK else f"only {free // 1_000_000} MB are free"


def demonstration() -> str:
    """A deployment does not run as a demonstration."""
    in_service = os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith("production")
    return "DEMO=1 relaxes the second factor: unset it" if in_service and settings.DEMO else ""


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (database, role, migrations, places, broker, keys, mail, numbers, disk, demonstration)
}
