"""A bad table of steps fails at import."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from workflow.table import REGISTRY, Step, Workflow


def table(*steps: Step, states: tuple[str, ...] = ("new", "done"), initial: tuple[str, ...] = ("new",)) -> Workflow:
    return Workflow("trial", "trial.Trial", "status", states, initial, steps)


@pytest.fixture(autouse=True)
def forget() -> Any:
    yield
    REGISTRY.pop("trial", None)


FINISH = Step("finish", ("new",), "done", "trial.finish", "Finish")


def test_a_good_table_says_its_moves() -> None:
    assert table(FINISH).pairs() == {("", "new"), ("new", "done")}


@pytest.mark.parametrize(
    ("steps", "states", "words"),
    [
        ((FINISH, FINISH), ("new", "done"), "stands twice"),
        ((FINISH,), ("new", "done", "lost"), "nothing leads to"),
        ((), ("new", "done"), "nothing leads to"),
        ((FINISH, Step("x", ("gone",), "done", "p", "X")), ("new", "done"), "unknown state"),
        ((FINISH, Step("x", ("new",), "gone", "p", "X")), ("new", "done"), "unknown state"),
        ((Step("x", ("done",), "done", "p", "X"),), ("new", "done"), "nothing leads to"),
    ],
)
def test_a_bad_table_is_refused(steps: tuple[Step, ...], states: tuple[str, ...], words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words):
        table(*steps, states=states)


def test_one_name_may_leave_from_several_states_to_several() -> None:
    again = Step("move", ("new",), "done", "p", "Move"), Step("move", ("done",), "new", "p", "Move")
    assert [step.target for step in table(*again).named("move")] == ["done", "new"]
