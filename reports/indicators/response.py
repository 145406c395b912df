"""How long it takes to act: hours from the receipt of a complaint to its steps."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Extract, Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.late import ACTS
from complaints.models import Handling, Limit, Reporter, ReporterAnswer, limits
from reports.indicators import splits
from reports.indicators.complaints import RECEIVED_ON, percent, received
from reports.indicators.registry import Indicator, Look, Measure, Typical, register
from victims.models import Victim
from workflow.models import Transition


class Percentile(Aggregate):
    """A continuous percentile of numbers."""

    function = "percentile_cont"
    output_field = FloatField()

    def __init__(self, share: float, expression: Any) -> None:
        super().__init__(expression, template=f"percentile_cont({share}) WITHIN GROUP (ORDER BY %(expressions)s)")


def first_step(*steps: str) -> Subquery:
    """Return when the first of some steps of a complaint happened."""
    rows = Transition.objects.filter(
        complaint_id=OuterRef("pk"), object_type="complaints.complaint", field="status", step__in=steps
    )
    return Subquery(rows.order_by().values("complaint_id").annotate(first=Min("happened_at")).values("first"))


def first_rescue() -> Subquery:
    """Return when the first person of a complaint was brought out."""
    rows = Victim.objects.filter(complaint_id=OuterRef("pk"), merged_into=None, rescue_status="rescued")
    return Subquery(rows.order_by().values("complaint_id").annotate(first=Min("status_at")).values("first"))


def first_act() -> Least:
    """Return when the first step, attempt, edit or word to the reporter followed the acknowledgement."""
    return Least(*(_first(model, at) for model, at in ACTS.items()))


def _first(model: Any, at: str) -> Subquery:
    after = {f"{at}__gt": OuterRef("acknowledged_at")}
    rows = model._base_manager.filter(complaint_id=OuterRef("pk"), **after).order_by()
    return Subquery(rows.values("complaint_id").annotate(first=Min(at)).values("first"))


def released() -> Coalesce:
    """Return when it reached who may act: assigned from the ministry, else with its logging; None while it waits there."""
    waits = When(province_id="00", handling=Handling.PROVINCIAL, then=Value(None, output_field=DateTimeField()))
    return Coalesce(first_step("assign"), Case(waits, default=F("logged_at"), output_field=DateTimeField()))


def first_answer() -> Subquery:
    """Return when the reporter was first told something."""
    rows = ReporterAnswer.objects.filter(complaint_id=OuterRef("pk")).order_by().values("complaint_id")
    return Subquery(rows.annotate(first=Min("happened_at")).values("first"))


MOMENTS = {
    "released": released(),
    "acknowledged": F("acknowledged_at"),
    "act": first_act(),
    "verified": first_step("start_verification"),
    "outcome": F("outcome_at"),
    "rescue": first_rescue(),
    "answer": first_answer(),
}


def hours(moment: Any, now: Any) -> Any:
    """Return the hours from receipt to a moment, to now where it has not come; none where it came before the receipt."""
    waited = ExpressionWrapper(Coalesce(moment, Value(now)) - F("received_at"), DurationField())
    return Greatest(Extract(waited, "epoch") / Value(3600.0), Value(0.0))


def waited(look: Look, rows: Any) -> Any:
    """Add the hours from receipt to each moment, to now (or the end of the window) where it has not come."""
    now = min(look.window.ends, timezone.now())
    rows = rows.annotate(acknowledged_at=first_step("acknowledge"))
    waits = {f"waited_{name}": hours(at, now) for name, at in MOMENTS.items()}
    told = Exists(Reporter.objects.filter(contact__complaint=OuterRef("pk")))  # without one nobody waits for a word
    waits["waited_answer"] = Case(When(told, then=waits["waited_answer"]), output_field=FloatField())
    return rows.annotate(**waits)


def measured(look: Look) -> Measure:
    """Median hours from receipt to acknowledgement; medians and 90th percentiles of the others beside, whole hours."""
    wanted: dict[str, Any] = {
        "n": Count("pk"),
        "acknowledged_n": Count("pk", filter=Q(waited_acknowledged__isnull=False)),
    }
    for name in MOMENTS:
        wanted[f"{name}_median"] = Percentile(0.5, F(f"waited_{name}"))
        wanted[f"{name}_p90"] = Percentile(0.9, F(f"waited_{name}"))
    rows = waited(look, received(look).order_by())
    found = rows.aggregate(**wanted)
    beside = {name: round(found[name]) for name in BESIDE if found.get(name) is not None}
    if found["n"]:
        beside |= _in_time(look, rows, found["n"])
    median = found["acknowledged_median"]
    return Measure(value=None if median is None else one_place(median), count=found["n"], beside=beside)


def one_place(value: float) -> float:
    """Round to one place after the point, halves up, as the database does."""
    return float(Decimal(f"{value:.15g}").quantize(Decimal("0.1"), ROUND_HALF_UP))


def _in_time(look: Look, rows: Any, n: int) -> dict[str, int]:
    """Count what was acknowledged by the limit of its day, with its share, and the reporters told something in time."""
    now, days = min(look.window.ends, timezone.now()), limits(Limit.Name.ANSWER_DAYS)[Limit.Name.ANSWER_DAYS]
    wanted = {
        "in_time": Count("pk", filter=Q(acknowledge_due_at__gte=Coalesce(F("acknowledged_at"), Value(now)))),
        "answered": Count("pk", filter=Q(waited_answer__lte=days * 24)),
        "told": Count("pk", filter=Q(waited_answer__isnull=False)),
    }
    found = rows.aggregate(**wanted)
    share = {"in_time": found["in_time"], "in_time_share": percent(found["in_time"], n) or 0}
    return {**share, **({"answered_in_time": found["answered"]} if found["told"] else {})}


BESIDE = {
    "released_median": _("hours to release, median"),
    "released_p90": _("hours to release, 9 of 10"),
    "acknowledged_p90": _("hours to acknowledgement, 9 of 10"),
    "act_median": _("hours to the first act, median"),
    "act_p90": _("hours to the first act, 9 of 10"),
    "verified_median": _("hours to verification, median"),
    "verified_p90": _("hours to verification, 9 of 10"),
    "outcome_median": _("hours to an outcome, median"),
    "outcome_p90": _("hours to an outcome, 9 of 10"),
    "rescue_median": _("hours to the first rescue, median"),
    "rescue_p90": _("hours to the first rescue, 9 of 10"),
    "answer_median": _("hours to the first word to the reporter, median"),
    "answer_p90": _("hours to the first word to the reporter, 9 of 10"),
}
IN_TIME = {
    "in_time": _("acknowledged within the limit"),
    "in_time_share": _("of 100 acknowledged within the limit"),
    "answered_in_time": _("reporters told something in time"),
}
register(
    Indicator(
        number=7,
        name="response_time",
        label=_("Time to act"),
        unit="hours",
        definition=_(
            "For the complaints received in the window: median hours from receipt to acknowledgement. Beside it the 90th "
            "percentile, the same for release, first act, verification, outcome, first rescue and first word to the reporter "
            "(of those with a reporter), and how many were acknowledged within the limit of their day, how many reporters were "
            "told something in time. What still waits counts at its age so far; what came before the receipt, as a rescue may, "
            "counts as 0."
        ),
        counted_by=RECEIVED_ON,
        rows=received,
        measure=measured,
        beside={**BESIDE, **IN_TIME},
        typical=Typical(
            waited,
            "waited_acknowledged",
            lambda column: Percentile(0.5, F(column)),
            lambda column: Percentile(0.9, F(column)),
            one_place,
        ),
        splits=(
            splits.urgency(),
            splits.province_of_incident(),
            splits.handling(),
            *splits.times("received_at"),
        ),
    )
)
