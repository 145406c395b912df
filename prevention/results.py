"""What a survey says: shares with their intervals, the order of the causes, and the same by province, sex and age.

Shares are of who answered (did not refuse); where weights differ they are weighted shares, and intervals go by the
effective number. Small numbers are hidden by `prevention.hiding`; everything shown goes through it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, DecimalField, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Cast

from prevention.models import Answer, Cause, RankedBy, Respondent, Survey
from prevention.wilson import Share, effective, wilson

HOTLINE = "hotline"  # knowing one stands beside the causes in every table
DIMENSIONS = {"province": "province_id", "sex": "sex", "band": "band"}
_WIDE: DecimalField[Any, Any] = DecimalField(max_digits=24, decimal_places=8)


@dataclass(frozen=True)
class Base:
    """Who answered: their number, the sum of weights and of their squares."""

    n: int = 0
    w: float = 0.0
    w2: float = 0.0

    @property
    def effective(self) -> float:
        """Return the number intervals go by."""
        return effective(self.w, self.w2)


@dataclass(frozen=True)
class Named:
    """How many named something: heads and weights; of a ranking the sum of places and the first choices."""

    n: int = 0
    w: float = 0.0
    places: float = 0.0
    first_n: int = 0
    first_w: float = 0.0

    def share(self, base: Base) -> Share | None:
        """Return the (weighted) share of who answered, with its interval."""
        return wilson(self.w / base.w, base.effective) if base.w else None

    def first(self, base: Base) -> Share | None:
        """Return the (weighted) share of first choices, with its interval."""
        return wilson(self.first_w / base.w, base.effective) if base.w else None

    def mean_rank(self, base: Base, most: int) -> float | None:
        """Return the mean place; who did not name it counts as the place after the last."""
        return (self.places + (base.w - self.w) * (most + 1)) / base.w if base.w else None


@dataclass(frozen=True)
class Line:
    """One cause in the order of the survey."""

    cause: Cause
    place: int
    named: Named
    share: Share | None
    first: Share | None = None
    mean_rank: float | None = None


@dataclass(frozen=True)
class Counts:
    """A dimension: who answered and what was named, by its values ("" for not stated)."""

    name: str
    bases: Mapping[str, Base]
    named: Mapping[tuple[str, str], Named]  # (value, code of a cause or HOTLINE)


@dataclass(frozen=True)
class Results:
    """All of a survey, as it was counted."""

    survey: Survey
    n: int
    refused: int
    base: Base
    is_weighted: bool
    lines: list[Line]
    hotline: Named
    hotline_share: Share | None
    corrected: int  # sheets of answers
    corrected_at: datetime | None
    unsaid: int  # of who answered, those of whom it is not known whether they know a hotline
    by: dict[str, Counts] = field(default_factory=dict)


def results(survey: Survey) -> Results:
    """Count a survey: two queries for the whole and two for each dimension."""
    rows = Respondent.objects.filter(survey=survey)
    told = rows.aggregate(
        n=Count("pk"),
        n_refused=Count("pk", filter=Q(refused=True)),
        unsaid=Count("pk", filter=Q(refused=False, knows_hotline=None)),
        corrected=Count("pk", filter=Q(version__gt=1)),
        corrected_at=Max("updated_at", filter=Q(version__gt=1)),
        lightest=Min("weight", filter=Q(refused=False)),
        heaviest=Max("weight", filter=Q(refused=False)),
    )
    whole = counted(survey, rows, "")
    base = whole.bases.get("", Base())
    hotline = whole.named.get(("", HOTLINE), Named())
    return Results(
        survey=survey,
        n=told["n"],
        refused=told["n_refused"],
        base=base,
        is_weighted=told["lightest"] != told["heaviest"] or told["lightest"] not in (None, 1),
        lines=_in_order(survey, base, {code: named for (_value, code), named in whole.named.items()}),
        hotline=hotline,
        hotline_share=hotline.share(base),
        corrected=told["corrected"],
        corrected_at=told["corrected_at"],
        unsaid=told["unsaid"],
        by={name: counted(survey, rows, column) for name, column in DIMENSIONS.items()},
    )


def counted(survey: Survey, rows: QuerySet[Respondent], column: str) -> Counts:
    """Count who answered and what they named by a column of the respondents; "" counts the whole."""
    answered = rows.filter(refused=False)
    by = [column] if column else []
    w: Any = Cast("weight", _WIDE)
    bases = (
        {
            (found[column] or "") if column else "": Base(found["n"], float(found["w"] or 0), float(found["w2"] or 0))
            for found in answered.values(*by).annotate(n=Count("pk"), w=Sum(w), w2=Sum(w * w))
            if found["n"]
        }
        if column
        else _whole(answered, w)
    )
    named: dict[tuple[str, str], Named] = {}
    path = f"respondent__{column}" if column else ""
    for found in _named(survey, path):
        value = (found[path] or "") if path else ""
        named[value, found["cause__code"]] = Named(
            found["n"], float(found["w"]), float(found["places"] or 0), found["first_n"], float(found["first_w"] or 0)
        )
    knows = answered.filter(knows_hotline=True)
    for found in knows.values(*by).annotate(n=Count("pk"), w=Sum(w)) if column else [knows.aggregate(n=Count("pk"), w=Sum(w))]:  # fmt: skip
        value = (found[column] or "") if column else ""
        named[value, HOTLINE] = Named(found["n"], float(found["w"] or 0))
    return Counts(column, bases, named)


def _whole(answered: QuerySet[Respondent], w: Any) -> dict[str, Base]:
    found = answered.aggregate(n=Count("pk"), w=Sum(w), w2=Sum(w * w))
    return {"": Base(found["n"], float(found["w"] or 0), float(found["w2"] or 0))}


def _named(survey: Survey, path: str) -> Iterable[Mapping[str, Any]]:
    w: Any = Cast("respondent__weight", _WIDE)
    rows = Answer.objects.filter(respondent__survey=survey, respondent__refused=False)
    return rows.values(*([path] if path else []), "cause__code").annotate(
        n=Count("pk"),
        w=Sum(w),
        places=Sum(w * F("rank")),
        first_n=Count("pk", filter=Q(rank=1)),
        first_w=Sum(w, filter=Q(rank=1)),
    )


def _in_order(survey: Survey, base: Base, named: Mapping[str, Named]) -> list[Line]:
    lines = []
    for cause in survey.causes.all():
        one = named.get(cause.code, Named())
        ranking = survey.is_ranking
        lines.append(
            Line(
                cause,
                0,
                one,
                one.share(base),
                one.first(base) if ranking else None,
                one.mean_rank(base, survey.most) if ranking else None,
            )
        )
    lines.sort(key=lambda line: (_key(survey, line), -line.named.w, line.cause.place))
    return [
        Line(line.cause, place, line.named, line.share, line.first, line.mean_rank)
        for place, line in enumerate(lines, 1)
    ]


def _key(survey: Survey, line: Line) -> float:
    """Return what the order goes by, the first smallest."""
    match survey.ranked_by:
        case RankedBy.MEAN_RANK:
            return line.mean_rank if line.mean_rank is not None else float("inf")
        case RankedBy.FIRST_CHOICE:
            return -(line.first.value if line.first else 0.0)
    return -(line.share.value if line.share else 0.0)
