"""The story of a complaint: its own steps and edits, those of the people in it, calls, attempts and numbers; as a whole or in parts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from complaints.models import Complaint, Contact
from complaints.presenters.besides import ALL, besides, contact_lines
from complaints.presenters.field_words import NUMBERS, labels, said
from core.paging import PageOfRows, Sort, page_of
from people.presenters import names_of
from suspects.models import Suspect
from victims.models import Victim
from workflow.models import Edit, Transition
from workflow.story import Line, edits_as_lines, line_of, told

NEWEST = 40
SHOWN = 8
EDITS = 200
PARTS = {
    "all": _("All"),
    "steps": _("Steps"),
    "edits": _("Edits"),
    "people": _("People"),
    "contacts": _("Calls and messages"),
}
# What is laid beside the rows that a part is paged by.
BESIDE = {"all": ALL, "steps": (), "edits": ("revision",), "people": (), "contacts": ("attempt", "answer", "ring")}
SORTS = {"newest": Sort("recorded_at", True, _("Newest first"))}
LOGGED = {"newest": Sort("logged_at", True, _("Newest first"))}
ROOMS: dict[str, Any] = {"victims.victim": Victim, "suspects.suspect": Suspect}
MERGED = "merged_into"  # the field of a merge, and of one taken back; the note is the other's reference
REPORTED = ("send", "recall")  # what a partner does with what it told the ministry
People = Mapping[Any, tuple[str, str]]


def part_of(params: Mapping[str, Any]) -> str:
    """Return the part of the story that is asked for; the whole where the word is not known."""
    part = str(params.get("show", "all"))
    return part if part in PARTS else "all"


def part_links(part: str, url: str, anchor: str = "") -> list[dict[str, Any]]:
    """Return the parts as links to a page that tells them."""
    return [
        {"label": label, "url": f"{url}{'' if name == 'all' else f'?show={name}'}{anchor}", "current": name == part}
        for name, label in PARTS.items()
    ]


def steps_of(complaint: Complaint, part: str) -> QuerySet[Transition]:
    """Return the steps that a part tells, newest first."""
    steps = Transition.objects.of_complaint(complaint).select_related("by")
    own = Q(object_type=complaint._meta.label_lower)
    return steps.filter(own) if part == "steps" else (steps.exclude(own) if part == "people" else steps)


def actor_of(row: Transition, user: Any) -> str:
    """Name who took a step; a partner that reported, or took its word back, only to who may open a reporter's identity."""
    if row.by.role == "partner" and row.step in REPORTED and not user.may("reporter.reveal"):
        return pgettext("role", "Partner")
    return str(row.by.display_name)


def told_line(row: Transition, user: Any, people: People) -> Line:
    """Turn a step into a line as this reader may know it; a merge names the other complaint to who may see that one now."""
    is_named = row.field != MERGED or not row.note or _sees(row.note, user)
    line = line_of(row, notes=is_named and user.may("identity.read"), people=people)
    line.by = actor_of(row, user)
    return line


def _sees(reference: str, user: Any) -> bool:
    return bool(Complaint.objects.visible_to(user).filter(reference=reference).exists())


def edits_of(complaint: Complaint) -> QuerySet[Edit]:
    """Return the edits, newest first; numbers are told by their revisions."""
    return Edit.objects.of_complaint(complaint).exclude(field__in=NUMBERS).select_related("by")


def newest(
    complaint: Complaint, user: Any, people: People, part: str, steps: list[Transition] | None = None
) -> tuple[list[Line], bool]:
    """Return the newest lines of a part, steps of several people joined, and whether there are older ones; three queries.

    `steps` are the newest of the whole story, one more than are told, where they were fetched already.
    """
    lines: list[Line] = []
    older = False
    if part in {"all", "steps", "people"}:
        found = steps if steps is not None and part == "all" else list(steps_of(complaint, part)[: NEWEST + 1])
        lines += [told_line(row, user, people) for row in found[:NEWEST]]
        older = len(found) > NEWEST
    if part in {"all", "edits"}:
        edits = list(edits_of(complaint)[:NEWEST])
        lines += edits_as_lines(edits, labels(user), said(edits, complaint))
    beside = ("contact", "attempt", "answer", "ring") if part == "contacts" else BESIDE[part]
    lines += besides(complaint, user, beside, NEWEST)
    joined = told(latest_first(lines))
    return joined[:SHOWN], older or len(joined) > SHOWN


def newest_whole(
    complaint: Complaint, user: Any, people: list[Any], suspects: list[Any], most: int
) -> tuple[list[Line], bool]:
    """Return the newest lines of everything, not joined, and whether there are older ones; places as they are now."""
    named = {
        row.pk: (names_of(row.person, user)[0] or row.reference, f"/{room}/{row.reference}/")
        for room, rows in (("victims", people), ("suspects", suspects))
        for row in rows
    }
    steps, edits = list(steps_of(complaint, "all")[: most + 1]), list(edits_of(complaint)[: most + 1])
    lines = [told_line(row, user, named) for row in steps]
    lines += edits_as_lines(edits, labels(user), said(edits, complaint))
    lines += besides(complaint, user, ALL, most + 1)
    return latest_first(lines)[:most], len(lines) > most


def page_of_story(complaint: Complaint, user: Any, params: Any) -> tuple[list[Line], PageOfRows]:
    """Return one page of a part: its steps, edits or calls, and beside them what was told between the same moments."""
    part = part_of(params)
    page, lines, moments = _main(complaint, user, part, params)
    since = moments[-1] if page.next and moments else None
    until = _newer(complaint, part, moments[0]) if page.previous and moments else None
    if part == "all":
        edits = edits_of(complaint)
        edits = edits.filter(recorded_at__gte=since) if since else edits
        shown = list((edits.filter(recorded_at__lt=until) if until else edits)[:EDITS])
        lines += edits_as_lines(shown, labels(user), said(shown))
    lines += besides(complaint, user, BESIDE[part], EDITS, since=since, until=until)
    return latest_first(lines), page


def _main(complaint: Complaint, user: Any, part: str, params: Any) -> tuple[PageOfRows, list[Line], list[datetime]]:
    """Return the page of the rows a part is paged by, as lines, and their moments."""
    if part == "contacts":
        calls = Contact.objects.visible_to(user).filter(complaint=complaint).select_related("logged_by")
        page = page_of(calls.order_by(), params, LOGGED)
        return page, contact_lines(page.rows, user.may("identity.read")), [row.logged_at for row in page.rows]
    if part == "edits":
        page = page_of(edits_of(complaint).order_by(), params, SORTS)
        lines = edits_as_lines(page.rows, labels(user), said(page.rows))
    else:
        page = page_of(steps_of(complaint, part).order_by(), params, SORTS)
        people = people_in(page.rows, user)
        lines = [told_line(row, user, people) for row in page.rows]
    return page, lines, [row.recorded_at for row in page.rows]


def _newer(complaint: Complaint, part: str, moment: datetime) -> datetime | None:
    """Return when the row before the first of a page was told."""
    if part == "contacts":
        rows, name = Contact.objects.filter(complaint=complaint), "logged_at"
    else:
        rows, name = (edits_of(complaint) if part == "edits" else steps_of(complaint, part)), "recorded_at"  # type: ignore[assignment]
    later = rows.filter(**{f"{name}__gt": moment}).order_by(name)
    found: datetime | None = later.values_list(name, flat=True).first()
    return found


def people_in(rows: Iterable[Transition], user: Any) -> dict[Any, tuple[str, str]]:
    """Return name and address of the people that steps are about, of those the reader may see."""
    found: dict[Any, tuple[str, str]] = {}
    for label, model in ROOMS.items():
        keys = {row.object_id for row in rows if row.object_type == label}
        if not keys or (model is Suspect and not user.may("suspect.read")):
            continue
        room = label.partition(".")[0]
        seen = model.objects.visible_to(user).filter(pk__in=keys).select_related("person")
        for row in seen.prefetch_related("person__names"):
            found[row.pk] = (names_of(row.person, user)[0] or row.reference, f"/{room}/{row.reference}/")
    return found


def latest_first(lines: list[Line]) -> list[Line]:
    """Order lines as they were told."""
    return sorted(lines, key=lambda line: line.recorded_at or line.at, reverse=True)
