"""`make run`, as a person meets it: it comes up, says where it is, is found by other commands, and ends."""

import json
import os
import signal

import pytest

from tests.platform.stack import Stack, alive, wait_until

pytestmark = pytest.mark.live


def test_it_comes_up_is_found_heals_refuses_a_twin_ends_and_starts_again_with_its_data(stack: Stack) -> None:
    stack.start()
    status, body = stack.get("/health/ready")
    assert (status, json.loads(body)["demo"]) == (200, True)
    assert stack.get("/health/live")[0] == 200
    counted = _complaints(stack)
    assert int(counted) > 0

    _a_killed_web_server_comes_back(stack)
    _a_twin_is_refused(stack)

    family = stack.family()
    said = stack.stop(signal.SIGINT)
    assert stack.process.returncode == 0, said
    assert f"Sangkroh is ready: {stack.url}" in said
    assert "sangkroh-demo" in said
    assert alive(family) == set()
    assert "nothing is running here: make run" in stack.manage("showmigrations").stderr

    stack.start()
    assert _complaints(stack) == counted


def _complaints(stack: Stack) -> str:
    words = "from complaints.models import Complaint; print(Complaint.objects.count())"
    done = stack.manage("shell", "--verbosity=0", "--command", words)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


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
