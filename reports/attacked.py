"""The attack on the tables for the public: what could be worked out of each, beside what exact tables tell already."""

from dataclasses import dataclass

from core.attack import Attack
from core.disclosure import Protected
from reports.release import Released, is_of_one_dimension


@dataclass(frozen=True)
class Attacked:
    """How one table stood. `narrowest`: the least range of a small cell that exact tables leave free, None for none.

    `held`: small cells that tables of one dimension hold narrower than k by themselves; `broken`: those that the
    crossing gives away beyond that.
    """

    name: str
    cells: int
    hidden: int
    narrowest: float | None
    held: int
    broken: int


def attack(found: Released) -> list[Attacked]:
    """Attack every protected table of a release; raises NoSolver."""
    return [attacked(one, found.k) for one in found.tables]


def attacked(one: Protected, k: int) -> Attacked:
    """Attack one table: crossings of a figure close no circle (`release.CROSSED`), so that the others tell nothing of it."""
    table = one.table
    bare = Protected(table, frozenset(node for node in table.nodes if not is_of_one_dimension(node)))
    told, known = Attack([one]), Attack([bare])
    free: list[float] = []
    held = broken = 0
    for node in one.hidden:
        found, before = told.on((table.of, node)), known.on((table.of, node))
        if 0 < table.nodes[node] < k:
            broken += found.width < min(k, before.width)
            held += before.width < k
            free += [found.width] if before.width >= k else []
        else:
            broken += found.width == 0 < before.width
    return Attacked(table.name, len(table.nodes), len(one.hidden), min(free, default=None), held, broken)
