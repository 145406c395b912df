"""What the pages of an operation show: facts, who was met, the ledgers of its complaints, its story."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from complaints.models import Complaint
from core import display
from suspects.models import Suspect
from victims.models import Entry, Operation, OperationStatus, RescueStatus, Victim
from victims.operation_workflow import OPERATION
from victims.presenters import in_ledger_order, marks_of, row_of
from workflow.models import Transition
from workflow.services import available_steps
from workflow.story import as_items, line_of

MOST = 300
LINES = 25
ENTRIES = 20


def titled(operation: Operation, user: Any) -> Operation:
    """Give an operation the title that the reader may see: the exact place is not for readers of coded data."""
    operation.title = operation.where_for(identity=user.may("identity.read"))  # type: ignore[attr-defined]
    return operation


def people_of(operation: Operation, user: Any) -> list[Victim]:
    """Return the people met in an operation that the reader may see; two queries."""
    seen = Victim.objects.visible_to(user).live().filter(operation=operation)
    return list(seen.select_related("person", "complaint").prefetch_related("person__names").order_by("pk")[:MOST])


def arrested_in(operation: Operation, user: Any) -> list[Suspect]:
    """Return the suspects arrested in an operation that the reader may see."""
    if not user.may("suspect.read"):
        return []
    return list(Suspect.objects.visible_to(user).live().filter(operation=operation).for_list()[:MOST])


def found(people: Iterable[Victim], suspects: Iterable[Suspect]) -> dict[str, int]:
    """Return the ledger of an operation: found = brought out + stayed + arrested; each person once.

    Who was arrested counts as arrested, whatever else they are; beside it, how many nobody had reported.
    """
    arrested = {suspect.person_id for suspect in suspects}
    met = {victim.person_id: victim for victim in people if victim.person_id not in arrested}
    out = sum(victim.rescue_status == RescueStatus.RESCUED for victim in met.values())
    unreported = sum(victim.found_unreported for victim in met.values())
    return {
        "found": len(met) + len(arrested),
        "brought_out": out,
        "stayed": len(met) - out,
        "arrested": len(arrested),
        "unreported": unreported,
    }


def found_words(ledger: dict[str, int]) -> list[dict[str, Any]]:
    """Return the terms of the ledger of an operation with their words."""
    words = {
        "found": _("Found"),
        "brought_out": pgettext("people met", "Brought out"),
        "stayed": _("Stayed"),
        "arrested": _("Arrested"),
        "unreported": _("Found without having been reported"),
    }
    return [{"name": name, "label": label, "n": ledger[name]} for name, label in words.items()]


def facts_of(operation: Operation, user: Any) -> list[dict[str, Any]]:
    """Return the facts of an operation with a value."""
    site = operation.site
    done = operation.status == OperationStatus.DONE
    rows: list[dict[str, Any]] = [
        {"key": _("Site"), "value": site or "", "url": reverse("sites:detail", args=[site.reference]) if site else ""},
        {"key": _("Place"), "value": operation.place if user.may("identity.read") else ""},
        {"key": _("Planned for"), "value": display.moment(operation.planned_for)},
        {"key": _("Carried out"), "value": display.moment(operation.done_at) if done else ""},
        {"key": _("Result"), "value": operation.get_result_display()},
        {"key": _("Lead"), "value": operation.lead.display_name},
    ]
    return [row for row in rows if row["value"]]


def ledgers_of(complaints: list[Complaint], user: Any) -> list[dict[str, Any]]:
    """Return each complaint with its ledger and one mark a person; two queries for all of them."""
    seen = Victim.objects.visible_to(user).live().filter(complaint__in=complaints)
    people: dict[Any, list[Victim]] = {}
    for victim in seen.select_related("person").prefetch_related("person__names").order_by("pk")[:MOST]:
        people.setdefault(victim.complaint_id, []).append(victim)
    return [
        {"complaint": row, "ledger": row.ledger, "marks": marks_of(in_ledger_order(people.get(row.pk, [])), user)}
        for row in complaints
    ]


def complaints_of(operation: Operation, user: Any) -> list[Complaint]:
    """Return the complaints of an operation that the reader may see."""
    return list(Complaint.objects.visible_to(user).live().filter(operations=operation).order_by("received_at", "pk"))


def entries_of(operation: Operation, *, may_undo: bool) -> list[dict[str, Any]]:
    """Return what was entered at once, newest first, each with where it is taken back."""
    rows = Entry.objects.filter(operation=operation).select_related("by", "undone_by").order_by("-at", "pk")
    return [
        {
            "label": entry.get_kind_display(),
            "people": ngettext("%(n)s person", "%(n)s people", entry.n_people) % {"n": display.number(entry.n_people)},
            "by": entry.by.display_name,
            "at": entry.at,
            "undone": entry.undone_by.display_name if entry.undone_by else "",
            "undone_at": entry.undone_at,
            "url": reverse("operations:take_back", args=[operation.reference, entry.pk])
            if may_undo and not entry.is_undone
            else "",
        }
        for entry in rows[:ENTRIES]
    ]


def members_of(operation: Operation, *, may_end: bool) -> list[dict[str, Any]]:
    """Return who is named for an operation now."""
    rows = operation.members.filter(until_at=None).select_related("user").order_by("from_at", "pk")
    found = list(rows)
    return [
        {
            "name": member.user.display_name,
            "role": member.user.table.label,
            "since": member.from_at,
            "url": reverse("operations:end_member", args=[operation.reference, member.pk])
            if may_end and len(found) > 1
            else "",
        }
        for member in found
    ]


def story_of(operation: Operation, user: Any) -> list[dict[str, Any]]:
    """Return the newest lines of the story of an operation."""
    rows = Transition.objects.of(operation).select_related("by")[:LINES]
    lines = []
    for row in rows:
        line = line_of(row, notes=user.may("identity.read"), people={})
        if row.field == "people" and row.after.isdecimal():
            n = int(row.after)
            line.note = ngettext("%(n)s person", "%(n)s people", n) % {"n": display.number(n)}
        lines.append(line)
    return as_items(lines)


def buttons_of(operation: Operation, user: Any) -> list[dict[str, Any]]:
    """Return the steps the reader may take now, as links to their pages."""
    return [
        {"label": step.label, "url": reverse("operations:step", args=[operation.reference, step.name])}
        for step in available_steps(OPERATION, operation, user)
    ]


def rows_of(people: Iterable[Victim], user: Any) -> list[Any]:
    """Prepare the people for the table."""
    return [row_of(victim, user) for victim in people]
