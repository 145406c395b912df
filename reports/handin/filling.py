"""The cells of a table to hand in, filled: each figure by its definition, of a year and of the year before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.disclosure import Table
from core.display import digits
from reports.crossed import counted_by
from reports.figures import heads_in, narrowed, parts, records_url, words_of
from reports.handin.shapes import BUT, Bound, ByHand, Cannot, Cell, HandIn, People, Rate, Row, RowsOf, Sheet
from reports.indicators import NOT_STATED, REGISTRY, Indicator, Look, Measure, Window
from reports.models import HandInCell, Population

PER = 100_000


def year_of(made: HandIn, year: int) -> Window:
    """Return the days of a reporting year, named by the year it begins in."""
    return Window(date(year, made.begins, 1), date(year + 1, made.begins, 1) - timedelta(days=1))


@dataclass(frozen=True)
class Filled:
    """One cell as it stands. `kind`: counted, people, rate, typed, empty (nobody typed it yet), cannot, later, blank."""

    code: str
    kind: str
    value: Any = None
    before: Any = None
    url: str = ""
    why: str = ""
    unit: str = ""
    typed: HandInCell | None = None
    source: str = ""  # where what was typed is from


@dataclass(frozen=True)
class FilledRow:
    """A row with its cells; `title` in words."""

    code: str
    title: str
    cells: list[Filled]


@dataclass(frozen=True)
class FilledSheet:
    """A table with its rows."""

    sheet: Sheet
    rows: list[FilledRow]

    def kinds(self, *kinds: str) -> int:
        """Count the cells of some kinds."""
        return sum(cell.kind in kinds for row in self.rows for cell in row.cells)


def is_missing(bound: Bound) -> bool:
    """Say that the figure, or one of its dimensions, is not counted yet."""
    indicator = REGISTRY.get(bound.indicator)
    if indicator is None or (bound.beside and bound.beside not in indicator.beside):
        return True
    return not {name for name, _values in bound.where} <= {split.name for split in indicator.splits}


class Counting:
    """The figures of one window, each asked once."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.measures: dict[str, Measure] = {}
        self.tables: dict[tuple[str, ...], Table] = {}
        self.parts: dict[tuple[str, str], list[str]] = {}
        self.words: dict[tuple[str, str, str], dict[str, str]] = {}
        self.rows: dict[Bound, int] = {}
        self.population: dict[tuple[str, str], int] | None = None

    def value(self, bound: Bound) -> int | None:
        """Return what a cell counts; None where the figure says nothing."""
        indicator = REGISTRY[bound.indicator]
        if not bound.where:
            measure = self.measure(indicator)
            found = measure.beside.get(bound.beside) if bound.beside else measure.value
            return None if found is None else int(found)
        splits = tuple(indicator.split(name) for name, _values in bound.where)
        if indicator.heads or not all(split.adds_up for split in splits):
            return self.narrowed(indicator, bound)
        table = self.table(indicator, bound)
        wanted = dict(bound.where)
        return sum(
            n
            for at, n in table.cells.items()
            if all(matches(value, wanted[dim]) for dim, value in zip(table.dims, at, strict=True))
        )

    def measure(self, indicator: Indicator) -> Measure:
        """Return a figure with what stands beside it."""
        if indicator.name not in self.measures:
            self.measures[indicator.name] = indicator.figure(self.look)
        return self.measures[indicator.name]

    def table(self, indicator: Indicator, bound: Bound) -> Table:
        """Return the figure by the dimensions a cell is narrowed by."""
        names = tuple(sorted(name for name, _values in bound.where))
        key = (indicator.name, *names)
        if key not in self.tables:
            self.tables[key] = counted_by(indicator, tuple(map(indicator.split, names)), self.look)
        return self.tables[key]

    def narrowed(self, indicator: Indicator, bound: Bound) -> int:
        """Count the records of a part, as its page does."""
        if bound not in self.rows:
            self.rows[bound] = self._narrowed(indicator, bound)
        return self.rows[bound]

    def _narrowed(self, indicator: Indicator, bound: Bound) -> int:
        chosen = self.chosen(bound)
        if not all(chosen.values()):
            return 0
        rows = narrowed(indicator, self.look, query(chosen))
        heads = heads_in(rows)
        return rows.order_by().count() if heads is None else heads

    def chosen(self, bound: Bound) -> dict[str, list[str]]:
        """Return the values of each dimension, "every other one" written out."""
        indicator = REGISTRY[bound.indicator]
        found: dict[str, list[str]] = {}
        for name, values in bound.where:
            found[name] = [value for value in values if not value.startswith(BUT)]
            if not found[name]:
                every = self.codes(indicator, name)
                found[name] = [code for code in every if matches(code, values)]
        return found

    def codes(self, indicator: Indicator, name: str) -> dict[str, str]:
        """Return the values of a split that occur, the largest first, with their words."""
        split, key, language = indicator.split(name), (indicator.name, name), get_language() or ""
        if key not in self.parts:
            self.parts[key] = [part.code for part in parts(indicator, split, self.look)]
        if (*key, language) not in self.words:
            codes = self.parts[key]
            self.words[*key, language] = dict(zip(codes, words_of(indicator, split, codes), strict=True))
        return self.words[*key, language]

    def people(self, among: People) -> int | None:
        """Return the population of the year; None where it is not kept of every province."""
        if self.population is None:
            self.population = Population.objects.by_group(self.look.window.first.year)
        wanted = [
            (sex, age)
            for sex in ([among.sex] if among.sex else Population.Sex.values)
            for age in ([among.age] if among.age else Population.Age.values)
        ]
        if not all(key in self.population for key in wanted):
            return None
        return sum(self.population[key] for key in wanted)

    def rate(self, rate: Rate) -> Decimal | None:
        """Return a figure for 100,000 people, two places after the point, halves up."""
        n, people = self.value(rate.of), self.people(rate.among)
        if n is None or not people:
            return None
        return (Decimal(n) * PER / people).quantize(Decimal("0.01"), ROUND_HALF_UP)


def matches(value: str, wanted: tuple[str, ...]) -> bool:
    """Say whether a value is one of those wanted, or none of those left out."""
    left_out = {one.removeprefix(BUT) for one in wanted if one.startswith(BUT)}
    return value not in left_out if left_out else value in wanted


def query(said: Mapping[str, list[str]]) -> QueryDict:
    """Return values as the address of records has them."""
    found = QueryDict(mutable=True)
    for name, values in said.items():
        found.setlist(name, values)
    return found


class Filling:
    """A set of tables of one year: `look` at the nation, `reader` for the links to records."""

    def __init__(self, made: HandIn, year: int, system: Any, reader: Any) -> None:
        self.made, self.year, self.reader = made, year, reader
        self.window = year_of(made, year)
        self.now, self.then = (Counting(Look(system, year_of(made, one))) for one in (year, year - 1))
        rows = HandInCell.objects.filter(table__startswith=f"{made.slug}:", year__in=(year, year - 1))
        self.typed = {(row.table, row.cell, row.year): row for row in rows.select_related("typed_by")}

    def sheets(self) -> list[FilledSheet]:
        """Return every table, filled."""
        return [self.sheet(sheet) for sheet in self.made.sheets]

    def sheet(self, sheet: Sheet) -> FilledSheet:
        """Return one table, filled; short rows are filled up with blanks."""
        rows = [row for one in sheet.rows for row in ([one] if isinstance(one, Row) else self.rows_of(one))]
        return FilledSheet(sheet, [self.row(sheet, row) for row in rows])

    def rows_of(self, many: RowsOf) -> list[Row]:
        """Return a row for each value that occurs in either year; one row where the dimension is not counted yet."""
        bound = [cell for cell in many.cells if cell]
        if any(is_missing(cell.only(**{many.split: ""})) for cell in bound):
            return [Row(many.code, many.title, tuple(cell and cell.only(**{many.split: ""}) for cell in many.cells))]
        words: dict[str, str] = {}
        for counting in (self.now, self.then):
            for name in dict.fromkeys(cell.indicator for cell in bound):
                for code, word in counting.codes(REGISTRY[name], many.split).items():
                    words.setdefault(code, word)
        order = sorted(words, key=lambda code: code == NOT_STATED)
        return [
            Row(
                f"{many.code}-{code}",
                words[code],
                tuple(cell and cell.only(**{many.split: code}) for cell in many.cells),
            )
            for code in order
        ]

    def row(self, sheet: Sheet, row: Row) -> FilledRow:
        """Return one row, filled."""
        cells = [*row.cells, *[None] * (len(sheet.columns) - len(row.cells))]
        filled = [
            self.cell(sheet, f"{row.code}:{column}", cell)
            for (column, _title), cell in zip(sheet.columns, cells, strict=True)
        ]
        return FilledRow(row.code, str(row.title), filled)

    def cell(self, sheet: Sheet, code: str, cell: Cell) -> Filled:
        """Return one cell, filled."""
        match cell:
            case Bound():
                return self.bound(code, cell)
            case ByHand():
                return self.by_hand(sheet, code, cell)
            case Cannot():
                return Filled(code, "cannot", why=str(cell.why))
            case People():
                return self.of_population(code, "people", self.now.people(cell), self.then.people(cell))
            case Rate():
                return self.of_population(code, "rate", self.now.rate(cell), self.then.rate(cell))
        return Filled(code, "blank")

    def bound(self, code: str, cell: Bound) -> Filled:
        """Return a cell that is a figure, with the way to its records where the reader may split it so."""
        if is_missing(cell):
            return Filled(code, "later", why=_("not counted yet"))
        now, then = self.now.value(cell), self.then.value(cell)
        return Filled(code, "counted", now, then, url=self.url(cell) if now else "")

    def url(self, cell: Bound) -> str:
        """Return the address of the records a cell counts; none of what stands beside, or may not be split so."""
        indicator = REGISTRY[cell.indicator]
        allowed = {split.name for split in indicator.splits_for(self.reader)}
        if cell.beside or not {name for name, _values in cell.where} <= allowed:
            return ""
        return records_url(indicator, self.now.look, self.now.chosen(cell))

    def by_hand(self, sheet: Sheet, code: str, cell: ByHand) -> Filled:
        """Return a cell that is typed in, with what was typed."""
        table = f"{self.made.slug}:{sheet.code}"
        row, before = (self.typed.get((table, code, year)) for year in (self.year, self.year - 1))
        said = before.value if before else None
        if row is None:
            return Filled(code, "empty", before=said, unit=str(cell.unit))
        return Filled(code, "typed", row.value, said, unit=str(cell.unit), typed=row, source=row.source)

    def of_population(self, code: str, kind: str, now: Any, then: Any) -> Filled:
        """Return a cell that needs the population."""
        if now is None:
            why = _("The population of %(year)s is not there for every province yet: an administrator enters it.")
            why %= {"year": digits(str(self.year))}
            return Filled(code, "later", before=then, why=why)
        return Filled(code, kind, now, then)
