"""The supervisor: starts everything in order, keeps it running, stops it in the opposite order."""

import os
import selectors
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from config.embedded.process import Child
from config.embedded.words import Refusal


class Stopped(Exception):
    """Somebody asked the supervisor to end."""


class Supervisor:
    """Children in the order of their start. Only this process gets the terminal's signals."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.stopping = False
        self.hurry = False
        self.changed: Callable[[], None] = lambda: None
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)
        self._wakes = selectors.DefaultSelector()
        self._wakes.register(reading, selectors.EVENT_READ)
        self._reading = reading
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)

    def say(self, text: str) -> None:
        """Print a line; a terminal that has gone away is no reason to stop in the middle."""
        with suppress(OSError, ValueError):
            sys.stdout.write(text + "\n")
            sys.stdout.flush()

    def start(self, child: Child, *, patience: float = 60.0) -> None:
        """Start a child that stays, and wait until it is ready."""
        child.start()
        self.children.append(child)
        until = time.monotonic() + patience
        while child.ready and not child.ready():
            if child.ended() is not None:
                raise Refusal(f"{child.name} ended while it started:\n{child.last_words()}")
            if time.monotonic() > until:
                raise Refusal(f"{child.name} did not answer within {patience:.0f} seconds:\n{child.last_words()}")
            self.pause(0.05)
        self.changed()

    def run_to_the_end(self, child: Child) -> int:
        """Run a child that ends by itself; return its exit code."""
        child.start()
        self.children.append(child)
        while (code := child.ended()) is None:
            self.pause(0.5)
        self.children.remove(child)
        child.sweep()
        return code

    def keep_running(self, until: Callable[[], bool] = lambda: False) -> None:
        """Watch the children; start again what has ended; return when `until` says so."""
        while not until():
            for child in self.children:
                self._look_after(child)
            self.pause(0.5)

    def stop_all(self) -> None:
        """Stop the children, last started first; a second signal does not wait for those that hold no data."""
        while self.children:
            child = self.children.pop()
            child.ask_to_stop()
            until = time.monotonic() + child.patience
            while child.ended() is None and time.monotonic() < until:
                self._sleep(0.2)
                if self.hurry and not child.holds_data:
                    break
            child.sweep()

    def pause(self, seconds: float) -> None:
        """Wait for a signal or the time; raise Stopped once the supervisor was asked to end."""
        self._sleep(seconds)
        if self.stopping:
            raise Stopped

    def _sleep(self, seconds: float) -> None:
        self._wakes.select(seconds)
        with suppress(BlockingIOError):
            os.read(self._reading, 512)

    def _look_after(self, child: Child) -> None:
        code = child.ended()
        if code is not None:
            pause = child.plan_restart()
            self.say(f"{child.name} ended ({_how(code)}); starting it again in {pause:.0f} s. {child.last_words(3)}")
        elif child.process is None and time.monotonic() >= child.due_at:
            child.start()
            self.changed()

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.hurry = self.stopping
        self.stopping = True


def _how(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
