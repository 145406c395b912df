"""A publication as a paper: what was frozen, never counted again; a draft says so on every page."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core.display import moment
from reports.handin.frozen import sheets_of, tables_of, title_of
from reports.handin.paper import paper, sheet_of
from reports.handin.workbook import workbook
from reports.models import Publication, PublicationStatus, PublishedFigure, in_language
from reports.papers.shape import Cell, Paper, Table, Text, at, count, kept, on_day, words
from reports.papers.written import as_form, reader, source
from reports.publications import figure_of, mark_of, window_words


def made(publication: Publication, form: str, user: Any) -> bytes:
    """Write a publication in a form; tables to hand in look as they do unsigned, and hold what was frozen. Raises NoPaper."""
    if not publication.hand_in or form == "docx":
        return as_form(form, paper_of(publication, user))
    whose = _("Asked for by %(who)s, %(moment)s.") % {"who": reader(user), "moment": moment(timezone.now())}
    tables = tables_of(publication)
    tables = replace(tables, lines=[*tables.lines, whose], foot=foot_of(publication, user))
    return workbook(tables) if form == "xlsx" else paper(tables)


def paper_of(publication: Publication, user: Any) -> Paper:
    """Return a publication as a paper, in the language that is on."""
    figures = list(publication.figures.prefetch_related("parts"))
    press = [(language, publication.press[language]) for language in ("km", "en") if language in publication.press]
    days = window_words(publication)
    title = f"{title_of(publication)}, {days}" if publication.hand_in else _("Figures of %(days)s") % {"days": days}
    return Paper(
        title=title,
        language=get_language() or "km",
        facts=kept(facts(publication, user)),
        foot=foot_of(publication, user),
        mark=mark_of(publication),
        warning=warning_of(publication),
        parts=[*([Text(_("To be read out"), press)] if press else []), *handed_in(publication), *tables(figures)],
        definitions=[(figure.words, definition(figure)) for figure in figures],
        rules=[in_language(rule) for rule in publication.rules],
        wide=bool(publication.hand_in),
    )


def foot_of(publication: Publication, user: Any) -> str:
    """Say on every page which publication it is, and whose copy."""
    return f"{publication.reference} · {reader(user)} · {moment(timezone.now())}"


def warning_of(publication: Publication) -> str:
    """Say on the first page why nobody should go on with it."""
    if publication.status == PublicationStatus.DRAFT:
        return _("Not signed: this is not for release.")
    if publication.superseded_by:
        return _("Superseded: a newer publication takes its place.") + f" {publication.superseded_by.reference}"
    return ""


def facts(publication: Publication, user: Any) -> Iterator[tuple[str, Cell | str]]:
    """Give who answers for it, how it was counted, and whose copy this is."""
    yield _("Reference"), publication.reference
    yield pgettext("of a paper", "State"), publication.get_status_display()
    yield _("Window"), window_words(publication)
    yield _("First day"), on_day(publication.first_on)
    yield _("Last day"), on_day(publication.last_on)
    yield _("Places"), publication.get_scope_display()
    yield _("Kind"), publication.get_kind_display()
    yield _("Audience"), publication.get_audience_display()
    yield _("As known on"), at(publication.as_of)
    yield _("Prepared by"), publication.prepared_by_words
    if publication.signed_at is not None:
        yield _("Signed by"), publication.signed_by_words
        yield _("Signed on"), at(publication.signed_at)
    for key, other in ((_("Supersedes"), publication.supersedes), (_("Superseded by"), publication.superseded_by)):
        yield key, other.reference if other is not None else ""
    yield _("Note"), publication.note
    yield _("Asked for by"), reader(user)
    yield _("Asked for at"), at(timezone.now())
    yield pgettext("of a paper", "Source"), source()


def tables(figures: list[PublishedFigure]) -> Iterator[Table]:
    """Give the figures, what stood beside them, and each by its dimensions."""
    shown = [figure_of(figure) for figure in figures]
    rows = [row for one in shown for row in figure_rows(one)]
    yield Table(_("Figures"), _("Figures"), (_("Figure"), _("Number")), rows)
    for one in shown:
        for table in one["tables"]:
            title = _("%(figure)s: %(split)s") % {"figure": one["figure"].words, "split": table["title"].lower()}
            remark = table["note"] if table["adds_up"] else _("Does not add up: one may stand under several.")
            head = (table["title"], _("Number"))
            yield Table(table["title"], title, head, [part_row(row) for row in table["rows"]], remark, (1,))


def handed_in(publication: Publication) -> Iterator[Table]:
    """Give the tables to hand in as they were frozen, the year before in brackets; sources and reasons stand below."""
    for filled in sheets_of(publication) if publication.hand_in else ():
        said = sheet_of(filled)
        rows = [[words(str(cell)) for cell in row] for row in said["rows"]]
        yield Table(
            filled.sheet.code, said["title"], tuple(said["head"]), rows, "\n".join(said["words"]), tuple(said["right"])
        )


def figure_rows(one: dict[str, Any]) -> Iterator[list[Cell]]:
    """Give a figure, and in rows of their own the numbers beside it."""
    figure = one["figure"]
    yield [words(figure.words), Cell(one["said"], figure.number_kept)]
    for beside in one["beside"]:
        yield [words(f"– {beside['label']}"), count(beside["n"])]


def part_row(row: dict[str, Any]) -> list[Cell]:
    """Return a value of a dimension with its number."""
    return [Cell(row["word"], None, (row["second"],) if row["second"] else ()), count(row["n"])]


def definition(figure: PublishedFigure) -> str:
    """Say a figure's rule as it was: its words, by which day it counts, its version and its mark."""
    rule = _("Rule %(n)s (%(mark)s).") % {"n": figure.definition_version, "mark": figure.digest}
    return f"{figure.rule} {_('Date:')} {figure.day_counted}. {rule}"
