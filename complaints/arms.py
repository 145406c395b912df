"""Several questions about the same rows in one statement: what somebody may see of them is built, sent and planned once.

A question is the SQL of a SELECT over `seen`, the scoped rows, with its parameters; all of them have the same columns.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection


class Question(NamedTuple):
    """One SELECT over `seen`."""

    sql: str
    params: tuple[Any, ...]


def answers(rows: Any, columns: Iterable[str], questions: list[Question]) -> list[tuple[Any, ...]]:
    """Ask all questions of scoped rows, of which they read these columns; without a question nothing is asked."""
    if not questions:
        return []
    try:
        seen, inside = rows.order_by().values(*columns).query.sql_with_params()
    except EmptyResultSet:
        return []
    asked = " UNION ALL ".join(f"({question.sql})" for question in questions)
    params = [*inside, *(value for question in questions for value in question.params)]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH seen AS NOT MATERIALIZED ({seen}) {asked}", params)
        return list(cursor.fetchall())
