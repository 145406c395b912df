"""The table of steps: one `Workflow` per status field. A bad table fails at import."""

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured

Guard = Callable[[Any, Any], None]


@dataclasses.dataclass(frozen=True)
class Ask:
    """One answer a step asks for: a field of the object, or a word the service understands.

    `kind` is text, words (of several lines), choice, several, date, moment, number, amount (of riel) or yes_no; `choices` a list of (value, label) or a function of the object
    that returns one. `under` names an earlier choice and its value: only then it is asked.
    """

    name: str
    kind: str = "text"
    required: bool = False
    label: Any = ""
    hint: Any = ""
    choices: Any = ()
    under: tuple[str, str] = ("", "")


@dataclasses.dataclass(frozen=True)
class Step:
    """From any of `sources` to `target` (None: the status stays), for whoever holds `permission`.

    `guard(obj, by)` raises Conflict or PermissionDenied with words that say what to do. `aside`: never the usual next step.
    `decides` names the steps whose proposal it decides as the second person; `refuses`: it says no.
    """

    name: str
    sources: tuple[str, ...]
    target: str | None
    permission: str
    label: Any
    asks: tuple[Ask, ...] = ()
    guard: Guard | None = None
    two_people: bool = False
    note_required: bool = False
    done: Any = ""
    aside: bool = False
    decides: tuple[str, ...] = ()
    refuses: bool = False


@dataclasses.dataclass(frozen=True)
class Workflow:
    """All steps of one status field; `initial` are the states a row may be born in, `since` the column of the moment its
    life begins: no step lies before it."""

    name: str
    model: str
    field: str
    states: Iterable[str]
    initial: tuple[str, ...]
    steps: tuple[Step, ...]
    since: str = ""
    _by_name: dict[str, list[Step]] = dataclasses.field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        states, seen = set(self.states), set()
        for step in self.steps:
            for source in step.sources:
                if (step.name, source) in seen:
                    raise ImproperlyConfigured(f"{self.name}: step {step.name} stands twice from {source}")
                seen.add((step.name, source))
            if not set(step.sources) <= states or (step.target or step.sources[0]) not in states:
                raise ImproperlyConfigured(f"{self.name}: step {step.name} names an unknown state")
            self._by_name.setdefault(step.name, []).append(step)
        self._refuse_unreachable(states)
        REGISTRY[self.name] = self

    def _refuse_unreachable(self, states: set[str]) -> None:
        reached, grown = set(self.initial), True
        while grown:
            more = {s.target for s in self.steps if s.target and reached & set(s.sources)} - reached
            reached, grown = reached | more, bool(more)
        if states - reached:
            raise ImproperlyConfigured(f"{self.name}: nothing leads to {sorted(states - reached)}")

    def named(self, name: str) -> list[Step]:
        """Return the steps of a name (one name may leave from different states to different targets)."""
        return self._by_name.get(name, [])

    def from_state(self, state: str) -> list[Step]:
        """Return the steps that leave a state, in the table's order: the usual next one first."""
        return [step for step in self.steps if state in step.sources]

    def pairs(self) -> set[tuple[str, str]]:
        """Return every allowed (source, target); '' as source marks a state a row may be born in."""
        moves = {(source, step.target) for step in self.steps if step.target for source in step.sources}
        return {("", state) for state in self.initial} | moves


REGISTRY: dict[str, Workflow] = {}
