"""What waits for somebody: one query fetches the complaints of every group, each group by its own index."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Grant, User
from accounts.roles import Branch
from complaints import waiting
from complaints.models import Complaint, Handling, Status
from complaints.presenters.next_step import Next
from complaints.presenters.rows import Row, for_rows, row_of
from core.display import ZONE

MOST = 50
FEWER = 20  # rows drawn of a group that is not the new ones; the list holds the rest
MINE = 200
Arm = QuerySet[Complaint]


@dataclass
class Group:
    """Complaints under one heading: the first of them as rows; `more` says that there are over fifty, `cut` that
    not all are drawn."""

    name: str
    complaints: list[Complaint] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    more: bool = False
    cut: bool = False


def new_of(user: User) -> list[Arm]:
    """Return the complaints nobody acknowledged, last logged first: the own branch, and what was shared."""
    new = Complaint.objects.unacknowledged().order_by("-logged_at", "-id")
    return [new.of_own_provinces(user)[: MOST + 1], new.shared_with(user)[: MOST + 1]]


def mine_of(user: User) -> Arm:
    """Return the open complaints the user answers for, due first."""
    mine = Complaint.objects.visible_to(user).open().filter(officer=user).exclude(status=Status.NEW)
    return mine.order_by("due_at", "id")[: MINE + 1]


def overdue_of(user: User, now: datetime) -> Arm:
    """Return what is late in the whole branch, latest first."""
    late = Complaint.objects.of_own_provinces(user).overdue(now).exclude(status=Status.NEW)
    return late.order_by("due_at", "id")[: MOST + 1]


def proposed_to(user: User) -> list[Arm]:
    """Return what others proposed and the user may decide, due first."""
    wanted = waiting.complaints_for(user).order_by("due_at", "id")
    return [wanted.of_own_provinces(user)[: MOST + 1], wanted.shared_with(user)[: MOST + 1]]


def unnamed_of(user: User) -> Arm:
    """Return national-led and sealed complaints of the branch that nobody is named for."""
    named = Grant.objects.active().filter(complaint_id=OuterRef("pk"), kind=Grant.Kind.NAMING)
    led = Complaint.objects.of_own_provinces(user).open().exclude(handling=Handling.PROVINCIAL)
    return led.annotate(is_named=Exists(named)).filter(is_named=False).order_by("due_at", "id")[: MOST + 1]


def sealed_of(user: User) -> Arm:
    """Return the open complaints of an integrity officer's branch, last received first."""
    return Complaint.objects.of_own_provinces(user).open().order_by("-received_at", "-id")[: MOST + 1]


def fetch(arms: dict[str, list[Arm]]) -> dict[str, list[Complaint]]:
    """Fetch all groups in two queries: the keys of every arm, then each row once; a group keeps its order."""
    flat = [(name, arm) for name, found in arms.items() for arm in found]
    if not flat:
        return {}
    keys = [
        arm.annotate(arm=Value(place, output_field=IntegerField())).values_list("arm", "pk")
        for place, (_name, arm) in enumerate(flat)
    ]
    found = list(keys[0].union(*keys[1:], all=True) if len(keys) > 1 else keys[0])
    rows = {row.pk: row for row in for_rows(Complaint.objects.filter(pk__in={pk for _arm, pk in found}))}
    groups: dict[str, dict[Any, Complaint]] = {name: {} for name in arms}
    for place, pk in found:
        if pk in rows:
            groups[flat[place][0]][pk] = rows[pk]
    return {name: sorted(found.values(), key=ORDERS.get(name, by_due)) for name, found in groups.items()}


def by_due(complaint: Complaint) -> Any:
    """Order by the limit, first first."""
    return complaint.due_at


ORDERS: dict[str, Callable[[Complaint], Any]] = {
    "new": lambda complaint: -complaint.logged_at.timestamp(),
    "sealed": lambda complaint: -complaint.received_at.timestamp(),
}


def arms_of(user: User, now: datetime) -> dict[str, list[Arm]]:
    """Return what the role has to look at, in the order of the page."""
    if user.may("complaint.confirm"):
        return {
            "new": new_of(user),
            "decide": proposed_to(user),
            "unnamed": [unnamed_of(user)],
            "late": [overdue_of(user, now)],
            "mine": [mine_of(user)],
        }
    if user.may("complaint.acknowledge"):
        return {"new": new_of(user), "mine": [mine_of(user)]}
    if user.may("complaint.assign"):
        return {"new": new_of(user)}
    if user.table.branch == Branch.SEALED:
        return {"unnamed": [unnamed_of(user)], "sealed": [sealed_of(user)]}
    return {}


def work_of(user: User, now: datetime) -> list[Group]:
    """Return the groups of the work page; constant queries."""
    found = fetch(arms_of(user, now))
    groups = [Group(name="new", complaints=found["new"])] if "new" in found else []
    if "sealed" in found:
        unnamed = {complaint.pk for complaint in found["unnamed"]}
        found["sealed"] = [complaint for complaint in found["sealed"] if complaint.pk not in unnamed]
    for name in ("decide", "unnamed", "late", "sealed"):
        if name in found:
            groups.append(Group(name=name, complaints=found[name]))
    if "mine" in found:
        groups += parted(found["mine"], now, with_late="late" not in found)
    for group in groups:
        group.more = len(group.complaints) > MOST
        shown = group.complaints[: MOST if group.name == "new" else FEWER]
        group.cut = len(group.complaints) > len(shown)
        group.rows = [row_of(complaint, user, now, steps=True) for complaint in shown]
        if group.name == "unnamed":
            group.rows = [replace(row, next=naming(row)) for row in group.rows]
    return groups


def naming(row: Row) -> Next:
    """Return the button that names who handles a complaint."""
    return Next("name_handler", _("Name a handler"), reverse("complaints:handlers", args=[row.reference]), post=False)


def parted(mine: list[Complaint], now: datetime, *, with_late: bool) -> list[Group]:
    """Part one's own complaints by their clock: late, due today, later."""
    midnight = datetime.combine(now.astimezone(ZONE).date() + timedelta(days=1), time(), tzinfo=ZONE)
    late = [complaint for complaint in mine if complaint.due_at < now]
    today = [complaint for complaint in mine if now <= complaint.due_at < midnight]
    later = [complaint for complaint in mine if complaint.due_at >= midnight]
    groups = [Group(name="over", complaints=late)] if with_late else []
    return [*groups, Group(name="today", complaints=today), Group(name="later", complaints=later)]
