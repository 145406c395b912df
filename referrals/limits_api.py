"""How long an answer to a referral may take, for programs: the hours of each kind of receiver."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import StrictSerializer
from referrals.models import LimitFor, ReferralLimit
from referrals.services.limits import COLUMNS, MOST_HOURS, change_limits


def _hours() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=MOST_HOURS)


class HoursSaid(StrictSerializer):
    """Hours until the reminder, until the limit, and until the supervisors are told, in this order."""

    remind_hours = _hours()
    hours = _hours()
    escalate_hours = _hours()


class LimitsSaid(StrictSerializer):
    """Hours by kind of receiver; a kind that is not named keeps its own."""

    limits = serializers.DictField(child=HoursSaid())


def limits() -> dict[str, dict[str, int]]:
    """Return the hours by kind; one query."""
    return {row.kind: {column: getattr(row, column) for column in COLUMNS} for row in ReferralLimit.objects.all()}


class LimitsMixin:
    """The action of `ReferralApi`."""

    @extend_schema(responses=LimitsSaid)
    @action(detail=False, pagination_class=None, filter_backends=[])
    def limits(self, request: Request) -> Response:
        """Give the hours each kind of receiver may take."""
        return Response({"limits": limits()})

    @extend_schema(request=LimitsSaid, responses=LimitsSaid)
    @limits.mapping.patch
    def change_limits(self, request: Request) -> Response:
        """Change the hours of the kinds that are named; what runs keeps the clock it was sent with."""
        api: Any = self
        said: dict[str, dict[str, int]] = api.said(LimitsSaid)["limits"]
        if unknown := sorted(set(said) - set(LimitFor.values)):
            raise ValidationError({f"limits.{kind}": [_("Choose one of the answers.")] for kind in unknown})
        wanted = {f"{kind}-{column}": n for kind, row in {**limits(), **said}.items() for column, n in row.items()}
        try:
            change_limits(wanted, by=request.user)
        except ValidationError as error:
            by_field = {f"limits.{name.replace('-', '.')}": words for name, words in error.message_dict.items()}
            raise ValidationError(by_field) from error
        return Response({"limits": limits()})
