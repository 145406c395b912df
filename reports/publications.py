"""Publications as pages show them: the register, a frozen page, what changed since."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import display
from core.display import number
from reports.figures import Part
from reports.indicators import Measure
from reports.indicators.complaints import percent
from reports.models import Finality, Publication, PublicationStatus, PublishedFigure, PublishedPart, in_language
from reports.presenters import Record, brought, records_of
from reports.services.since import (
    CORRECTED_IN,
    CORRECTED_OUT,
    LATE,
    MERGED,
    OTHERWISE,
    PARTED,
    THROUGH_ANOTHER,
    Moved,
    Since,
)
from reports.services.traces import Done
from reports.units import decimal, said

KIND_WORDS = {
    LATE: gettext_lazy("Entered late"),
    CORRECTED_IN: gettext_lazy("Counts now: corrected or decided since"),
    CORRECTED_OUT: gettext_lazy("Counts no more: corrected or decided since"),
    MERGED: gettext_lazy("Counts no more: merged into another"),
    PARTED: gettext_lazy("Counts now: a merge was taken back"),
    OTHERWISE: gettext_lazy("Counts otherwise: a number or an outcome changed"),
    THROUGH_ANOTHER: gettext_lazy("The same person counts through another record"),
}
MOST = 200  # records of a figure on the page
MOST_DONE = 3  # lines of what was done to one of them


def window_words(publication: Publication) -> str:
    """Say the days of a publication."""
    first, last = display.day(publication.first_on), display.day(publication.last_on)
    return first if publication.first_on == publication.last_on else f"{first} – {last}"


def mark_of(publication: Publication) -> str:
    """Say what stands on every page: that it is a draft, was never released, or is provisional; nothing on what is final."""
    match publication.status:
        case PublicationStatus.DRAFT:
            return _("DRAFT: not signed, not for release")
        case PublicationStatus.WITHDRAWN:
            return _("This was never released.")
        case PublicationStatus.SUPERSEDED if publication.superseded_by:
            return _("Superseded by %(reference)s") % {"reference": publication.superseded_by.reference}
    return str(Finality.PROVISIONAL.label) if publication.kind == Finality.PROVISIONAL else ""


def figure_words(figure: PublishedFigure) -> str:
    """Say a published number with its unit."""
    kept = Measure(figure.number_kept, figure.count, figure.numerator, figure.denominator)
    return said(figure, kept)


def facts_of(publication: Publication) -> list[dict[str, Any]]:
    """Return who answers for it, and how it was counted."""
    rows = [
        (_("Window"), window_words(publication), ""),
        (_("As known on"), display.moment(publication.as_of), ""),
        (_("Kind"), publication.get_kind_display(), ""),
        (_("Audience"), publication.get_audience_display(), ""),
        (_("Scope"), publication.get_scope_display(), ""),
        (_("Prepared by"), publication.prepared_by_words, display.moment(publication.prepared_at)),
    ]
    if publication.is_released:
        rows.append((_("Signed by"), publication.signed_by_words, display.moment(publication.signed_at)))
    if publication.note:
        rows.append((_("Note"), publication.note, ""))
    found: list[dict[str, Any]] = [{"key": key, "value": value, "second": second} for key, value, second in rows]
    for key, other in ((_("Supersedes"), publication.supersedes), (_("Superseded by"), publication.superseded_by)):
        if other is not None:
            url = reverse("reports:publication", args=[other.reference])
            found.append({"key": key, "value": other.reference, "url": url})
    return found


def figures_of(publication: Publication) -> list[dict[str, Any]]:
    """Return the figures as they were published; two queries."""
    return [figure_of(figure) for figure in publication.figures.prefetch_related("parts")]


def figure_of(figure: PublishedFigure) -> dict[str, Any]:
    """Return one figure with what stood beside it and its tables."""
    return {
        "figure": figure,
        "said": figure_words(figure),
        "beside": [{"label": in_language(one), "n": one["n"]} for one in figure.beside.values()],
        "tables": tables_of(figure),
    }


def tables_of(figure: PublishedFigure) -> list[dict[str, Any]]:
    """Return the parts of a figure by dimension."""
    found: dict[str, dict[str, Any]] = {}
    for part in figure.parts.all():
        title, note = in_language(part.title), in_language(part.note)
        table = found.setdefault(part.split, {"title": title, "note": note, "adds_up": part.adds_up, "rows": []})
        table["rows"].append({"word": in_language(part.word), "n": part.n, "second": second_of(part)})
    return list(found.values())


def second_of(part: PublishedPart | Part) -> str:
    """Say what stands under the name of a part: a rate, a median."""
    if part.numerator is not None:
        rate = percent(part.numerator, part.n)
        words = {"percent": number(rate or 0), "n": number(part.numerator), "all": number(part.n)}
        return _("%(percent)s %% (%(n)s of %(all)s)") % words
    if part.typical is not None:
        return _("median %(hours)s hours") % {"hours": decimal(float(part.typical))}
    return ""


@dataclass
class Shown:
    """One record that moved, as far as the reader may see it."""

    record: Record
    done: list[str]


@dataclass
class Group:
    """The records of a figure that moved in one way: those the reader may see, and how many others."""

    words: Any
    n: int = 0
    rows: list[Shown] = field(default_factory=list)
    hidden: int = 0

    @property
    def more(self) -> int:
        """Return how many are left out for want of room."""
        return self.n - self.hidden - len(self.rows)


def changes_of(found: list[Since], user: Any) -> list[dict[str, Any]]:
    """Return what changed of each figure; records by reference where the reader may see them, else counted."""
    known = records_by_key((row for one in found for row in one.moved), user)
    return [change_of(one, known) for one in found]


def change_of(one: Since, known: dict[UUID, Record]) -> dict[str, Any]:
    """Return what changed of one figure."""
    groups: dict[str, Group] = {}
    for moved in one.moved:
        group = groups.setdefault(moved.kind, Group(KIND_WORDS[moved.kind]))
        group.n += 1
        record = known.get(moved.object_id)
        if record is None:
            group.hidden += 1
        elif len(group.rows) < MOST:
            group.rows.append(Shown(record, done_words(moved)))
    return {
        "figure": one.figure,
        "then": figure_words(one.figure),
        "now": said(one.figure, one.now) if one.now else _("not counted any more"),
        "differs": one.differs,
        "rule": rule_words(one),
        "groups": [groups[kind] for kind in KIND_WORDS if kind in groups],
        "parts": [
            *(
                {"title": _("Beside the figure"), "word": in_language(w), "then": then, "now": n}
                for w, then, n in one.beside
            ),
            *(
                {"title": in_language(part.title), "word": in_language(part.word), "then": part.n, "now": n}
                for part, n in one.parts
            ),
        ],
    }


def rule_words(one: Since) -> str:
    """Say that the counting rule is another now; empty where it is the same."""
    if one.is_same_rule or one.now is None:
        return ""
    return _("The counting rule has changed since: what follows is counted by the new one.")


def done_words(moved: Moved) -> list[str]:
    """Say what was done to a record since, by whom and when, the newest first."""
    return [_done(done) for done in moved.trace.done(moved.object_id)[:MOST_DONE]]


def _done(done: Done) -> str:
    parts = [part for part in (done.what, done.who, display.moment(done.recorded_at, "short")) if part]
    return ", ".join(parts)


def records_by_key(rows: Iterable[Moved], user: Any) -> dict[UUID, Record]:
    """Return the records that a reader may know of; a few queries for each kind of record."""
    by_type: dict[str, set[UUID]] = {}
    for row in rows:
        by_type.setdefault(row.object_type, set()).add(row.object_id)
    found: dict[UUID, Record] = {}
    for label, keys in by_type.items():
        model: Any = apps.get_model(label)
        seen = list(brought(model.objects.visible_to(user).filter(pk__in=keys)))
        found |= {row.pk: record for row, record in zip(seen, records_of(seen, user), strict=True)}
    return found


def reasons(one: Since, days_apart: int, own: Any) -> list[str]:
    """Say why a figure on a page differs from the one published; `own`: what the reader counts in the published window."""
    found = []
    if days_apart:
        words = ngettext("The window differs by %(n)s day.", "The window differs by %(n)s days.", days_apart)
        found.append(words % {"n": number(days_apart)})
    if n := one.many(LATE):
        words = ngettext("%(n)s entered late.", "%(n)s entered late.", n)
        found.append(words % {"n": number(n)})
    if n := one.many(CORRECTED_IN, CORRECTED_OUT, MERGED, PARTED, OTHERWISE):
        words = ngettext("%(n)s corrected, merged or decided since.", "%(n)s corrected, merged or decided since.", n)
        found.append(words % {"n": number(n)})
    if not one.is_same_rule:
        found.append(_("The counting rule has changed since."))
    if one.now is not None and not days_apart and own != one.now.value:
        found.append(_("The system counts the whole country; here stands what you may see."))
    return found
