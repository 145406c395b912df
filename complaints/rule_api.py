"""The rules of urgency for programs: read, add, change, try on a text; through the services of the pages."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.forms.rules import URGENCIES
from complaints.models import Urgency, UrgencyRule
from complaints.rule_languages import LANGUAGES, lacks
from complaints.services.rules import FIELDS, LONGEST_REASON, LONGEST_WORD, MOST_WORDS, add_rule, change_rule
from complaints.signs import LONGEST, Text, proposed_urgency
from core.api import Api, StrictSerializer, created
from core.serializers import Code
from core.text import refuse_broken


def _words(**options: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(max_length=LONGEST_WORD), max_length=MOST_WORDS, **options)


class RuleSaid(StrictSerializer):
    """What speaks for haste; `reads_ages`: an age under eighteen counts as one of its words."""

    urgency = serializers.ChoiceField(choices=URGENCIES)
    reason_km = serializers.CharField(max_length=LONGEST_REASON)
    reason_en = serializers.CharField(max_length=LONGEST_REASON)
    words = _words(required=False)
    exceptions = _words(required=False)
    reads_ages = serializers.BooleanField(required=False)
    is_active = serializers.BooleanField(required=False)


class RuleChangeSaid(StrictSerializer):
    """What changes of a rule, with the version that was read; a list that is sent is the whole list."""

    needed: ClassVar[tuple[str, ...]] = ("version",)
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    urgency = serializers.ChoiceField(choices=URGENCIES, required=False)
    reason_km = serializers.CharField(max_length=LONGEST_REASON, required=False)
    reason_en = serializers.CharField(max_length=LONGEST_REASON, required=False)
    words = _words(required=False)
    exceptions = _words(required=False)
    reads_ages = serializers.BooleanField(required=False)
    is_active = serializers.BooleanField(required=False)


class UrgencyRuleSerializer(serializers.ModelSerializer[UrgencyRule]):
    """A rule as it stands."""

    urgency = Code(choices=Urgency.choices)
    lacks = serializers.SerializerMethodField()

    class Meta:
        model = UrgencyRule
        fields = ("code", *FIELDS, "lacks", "version")

    @extend_schema_field(
        serializers.ListField(child=serializers.ChoiceField(choices=[(code, code) for code in LANGUAGES]))
    )
    def get_lacks(self, row: UrgencyRule) -> list[str]:
        """Name the languages it has no words for."""
        return lacks(row)


class RulesShown(serializers.Serializer[Any]):
    """Rules in the order in which their reasons are said; there are no pages."""

    results = UrgencyRuleSerializer(many=True)


class TrySaid(StrictSerializer):
    """A text that is read once and not kept."""

    text = serializers.CharField(max_length=LONGEST, trim_whitespace=False, validators=[refuse_broken])


class SpokenShown(serializers.Serializer[Any]):
    """A rule that speaks, and the words of the text that made it speak."""

    rule = serializers.CharField()
    reason = serializers.CharField()
    words = serializers.ListField(child=serializers.CharField())


class TriedShown(serializers.Serializer[Any]):
    """The urgency that is proposed, and why."""

    urgency = Code(choices=Urgency.choices)
    reasons = SpokenShown(many=True)


class RuleApi(Api):
    """GET and POST /api/v1/urgency-rules/; GET and PATCH one by its code; POST try/."""

    permission = "rule.manage"
    queryset = UrgencyRule.objects.all()
    is_scoped = False
    serializer_class = UrgencyRuleSerializer

    @extend_schema(operation_id="urgency_rules_list", responses=RulesShown)
    def every(self, request: Request) -> Response:
        """List the rules."""
        self.refuse_unknown_filters()
        return Response({"results": UrgencyRuleSerializer(UrgencyRule.objects.all(), many=True).data})

    @extend_schema(responses=UrgencyRuleSerializer)
    def one(self, request: Request, code: str) -> Response:
        """Give a rule."""
        return Response(UrgencyRuleSerializer(self.fetch(code)).data)

    @extend_schema(request=RuleSaid, responses={201: UrgencyRuleSerializer})
    def create(self, request: Request) -> Response:
        """Add a rule."""
        return created(UrgencyRuleSerializer(add_rule(by=request.user, said=self.said(RuleSaid))).data)

    @extend_schema(request=RuleChangeSaid, responses={200: UrgencyRuleSerializer})
    def partial_update(self, request: Request, code: str) -> Response:
        """Change a rule under its version."""
        rule, said = self.fetch(code), self.said(RuleChangeSaid)
        changed = change_rule(rule, by=request.user, version=said.pop("version"), said=said)
        return Response(UrgencyRuleSerializer(changed).data)

    @extend_schema(request=TrySaid, responses={200: TriedShown})
    def attempt(self, request: Request) -> Response:
        """Say what the rules propose of a text; nothing of it is kept."""
        text = self.said(TrySaid)["text"]
        proposed, shown = proposed_urgency(text, everywhere=True), Text(text).shown
        reasons = [
            {"rule": one.rule.code, "reason": one.rule.reason, "words": [shown[start:end] for start, end in one.spans]}
            for one in proposed.found
        ]
        return Response({"urgency": proposed.urgency, "reasons": reasons})

    def fetch(self, code: str) -> UrgencyRule:
        """Return the rule of a code; 404 where there is none."""
        return get_object_or_404(UrgencyRule.objects.visible_to(self.request.user), code__iexact=code)
