"""CSV straight from PostgreSQL: the scoped queryset compiled to `COPY`, streamed, free text made formula-safe in SQL."""

import logging
import queue
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from csv import writer
from dataclasses import dataclass
from io import StringIO
from typing import Any, NamedTuple

import psycopg2
from django.core.exceptions import EmptyResultSet, PermissionDenied
from django.db import connection, models, transaction
from django.db.models import F, Func, QuerySet, Value
from django.db.models.expressions import Combinable
from django.http import StreamingHttpResponse
from django.utils.translation import get_language, override

from core import context
from core.columns import Kind, kind_of

logger = logging.getLogger(__name__)
# What a spreadsheet would run as a formula, also behind spaces and zero-width characters, also full-width.
FORMULA = r"^(?=[\s\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]*[=+\-@\t\r＝＋－＠])"
CHUNK = 64 * 1024
CHUNKS_AHEAD = 16


@dataclass(frozen=True)
class Column:
    """A column of an export: stable name, label, SQL expression, the permission it needs, whether people type it, what it holds.

    What needs a permission leaves only in a job that a second person approved.
    """

    name: str
    label: Any
    expression: Combinable | str
    permission: str | None = None
    free_text: bool = False
    kind: Kind | None = None

    @property
    def holds(self) -> Kind:
        """Return what its cells are: text, numbers, days or moments."""
        return self.kind or kind_of(self.expression)

    def sql(self) -> Combinable:
        """Return the expression, neutralised where a person typed the text."""
        expression = F(self.expression) if isinstance(self.expression, str) else self.expression
        if not self.free_text:
            return expression
        args = (expression, Value(FORMULA), Value("'"))
        return Func(*args, function="regexp_replace", output_field=models.TextField())


@dataclass(frozen=True)
class Export:
    """What an export is made of, decided in the transaction that reads it: for whom, which rows, which columns.

    `first` runs in that transaction before the rows are read: all of it sees the same rows.
    """

    user: Any
    rows: QuerySet[Any]
    columns: Sequence[Column]
    first: Callable[[], None] | None = None


def coded_only(columns: Sequence[Column]) -> list[Column]:
    """Keep the columns that anybody has who may export: none that says who somebody is, and no words about people."""
    return [column for column in columns if column.permission is None]


def copy_sql(rows: QuerySet[Any], columns: Sequence[Column]) -> str:
    """Compile a scoped queryset and its columns to one COPY statement; raises EmptyResultSet for a scope of nothing.

    Raises ValueError without columns: none named would be every column of the table.
    """
    if not columns:
        raise ValueError("an export without columns")
    named = {f"c{number}_{column.name}": column.sql() for number, column in enumerate(columns)}
    query, params = rows.annotate(**named).values_list(*named).query.sql_with_params()
    with connection.cursor() as cursor:
        bound = cursor.mogrify(query, params).decode()
    return f"COPY ({bound}) TO STDOUT WITH (FORMAT csv)"


class _Gone(Exception):
    """The reader went away."""


class _Piece(NamedTuple):
    """Whole rows on their way, and how many there are up to their end."""

    data: bytes
    rows: int


class _Pipe:
    """The file COPY writes into: a bounded queue, so that memory stays flat and a slow reader slows the server."""

    def __init__(self) -> None:
        self.chunks: queue.Queue[_Piece | BaseException | None] = queue.Queue(CHUNKS_AHEAD)
        self.gone = threading.Event()
        self.link: Any = None
        self.rows = 0
        self._kept = bytearray()

    def write(self, data: bytes) -> None:
        """Take one row; COPY calls this once a row, so rows travel in chunks. What was taken may have left."""
        self._kept += data
        self.rows += 1
        if len(self._kept) >= CHUNK:
            self.flush()

    def flush(self) -> None:
        """Hand over what is kept."""
        kept, self._kept = bytes(self._kept), bytearray()
        if kept:
            self.put(_Piece(kept, self.rows))

    def put(self, item: _Piece | BaseException | None) -> None:
        """Wait for room as long as somebody reads; raises _Gone."""
        while not self.gone.is_set():
            try:
                return self.chunks.put(item, timeout=0.5)
            except queue.Full:
                continue
        self.cancel()
        raise _Gone

    def cancel(self) -> None:
        """Tell the server to end the statement: leaving it would first read all that is left."""
        link = self.link
        if link is not None:
            with suppress(psycopg2.Error):  # it may just have ended
                link.cancel()

    def stop(self) -> None:
        """Say that nobody reads any more, also to a statement that still sorts and has written nothing."""
        self.gone.set()
        self.cancel()


def copy(prepare: Callable[[], Export], *, filename: str, ended: Callable[[int, str], None]) -> StreamingHttpResponse:
    """Stream an export as CSV with a header, in UTF-8 with a byte order mark so that Excel shows Khmer.

    The body runs after the request, on a connection of its own: `prepare` is called in its transaction and decides
    again whose rows leave; where it raises, nothing leaves. `ended` gets the rows that may have left
    and done, stopped, refused or failed.
    """
    response = StreamingHttpResponse(pieces(prepare, ended), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def _header(columns: Sequence[Column]) -> bytes:
    line = StringIO()
    writer(line).writerow([str(column.label) for column in columns])
    return ("\ufeff" + line.getvalue()).encode()


class _Writer(threading.Thread):
    """Write the rows into the pipe; the thread's connection is its own and is closed at the end."""

    def __init__(self, pipe: _Pipe, prepare: Callable[[], Export], language: str | None) -> None:
        super().__init__(name="export", daemon=True)
        self.pipe, self.prepare, self.language = pipe, prepare, language

    def run(self) -> None:
        pipe = self.pipe
        try:
            with override(self.language), transaction.atomic():
                _only_read()
                pipe.link = connection.connection
                export = self.prepare()
                context.enter(export.user, "export")
                if export.first is not None:
                    export.first()
                pipe.put(_Piece(_header(export.columns), 0))
                _copy(pipe, export)
            pipe.flush()
            pipe.put(None)
        except _Gone:
            pass
        except BaseException as error:
            _tell(pipe, error)
        finally:
            pipe.link = None
            connection.close()


def _only_read() -> None:
    """Read only, all of it at one moment; what memory sorting may take is left to the server, whose parallel plans more of it
    drives away.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _tell(pipe: _Pipe, error: BaseException) -> None:
    try:
        pipe.put(error)
    except _Gone:
        logger.info("An export ended after its reader had gone: %s", type(error).__name__)


def _copy(pipe: _Pipe, export: Export) -> None:
    try:
        sql = copy_sql(export.rows, export.columns)
    except EmptyResultSet:  # a scope of nothing
        return
    with connection.cursor() as cursor:
        cursor.copy_expert(sql, pipe)


def copy_keys(rows: QuerySet[Any], sink: Any) -> None:
    """Write the keys of an export's rows into a file, one a line, in the export's own transaction and order."""
    try:
        query, params = rows.values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY ({cursor.mogrify(query, params).decode()}) TO STDOUT", sink)


def pieces(
    prepare: Callable[[], Export],
    ended: Callable[[int, str], None],
    *,
    patience: float | None = None,
    passed: Callable[[int], None] | None = None,
) -> Generator[bytes, None, None]:
    """Give an export as CSV piece by piece, whole rows each, the header first; closing it cancels the COPY.

    With `patience` an empty piece comes each so many seconds while nothing else does, so that its reader can look around;
    `passed` is told with each piece how many rows were given, itself included: what was read ahead is not through yet.
    """
    pipe = _Pipe()
    outcome, given = "stopped", 0
    _Writer(pipe, prepare, get_language()).start()
    try:
        while (chunk := _next(pipe, patience)) is not None:
            if isinstance(chunk, BaseException):
                outcome = "refused" if isinstance(chunk, PermissionDenied) else "failed"
                raise chunk
            given = max(given, chunk.rows)
            if passed is not None:
                passed(given)
            yield chunk.data
        outcome = "done"
    finally:
        if outcome != "done":
            pipe.stop()
        ended(pipe.rows, outcome)


def _next(pipe: _Pipe, patience: float | None) -> _Piece | BaseException | None:
    try:
        return pipe.chunks.get(timeout=patience)
    except queue.Empty:
        return _Piece(b"", 0)
