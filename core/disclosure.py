"""Small numbers of people in tables: which cells are hidden, and which others so that none can be worked out.

A cell of 1 to k - 1 is hidden. Others are hidden beside it (secondary suppression) until whatever a reader can work out
from all that is shown leaves each such cell a range at least k wide: neither it nor that it is small can be told. The
proof is built in: a cell is safe once the numbers in hidden cells can be moved about, with every shown number as it is,
far enough to change it by k in all. What a reader could work out is wider than what these moves reach, never narrower.

Zero is shown: it describes nobody. It is hidden where showing it would give a neighbour away. All hidden cells have one
mark: who could tell the small ones from those hidden for their sake could work out more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import inf

from django.conf import settings

Node = frozenset[tuple[str, str]]  # a cell or a margin: the values of its dimensions; a margin has not all of them
MARGIN_COSTS = 40.0  # a hidden total costs its readers as much as so many hidden cells
CARRIERS = 4  # how many values of a dimension are tried to carry a move of a margin


def nothing(_node: Node) -> bool:
    """Say that no number is published for its own sake."""
    return False


@dataclass(frozen=True)
class Table:
    """Counts over one to three dimensions. A combination that is not there counts none.

    `of` names what is counted: tables of one thing share their margins, and are hidden in one way.
    """

    name: str
    dims: tuple[str, ...]
    cells: Mapping[tuple[str, ...], int]
    of: str = ""

    @cached_property
    def values(self) -> dict[str, list[str]]:
        """Return the values of each dimension, as they first appear."""
        return {dim: list(dict.fromkeys(at[n] for at in self.cells)) for n, dim in enumerate(self.dims)}

    @cached_property
    def nodes(self) -> dict[Node, int]:
        """Return every cell and every margin with its number."""
        found = {self.node(*at): 0 for at in product(*([*self.values[dim], None] for dim in self.dims))}
        for at, n in self.cells.items():
            for kept in product((True, False), repeat=len(at)):
                found[self.node(*(value if keep else None for value, keep in zip(at, kept, strict=True)))] += n
        return found

    def node(self, *at: str | None) -> Node:
        """Return the cell at these values; None stands for the total over a dimension."""
        return frozenset((dim, value) for dim, value in zip(self.dims, at, strict=True) if value is not None)


@dataclass(frozen=True)
class Protected:
    """A table with what of it is hidden. `tight`: hidden, and yet held narrow by numbers that are published for themselves."""

    table: Table
    hidden: frozenset[Node]
    tight: frozenset[Node] = frozenset()

    def shown(self, *at: str | None) -> int | None:
        """Return the number at these values (None: the total over a dimension); None where it is hidden."""
        node = self.table.node(*at)
        return None if node in self.hidden else self.table.nodes.get(node, 0)


@dataclass(frozen=True)
class Move:
    """A way to move numbers about: `more` grow by as much as `less` shrink, and nothing else changes."""

    more: frozenset[Node]
    less: frozenset[Node]

    def room(self, up: Mapping[Node, int], down: Mapping[Node, int]) -> tuple[float, float]:
        """Return how far it can be made, and how far backwards, until a number would be less than none."""
        return min((up[n] for n in self.less), default=inf), min((down[n] for n in self.more), default=inf)


class Group:
    """Tables of one thing, hidden in one way."""

    def __init__(self, tables: list[Table], k: int, exact: Callable[[Node], bool]) -> None:
        self.tables, self.k, self.exact = tables, k, exact
        self.numbers: dict[Node, int] = {}
        for table in tables:
            for node, n in table.nodes.items():
                if self.numbers.setdefault(node, n) != n:
                    raise ValueError(f"{table.name} has another number at {sorted(node)} than a table beside it")
        self.hidden = {node for node, n in self.numbers.items() if 0 < n < k and not exact(node)}
        self.tight: set[Node] = set()

    def hide(self) -> None:
        """Hide what has to be hidden beside the small cells, the smallest cells first."""
        for node in sorted(self.hidden, key=lambda node: (self.numbers[node], sorted(node))):
            if not self.guarded(node):
                self.tight.add(node)

    def guarded(self, node: Node) -> bool:
        """Hide others until `node` is safe; False where numbers published for themselves do not let it be."""
        up, down, reach = dict(self.numbers), dict(self.numbers), 0.0
        for move in self.in_order(node):
            reach += self._made(move, up, down)
            if reach >= self.k:
                return True
        return False

    def _made(self, move: Move, up: dict[Node, int], down: dict[Node, int]) -> float:
        """Make a move as far as it goes, both ways; return how much it widens the range."""
        grown, shrunk = move.room(up, down)
        if grown + shrunk == 0:
            return 0.0
        self.hidden |= move.more | move.less
        if grown == inf:
            return inf
        for sign, side in ((1, move.more), (-1, move.less)):
            for node in side:
                up[node] += sign * int(grown)
                down[node] -= sign * int(shrunk)
        return grown + shrunk

    def in_order(self, node: Node) -> list[Move]:
        """Return the moves that change a cell, those first that hide least for what they give."""
        found: list[tuple[float, float, int, Move]] = []
        for move in self.moves(node):
            gain = min(float(self.k), sum(move.room(self.numbers, self.numbers)))
            if gain:
                found.append((self.cost(move) / gain, -gain, len(found), move))
        return [move for *_rank, move in sorted(found, key=lambda one: one[:3])]

    def cost(self, move: Move) -> float:
        """Return what is lost by hiding what a move needs hidden."""
        return sum(self._costs(node) for node in (move.more | move.less) - self.hidden)

    def _costs(self, node: Node) -> float:
        dims = max(len(table.dims) for table in self.tables if node in table.nodes)
        return float(MARGIN_COSTS ** (dims - len(node))) * (1 + self.numbers[node] / (5 * self.k))

    def moves(self, node: Node) -> Iterator[Move]:
        """Return every move that changes a cell and leaves alone what is published for itself."""
        own = dict(node)
        for kept in product((False, True), repeat=len(own)):
            moved = [dim for dim, keep in zip(sorted(own), kept, strict=True) if keep]
            if self.exact(frozenset((dim, own[dim]) for dim in moved)):
                continue
            for others in product(*(self.others(dim, own[dim]) for dim in moved)):
                for carried in self.carriers(own, moved):
                    move = self.move({**carried, **own}, dict(zip(moved, others, strict=True)))
                    every = move.more | move.less
                    if every <= self.numbers.keys() and not any(map(self.exact, every)):
                        yield move

    def others(self, dim: str, value: str) -> list[str]:
        """Return the other values of a dimension."""
        every = dict.fromkeys(one for table in self.tables for one in table.values.get(dim, []))
        return [one for one in every if one != value]

    def carriers(self, own: Mapping[str, str], moved: list[str]) -> Iterator[dict[str, str]]:
        """Return through which cells a margin may change: of each dimension it sums over, its largest values."""
        rest = sorted({dim for t in self.tables if set(moved) <= set(t.dims) for dim in t.dims} - set(own))
        ranked = [sorted(self.others(dim, ""), key=lambda v, d=dim: -self._size(d, v))[:CARRIERS] for dim in rest]  # type: ignore[misc]
        for chosen in product(*ranked):
            yield dict(zip(rest, chosen, strict=True))

    def _size(self, dim: str, value: str) -> int:
        return max(table.nodes.get(frozenset({(dim, value)}), 0) for table in self.tables if dim in table.dims)

    def move(self, at: Mapping[str, str], other: Mapping[str, str]) -> Move:
        """Return the move from the values of `other` to those of `at`, the rest of the dimensions as in `at`."""
        sides: tuple[set[Node], set[Node]] = (set(), set())
        for table in self.tables:
            if not set(other) <= set(table.dims):
                continue
            rest = [dim for dim in table.dims if dim not in other]
            for kept in product((False, True), repeat=len(rest)):
                plain = {(dim, at[dim]) for dim, keep in zip(rest, kept, strict=True) if keep}
                for swapped in product((False, True), repeat=len(other)):
                    pairs = zip(other.items(), swapped, strict=True)
                    ends = {(dim, value if swap else at[dim]) for (dim, value), swap in pairs}
                    sides[sum(swapped) % 2].add(frozenset(plain | ends))
        return Move(frozenset(sides[0]), frozenset(sides[1]))


def protect_all(
    tables: Iterable[Table], k: int | None = None, exact: Callable[[Node], bool] = nothing
) -> list[Protected]:
    """Hide small cells of tables that are released together, in one consistent way.

    `exact` says which numbers are published for themselves, and so are shown whatever they are.
    Raises ValueError where two tables of one thing do not agree on a margin.
    """
    every, done = list(tables), dict[str, Group]()
    for of in dict.fromkeys(table.of for table in every):
        done[of] = Group([table for table in every if table.of == of], k or settings.SMALL_CELL, exact)
        done[of].hide()
    found = []
    for table in every:
        group, nodes = done[table.of], frozenset(table.nodes)
        found.append(Protected(table, nodes & group.hidden, nodes & group.tight))
    return found


def protect(table: Table, k: int | None = None, exact: Callable[[Node], bool] = nothing) -> Protected:
    """Hide the small cells of one table, and what would give them away."""
    return protect_all([table], k, exact)[0]
