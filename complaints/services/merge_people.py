"""Two persons turn out to be one: their searches, suspicions, names and papers become one person's; and back."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Grant
from accounts.services import system_user
from complaints.models import Complaint
from complaints.services.cover import cover_people
from people.models import Person
from suspects.models import Suspect, SuspectStatus
from victims.answers import newest_of
from victims.models import ConsentAnswer, ConsentFor, Victim
from victims.services import merging as searches
from victims.services.stopping import stop_returns
from workflow.models import Merge, Transition
from workflow.moving import move, move_back
from workflow.services import story_columns
from workflow.shapes import Group, Shape, register

BIRTH = ("born_on", "born_year", "age", "age_on", "estimated")
WAY = list(SuspectStatus.values)
RAISED = gettext_lazy("Two persons were found not to be one.")
OWN = {"id", "version", "updated_at", "merged_into"}


def groups(survivor: Person, absorbed: Person) -> list[Group]:
    """Return what can be chosen of two persons: every plain fact, what is said of their birth together."""
    facts = [field for field in Person._meta.fields if field.editable and field.name not in OWN]
    single = [
        Group(field.name, field.verbose_name, (field.name,))
        for field in facts
        if field.name not in BIRTH and not field.is_relation
    ]
    return [*single, Group("birth", _("Age"), BIRTH)]


def hold(persons: Iterable[Any]) -> None:
    """Lock both persons, then the complaints they stand in, each in order of id, as `hold_person` does."""
    keys = list(persons)
    list(Person.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    in_role = [role._base_manager.filter(person_id__in=keys).values("complaint_id") for role in (Victim, Suspect)]
    rows = Complaint._base_manager.filter(Q(pk__in=in_role[0]) | Q(pk__in=in_role[1])).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def sees(user: Any, column: str) -> Q:
    """Say that a person is seen by one of their rows, asked of the few rows of this person."""
    rows = [role.objects.visible_to(user).filter(person_id=OuterRef(column)) for role in (Victim, Suspect)]
    return Q(Exists(rows[0])) | Q(Exists(rows[1]))


def names(user: Any) -> Q:
    """Say that both rows by which the persons were named are in the user's sight: one may stand in a sealed complaint."""
    roles = [role.objects.visible_to(user) for role in (Victim, Suspect)]
    both = [[rows.filter(reference=OuterRef(f"{end}_reference")) for rows in roles] for end in ("survivor", "absorbed")]
    one, other = (Q(Exists(victim)) | Q(Exists(suspect)) for victim, suspect in both)
    return one & other


def provinces(survivor: Person, absorbed: Person) -> set[str]:
    """Return the provinces that answer for either of them."""
    return {province for role in (Victim, Suspect) for province in _provinces(role._base_manager, survivor, absorbed)}


def _provinces(rows: Any, survivor: Person, absorbed: Person) -> set[str]:
    return set(rows.filter(person__in=[survivor, absorbed]).values_list("province_id", flat=True))


def check(survivor: Person, absorbed: Person, by: Any) -> None:
    """Leave what crosses provinces to a supervisor; refuse two decisions for one Rescue.

    Which provinces is asked of the rows `by` may see: a refusal may not tell of the others.
    """
    seen = {
        province
        for role in (Victim, Suspect)
        for province in _provinces(role.objects.visible_to(by), survivor, absorbed)  # type: ignore[attr-defined]
    }
    if len(seen) > 1 and not by.may("merge.across"):
        raise PermissionDenied(_("They are sought in two provinces. A supervisor at the ministry proposes this."))
    searches.refuse_two_decisions(Victim.objects.live().filter(person__in=[survivor, absorbed]))


def join(merge: Merge, survivor: Person, absorbed: Person, by: Any) -> None:
    """Move everything that hangs on the absorbed person; in one complaint, one row stays and its like leaves."""
    sought = [
        list(Victim.objects.live().filter(person=one).values_list("pk", flat=True)) for one in (survivor, absorbed)
    ]
    pairs = [
        *_paired(Victim, survivor, absorbed, key=lambda row: _age(row, survivor)),
        *_paired(Suspect, survivor, absorbed, key=lambda row: (-_way(row), *_age(row, survivor))),
    ]
    merge.moved = move(survivor, absorbed)
    left = [pair["left"] for pair in pairs]
    for open_rows, of in (sought, sought[::-1]):
        searches.end_searches(open_rows, of, by)
    merge.also = {"pairs": pairs, "decided": searches.same_decisions(survivor, left)}
    answer = newest_of([survivor.pk], ConsentFor.EMBASSY).get(survivor.pk)
    if answer is not None and answer.answer != ConsentAnswer.YES:  # now that they are one, the newer answer counts
        stop_returns(survivor.pk, within=answer.handling, because=answer.pk)
    tell_story("merged_person", _roles(survivor))


Follower = Callable[[Person], None]
FOLLOWERS: list[Follower] = []


def when_joined(follower: Follower) -> None:
    """Let a room above say what follows, in the same transaction, once two persons became one or two again."""
    FOLLOWERS.append(follower)


def look_again(person: Person) -> None:
    """Do what follows from what is known of a person now."""
    for follower in FOLLOWERS:
        follower(person)


def _age(row: Any, survivor: Person) -> tuple[Any, ...]:
    """Order rows by age; of two of one moment the surviving person's comes first."""
    return row.received_at, row.person_id != survivor.pk


def _way(suspect: Suspect) -> int:
    return WAY.index(suspect.status)


def _roles(*persons: Person) -> list[Any]:
    return [row for role in (Victim, Suspect) for row in role.objects.live().filter(person__in=persons).order_by("pk")]


def _paired(role: Any, survivor: Person, absorbed: Person, *, key: Any) -> list[dict[str, Any]]:
    """Let of two rows in one complaint one leave; what hangs on it goes to the one that stays."""
    by_complaint: dict[Any, list[Any]] = {}
    for row in role.objects.live().filter(person__in=[survivor, absorbed]):
        by_complaint.setdefault(row.complaint_id, []).append(row)
    return [pair_up(*sorted(rows, key=key)) for rows in by_complaint.values() if len(rows) > 1]


def pair_up(stays: Any, leaves: Any) -> dict[str, Any]:
    """Let one row leave the counters for its like, and return what is needed to take that back."""
    role = type(stays)
    role._base_manager.filter(pk=leaves.pk).update(
        merged_into=stays, version=F("version") + 1, updated_at=timezone.now()
    )
    moved = move(stays, leaves)
    pair = {"role": role._meta.label_lower, "stays": str(stays.pk), "left": str(leaves.pk), "moved": moved}
    if stays.operation_id is None and leaves.operation_id is not None:  # they were met there, whichever row stays
        role._base_manager.filter(pk=stays.pk).update(operation_id=leaves.operation_id)
        pair["operation"] = str(leaves.operation_id)
    if role is Victim:
        pair["grants"] = _shared_with(leaves, stays)
    return pair


def _shared_with(leaves: Victim, stays: Victim) -> list[str]:
    """Open to whom the row that leaves was shared with the one that stays: their referral goes on with it."""
    grants = Grant.objects.filter(complaint_id=leaves.complaint_id, victim_id=leaves.pk)
    keys = list(grants.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    Grant.objects.filter(pk__in=keys).update(victim_id=stays.pk)
    return [str(key) for key in keys]


def part(merge: Merge, survivor: Person, absorbed: Person, by: Any) -> None:
    """Give back what still hangs on the survivor, the rows that had left, the searches and the decisions."""
    touched = _roles(survivor)
    cover_people(growing(merge), why=RAISED, by=merge.undone_by)
    merge.kept["rows"] += move_back(merge.moved, survivor, absorbed)
    merge.kept["rows"] += sum(part_pair(pair) for pair in merge.also.get("pairs", ()))
    given = searches.give_searches_back([survivor.pk, absorbed.pk])
    searches.take_decisions_back(given, merge.also.get("decided", {}))
    tell_story("parted_person", touched)


def growing(merge: Merge) -> dict[Any, int]:
    """Count by complaint how many people come back into its ledger."""
    left = [pair["left"] for pair in merge.also.get("pairs", ()) if pair["role"] == Victim._meta.label_lower]
    found: dict[Any, int] = {}
    rows = Victim._base_manager.filter(pk__in=left, found_unreported=False, merged_into__isnull=False)
    for complaint in rows.values_list("complaint_id", flat=True):
        found[complaint] = found.get(complaint, 0) + 1
    return found


def part_pair(pair: dict[str, Any]) -> int:
    """Let a row come back that had left for its like; return how many rows on it stayed elsewhere."""
    role: Any = {model._meta.label_lower: model for model in (Victim, Suspect)}[pair["role"]]
    rows = role._base_manager.in_bulk([pair["stays"], pair["left"]], field_name="pk")
    stays, left = (rows[key] for key in sorted(rows, key=lambda key: str(key) != pair["stays"]))
    stayed = move_back(pair["moved"], stays, left)
    if lent := pair.get("operation"):
        role._base_manager.filter(pk=stays.pk, operation_id=lent).update(operation=None)
    Grant.objects.filter(pk__in=pair.get("grants", ()), victim_id=stays.pk).update(victim_id=left.pk)
    if left.merged_into_id is None:
        return stayed + 1
    live = role.objects.live().filter(complaint=left.complaint_id, person=left.person_id).exclude(pk=left.pk).first()
    # Who was merged into the row that went away belongs to who came back.
    followers = role._base_manager.filter(merged_into=stays, person=left.person_id, complaint=left.complaint_id)
    followers.exclude(pk=left.pk).update(merged_into=live or left)
    role._base_manager.filter(pk=left.pk).update(merged_into=live, version=F("version") + 1, updated_at=timezone.now())
    return stayed


def tell_story(step: str, rows: Iterable[Any]) -> None:
    """Add a line to the stories of rows, as the system: they tell nothing of each other's complaints."""
    by, now = system_user(), timezone.now()
    Transition.objects.bulk_create(
        Transition(**story_columns(row), field="merged_into", step=step, after="", by=by, happened_at=now)
        for row in rows
    )


register(
    Shape(
        model=Person,
        propose="merge.propose",
        confirm="merge.confirm",
        groups=groups,
        hold=hold,
        check=check,
        provinces=provinces,
        join=join,
        part=part,
        tidy=look_again,
        sees=sees,
        names=names,
    )
)
