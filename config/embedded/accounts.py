"""As whom the embedded servers run: PostgreSQL refuses root, so root hands it to a user without rights."""

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.embedded.words import Refusal


@dataclass(frozen=True)
class Account:
    """A user of this machine."""

    name: str
    uid: int
    gid: int


def servants() -> Account | None:
    """Return the account for the servers when we are root; None when they run as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise Refusal("PostgreSQL does not run as root and there is no user nobody here: run this as an ordinary user.")


def become(account: Account | None) -> dict[str, Any]:
    """Return the arguments with which subprocess starts a programme as this account."""
    return {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}


def owner_of(path: Path) -> Account:
    """Return who owns a path, so that data of an earlier start keep their user."""
    found = path.stat()
    return Account(pwd.getpwuid(found.st_uid).pw_name, found.st_uid, found.st_gid)


def reaches(account: Account, path: Path) -> bool:
    """Say whether an account may walk down to a directory (what does not exist yet is left out)."""
    return all(_enters(account, part.stat()) for part in (path, *path.parents) if part.exists())


def hand_over(path: Path, account: Account | None) -> Path:
    """Make a directory that only the account enters; return it."""
    path.mkdir(mode=0o700, exist_ok=True)
    if account and path.stat().st_uid != account.uid:
        os.chown(path, account.uid, account.gid)
    return path


def within_reach(program: Path, account: Account | None, into: Path, *beside: Path) -> Path:
    """Return the program's directory, copied with what lies beside it when the account cannot reach it."""
    if account is None or reaches(account, program):
        return program
    for source in (program, *beside):
        target = into / source.name
        if not target.exists():
            part = into / f"{source.name}.part"
            shutil.rmtree(part, ignore_errors=True)
            shutil.copytree(source, part, symlinks=True, ignore=shutil.ignore_patterns("include", "__pycache__"))
            part.replace(target)
    return into / program.name


def _enters(account: Account, found: os.stat_result) -> bool:
    if not stat.S_ISDIR(found.st_mode):
        return True
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)
