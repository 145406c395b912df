"""A flood of codes holds no more threads of a process than it may: the form can still be sent."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Thread

import pytest
from django.test import override_settings

from complaints.channels.public import pace
from complaints.channels.public.pace import AT_ONCE, Busy, paced
from config.gunicorn import threads


@pytest.fixture
def turns_taken() -> Iterator[ExitStack]:
    with override_settings(PUBLIC_PACE=0.0), ExitStack() as taken:
        for _ in range(AT_ONCE):
            taken.enter_context(paced())
        yield taken


def test_one_waits_for_a_turn_and_the_next_is_asked_to_come_back_at_once(turns_taken: ExitStack) -> None:
    came: list[str] = []

    def wait() -> None:
        with paced():
            came.append("in")

    waits = Thread(target=wait)
    waits.start()
    while pace._line._value:  # until the other one stands in the line
        time.sleep(0.01)
    began = time.monotonic()
    with pytest.raises(Busy), paced():
        came.append("never")
    assert time.monotonic() - began < pace.PATIENCE / 2
    turns_taken.close()
    waits.join(pace.PATIENCE)
    assert came == ["in"]


def test_a_thread_is_left_for_the_form() -> None:
    assert threads > AT_ONCE + pace.IN_LINE


def test_who_got_no_turn_leaves_the_line(turns_taken: ExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "PATIENCE", 0.01)
    for _ in range(3):
        with pytest.raises(Busy), paced():
            pass
    turns_taken.close()
    with paced():
        pass
