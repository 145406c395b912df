"""Whose rows somebody may know of: the only way to rows (ARCHITECTURE, Scope).

Every condition is a plain WHERE on the row's own columns, so that `perform` can lock what it fetches.
"""

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Func, Q

from accounts.granted import Granted, Reached
from accounts.models import Grant, User
from accounts.roles import Branch

NOTHING = Q(pk__in=())
EVERYTHING = ~NOTHING  # an empty Q() would vanish beside an OR
M = TypeVar("M", bound=models.Model)
STRICTNESS = ("provincial", "national_led", "sealed")  # of a handling, the loosest first


def is_stricter(one: str, other: str) -> bool:
    """Return whether the first handling is stricter than the second."""
    return STRICTNESS.index(one) > STRICTNESS.index(other)


def as_open_as(handling: str) -> tuple[str, ...]:
    """Return the handlings that are no stricter than this one."""
    return STRICTNESS[: STRICTNESS.index(handling) + 1]


class Among(Func):
    """Membership as `= ANY(ARRAY(SELECT …))`: read once, and an index serves it under an OR too (IN cannot)."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()


class ScopedQuerySet(models.QuerySet[M]):
    """Rows with a responsible province; a subclass names the columns it has.

    `handling_lookup` None: the rows have no handling (nothing of them is sealed). `complaint_lookup` None: they
    hang on no complaint, so nothing of them can be shared. `victim_lookup`: the column that a grant for one
    person opens. A seal narrows what a referral or a transfer opened: sealed rows are only ever named.
    """

    province_lookup: ClassVar[str] = "province_id"
    handling_lookup: ClassVar[str | None] = "handling"
    complaint_lookup: ClassVar[str | None] = "complaint_id"
    victim_lookup: ClassVar[str | None] = None

    def of_own_provinces(self, user: User) -> Self:
        """Keep the rows of the user's own branch; lists, counts and exports page over this."""
        return self.filter(self._own(user))

    def shared_with(self, user: User) -> Self:
        """Keep the rows that a grant opens to the user, and that are not in the own branch."""
        return self.filter(self._shared(user) & ~self._own(user))

    def visible_to(self, user: User) -> Self:
        """Keep every row the user may know of; details, steps and look-ups by reference use this."""
        return self.filter(self.sight_of(user))

    def sight_of(self, user: User) -> Q:
        """Return what `visible_to` asks of a row, to be joined with something else."""
        return self._own(user) | self._shared(user)

    def _own(self, user: User) -> Q:
        branch = user.table.branch if user.is_active else Branch.NOTHING
        if branch == Branch.EVERYTHING:
            return EVERYTHING
        if branch == Branch.NATIONAL:
            return self._handled("provincial", "national_led")
        if branch == Branch.SEALED:
            return self._handled("sealed") if self.handling_lookup else NOTHING
        if branch == Branch.PROVINCES and user.posted_provinces:
            here = Q(**{f"{self.province_lookup}__in": sorted(user.posted_provinces)})
            return here & self._handled("provincial")
        return NOTHING

    def _handled(self, *handlings: str) -> Q:
        if self.handling_lookup is None:
            return EVERYTHING
        return Q(**{f"{self.handling_lookup}__in": handlings})

    def _shared(self, user: User) -> Q:
        if self.complaint_lookup is None or not user.is_active or user.role in ("admin", "system"):
            return NOTHING
        reached = Reached.by(user)
        opened = self._opened(reached)
        if self.handling_lookup is None:
            return opened
        unsealed = ~Q(**{self.handling_lookup: "sealed"})
        return opened & (unsealed | self._opened(reached, Grant.Kind.NAMING))

    def _opened(self, reached: Reached, kind: str = "") -> Q:
        opened = Q(Among(F(str(self.complaint_lookup)), Granted("complaint_id", reached, kind)))
        if self.victim_lookup is not None:
            opened |= Q(Among(F(self.victim_lookup), Granted("victim_id", reached, kind)))
        return opened


def may_edit_roster(user: User, province_id: str) -> bool:
    """Say whether the user writes a province's duty roster: its lead, or who holds `roster.manage`."""
    return user.may("roster.manage") or user.leads(province_id)


def scoped(queryset: Any) -> ScopedQuerySet[Any]:
    """Insist that a queryset knows its scope; raises TypeError."""
    if not isinstance(queryset, ScopedQuerySet):
        raise TypeError(f"{queryset!r} has no scope")
    return queryset
