"""Goal 8: a spreadsheet of the list as the worker writes it beside a bare loop of xlsxwriter over the same cells, and its memory."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import xlsxwriter
from django.http import QueryDict

from accounts.models import User
from bench.bases import Base, on
from bench.goals import Result, middle
from complaints.columns import columns
from complaints.views.export import rows_for
from core.csv import Export, coded_only, pieces
from reports.exports.marks import Mark
from reports.exports.sheets import as_typed, write_book
from reports.exports.tables import table

ROUNDS = 3
ROWS, COLUMNS = 100_000, 20
MARK = Mark([("", "bench")])


def measure(bases: list[Base], sessions: dict[str, str]) -> Iterator[Result]:
    """Write the first 100,000 rows × 20 columns of the largest list both ways in turn."""
    base = bases[-1]
    with on(base), TemporaryDirectory() as folder:
        cells = list(table(rows_of()))
        ours, bare, more = [], [], 0.0
        for _round in range(ROUNDS):
            bare.append(timed(lambda: write_bare(Path(folder) / "bare.xlsx", cells)))
            with Memory() as memory:
                ours.append(timed(lambda: write_ours(Path(folder))))
            more = max(more, memory.more)
    words = f"{middle(ours):.2f} s ({min(ours):.2f}–{max(ours):.2f}) beside {middle(bare):.2f} s ({min(bare):.2f}–{max(bare):.2f})"
    yield Result(
        8, f"XLSX of {len(cells) - 1:,} rows × {len(cells[0])} ÷ a bare loop", words, middle(ours) / middle(bare), 2
    )
    yield Result(8, f"memory of {len(cells) - 1:,} rows, MB more", "", more, 100)


def rows_of(found: SimpleNamespace | None = None) -> Iterator[bytes]:
    """Give the rows as the worker reads them."""
    user = User.objects.get(username="analyst")
    kept = as_typed(coded_only(columns()))[:COLUMNS]
    if found is not None:
        found.columns = kept
    prepare = lambda: Export(user, rows_for(QueryDict(""), user)[:ROWS], kept)  # noqa: E731
    yield from pieces(prepare, lambda _rows, _outcome: None, patience=0.5)


def write_ours(folder: Path) -> None:
    """Write the book of an export."""
    found = SimpleNamespace(columns=[])
    rows = table(rows_of(found))
    write_book(folder / "ours.xlsx", rows, found, title="bench", mark=MARK, folder=folder, language="en")


def write_bare(path: Path, cells: list[list[str]]) -> None:
    """Write the same cells from memory as text, the shortest way xlsxwriter has."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    for row, values in enumerate(cells):
        for place, value in enumerate(values):
            sheet.write_string(row, place, value)
    book.close()


def timed(work: Any) -> float:
    """Return how many seconds something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


class Memory:
    """The most memory this process holds more than at the beginning, in MB, looked at a hundred times a second."""

    def __enter__(self) -> "Memory":
        self.before, self.most, self.over = held(), held(), threading.Event()
        self.thread = threading.Thread(target=self.look, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.thread.join()

    def look(self) -> None:
        """Look until it is over."""
        while not self.over.wait(0.01):
            self.most = max(self.most, held())

    @property
    def more(self) -> float:
        """Return the growth."""
        return self.most - self.before


def held() -> float:
    """Return what this process holds now, in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4_096 / 1e6
