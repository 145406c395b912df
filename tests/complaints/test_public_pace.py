"""A flood of codes holds no more threads of a process than it may: the form can still be sent."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Thread

import pytest
from django.test import Client, override_settings

from complaints.channels.public import pace
from complaints.channels.public.pace import AT_ONCE, Busy, paced
from complaints.models import PublicMessage
from config.gunicorn import threads
from tests.complaints.test_public_messages import follow, other_code, reported


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


@pytest.mark.django_db
def test_what_is_written_in_a_flood_of_codes_is_kept_and_the_answer_tells_nothing(
    turns_taken: ExitStack, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "PATIENCE", 0.01)
    code, _contact = reported()
    pages = []
    for digits in (code, other_code()):
        page = follow(client, digits, go="message", message="They move us tonight", money="The captain wants 500")
        pages.append(page.replace(digits, ""))
        assert "We have it if the code is right" in page
        assert "They move us tonight" not in page
        assert "The captain wants 500" in page
    assert pages[0] == pages[1]
    follow(client, code, go="money", money="The captain wants 500")
    assert sorted(row.kind for row in PublicMessage.objects.all()) == ["message", "money"]
    assert "Wait a minute, then press again" in follow(client, code)


def test_keeping_takes_as_long_with_a_wrong_code() -> None:
    began = time.monotonic()
    with pace.steady():
        pass
    assert time.monotonic() - began >= pace.KEEPING
