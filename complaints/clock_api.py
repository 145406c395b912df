"""The clocks for programs: hours of each stage, office hours, who is told when, holidays; through the page's services."""

import datetime
from typing import Any, ClassVar

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.models import (
    Deadline,
    EscalationHours,
    Holiday,
    Late,
    Level,
    Limit,
    OfficeHours,
    Stage,
    Urgency,
    Weekday,
)
from complaints.services.clocks import (
    MINUTES,
    MOST_ESCALATION,
    MOST_HOURS,
    add_holiday,
    change_clocks,
    change_holiday,
    remove_holiday,
    version,
)
from core.api import Api, StrictSerializer, created

OF_WHOM = (Limit.Name.SILENT_HOURS, Limit.Name.ANSWER_DAYS, Limit.Name.DIGEST_MINUTE)
HOUR = "%H:%M"


class DeadlineSaid(StrictSerializer):
    """Hours a stage is allowed; `immediate` runs day and night, the others in office hours."""

    stage = serializers.ChoiceField(choices=Stage.choices)
    urgency = serializers.ChoiceField(choices=Urgency.choices)
    hours = serializers.IntegerField(min_value=1, max_value=MOST_HOURS)


class EscalationSaid(StrictSerializer):
    """Hours over the limit after which a level is told; 0 is at once."""

    late = serializers.ChoiceField(choices=Late.choices)
    level = serializers.ChoiceField(choices=Level.choices)
    hours = serializers.IntegerField(min_value=0, max_value=MOST_ESCALATION)


class OpenSaid(StrictSerializer):
    """A stretch of a weekday in which offices are open, in Phnom Penh; Monday is 0."""

    weekday = serializers.ChoiceField(choices=Weekday.choices)
    opens = serializers.TimeField(format=HOUR)
    closes = serializers.TimeField(format=HOUR)


class LimitSaid(StrictSerializer):
    """Silence after the acknowledgement in hours, days until a word to the reporter, minute of the day of the digest."""

    name = serializers.ChoiceField(choices=[(name.value, name.label) for name in OF_WHOM])
    number = serializers.IntegerField(min_value=1, max_value=MOST_HOURS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a minute that no day has."""
        if attrs["name"] == Limit.Name.DIGEST_MINUTE and attrs["number"] >= MINUTES:
            raise serializers.ValidationError({"number": [_("Write the time like 07:30.")]})
        return attrs


class ClocksSaid(StrictSerializer):
    """Rows that change, with the version that was read; the week, where it is sent, is the whole week."""

    needed: ClassVar[tuple[str, ...]] = ("version",)
    version = serializers.CharField(max_length=12)
    deadlines = serializers.ListField(child=DeadlineSaid(), required=False, max_length=100)
    escalation = serializers.ListField(child=EscalationSaid(), required=False, max_length=100)
    office_hours = serializers.ListField(child=OpenSaid(), required=False, max_length=70)
    limits = serializers.ListField(child=LimitSaid(), required=False, max_length=10)


class ClocksShown(ClocksSaid):
    """All hours, and the version they have together."""

    needed: ClassVar[tuple[str, ...]] = ()


def clocks() -> dict[str, Any]:
    """Return all hours; five queries."""
    return {
        "version": version(),
        "deadlines": list(Deadline.objects.order_by("stage", "urgency").values("stage", "urgency", "hours")),
        "escalation": [
            {"late": row.stage, "level": row.level, "hours": row.hours}
            for row in EscalationHours.objects.order_by("stage", "level")
        ],
        "office_hours": [
            {"weekday": row.weekday, "opens": row.opens.strftime(HOUR), "closes": row.closes.strftime(HOUR)}
            for row in OfficeHours.objects.all()
        ],
        "limits": list(Limit.objects.filter(name__in=OF_WHOM).order_by("name").values("name", "number")),
    }


class ClockApi(Api):
    """GET and PATCH /api/v1/clocks/."""

    permission = "clock.manage"
    queryset = Deadline.objects.none()
    is_scoped = False
    serializer_class = ClocksShown

    @extend_schema(responses=ClocksShown)
    def read(self, request: Request) -> Response:
        """Give all hours."""
        self.refuse_unknown_filters()
        return Response(clocks())

    @extend_schema(request=ClocksSaid, responses={200: ClocksShown})
    def partial_update(self, request: Request) -> Response:
        """Change hours; clocks that run keep their limit."""
        said = self.said(ClocksSaid)
        now = [(row.weekday, row.opens, row.closes) for row in OfficeHours.objects.all()]
        week = [(row["weekday"], row["opens"], row["closes"]) for row in said.get("office_hours", ())]
        change_clocks(
            by=request.user,
            seen=said["version"],
            deadlines={(row["stage"], row["urgency"]): row["hours"] for row in said.get("deadlines", ())},
            week=week if "office_hours" in said else now,
            escalation={(row["late"], row["level"]): row["hours"] for row in said.get("escalation", ())},
            limits={row["name"]: row["number"] for row in said.get("limits", ())},
        )
        return Response(clocks())


class HolidaySaid(StrictSerializer):
    """A day on which offices stay closed; `is_checked` once it was compared with the sub-decree of its year."""

    on = serializers.DateField()
    name_km = serializers.CharField(max_length=200)
    name_en = serializers.CharField(max_length=200)
    is_checked = serializers.BooleanField(required=False, default=False)


class HolidayChangeSaid(StrictSerializer):
    """What changes of a holiday; its day does not."""

    name_km = serializers.CharField(required=False, max_length=200)
    name_en = serializers.CharField(required=False, max_length=200)
    is_checked = serializers.BooleanField(required=False)


class HolidaysShown(serializers.Serializer[Any]):
    """Holidays in their order; there are no pages."""

    results = HolidaySaid(many=True)


class HolidayApi(Api):
    """GET and POST /api/v1/clocks/holidays/; PATCH and DELETE one by its day, 2026-04-14."""

    permission = "clock.manage"
    queryset = Holiday.objects.none()
    is_scoped = False
    serializer_class = HolidaySaid
    words = frozenset({"year"})

    @extend_schema(responses=HolidaysShown, parameters=[OpenApiParameter("year", OpenApiTypes.INT)])
    def of_year(self, request: Request) -> Response:
        """List the holidays, of one year where it is said."""
        self.refuse_unknown_filters()
        rows = Holiday.objects.all()
        if year := request.query_params.get("year", ""):
            asked = serializers.IntegerField(min_value=1, max_value=9999).run_validation(year)
            rows = rows.filter(on__year=asked)
        return Response({"results": HolidaySaid(rows, many=True).data})

    @extend_schema(request=HolidaySaid, responses={201: HolidaySaid})
    def create(self, request: Request) -> Response:
        """Add a holiday."""
        said = self.said(HolidaySaid)
        return created(HolidaySaid(add_holiday(by=request.user, on=said.pop("on"), said=said)).data)

    @extend_schema(request=HolidayChangeSaid, responses={200: HolidaySaid})
    def partial_update(self, request: Request, day: str) -> Response:
        """Change names, or that it was checked."""
        row = holiday_of(day)
        kept = {name: getattr(row, name) for name in ("name_km", "name_en", "is_checked")}
        return Response(
            HolidaySaid(change_holiday(row, by=request.user, said={**kept, **self.said(HolidayChangeSaid)})).data
        )

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, day: str) -> Response:
        """Take a holiday away: offices are open on that day."""
        remove_holiday(holiday_of(day), by=request.user)
        return Response(status=204)


def holiday_of(day: str) -> Holiday:
    """Return the holiday of a day; 404 where offices are open."""
    try:
        return get_object_or_404(Holiday, on=datetime.date.fromisoformat(day))
    except ValueError:
        raise Http404 from None
