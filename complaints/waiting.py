"""Everything that waits for a second person: what somebody may decide, and what they proposed themselves."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from complaints.models import Complaint, ProposedChange, SecondReading, Status
from complaints.models.complaint import ComplaintQuerySet
from complaints.models.reading import REOPEN
from complaints.services.readings import REREAD
from core.paging import Sort, counted
from notifications.context import WAITING, Waiting
from partners.models import PartnerPhone
from victims.deportation_workflow import REVIEW
from victims.models import PENDING, PROPOSED_CLEARED, Deportation, Victim
from workflow.approvals import MINISTRY, is_outside
from workflow.merging import both
from workflow.models import Merge, Transition
from workflow.shapes import SHAPES

READ = "approval.read"
LONGEST_FIRST = {"since": Sort("since", False, _("Waiting, longest first"))}
CAP = 100
DECIDED_BY = {Status.OUTCOME_PROPOSED: "complaint.confirm", Status.CLOSING_PROPOSED: "complaint.close"}
CLEARING = "propose_not_a_victim"


def arms_of(user: Any, *, own: bool = False) -> list[QuerySet[Any]]:
    """Return what others proposed and the user may decide, a queryset a kind, each row with `since`.

    `own`: what the user proposed, which another person decides. The acts themselves insist on the same once more.
    """
    return [rows for rows in (arm(user, own) for arm in ARMS) if rows is not None]


def complaints_for(user: Any) -> ComplaintQuerySet:
    """Return the outcomes and closings others proposed and the user may decide."""
    rows: Any = _complaints(user, False)
    return Complaint.objects.none() if rows is None else rows


def besides_complaints(user: Any, most: int) -> list[Any]:
    """Return what waits for the user's decision and is no outcome or closing: deportations first, then the oldest.

    One query for all the keys, one for each kind that is there.
    """
    arms = [rows for rows in arms_of(user) if rows.model is not Complaint] if user.may(READ) else []
    if not arms:
        return []
    cut = [
        rows.order_by("since", "id")
        .annotate(arm=Value(place, output_field=IntegerField()))
        .values_list("arm", "pk")[:most]
        for place, rows in enumerate(arms)
    ]
    keys = defaultdict[int, list[Any]](list)
    for place, pk in cut[0].union(*cut[1:], all=True):
        keys[place].append(pk)
    found = [row for place, pks in keys.items() for row in arms[place].filter(pk__in=pks)]
    return sorted(found, key=lambda row: (not isinstance(row, Deportation), row.since, row.pk))[:most]


def asks(user: Any) -> dict[str, Any]:
    """Return how many wait for the user's decision as expressions, at most 100 a kind; nothing where nothing ever does.

    Of merges only how many wait at all: to say which of them the user may decide is long to write, and hardly ever needed.
    """
    if not user.may(READ):
        return {}
    arms = {arm.__name__.strip("_"): arm(user, False) for arm in ARMS if arm is not _merges}
    labels = _labels(user, own=False)
    merges = {"merges": Merge.objects.waiting().filter(object_type__in=labels).exclude(by=user)} if labels else {}
    return {name: counted(rows, CAP) for name, rows in (arms | merges).items() if rows is not None}


def says(user: Any, found: Mapping[str, int]) -> int:
    """Add up what waits; where merges do, count those the user may decide."""
    n = sum(number for name, number in found.items() if name != "merges")
    merges = _merges(user, False) if found.get("merges") else None
    return n + (len(merges.order_by().values_list("pk", flat=True)[:CAP]) if merges is not None else 0)


def by_others(rows: QuerySet[Any], user: Any, own: bool, proposer: str) -> QuerySet[Any]:
    """Keep what the user proposed, or what others did outside the provinces the user is posted to."""
    if own:
        return rows.filter(**{proposer: user})
    return rows.exclude(**{proposer: user}).exclude(province_id__in=elsewhere(user))


def elsewhere(user: Any) -> set[str]:
    """Return the provinces a person at the ministry is posted to besides, and decides nothing of."""
    return set(user.posted_provinces) - {MINISTRY}


def _complaints(user: Any, own: bool) -> QuerySet[Any] | None:
    if not (statuses := [status for status, permission in DECIDED_BY.items() if own or user.may(permission)]):
        return None
    rows = Complaint.objects.visible_to(user).live().filter(status__in=statuses)
    found = by_others(rows, user, own, "proposed_by").annotate(since=F("status_at"))
    return found.select_related("proposed_by").defer("narrative", "official")


def _changes(user: Any, own: bool) -> QuerySet[Any] | None:
    if not own and not user.may("complaint.confirm"):
        return None
    rows = ProposedChange.objects.visible_to(user).waiting().exclude(complaint__status=Status.CLOSED)
    rows = rows.filter(complaint__merged_into=None)
    if not own and (other := elsewhere(user)):
        rows = rows.exclude(Q(before__in=other) | Q(after__in=other), field="province_of_incident")
    found = by_others(rows, user, own, "by").annotate(since=F("at"))
    return found.select_related("by", "complaint")


def _people(user: Any, own: bool) -> QuerySet[Any] | None:
    """People ended by one person's word, or proposed as no victim; where both, the first is decided first."""
    if not own and not user.may("victim.confirm"):
        return None
    said, cleared = Q(recorded_by=user), Q(cleared_proposed_by=user)
    ended = PENDING & (said if own else ~said)
    rows = Victim.objects.visible_to(user).live()
    rows = rows.filter(ended | PROPOSED_CLEARED & cleared) if own else rows.for_second(user)
    proposed = Transition.objects.filter(object_id=OuterRef("pk"), step=CLEARING).order_by("-recorded_at")
    asked = Coalesce(Subquery(proposed.values("recorded_at")[:1]), F("status_at"))
    rows = rows.annotate(
        since=Case(When(ended, then=F("status_at")), default=asked),
        to_be_final=Case(When(ended, then=Value(True)), default=Value(False)),
    )
    rows = rows if own else rows.exclude(province_id__in=elsewhere(user))
    return rows.select_related("complaint", "recorded_by", "cleared_proposed_by")


def _merges(user: Any, own: bool) -> QuerySet[Any] | None:
    if not (labels := _labels(user, own=own)):
        return None
    rows = Merge.objects.waiting_for(user, labels, own=own)
    if not own and elsewhere(user):
        rows = rows.filter(pk__in=[merge.pk for merge in rows[:CAP] if _is_outside(merge, user)])
    return rows.annotate(since=F("asked_at")).select_related("by")


def _labels(user: Any, *, own: bool) -> list[str]:
    return [label for label, shape in SHAPES.items() if own or user.may(shape.confirm)]


def _readings(user: Any, own: bool) -> QuerySet[Any] | None:
    """Closings drawn for a second reading: read by somebody who neither proposed nor closed them."""
    if not user.may(REREAD):
        return None
    rows: Any = SecondReading.objects.of_own_provinces(user).waiting()
    rows = by_others(rows, user, own, "closed_by") if own else by_others(rows.not_of(user), user, own, "closed_by")
    return rows.annotate(since=F("drawn_at")).select_related("complaint", "closed_by")


def _reopenings(user: Any, own: bool) -> QuerySet[Any] | None:
    """Closings that a second reading asks to reopen, until it is done: for whoever may do it, the reader too.

    Of a sealed one nobody may once its naming has ended: the integrity unit names somebody. `act`: reopen, name, read.
    """
    rows: Any = SecondReading.objects.visible_to(user).asking()
    if own:
        rows, act = rows.filter(reader=user), "read"
    elif user.may(REOPEN):
        act = "reopen"
    elif user.may(REREAD):
        rows, act = rows.of_own_provinces(user).unnamed(), "name"
    else:
        return None
    return rows.annotate(since=F("read_at"), act=Value(act)).select_related("complaint", "reader")


def _deportations(user: Any, own: bool) -> QuerySet[Any] | None:
    """Orders against somebody protected: reviewed by who did not record them, before anybody is sent away."""
    if not own and not user.may(REVIEW):
        return None
    rows = by_others(Deportation.objects.visible_to(user).awaiting_review(), user, own, "recorded_by")
    return rows.annotate(since=F("status_at")).select_related("complaint", "recorded_by")


def _phones(user: Any, own: bool) -> QuerySet[Any] | None:
    """Telephones of partners that take one-time codes once another person has rung them; they are of no province."""
    if not user.may("partner.manage"):
        return None
    rows = PartnerPhone.objects.unconfirmed().filter(partner__is_active=True)
    rows = rows.filter(added_by=user) if own else rows.exclude(added_by=user)
    return rows.annotate(since=F("added_at")).select_related("partner", "added_by")


def _is_outside(merge: Merge, user: Any) -> bool:
    shape = SHAPES[merge.object_type]
    return is_outside(user, shape.provinces(*both(shape, merge.survivor_id, merge.absorbed_id)))


# Rooms above add theirs (`reports.exports.waiting`).
ARMS: list[Any] = [_complaints, _deportations, _changes, _people, _merges, _readings, _reopenings, _phones]
WAITING["approvals:list"] = Waiting(asks, says)
