"""What runs beside the servers: the steps that prepare the database, then web, worker and beat."""

import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from config.embedded.process import Child
from config.embedded.state import CHECKOUT

OWNERS_ALONE = "DATABASE_OWNER_URL"


def command(environ: Mapping[str, str], *words: str) -> Child:
    """A management command that ends by itself; it may act as the owner of the tables."""
    return Child(words[0], [sys.executable, "manage.py", *words], dict(environ), CHECKOUT)


def web(environ: Mapping[str, str], server: int) -> Child:
    """The pages and the API, on a socket that stays open while they restart."""
    words = ["gunicorn", "--config", "config/gunicorn.py", "--bind", f"fd://{server}", "config.wsgi"]
    return _serving("web", environ, words, keeps=(server,))


def worker(environ: Mapping[str, str], logs: Path) -> Child:
    """What delivers notifications; a second signal (on a kill of the supervisor) does not wait for tasks."""
    number = environ.get("SANGKROH_WORKERS", "2")
    words = ["celery", "--quiet", "-A", "config", "worker", "--loglevel", "WARNING", "--concurrency", number]
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return _serving("worker", environ, [*words, *alone], patience=30.0, log=logs / "worker.log")


def beat(environ: Mapping[str, str], logs: Path, schedule: Path) -> Child:
    """What rings at fixed times."""
    words = [
        "celery",
        "--quiet",
        "-A",
        "config",
        "beat",
        "--loglevel",
        "WARNING",
        "--schedule",
        str(schedule),
        "--pidfile=",
    ]
    return _serving("beat", environ, words, log=logs / "beat.log")


def _serving(
    name: str,
    environ: Mapping[str, str],
    words: list[str],
    *,
    keeps: tuple[int, ...] = (),
    patience: float = 15.0,
    log: Path | None = None,
) -> Child:
    own = {key: value for key, value in environ.items() if key != OWNERS_ALONE}
    return Child(
        name,
        [sys.executable, "-m", *words],
        own,
        CHECKOUT,
        death_signal=signal.SIGQUIT if name == "worker" else signal.SIGTERM,
        patience=patience,
        log=log,
        keeps=keeps,
    )
