"""Goal 7: the list's CSV through gunicorn beside psql running the same COPY, and the process's memory."""

from collections.abc import Iterator

from django.http import QueryDict

from accounts.models import User
from bench.bases import Base, on
from bench.goals import Result, middle
from bench.replay import psql
from bench.serving import TOKEN
from complaints.columns import columns
from complaints.views.export import rows_for
from core.csv import coded_only, copy_sql

ROUNDS = 3
SMALLEST = 100_000


def measure(bases: list[Base], sessions: dict[str, str]) -> Iterator[Result]:
    """Take the whole list at every size from 100,000 on; memory is what the process held more than before its first."""
    for base in [base for base in bases if base.size >= SMALLEST] or bases[-1:]:
        with on(base):
            user = User.objects.get(username="analyst")
            sql = copy_sql(rows_for(QueryDict(""), user), coded_only(columns()))
        before = base.server.memory()
        ours, alone, size = [], [], 0
        for _round in range(ROUNDS):
            alone.append(psql(base, sql))
            seconds, size = base.server.form(
                "/complaints/export/", sessions["analyst"], purpose="figures", csrfmiddlewaretoken=TOKEN
            )
            ours.append(seconds)
        more = base.server.memory() - before
        words = (
            f"{size / 1e6:.0f} MB: {middle(ours):.2f} s ({min(ours):.2f}–{max(ours):.2f}) beside {middle(alone):.2f} s "
            f"({min(alone):.2f}–{max(alone):.2f})"
        )
        yield Result(7, f"CSV of {base.size:,} rows ÷ psql, same SQL", words, middle(ours) / middle(alone), 1.3)
        yield Result(7, f"memory of {base.size:,} rows, MB more", f"{before:.0f} MB before", more, 100)
