"""What became of one attempt to send a notice, by whatever channel."""

from dataclasses import dataclass

from notifications.models import Problem, State


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt: sent, pending (try again), failed or uncertain, and why."""

    state: State
    problem: Problem = Problem.NONE
