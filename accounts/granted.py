"""What grants open to somebody, as an array in SQL: `ARRAY(SELECT complaint_id FROM accounts_grant WHERE …)`.

Every list, page and search asks for it, some twenty times a request, and Django takes a millisecond to build it each time:
so the SQL is built once for who asks, and only the moment is put in anew.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Expression, Q
from django.utils import timezone

from accounts.models import Grant, User
from accounts.roles import Branch

NOW = datetime(1, 1, 1, tzinfo=UTC)  # stands for the moment in what is kept
KEPT = 2000


@dataclass(frozen=True)
class Reached:
    """How grants reach somebody: to them, to where they are posted, to their organisation."""

    user: Any
    provinces: tuple[str, ...] = ()
    partner: Any = None

    @classmethod
    def by(cls, user: User) -> Self:
        """Return how they reach a user."""
        posted = user.table.branch == Branch.PROVINCES
        return cls(user.pk, tuple(sorted(user.posted_provinces)) if posted else (), user.partner_id)

    @property
    def q(self) -> Q:
        """Say which grants reach them."""
        reached: Q = Q(user_id=self.user)
        if self.provinces:
            reached |= Q(province_id__in=self.provinces)
        if self.partner:
            reached |= Q(partner_id=self.partner)
        return reached


class Granted(Expression):
    """The complaints (`complaint_id`) that running grants open whole, or the persons (`victim_id`) they open alone."""

    output_field: Any = ArrayField(models.UUIDField())

    def __init__(self, column: str, reached: Reached, kind: str = "") -> None:
        super().__init__()
        self.column, self.reached, self.kind = column, reached, kind

    def resolve_expression(self, *_args: Any, **_options: Any) -> Self:
        """Return it as it is: it asks nothing of the query around it."""
        return self

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the SQL with the moment in it."""
        sql, params = prepared(self.column, self.reached, str(self.kind))
        now = timezone.now()
        return sql, tuple(now if value == NOW else value for value in params)


@lru_cache(KEPT)
def prepared(column: str, reached: Reached, kind: str) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL for who is reached, and its parameters with `NOW` for the moment."""
    grants = Grant.objects.active(NOW).filter(reached.q)
    if kind:
        grants = grants.filter(kind=kind)
    opened = grants.filter(victim_id=None) if column == "complaint_id" else grants.exclude(victim_id=None)
    sql, params = opened.order_by().values(column).query.sql_with_params()
    return f"ARRAY({sql})", tuple(params)
