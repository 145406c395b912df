"""Courts' results in bulk, for programs: what would be refused row by row, then all of them or none."""

from contextlib import suppress
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import StrictSerializer
from core.sheets import MOST_CELL
from suspects.models import Article, Suspect
from suspects.services.results import SENTENCE, Result, enter_results, tried
from suspects.sheet import MOST_ROWS
from workflow.answers import MAX_AMOUNT

STEPS = ("charge", "open_trial", "convict", "acquit", "dismiss")


class ResultSaid(StrictSerializer):
    """One result: whose, what the court did, on which day."""

    suspect = serializers.CharField(max_length=20, help_text="reference")
    name = serializers.CharField(
        required=False, allow_blank=True, max_length=MOST_CELL, help_text="refused where it is not the suspect's"
    )
    case_file = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=MOST_CELL,
        help_text="number or reference; refused where they are not in it",
    )
    step = serializers.ChoiceField(choices=STEPS)
    day = serializers.DateField()
    articles = serializers.ListField(
        child=serializers.CharField(max_length=20),
        required=False,
        max_length=20,
        help_text="of a conviction: has to be said where there is more than one charge",
    )
    in_absentia = serializers.BooleanField(required=False, allow_null=True, help_text="has to be said of convict")
    prison_months = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=999)
    suspended_months = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=999)
    fine_riel = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=MAX_AMOUNT)
    compensation_riel = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=MAX_AMOUNT)
    confiscated_riel = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=MAX_AMOUNT)
    confiscated_usd = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=MAX_AMOUNT)
    note = serializers.CharField(required=False, allow_blank=True, max_length=2000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Insist on presence or absence where somebody is convicted."""
        if attrs["step"] == "convict" and attrs.get("in_absentia") is None:
            raise serializers.ValidationError({"in_absentia": [_("Answer yes or no.")]})
        return attrs


class ResultsSaid(StrictSerializer):
    """Results, and whether they are entered or only tried."""

    results = ResultSaid(many=True, allow_empty=False, max_length=MOST_ROWS)  # type: ignore[call-arg]
    enter = serializers.BooleanField(required=False, default=False, help_text="false: say what would be refused")


class ResultShown(serializers.Serializer[Any]):
    """What was said to one result."""

    suspect = serializers.CharField()
    problems = serializers.ListField(child=serializers.CharField())
    entered = serializers.BooleanField()


class Refused(Exception):
    """A result is refused: nothing is entered."""


def _wrong(rows: list[Result], by: Any) -> dict[int, list[str]]:
    """Say by line what is refused."""
    known = set(Article.objects.values_list("code", flat=True))
    wrong = {row.line: found for row in rows if (found := _lacking(row, known))}
    return wrong | tried([row for row in rows if row.line not in wrong], by=by)


def _lacking(row: Result, known: set[str]) -> list[str]:
    if row.suspect is None:
        return [_("Nobody of this reference is open to you.")]
    return [] if set(row.articles) <= known else [_("Write the code of the article, like L08-10.")]


class ResultsMixin:
    """The action of `SuspectApi`."""

    @extend_schema(request=ResultsSaid, responses={200: ResultShown(many=True)})
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def results(self, request: Request) -> Response:
        """Try a court's results, or enter all of them; where one is refused, nothing is entered and 400 says which and why."""
        api: Any = self
        said = api.said(ResultsSaid)
        rows = self._rows(said["results"], request.user)
        wrong: dict[int, list[str]] = {}

        def make() -> Suspect:
            wrong.update(_wrong(rows, request.user))
            if wrong:
                raise Refused
            return enter_results(rows, by=request.user)[0]

        api.audit("search", Suspect, detail={"part": "results", "rows": len(rows)})
        enters = said["enter"]
        if enters:
            with suppress(Refused):
                api.once("suspects.results", {"results": [str(one) for one in said["results"]]}, make, api.find)
        else:
            wrong.update(_wrong(rows, request.user))
        shown = [
            {"suspect": one["suspect"], "problems": wrong.get(row.line, []), "entered": enters and not wrong}
            for row, one in zip(rows, said["results"], strict=True)
        ]
        if wrong and enters:
            by_row = [{"non_field_errors": one["problems"]} if one["problems"] else {} for one in shown]
            raise serializers.ValidationError({"results": by_row})
        return Response(ResultShown(shown, many=True).data)

    def _rows(self, results: list[dict[str, Any]], user: Any) -> list[Result]:
        names = {one["suspect"].upper() for one in results}
        seen = {row.reference: row for row in Suspect.objects.visible_to(user).live().filter(reference__in=names)}
        return [
            Result(
                line=line,
                suspect=seen.get(one["suspect"].upper()),  # type: ignore[arg-type]
                step=one["step"],
                day=one["day"],
                articles=tuple(one.get("articles", ())),
                in_absentia=one.get("in_absentia"),
                sentence=tuple((name, one.get(name)) for name in SENTENCE),
                note=one.get("note", ""),
                name=one.get("name", ""),
                file=one.get("case_file", ""),
            )
            for line, one in enumerate(results, 1)
        ]
