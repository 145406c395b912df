"""The shape of a survey's results in the API; small cells are null, as they are hidden on the page."""

from typing import Any

from rest_framework import serializers

from prevention.hiding import Cell, Row, shown
from prevention.models import Survey
from prevention.results import DIMENSIONS, HOTLINE, results
from prevention.wilson import Share


class SurveyShareSerializer(serializers.Serializer[Share]):
    """A share from 0 to 1 with the ends of its interval (Wilson, 95 %)."""

    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class SurveyLineSerializer(serializers.Serializer[Any]):
    """One cause in the order of the survey."""

    place = serializers.IntegerField()
    code = serializers.CharField(source="cause.code")
    n = serializers.IntegerField(source="named.n", help_text="respondents who named it")
    share = SurveyShareSerializer(allow_null=True)
    first = SurveyShareSerializer(allow_null=True, help_text="of a ranking: share of first choices")
    mean_rank = serializers.FloatField(allow_null=True)


class SurveyCellSerializer(serializers.Serializer[Any]):
    """One number of a table; both null where it is hidden."""

    code = serializers.CharField(help_text=f'a cause, or "{HOTLINE}"')
    n = serializers.IntegerField(allow_null=True)
    share = SurveyShareSerializer(allow_null=True)


class SurveyRowSerializer(serializers.Serializer[Any]):
    """One province, sex or band of age."""

    value = serializers.CharField(help_text='"none": not stated')
    n = serializers.IntegerField(allow_null=True)
    cells = SurveyCellSerializer(many=True)


class SurveySplitsSerializer(serializers.Serializer[Any]):
    """The results by each dimension."""

    province = SurveyRowSerializer(many=True)
    sex = SurveyRowSerializer(many=True)
    band = SurveyRowSerializer(many=True)


class SurveyResultsSerializer(serializers.Serializer[Any]):
    """What a survey says."""

    n = serializers.IntegerField(help_text="respondents, refusals included")
    refused = serializers.IntegerField()
    answered = serializers.IntegerField(source="base.n")
    effective = serializers.FloatField(source="base.effective", help_text="what intervals go by")
    is_weighted = serializers.BooleanField()
    corrected = serializers.IntegerField(help_text="sheets of answers that were corrected")
    corrected_at = serializers.DateTimeField(allow_null=True, help_text="when the last one was")
    causes = SurveyLineSerializer(source="lines", many=True)
    knows_hotline = SurveyShareSerializer(source="hotline_share", allow_null=True)
    by = SurveySplitsSerializer()


def results_said(survey: Survey) -> dict[str, Any]:
    """Return the results of a survey as they are answered."""
    found = results(survey)
    codes = [line.cause.code for line in found.lines] + [HOTLINE]
    by = {name: [_row(row, codes) for row in shown(found, name)] for name in DIMENSIONS}
    data: dict[str, Any] = SurveyResultsSerializer(
        {
            **{
                name: getattr(found, name)
                for name in (
                    "n",
                    "refused",
                    "base",
                    "is_weighted",
                    "corrected",
                    "corrected_at",
                    "lines",
                    "hotline_share",
                )
            },
            "by": by,
        }
    ).data
    return data


def _row(row: Row, codes: list[str]) -> dict[str, Any]:
    cells = [_cell(code, cell) for code, cell in zip(codes, row.cells, strict=True)]
    return {"value": row.value or "none", "n": row.n, "cells": cells}


def _cell(code: str, cell: Cell) -> dict[str, Any]:
    return {"code": code, "n": cell.n, "share": cell.share}
