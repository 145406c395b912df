"""The state directory: the data of the embedded servers, keys, passwords, and what is running now."""

import base64
import fcntl
import hashlib
import json
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.embedded.accounts import Account, reaches
from config.embedded.words import Refusal

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PURPOSES = (
    "reporter",
    "draft",
    "contact",
    "place",
    "phone",
    "second_factor",
    "reach",
    "push",
    "reading",
    "receipt",
    "export",
)
PASSWORDS = ("superuser", "owner", "app", "intake", "broker", "secret_key")
WAIT_FOR_LAST_RUN = 20.0
LONGEST_LOG = 10_000_000


@dataclass(frozen=True)
class State:
    """One state directory. Two of them can run side by side."""

    path: Path

    @classmethod
    def of(cls, environ: Mapping[str, str], account: Account | None) -> "State":
        """Return SANGKROH_STATE, else ./var, else /var/lib where the servers' account cannot reach ./var."""
        named = environ.get("SANGKROH_STATE")
        if named:
            return cls(Path(named).expanduser().absolute())
        local = CHECKOUT / "var"
        if account is None or reaches(account, CHECKOUT):
            return cls(local)
        return cls(Path("/var/lib") / f"sangkroh-{hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:10]}")

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def logs(self) -> Path:
        return self.path / "log"

    def prepare(self, account: Account | None) -> None:
        """Make the directory, its keys and passwords; nothing that is there is changed."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.path.chmod(0o711 if account else 0o700)
            for folder in (self.keys, self.logs):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise Refusal(
                f"The state directory {self.path} cannot be written ({error.strerror}): choose another with SANGKROH_STATE=/some/directory."
            ) from error
        if account and not reaches(account, self.path):
            raise Refusal(
                f"The user {account.name}, as whom PostgreSQL runs, cannot reach {self.path}: choose a directory"
                " that others may enter with SANGKROH_STATE=/some/directory."
            )
        for log in self.logs.glob("*.log"):
            if log.stat().st_size > LONGEST_LOG:
                log.replace(log.with_suffix(".old"))
        for purpose in PURPOSES:
            _write_once(self.keys / f"{purpose}.key", base64.b64encode(secrets.token_bytes(32)).decode())
        self._complete_secrets()

    def _complete_secrets(self) -> None:
        """Make the passwords that are not there yet; a state of before may lack one."""
        path, fresh = self.path / "secrets.json", self.path / "secrets.json.new"
        known = self.secrets() if path.exists() else {}
        if missing := [name for name in PASSWORDS if name not in known]:
            fresh.unlink(missing_ok=True)
            _write_once(fresh, json.dumps({**known, **{name: secrets.token_urlsafe(32) for name in missing}}))
            fresh.replace(path)

    def secrets(self) -> dict[str, str]:
        """Return the passwords of the embedded servers and the secret key."""
        read: dict[str, str] = json.loads((self.path / "secrets.json").read_text())
        return read

    def lock(self) -> int:
        """Take the directory for this process and the servers it starts; return the descriptor they inherit."""
        descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        until = time.monotonic() + WAIT_FOR_LAST_RUN
        while not _locked(descriptor):
            running = self.running()
            if running or time.monotonic() > until:
                os.close(descriptor)
                where = f" by process {running['pid']}, at {running['address']}" if running else ""
                raise Refusal(
                    f"The state directory {self.path} is in use{where}: stop that first, or start a second one beside it"
                    " with SANGKROH_STATE=/another/directory PORT=8001 make run."
                )
            time.sleep(0.1)  # the servers of a killed run are still ending
        return descriptor

    def announce(self, running: dict[str, Any]) -> None:
        """Write down what is running, for every other command (mode 600: it names passwords)."""
        fresh = self.path / "running.json.new"
        fresh.unlink(missing_ok=True)
        _write_once(fresh, json.dumps({**running, "pid": os.getpid(), "started": _started(os.getpid())}, indent=1))
        fresh.replace(self.path / "running.json")

    def forget(self) -> None:
        """Say that nothing runs here any more."""
        (self.path / "running.json").unlink(missing_ok=True)

    def running(self) -> dict[str, Any] | None:
        """Return what runs here; None when nothing does, or when it belongs to another user."""
        try:
            told: dict[str, Any] = json.loads((self.path / "running.json").read_text())
        except (OSError, ValueError):
            return None
        return told if told["started"] == _started(told["pid"]) else None


def _write_once(path: Path, text: str) -> None:
    if path.exists():
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _started(pid: int) -> str | None:
    """When a process that still runs started, in ticks since boot: a number that a reused process id does not share."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]
