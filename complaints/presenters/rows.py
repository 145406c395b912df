"""One complaint in a list or on the work page, as flat strings."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from complaints.guards import is_unassigned
from complaints.models import Channel, Complaint, ExploitationForm, Status
from complaints.presenters.next_step import Next, next_step
from core import context, display, glyphs
from core.templatetags.sangkroh import urgency
from core.text import KHMER

OPENING = 400


@dataclass(frozen=True, slots=True)
class Row:
    """A complaint as a row: text and ready markup, nothing to look up."""

    reference: str
    url: str
    headline: str
    headline_lang: str
    status: str
    urgency: SafeString
    place: str
    channel: str
    received: str
    officer: str
    marks: SafeString
    clock: SafeString
    edge: str
    status_word: SafeString
    status_glyph: SafeString
    next: Next | None = field(default=None)
    waits: bool = False  # at the ministry, for its province


def for_rows(complaints: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Fetch what rows show: of the narrative only its beginning, for the headline."""
    rows = complaints.for_list().annotate(opening=Left("narrative", OPENING))  # type: ignore[attr-defined]
    return rows.defer("narrative", "official")  # type: ignore[no-any-return]


def clock_of(complaint: Complaint, now: datetime) -> display.Clock | None:
    """Read the clock of a complaint; a closed one has none."""
    if complaint.status == Status.CLOSED:
        return None
    return display.clock(complaint.clock_from, complaint.due_at, now=now)


@lru_cache(maxsize=4096)
def _marks(ledger: tuple[tuple[str, int], ...], under: bool, _language: str, _digits: str) -> SafeString:
    return glyphs.marks(dict(ledger), under=under)


def marks_of(complaint: Complaint, *, under: bool) -> SafeString:
    """Draw the ledger of a row, the marks beside or `under` the figures; equal ledgers are drawn once."""
    language = get_language() or "km"
    digits = display.digits_for(context.current().user, language)
    return _marks(tuple(complaint.ledger.items()), under, language, digits)


def headline_of(complaint: Complaint, user: Any) -> str:
    """Return what happened to whom; for readers of coded data how many people and which form, never words."""
    if user.may("identity.read"):
        if opening := getattr(complaint, "opening", None):
            complaint.narrative = opening
        return complaint.headline or complaint.reference
    form = dict(ExploitationForm.choices).get(complaint.main_form, _("form not known"))
    if complaint.main_form == "mixed":
        form = _("several forms")
    n = complaint.n_reported
    people = ngettext("%(n)s person", "%(n)s people", n) % {"n": display.number(n)}
    return f"{people}, {str(form).lower()}"


def language_of(text: str) -> str:
    """Return the language a text is marked with where it is not the page's."""
    return "km" if KHMER.search(text) else "en"


def place_of(complaint: Complaint, *, with_province: bool = False) -> str:
    """Return where the people are believed to be, from the building outwards."""
    if complaint.site:
        return str(complaint.site)
    if complaint.district:
        return str(complaint.district)
    if complaint.province_of_incident:
        return str(complaint.province_of_incident) if with_province else _("Site not known")
    return _("No province yet") if is_unassigned(complaint) else _("Site not known")


def row_of(complaint: Complaint, user: Any, now: datetime, *, steps: bool = False) -> Row:
    """Prepare one row; `steps` adds the button of the next step."""
    headline = headline_of(complaint, user)
    clock = clock_of(complaint, now)
    status = Status(complaint.status)
    return Row(
        reference=complaint.reference,
        url=reverse("complaints:detail", args=[complaint.reference]),
        headline=headline,
        headline_lang=language_of(headline),
        status=complaint.status,
        urgency=urgency(complaint.urgency),
        place=place_of(complaint, with_province=user.is_ministry),
        channel=str(Channel(complaint.channel).label),
        received=display.day(complaint.received_at, "short"),
        officer=complaint.officer.display_name if complaint.officer else _("no officer"),
        marks=marks_of(complaint, under=not steps),
        clock=glyphs.bar(clock) if clock else SafeString(""),
        edge=_edge(complaint, clock),
        status_word=glyphs.said(complaint.status, status.label),
        status_glyph=glyphs.named(complaint.status, label=str(status.label)),
        waits=complaint.status == Status.NEW and is_unassigned(complaint),
        next=next_step(complaint, user) if steps else None,
    )


def _edge(complaint: Complaint, clock: display.Clock | None) -> str:
    if clock and clock.state == "over":
        return "sk-row--over"
    return "sk-row--new" if complaint.status == Status.NEW else ""


def rows_of(complaints: Iterable[Complaint], user: Any, now: datetime, *, steps: bool = False) -> list[Row]:
    """Prepare rows; no query, whatever their number."""
    return [row_of(complaint, user, now, steps=steps) for complaint in complaints]
