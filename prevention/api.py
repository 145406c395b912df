"""Surveys for programs: read with their results, and answers entered one by one."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import Api, StrictSerializer, created
from people.models import Sex
from prevention.activity_api import COLLECTIONS as ACTIVITIES
from prevention.filters import SurveyFilter
from prevention.models import Occupation, QuestionKind, RankedBy, Respondent, Survey, SurveyQuerySet, SurveyStatus
from prevention.models.respondent import BAND_CODES
from prevention.models.survey import MOST_CAUSES
from prevention.serializers import SurveyResultsSerializer, results_said
from prevention.services import correct_respondent, enter_respondent
from prevention.services.correcting import MOST_WHY, said_of
from prevention.services.respondents import HEAVIEST, LIGHTEST, OLDEST
from workflow.api import OnceMixin


class SurveyCauseSerializer(serializers.Serializer[Any]):
    """One cause of a survey."""

    code = serializers.CharField()
    name_km = serializers.CharField()
    name_en = serializers.CharField()


class SurveySerializer(serializers.Serializer[Survey]):
    """A survey: its question, and how it was asked."""

    reference = serializers.CharField()
    title_km = serializers.CharField()
    title_en = serializers.CharField()
    question_km = serializers.CharField()
    question_en = serializers.CharField()
    kind = serializers.ChoiceField(choices=QuestionKind.choices)
    ranked_by = serializers.ChoiceField(choices=RankedBy.choices)
    most = serializers.IntegerField()
    from_on = serializers.DateField()
    until_on = serializers.DateField()
    organiser = serializers.CharField()
    population = serializers.CharField()
    status = serializers.ChoiceField(choices=SurveyStatus.choices)
    causes = serializers.SerializerMethodField()
    version = serializers.IntegerField()

    @extend_schema_field(SurveyCauseSerializer(many=True))
    def get_causes(self, survey: Survey) -> Any:
        """List the causes in the order of the paper."""
        return SurveyCauseSerializer(survey.causes.all(), many=True).data


class OneSurveySerializer(SurveySerializer):
    """A survey with its results, for who may read them."""

    results = serializers.SerializerMethodField()

    @extend_schema_field(SurveyResultsSerializer(allow_null=True))
    def get_results(self, survey: Survey) -> dict[str, Any] | None:
        """Count it; nothing for who only enters answers."""
        return results_said(survey) if self.context["request"].user.may("survey.results") else None


class RespondentSaid(StrictSerializer):
    """One sheet of answers, without a name; `causes` by their codes, of a ranking in order, the first first."""

    province = serializers.CharField(max_length=2)
    sex = serializers.ChoiceField(choices=Sex.choices, required=False)
    age = serializers.IntegerField(min_value=0, max_value=OLDEST, required=False, allow_null=True)
    band = serializers.ChoiceField(choices=[(code, code) for code in BAND_CODES], required=False, allow_blank=True)
    occupation = serializers.ChoiceField(choices=Occupation.choices, required=False, allow_blank=True)
    knows_hotline = serializers.BooleanField(required=False, allow_null=True)
    weight = serializers.DecimalField(
        max_digits=8, decimal_places=4, min_value=LIGHTEST, max_value=HEAVIEST, required=False, allow_null=True
    )
    refused = serializers.BooleanField(required=False)
    causes = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MOST_CAUSES, required=False)


class CorrectionSaid(RespondentSaid):
    """What of one sheet of answers is corrected, and why; what is left out stays."""

    needed: ClassVar = ("version", "why")
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    why = serializers.CharField(max_length=MOST_WHY)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "partial": True})

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for the version and the reason."""
        if "version" not in attrs:
            raise serializers.ValidationError({"version": [_("Say which version you read.")]})
        if "why" not in attrs:
            raise serializers.ValidationError({"why": [_("Write why it is corrected.")]})
        return attrs


class RespondentSerializer(serializers.Serializer[Respondent]):
    """The receipt of one sheet of answers; answers are never read one by one."""

    reference = serializers.CharField()
    province = serializers.CharField(source="province_id")
    entered_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class SurveyApi(OnceMixin, Api):
    """Surveys: list, show with results; …/respondents/ enters one sheet of answers, …/respondents/<reference>/ corrects it."""

    permission = "survey.read"
    permissions: ClassVar = {"respondents": "survey.enter", "correct": "survey.correct"}
    queryset = Survey.objects.all()
    serializer_class = SurveySerializer
    filterset_class = SurveyFilter
    sorts: ClassVar = Survey.SORTS
    is_scoped = False

    def get_queryset(self) -> SurveyQuerySet:
        """Return the surveys the reader may know of."""
        return Survey.objects.visible_to(self.request.user).prefetch_related("causes")

    def get_serializer_class(self) -> type[SurveySerializer]:
        """Show the results where one survey is asked for."""
        return OneSurveySerializer if self.action == "retrieve" else SurveySerializer

    @extend_schema(responses=OneSurveySerializer)
    def retrieve(self, request: Request, reference: str) -> Response:
        """Show one survey with its results; small groups are null."""
        return super().retrieve(request, reference)

    @extend_schema(request=RespondentSaid, responses={201: RespondentSerializer})
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def respondents(self, request: Request, reference: str) -> Response:
        """Enter one sheet of answers; the same Idempotency-Key with the same body answers the same one."""
        survey = self.get_object()
        said = self.said(RespondentSaid)
        made = self.once(
            f"surveys.respondents:{survey.reference}",
            said,
            lambda: enter_respondent(survey, by=request.user, **said),
            lambda found: Respondent.objects.visible_to(request.user).filter(reference=found).first(),
        )
        return created(RespondentSerializer(made).data)

    @extend_schema(request=CorrectionSaid, responses=RespondentSerializer)
    @action(
        detail=True,
        methods=["patch"],
        url_path=r"respondents/(?P<entry>[A-Za-z0-9-]{1,20})",
        pagination_class=None,
        filter_backends=[],
    )
    def correct(self, request: Request, reference: str, entry: str) -> Response:
        """Correct one sheet of answers: whoever entered it, the analysts any; nothing of it is answered but its receipt."""
        rows = Respondent.objects.correctable_by(request.user).filter(survey=self.get_object())
        row = get_object_or_404(rows, reference=entry.upper())
        said = self.said(CorrectionSaid)
        now = said_of(row)
        if "age" in said or "band" in said:
            now |= {"age": None, "band": ""}
        done = correct_respondent(row, by=request.user, **{**now, **said})
        return Response(RespondentSerializer(done).data)


COLLECTIONS = (("surveys", SurveyApi, "survey"), *ACTIVITIES)
