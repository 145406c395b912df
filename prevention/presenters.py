"""What pages of surveys show: facts, bars, tables whose small cells are hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.display import day, digits, in_khmer, number
from people.models import Sex
from prevention.forms import bands
from prevention.hiding import Cell, Row, shown
from prevention.models import RankedBy, Respondent, SheetImport, Survey
from prevention.results import DIMENSIONS, Results
from prevention.wilson import Share
from provinces.models import Province

PREVIEWED = 10
TITLES: dict[str, Any] = {
    "province": gettext_lazy("By province"),
    "sex": gettext_lazy("By sex"),
    "band": gettext_lazy("By age"),
}
WHATS: dict[str, Any] = {
    "province": gettext_lazy("Province"),
    "sex": gettext_lazy("Sex"),
    "band": gettext_lazy("Age"),
}


def percent(value: float) -> str:
    """Write a share with one place after the point; the sign stands behind."""
    text = f"{100 * value:.1f}"
    return digits(text.replace(".", ",") if in_khmer() else text) + " %"


def interval(share: Share | None) -> str:
    """Write the ends of an interval: "38.1–43.8 %"."""
    return f"{percent(share.low).removesuffix(' %')}–{percent(share.high)}" if share else ""


def mean(value: float | None) -> str:
    """Write a mean place with two places after the point."""
    text = "" if value is None else f"{value:.2f}"
    return digits(text.replace(".", ",") if in_khmer() else text)


def days_of(survey: Survey) -> str:
    """Write the days of a survey."""
    return f"{day(survey.from_on)} – {day(survey.until_on)}"


def facts_of(survey: Survey) -> list[dict[str, Any]]:
    """Return what is known of a survey, for a summary list."""
    most = _("at most %(most)s") % {"most": number(survey.most)}
    facts = [
        (_("Question"), survey.question),
        (_("What is asked"), f"{survey.get_kind_display()}, {most}"),
        (_("Order of the causes"), survey.get_ranked_by_display() if survey.is_ranking else ""),
        (_("Days"), days_of(survey)),
        (_("Who makes it"), survey.organiser),
        (_("Who is asked"), survey.population),
    ]
    return [{"key": key, "value": value} for key, value in facts if value]


def bars_of(results: Results) -> list[dict[str, Any]]:
    """Return one bar a cause in the order of the survey; the longest is 1,000 wide."""
    first = results.survey.ranked_by == RankedBy.FIRST_CHOICE
    shares = [line.first if first else line.share for line in results.lines]
    most = max((share.value for share in shares if share), default=0.0) or 1.0
    return [
        {
            "line": line,
            "said": percent(share.value) if share else "—",
            "interval": interval(share),
            "share": percent(line.share.value) if line.share else "—",
            "mean": mean(line.mean_rank),
            "width": round(1000 * share.value / most) if share else 0,
            "low": round(1000 * share.low / most) if share else 0,
            "high": min(round(1000 * share.high / most), 1120) if share else 0,
        }
        for line, share in zip(results.lines, shares, strict=True)
    ]


def tables_of(results: Results) -> list[dict[str, Any]]:
    """Return the tables by province, sex and age; a cell is a share with its number, or hidden."""
    heads = [str(line.cause) for line in results.lines] + [_("Knows a hotline")]
    return [
        {
            "name": name,
            "title": TITLES[name],
            "what": WHATS[name],
            "heads": heads,
            "rows": [_row(row, words_of(name, results), heads) for row in _sorted(name, shown(results, name))],
        }
        for name in DIMENSIONS
    ]


def _sorted(name: str, rows: list[Row]) -> list[Row]:
    """Leave provinces by their size; bands go by age, not stated last."""
    return sorted(rows, key=lambda row: (row.value == "", int(row.value.split("-")[0].rstrip("+") or 0))) if name == "band" else rows  # fmt: skip


def _row(row: Row, words: Mapping[str, Any], heads: list[str]) -> dict[str, Any]:
    cells = [{"head": head, **_cell(cell)} for head, cell in zip(heads, row.cells, strict=True)]
    return {"word": words.get(row.value) or _("not stated"), "n": row.n, "cells": cells}


def _cell(cell: Cell) -> dict[str, Any]:
    if cell.hidden:
        return {"hidden": True}
    return {"hidden": False, "n": cell.n, "share": percent(cell.share.value) if cell.share else "—"}


def words_of(name: str, results: Results) -> Mapping[str, Any]:
    """Return the words of the values of a dimension."""
    if name == "sex":
        return {**dict(Sex.choices), Sex.UNKNOWN: _("not stated")}
    if name == "band":
        return dict(bands())
    codes = list(results.by["province"].bases)
    return {row.code: row.name for row in Province.objects.filter(pk__in=codes)}


def hotline_of(results: Results) -> dict[str, Any]:
    """Return how many know a hotline."""
    share = results.hotline_share
    return {
        "said": percent(share.value) if share else "—",
        "interval": interval(share),
        "n": results.hotline.n,
        "unsaid": results.unsaid,
    }


def notes_of(results: Results) -> list[str]:
    """Say how the figures were made: what the order is, of whom the shares are, the intervals, the weights, what is hidden."""
    survey, most = results.survey, number(results.survey.most)
    notes = [
        _("Causes put in order, at most %(most)s; several add up to more than 100 %%.") % {"most": most}
        if survey.is_ranking
        else _("Several causes could be named, at most %(most)s: shares add up to more than 100 %%.") % {"most": most},
        _("The order goes by: %(what)s.") % {"what": survey.get_ranked_by_display()},
        _("Shares are of who answered; who refused is left out. Intervals: 95 %, Wilson."),
    ]
    if survey.is_ranking:
        notes.append(_("In the mean place, who did not name a cause counts as the place after the last."))
    if results.is_weighted:
        effective = number(round(results.base.effective))
        notes.append(
            _("Answers are weighted: shares are weighted, intervals go by the effective number, %(n)s.")
            % {"n": effective}
        )
    notes.append(
        _("Groups of fewer than %(k)s people are hidden, and what would give them away.")
        % {"k": number(settings.SMALL_CELL)}
    )
    return [*notes, *_corrected(results)]


def _corrected(results: Results) -> list[str]:
    if results.corrected_at is None:
        return []
    words = ngettext(
        "%(n)s sheet of answers was corrected, last on %(day)s.",
        "%(n)s sheets of answers were corrected, last on %(day)s.",
        results.corrected,
    )
    return [words % {"n": number(results.corrected), "day": day(localdate(results.corrected_at))}]


def list_rows(surveys: list[Survey], user: Any) -> list[dict[str, Any]]:
    """Return the rows of the list, with how many sheets of answers the reader may know of."""
    seen = Respondent.objects.visible_to(user).filter(survey__in=surveys)
    counts = dict(seen.values_list("survey").annotate(n=Count("pk")))
    return [{"survey": survey, "days": days_of(survey), "n": counts.get(survey.pk, 0)} for survey in surveys]


def preview_of(job: SheetImport) -> list[dict[str, Any]]:
    """Return the first rows of a sheet in words."""
    causes = {cause.code: str(cause) for cause in job.survey.causes.all()}
    names = {row.code: row.name for row in Province.objects.choosable()}
    words: dict[Any, Any] = dict(Sex.choices)
    return [
        {
            "line": said["line"],
            "province": names.get(said.get("province") or "", ""),
            "sex": words.get(said.get("sex"), ""),
            "age": digits(str(said["age"])) if said.get("age") is not None else digits(said.get("band") or ""),
            "refused": said.get("refused"),
            "causes": [causes.get(code, code) for code in said.get("causes", ())],
        }
        for said in job.rows[:PREVIEWED]
    ]
