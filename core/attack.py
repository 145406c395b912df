"""The attack on tables that are released: what anybody with a solver can work out of their hidden cells.

A reader knows every shown number, that rows and columns add up to their totals, in all tables at once, and that people
are counted whole. For each hidden cell the least and the most it can be is found by integer programming.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from core.disclosure import Node, Protected

Cell = tuple[str, Node]  # what is counted, and where


class NoSolver(Exception):
    """The solver is not installed: it is a tool of development."""


@dataclass(frozen=True)
class Found:
    """What can be worked out of a hidden cell: the least and the most it can be, None for no bound."""

    least: int
    most: int | None

    @property
    def width(self) -> float:
        """Return how wide the range is."""
        return float("inf") if self.most is None else self.most - self.least


def sums(released: Iterable[Protected]) -> Iterable[tuple[Cell, list[Cell]]]:
    """Return every total with the cells it is the sum of."""
    for one in released:
        table = one.table
        for node in table.nodes:
            for dim in set(table.dims) - {dim for dim, _value in node}:
                yield (table.of, node), [(table.of, node | {(dim, value)}) for value in table.values[dim]]


class Attack:
    """All that is shown of some tables as one programme; `on` asks it about a cell."""

    def __init__(self, released: Iterable[Protected]) -> None:
        try:
            self.solver: Any = import_module("highspy")
        except ImportError as error:
            raise NoSolver from error
        every = list(released)
        hidden: set[Cell] = {(one.table.of, node) for one in every for node in one.hidden}
        self.shown = {
            (one.table.of, node): n
            for one in every
            for node, n in one.table.nodes.items()
            if (one.table.of, node) not in hidden
        }
        self.columns = {cell: n for n, cell in enumerate(sorted(hidden, key=lambda cell: (cell[0], sorted(cell[1]))))}
        self.model = self.solver.Highs()
        self.model.silent()
        for column in self.columns.values():
            self.model.addVar(0, self.solver.kHighsInf)
            self.model.changeColIntegrality(column, self.solver.HighsVarType.kInteger)
        for total, cells in sums(every):
            self._row(total, cells)

    def _row(self, total: Cell, cells: list[Cell]) -> None:
        """Say that cells add up to their total; what is shown goes to the right side."""
        right = self.shown.get(total, 0) - sum(self.shown.get(cell, 0) for cell in cells)
        unknown = {self.columns[cell]: 1.0 for cell in cells if cell in self.columns}
        if total in self.columns:
            unknown[self.columns[total]] = -1.0
        if unknown:
            self.model.addRow(right, right, len(unknown), list(unknown), list(unknown.values()))

    def on(self, cell: Cell) -> Found:
        """Return what can be worked out of one hidden cell."""
        column = self.columns[cell]
        least, most = self._end(column, 1.0), self._end(column, -1.0)
        self.model.changeColCost(column, 0.0)
        if least is None:
            raise ValueError("the released tables contradict each other")
        return Found(least, most)

    def _end(self, column: int, sense: float) -> int | None:
        self.model.changeColCost(column, sense)
        self.model.run()
        status = self.model.getModelStatus()
        statuses = self.solver.HighsModelStatus
        if status in {statuses.kUnbounded, statuses.kUnboundedOrInfeasible}:
            return None
        if status != statuses.kOptimal:
            raise ValueError(f"the solver answered {self.model.modelStatusToString(status)}")
        value: float = self.model.getSolution().col_value[column]
        return round(value)

    def on_all(self) -> dict[Cell, Found]:
        """Return what can be worked out of every hidden cell."""
        return {cell: self.on(cell) for cell in self.columns}
