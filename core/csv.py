"""CSV straight from PostgreSQL: the scoped queryset compiled to `COPY`, streamed, free text made formula-safe in SQL."""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from csv import writer
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F, Func, QuerySet, Value
from django.db.models.expressions import Combinable
from django.http import StreamingHttpResponse

from core import context

# What a spreadsheet would run as a formula, also behind spaces and zero-width characters, also full-width.
FORMULA = r"^(?=[\s\u200b-\u200d\ufeff]*[=+\-@\t\r＝＋－＠])"
CHUNKS_AHEAD = 16


@dataclass(frozen=True)
class Column:
    """A column of an export: stable name, label, SQL expression, the permission it needs, and whether people type it."""

    name: str
    label: Any
    expression: Combinable | str
    permission: str | None = None
    free_text: bool = False

    def sql(self) -> Combinable:
        """Return the expression, neutralised where a person typed the text."""
        expression = F(self.expression) if isinstance(self.expression, str) else self.expression
        if not self.free_text:
            return expression
        args = (expression, Value(FORMULA), Value("'"))
        return Func(*args, function="regexp_replace", output_field=models.TextField())


def columns_for(user: Any, columns: Sequence[Column]) -> list[Column]:
    """Keep the columns the user's role may have."""
    return [column for column in columns if column.permission is None or user.may(column.permission)]


def copy_sql(rows: QuerySet[Any], columns: Sequence[Column]) -> str:
    """Compile a scoped queryset and its columns to one COPY statement."""
    named = {f"c{number}_{column.name}": column.sql() for number, column in enumerate(columns)}
    query, params = rows.annotate(**named).values_list(*named).query.sql_with_params()
    with connection.cursor() as cursor:
        bound = cursor.mogrify(query, params).decode()
    return f"COPY ({bound}) TO STDOUT WITH (FORMAT csv)"


class _Pipe:
    """The file COPY writes into: a bounded queue, so that memory stays flat and a slow reader slows the server."""

    def __init__(self) -> None:
        self.chunks: queue.Queue[bytes | BaseException | None] = queue.Queue(CHUNKS_AHEAD)
        self.closed = threading.Event()
        self.rows = 0

    def write(self, data: bytes) -> None:
        while not self.closed.is_set():
            try:
                return self.chunks.put(data, timeout=0.5)
            except queue.Full:
                continue
        raise ConnectionAbortedError("The reader went away")


def copy(
    rows: Callable[[Any], QuerySet[Any]],
    columns: Sequence[Column],
    *,
    user: Any,
    filename: str,
    done: Callable[[int], None],
) -> StreamingHttpResponse:
    """Stream the rows as CSV with a header, in UTF-8 with a byte order mark so that Excel shows Khmer.

    The body runs after the request: it opens its own transaction, enters the context again and asks `rows(user)` for
    the scoped queryset then; `rows` raises PermissionDenied for a user no longer active. `done` gets the row count.
    """
    response = StreamingHttpResponse(_stream(rows, columns, user, done), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def _header(columns: Sequence[Column]) -> bytes:
    line = StringIO()
    writer(line).writerow([str(column.label) for column in columns])
    return ("\ufeff" + line.getvalue()).encode()


def _run(pipe: _Pipe, rows: Callable[[Any], QuerySet[Any]], columns: Sequence[Column], user: Any) -> None:
    try:
        with transaction.atomic():
            context.enter(user, "export")
            sql = copy_sql(rows(user), columns)
            with connection.cursor() as cursor:
                cursor.copy_expert(sql, pipe)
                pipe.rows = cursor.rowcount
        pipe.chunks.put(None)
    except ConnectionAbortedError:
        pass
    except BaseException as error:
        pipe.chunks.put(error)
    finally:
        connection.close()


def _stream(
    rows: Callable[[Any], QuerySet[Any]], columns: Sequence[Column], user: Any, done: Callable[[int], None]
) -> Iterator[bytes]:
    pipe = _Pipe()
    worker = threading.Thread(target=_run, args=(pipe, rows, columns, user), daemon=True)
    header = _header(columns)
    worker.start()
    try:
        yield header
        while (chunk := pipe.chunks.get()) is not None:
            if isinstance(chunk, BaseException):
                raise chunk
            yield chunk
        done(pipe.rows)
    finally:
        pipe.closed.set()
