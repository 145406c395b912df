"""The story of one person: the steps of the search, where they were brought, and what was changed of who the person is."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.paging import PageOfRows
from people.facts import CODED, LABELS, said
from people.models import Person
from victims.models import Stay, Victim
from victims.presenters import since_words
from victims.services.who import KNOWN, SAID
from workflow.models import Edit, Transition
from workflow.story import Line, as_items, edits_as_lines, line_of

MOST_BESIDE = 200


def edits_of(victim: Victim) -> QuerySet[Edit]:
    """Return what was changed of who the person is, newest first; also that the row was found to be theirs."""
    taken = Q(object_type=Victim._meta.label_lower, object_id=victim.pk, field="person")
    facts = Q(object_type=Person._meta.label_lower, object_id=victim.person_id)
    return Edit.objects.filter(taken | facts).select_related("by").order_by("-recorded_at", "-id")


def stays_of(victim: Victim) -> QuerySet[Stay]:
    """Return where the person was and is, as it was told, newest first."""
    return Stay.objects.filter(victim=victim).select_related("by").order_by("-recorded_at", "-id")


def beside(page: PageOfRows, victim: Victim, steps: QuerySet[Transition]) -> tuple[QuerySet[Edit], QuerySet[Stay]]:
    """Return the edits and stays of a page of steps: each stands on the page of the step before it."""
    since: datetime | None = page.rows[-1].recorded_at if page.next else None
    until: datetime | None = None
    if page.previous:
        newer = steps.filter(recorded_at__gt=page.rows[0].recorded_at).order_by("recorded_at").first()
        until = newer.recorded_at if newer else None
    between = Q(**{"recorded_at__gte": since} if since else {}) & Q(**{"recorded_at__lt": until} if until else {})
    return edits_of(victim).filter(between)[:MOST_BESIDE], stays_of(victim).filter(between)[:MOST_BESIDE]


def story_of(
    victim: Victim, user: Any, steps: Iterable[Transition], edits: Iterable[Edit], stays: Iterable[Stay]
) -> list[dict[str, Any]]:
    """Return steps, stays and edits as lines of a timeline, newest first; readers of coded data read no names."""
    identity = user.may("identity.read")
    labels: dict[str, Any] = {name: label for name, label in LABELS.items() if identity or name in CODED}
    words = {name: _saying(name) for name in labels}
    labels["person"], words["person"] = _("Who it is"), _said_person
    lines = [line_of(row, notes=identity, people={}) for row in steps]
    lines += [_place(row) for row in stays]
    lines += edits_as_lines(edits, labels, words)
    return as_items(sorted(lines, key=lambda line: line.recorded_at or line.at, reverse=True))


def _place(stay: Stay) -> Line:
    """Tell of a place: its kind and days, never the address."""
    return Line(
        title=_("%(what)s: %(whom)s") % {"what": _("Place"), "whom": stay.get_kind_display()},
        by=stay.by.display_name,
        at=stay.recorded_at,
        note=since_words(stay),
        recorded_at=stay.recorded_at,
    )


def _said_person(text: str) -> str:
    """Say who a row stood for before it was found to be somebody known; it tells of no other row."""
    if text == KNOWN:
        return _("a person known already")
    known = zip(SAID, text.split("\t"), strict=False)
    return ", ".join(
        [_("Name not known"), *(said(name, value) for name, value in known if value not in ("", "unknown"))]
    )


def _saying(name: str) -> Any:
    return lambda text: said(name, text)
