"""How every other command finds what `manage.py up` runs: no address, password or key has to be typed."""

from collections.abc import MutableMapping

from config.embedded.accounts import servants
from config.embedded.state import State

NOTHING_RUNS = "nothing is running here: make run"


def find(environ: MutableMapping[str, str]) -> bool:
    """Add the running servers and keys to the environment where it names none; say whether there is a database."""
    state = State.of(environ, servants())
    if "DATABASE_URL" in environ:
        return True
    running = state.running()
    if running is None:
        return False
    for name, value in running["environ"].items():
        environ.setdefault(name, value)
    return True
