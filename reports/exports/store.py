"""Where the files of exports lie: a private directory, each file under its own passphrase, nothing half written in sight."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

WORK = "work"


def folder() -> Path:
    """Return the directory, made for our eyes alone."""
    path = Path(settings.EXPORTS_DIR)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def file_of(pk: Any) -> Path:
    """Return where the file of an export lies once it is ready."""
    return folder() / f"{pk}.zip"


def keys_of(pk: Any) -> Path:
    """Return where the keys of the rows in the file lie: what is asked again before it is handed over."""
    return folder() / f"{pk}.keys"


@contextmanager
def working(pk: Any, token: UUID) -> Iterator[Path]:
    """Make the directory in which one attempt writes, and take it away; another attempt has another one."""
    path = folder() / WORK / f"{pk}.{token}"
    path.mkdir(mode=0o700, parents=True)
    try:
        yield path
    finally:
        drop(path)


def sync(path: Path) -> None:
    """See that a file is on the disk before it gets its name."""
    with path.open("rb") as written:
        os.fsync(written.fileno())


def keep(made: Path, keys: Path, pk: Any) -> None:
    """Give a finished file and its keys their names, each at once."""
    for path in (made, keys):
        sync(path)
    keys.replace(keys_of(pk))
    made.replace(file_of(pk))


def forget(pk: Any) -> None:
    """Take the file of an export away."""
    for path in (file_of(pk), keys_of(pk)):
        path.unlink(missing_ok=True)


def drop(work: Path) -> None:
    """Take what an attempt wrote away."""
    shutil.rmtree(work, ignore_errors=True)


def batches(pk: Any, size: int = 10_000) -> Iterator[list[str]]:
    """Give the keys of the rows in a file, so many at a time."""
    with keys_of(pk).open() as lines:
        keys = (line.strip() for line in lines)
        while found := list(islice(keys, size)):
            yield found


def sweep(at_work: Callable[[], tuple[set[str], set[str]]]) -> None:
    """Take away every file of no export, and what attempts left that nobody is at.

    What lies there is listed first and `at_work` (exports; attempts) asked afterwards: what begins meanwhile stays.
    """
    files = [path for path in folder().iterdir() if path.suffix in (".zip", ".keys")]
    attempts = list((folder() / WORK).iterdir()) if (folder() / WORK).is_dir() else []
    exports, tokens = at_work()
    for path in files:
        if path.stem not in exports:
            path.unlink(missing_ok=True)
    for path in attempts:
        if path.name not in tokens:
            drop(path)
