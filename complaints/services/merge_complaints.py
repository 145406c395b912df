"""Two complaints turn out to be one: contacts, people, suspects and files become the survivor's; and back."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Grant
from accounts.scope import is_stricter
from complaints.models import Complaint, Handling, NumberRevision, Outcome, Status
from complaints.names import keep_states
from complaints.services.absorbed import close_absorbed
from complaints.services.clock import reclock
from complaints.services.cover import cover_people
from complaints.services.handling import settle
from complaints.services.index import index
from complaints.services.merge_people import growing, pair_up, part_pair
from complaints.services.pairs import joined, parted
from complaints.services.withheld import withhold
from core.exceptions import Conflict
from people.models import Person
from suspects.models import Suspect, SuspectStatus
from suspects.services import close_around
from victims.models import Victim
from victims.services import merging as searches
from workflow.merging import values_of
from workflow.models import Merge, Transition
from workflow.moving import Moved, follow, hang, move, move_back
from workflow.notes import in_source
from workflow.services import story_columns
from workflow.shapes import Group, Shape, register

WAY = list(SuspectStatus.values)
NUMBER = Group("number", gettext_lazy("People reported"), ("number_low", "number_reported", "number_high"))
GROUPS = [
    Group("narrative", gettext_lazy("What is said"), ("narrative",)),
    Group("place", gettext_lazy("Place"), ("site", "district", "commune", "exact_spot")),
    Group("report", gettext_lazy("Reported from"), ("province_of_report", "country_of_report")),
    Group("forms", gettext_lazy("Forms of exploitation"), ("forms", "main_form")),
    Group("urgency", gettext_lazy("Urgency"), ("urgency",)),
    NUMBER,
]
# What was said of the absorbed one's own number, of its own closing, what it is found by and was found alike with.
OWN_STORY = frozenset(
    {
        "complaints.numberrevision.complaint_id",
        "complaints.secondreading.complaint_id",
        "complaints.searchrow.complaint_id",
        "complaints.comparison.complaint_id",
        "complaints.pair.one_id",
        "complaints.pair.other_id",
    }
)
GRANTS = "accounts.grant.complaint_id"
MORE = gettext_lazy("Another complaint was merged into this one.")
BACK = gettext_lazy("A merge was taken back.")


def groups(survivor: Complaint, absorbed: Complaint) -> list[Group]:
    """Return what can be chosen of two complaints; who handles it and where the people are is the survivor's."""
    return GROUPS


def may_choose(group: Group, survivor: Complaint, absorbed: Complaint) -> bool:
    """Say whether a group may be taken: a place of the same province, a number that is higher."""
    if group.name == "place":
        return survivor.province_of_incident_id == absorbed.province_of_incident_id
    if group.name == "number":
        return absorbed.number_reported is not None and absorbed.number_reported > survivor.n_reported
    return True


def hold(complaints: Iterable[Any]) -> None:
    """Lock the persons both speak of, then every complaint they stand in and the two, each in order of id."""
    keys = list(complaints)
    one, other = (set(_persons(key)) for key in (keys[0], keys[-1]))
    list(Person.objects.filter(pk__in=one & other).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    standing = Victim.objects.live().filter(person_id__in=one & other).values_list("complaint_id", flat=True)
    rows = Complaint._base_manager.filter(pk__in={*keys, *standing}).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def _persons(complaint: Any) -> Any:
    return Victim.objects.live().filter(complaint=complaint).values_list("person_id", flat=True)


def provinces(survivor: Complaint, absorbed: Complaint) -> set[str]:
    """Return the provinces responsible for either."""
    return {survivor.province_id, absorbed.province_id}


def check(survivor: Complaint, absorbed: Complaint, by: Any) -> None:
    """Refuse what would open a complaint to more people, or put people sought into a closed one."""
    if survivor.province_id != absorbed.province_id and not by.may("merge.across"):
        raise PermissionDenied(_("They belong to two provinces. A supervisor at the ministry proposes this."))
    if is_stricter(absorbed.handling, survivor.handling):
        raise Conflict(_("The one that goes is handled more strictly. Let the other one stay."))
    if survivor.status == Status.CLOSED and absorbed.status != Status.CLOSED:
        raise Conflict(_("The complaint that stays is closed. Have it reopened first, or let the other one stay."))


def join(merge: Merge, survivor: Complaint, absorbed: Complaint, by: Any) -> None:
    """Move what hangs on the absorbed complaint; a person who stands in both stands once."""
    if survivor.handling != absorbed.handling:
        withhold(absorbed)  # what was shared of it is shared no more in a stricter one
    if survivor.handling == Handling.SEALED:
        keep_states(absorbed)
    pairs = [*_paired(Victim, survivor, absorbed), *_paired(Suspect, survivor, absorbed)]
    _cover(merge, survivor, absorbed, by)
    merge.moved = [*move(survivor, absorbed, but=OWN_STORY), *_grants(survivor, absorbed)]
    follow(merge.moved, survivor)
    waits = min(filter(None, (survivor.answer_due_at, absorbed.answer_due_at)), default=None)
    waited, survivor.answer_due_at = survivor.answer_due_at, waits  # both reporters are its own
    Complaint._base_manager.filter(pk=survivor.pk).update(answer_due_at=waits)
    searches.end_searches([pair["stays"] for pair in pairs], [pair["left"] for pair in pairs], by)
    merge.also = {"pairs": pairs, "outcome": _duplicate(absorbed, by), "handling": absorbed.handling}
    merge.also["waits"] = [moment.isoformat() if moment else "" for moment in (waited, waits)]
    close_absorbed(survivor)
    close_around(survivor)
    joined(survivor, absorbed)
    _tell("took_in", survivor, absorbed.reference, by)
    survivor.refresh_from_db()
    settle(survivor)


def _paired(role: Any, survivor: Complaint, absorbed: Complaint) -> list[dict[str, Any]]:
    """Let of two rows of one person one leave: the younger, of suspects the one further from court."""
    by_person: dict[Any, list[Any]] = {}
    for row in role.objects.live().filter(complaint__in=[survivor, absorbed]):
        by_person.setdefault(row.person_id, []).append(row)

    def key(row: Any) -> tuple[Any, ...]:
        way = -WAY.index(row.status) if role is Suspect else 0
        return way, row.received_at, row.complaint_id != survivor.pk

    return [pair_up(*sorted(rows, key=key)) for rows in by_person.values() if len(rows) > 1]


def _cover(merge: Merge, survivor: Complaint, absorbed: Complaint, by: Any) -> None:
    """Raise the number to the people that come, and keep what it was for the undoing."""
    fresh = Complaint._base_manager.get(pk=survivor.pk)
    before = merge.before.get("number")
    if before is None:
        before = values_of(fresh, NUMBER)
    else:
        number = before["number_reported"]
        _revised(fresh, None if number is None else int(number), fresh.number_reported, merge.by, by)
    coming = Victim.objects.live().filter(complaint=absorbed, found_unreported=False).count()
    cover_people({survivor.pk: coming}, why=MORE, by=merge.by, approved_by=by)
    after = values_of(Complaint._base_manager.get(pk=survivor.pk), NUMBER)
    if after != before:
        merge.before["number"], merge.after["number"] = before, after


def _revised(row: Complaint, before: int | None, after: int | None, by: Any, approved_by: Any, why: Any = MORE) -> None:
    NumberRevision.objects.create(
        complaint=row,
        province_id=row.province_id,
        handling=row.handling,
        before=before,
        after=after,
        why=in_source(why),
        by=by,
        approved_by=approved_by,
    )


def _grants(survivor: Complaint, absorbed: Complaint) -> Moved:
    """Move who may see it besides, where that opens nothing: a stricter complaint is not opened by an older grant."""
    if survivor.handling != absorbed.handling:
        return []
    kinds = ("kind", "province_id", "user_id", "partner_id", "victim_id")
    there = set(Grant.objects.active().filter(complaint_id=survivor.pk).values_list(*kinds))
    rows = Grant.objects.filter(complaint_id=absorbed.pk).order_by("pk").values_list("pk", *kinds)
    keys = [key for key, *grantee in rows if tuple(grantee) not in there]
    hang(Grant, "complaint_id", keys, survivor)
    return [[GRANTS, str(key)] for key in keys]


def _duplicate(absorbed: Complaint, by: Any) -> list[str]:
    """Give the absorbed complaint its outcome, and return what it was."""
    before = [absorbed.outcome, absorbed.finding, absorbed.outcome_at.isoformat() if absorbed.outcome_at else ""]
    _write_outcome(absorbed, [Outcome.DUPLICATE, "", (absorbed.merged_into or absorbed).updated_at.isoformat()])
    return before


def _write_outcome(row: Complaint, values: list[str]) -> None:
    outcome, finding, at = values
    Complaint._base_manager.filter(pk=row.pk).update(outcome=outcome, finding=finding, outcome_at=at or None)


def part(merge: Merge, survivor: Complaint, absorbed: Complaint, by: Any) -> None:
    """Give back what still hangs on the survivor, and the absorbed complaint its outcome."""
    absorbed.handling = merge.also["handling"]
    Complaint._base_manager.filter(pk=absorbed.pk).update(handling=absorbed.handling)
    merge.kept["rows"] += move_back(merge.moved, survivor, absorbed)
    follow(merge.moved, absorbed)
    cover_people(growing(merge), why=BACK, by=by)
    merge.kept["rows"] += sum(part_pair(pair) for pair in merge.also.get("pairs", ()))
    if absorbed.outcome == Outcome.DUPLICATE:
        _write_outcome(absorbed, merge.also["outcome"])
    _uncover(merge, Complaint._base_manager.get(pk=survivor.pk), by)
    if waits := merge.also.get("waits"):
        same = Complaint._base_manager.filter(pk=survivor.pk, answer_due_at=waits[1] or None)
        same.update(answer_due_at=waits[0] or None)  # where nobody spoke to a reporter since
    parted(survivor, absorbed)
    for row, other in ((survivor, absorbed), (absorbed, survivor)):
        _tell("gave_back", row, other.reference, by)
    settle(Complaint._base_manager.get(pk=absorbed.pk))  # its site may be led by the ministry by now
    absorbed.refresh_from_db()


def _tidy(row: Complaint) -> None:
    """Bring the running limit in line with the urgency, and the search with the words: they may have been taken or given back."""
    reclock(row, "")
    index(row)


def _uncover(merge: Merge, row: Complaint, by: Any) -> None:
    """Say that the number goes down again with the merge; it stays where more people were added since."""
    if "number" not in merge.before or values_of(row, NUMBER) != merge.after["number"]:
        return
    number = merge.before["number"]["number_reported"]
    if number is not None and int(number) < row.n_people:
        merge.kept["fields"].append("number")
        return
    other = merge.by if merge.by_id != by.pk else merge.approved_by  # two people merged: one of them is not `by`
    _revised(row, row.number_reported, None if number is None else int(number), by, other, BACK)


def _tell(step: str, row: Complaint, note: str, by: Any) -> None:
    Transition(**story_columns(row), field="merged_into", step=step, after="", note=note, by=by).save(force_insert=True)


register(
    Shape(
        tidy=_tidy,
        model=Complaint,
        propose="merge.propose",
        confirm="merge.confirm",
        groups=groups,
        hold=hold,
        check=check,
        provinces=provinces,
        join=join,
        part=part,
        may_choose=may_choose,
    )
)
