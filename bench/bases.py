"""A database for each size, cloned from the migrated one and filled; and one's own connection moved onto it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg2
from django.db import connection

from bench.serving import Server

SIZES = [int(size) for size in os.environ.get("SIZES", "10000 100000 1000000").split()]
URLS = ("DATABASE_URL", "DATABASE_OWNER_URL")


@dataclass
class Base:
    """A database of a size, and a gunicorn that serves it."""

    size: int
    environ: dict[str, str]
    server: Server

    @property
    def name(self) -> str:
        """Return the database's name."""
        return urlsplit(self.environ["DATABASE_URL"]).path[1:]


def of(url: str, name: str) -> str:
    """Return the address of another database on the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def database(name: str) -> dict[str, str]:
    """Make a database like the migrated one; return the environment that names it."""
    owner = os.environ["DATABASE_OWNER_URL"]
    link = psycopg2.connect(of(owner, "postgres"))
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{urlsplit(owner).path[1:]}"')
    link.close()
    return {url: of(os.environ[url], name) for url in URLS}


def clone(size: int, generator: str = "bench.generate") -> dict[str, str]:
    """Make a database of a size, filled by a generator; return the environment that names it."""
    environ = database(f"{generator.replace('.', '_')}_{size}")
    subprocess.run([sys.executable, "-m", generator, str(size)], env={**os.environ, **environ}, check=True)
    return environ


@contextmanager
def bases() -> Iterator[list[Base]]:
    """Make a database of each size and serve it; the sessions made before are in each."""
    connection.close()
    environs = {size: clone(size) for size in sorted(SIZES)}
    made: list[Base] = []
    try:
        made += [Base(size, environ, Server(environ)) for size, environ in environs.items()]
        yield made
    finally:
        for base in made:
            base.server.end()


@contextmanager
def on(base: Base) -> Iterator[None]:
    """Use a base in this process."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = base.name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
