"""`make run`, as a person meets it: it comes up, says where it is, is found by other commands, and ends."""

import json
import os
import signal

import pytest

from tests.platform.stack import Stack, alive, wait_until

pytestmark = pytest.mark.live


# With the demonstration, which tests/demo builds in the gate, it takes two minutes more.
@pytest.mark.parametrize("demo", [False, pytest.param(True, marks=pytest.mark.long)], ids=["empty", "demonstration"])
def test_it_comes_up_is_found_heals_refuses_a_twin_ends_and_starts_again_with_its_data(
    stack: Stack, demo: bool
) -> None:
    stack.more["DEMO"] = str(int(demo))
    stack.start()
    status, body = stack.get("/health/ready")
    assert (status, json.loads(body).get("demo", False)) == (200, demo)
    assert stack.get("/health/live")[0] == 200
    _a_caller_is_kept(stack)
    counted = _kept(stack)
    assert (counted[0] > 0, counted[1]) == (demo, 1)

    _a_killed_web_server_comes_back(stack)
    _a_twin_is_refused(stack)

    family = stack.family()
    said = stack.stop(signal.SIGINT)
    assert stack.process.returncode == 0, said
    assert f"Sangkroh is ready: {stack.url}" in said
    assert ("sangkroh-demo" in said) is demo
    assert alive(family) == set()
    assert "nothing is running here: make run" in stack.manage("showmigrations").stderr

    stack.start()
    assert _kept(stack) == counted


def _said(stack: Stack, words: str) -> str:
    done = stack.manage("shell", "--verbosity=0", "--command", words)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _a_caller_is_kept(stack: Stack) -> None:
    _said(
        stack, "from accounts.models import User; User.objects.create(username='caller', name='Caller', role='intake')"
    )


def _kept(stack: Stack) -> list[int]:
    """How many complaints there are, and how many of the one account made here."""
    words = "from complaints.models import Complaint; from accounts.models import User"
    counts = "print(Complaint.objects.count(), User.objects.filter(username='caller').count())"
    return [int(one) for one in _said(stack, f"{words}; {counts}").split()]


def _a_killed_web_server_comes_back(stack: Stack) -> None:
    before = stack.pid("web")
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: stack.pid("web") != before and stack.ready(), 30, "web again")


def _a_twin_is_refused(stack: Stack) -> None:
    same_port = Stack(stack.state.with_name("other"), stack.port).refused()
    assert f"PORT={stack.port + 1} make run" in same_port
    same_state = Stack(stack.state).refused()
    assert "is in use" in same_state
    assert stack.url in same_state
