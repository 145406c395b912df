"""One child process: in a session of its own, so that a Ctrl-C reaches only the supervisor, and never an orphan."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded.accounts import Account, become

_PR_SET_PDEATHSIG = 1
_prctl = ctypes.CDLL(None, use_errno=True).prctl
FIRST_PAUSE, LONGEST_PAUSE, STEADY_AFTER = 0.5, 30.0, 60.0


def follow_parent(number: signal.Signals, parent: int) -> None:
    """Ask the kernel for a signal when the parent dies; leave at once if it is gone already."""
    _prctl(_PR_SET_PDEATHSIG, int(number))
    if os.getppid() != parent:
        os._exit(0)


def before_exec(number: signal.Signals) -> Callable[[], None]:
    """Return what a child does between fork and exec, after its change of user (which would clear the request): imports nothing."""
    parent = os.getpid()

    def run() -> None:
        follow_parent(number, parent)

    return run


@dataclass
class Child:
    """A programme to keep running, how to stop it, and what it is called in messages."""

    name: str
    command: Sequence[str]
    environ: dict[str, str]
    folder: Path
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGTERM
    patience: float = 15.0
    holds_data: bool = False
    log: Path | None = None
    keeps: Sequence[int] = ()
    ready: Callable[[], bool] | None = None
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    pause: float = field(default=FIRST_PAUSE, init=False)
    started_at: float = field(default=0.0, init=False)
    due_at: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Start the programme; its output goes to its log, or to ours."""
        output = self.log.open("ab") if self.log else None
        try:
            self.process = subprocess.Popen(
                self.command,
                env=self.environ,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                start_new_session=True,
                pass_fds=self.keeps,
                **become(self.account),
                preexec_fn=before_exec(self.death_signal),
            )
        finally:
            if output:
                output.close()
        self.started_at = time.monotonic()

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None

    def ended(self) -> int | None:
        """Return the exit code once the programme has ended."""
        return self.process.poll() if self.process else None

    def plan_restart(self) -> float:
        """Note when to start again, later each time unless it ran well before; return the pause in seconds."""
        if time.monotonic() - self.started_at > STEADY_AFTER:
            self.pause = FIRST_PAUSE
        pause, self.pause = self.pause, min(self.pause * 2, LONGEST_PAUSE)
        self.sweep()
        self.due_at = time.monotonic() + pause
        return pause

    def ask_to_stop(self) -> None:
        """Send the signal that lets it end in order."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def sweep(self) -> None:
        """End what is left of its group, at once."""
        if self.process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def last_words(self, lines: int = 8) -> str:
        """Return the end of its log, for a message."""
        if not self.log or not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
