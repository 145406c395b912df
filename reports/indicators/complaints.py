"""Indicators that count contacts and complaints."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.models import Channel, Complaint, Contact, Finding, Handling, Outcome, Stage, Status
from complaints.models.complaint import OPEN
from complaints.models.deadline import RUNNING as STAGES
from reports.indicators import reached, splits
from reports.indicators.counting import numbers
from reports.indicators.registry import Indicator, Look, Measure, Split, register

NOISE = (Contact.Kind.SPAM, Contact.Kind.WRONG_NUMBER)
TRUE, JUDGED = reached.TRUE, (*reached.TRUE, Outcome.UNSUBSTANTIATED)
OUTCOMES = {value: label for value, label in Outcome.choices if value != Outcome.DUPLICATE}
SPLITS = (
    reached.of_complaints(),
    splits.province_of_incident(),
    splits.province_of_report(),
    splits.channel(),
    splits.relation(),
    splits.urgency(),
    *splits.every_form(),
    splits.outcome(),
    splits.handling(),
    *splits.times("received_at"),
)


def counted(look: Look) -> QuerySet[Any]:
    """Return the complaints that count at all (R5): not merged, not duplicate, not opened for people found."""
    rows = Complaint.objects.of_own_provinces(look.user).live()
    return rows.exclude(outcome=Outcome.DUPLICATE).exclude(channel=Channel.FOUND_IN_OPERATION)


def received(look: Look) -> QuerySet[Any]:
    """Return the complaints received in the window."""
    return counted(look).filter(received_at__gte=look.window.begins, received_at__lt=look.window.ends)


def contacts(look: Look) -> QuerySet[Any]:
    """Return every contact of the window."""
    seen = Contact.objects.of_own_provinces(look.user)
    return seen.filter(received_at__gte=look.window.begins, received_at__lt=look.window.ends)


# A contact keeps no country: that of its complaint is where its first reporter was.
COUNTRY = Case(
    When(kind=Contact.Kind.NEW_REPORT, complaint__isnull=False, then=F("complaint__country_of_report")),
    default=Value(""),
    output_field=CharField(),
)


def contacts_measured(look: Look) -> Measure:
    """Count the contacts, spam and wrong numbers apart beside them."""
    found = contacts(look).aggregate(n=Count("pk"), noise=Count("pk", filter=Q(kind__in=NOISE)))
    return Measure(value=found["n"], count=found["n"], beside={"spam_and_wrong_numbers": found["noise"]})


def from_or_about(look: Look) -> QuerySet[Any]:
    """Return the complaints received that came from the province, or are about it, each once; no sealed one (R11)."""
    rows = received(look).exclude(handling=Handling.SEALED) if splits.is_nation(look) else received(look)
    return rows.filter(Q(province_of_report=look.province) | Q(province_of_incident=look.province))


def side_of(look: Look) -> Case:
    """Say of each complaint from or about the province which it is."""
    came, about = Q(province_of_report=look.province), Q(province_of_incident=look.province)
    return Case(
        When(came & about, then=Value("both")),
        When(about, then=Value("about_only")),
        default=Value("from_only"),
        output_field=CharField(),
    )


SIDE = Split("side", _("From or about"), side_of, lambda _values: splits.SIDES)


def sides(look: Look) -> Measure:
    """Count from or about, with from only, about only and both."""
    came, about = Q(province_of_report=look.province), Q(province_of_incident=look.province)
    found = from_or_about(look).aggregate(
        n=Count("pk"),
        both=Count("pk", filter=came & about),
        about=Count("pk", filter=about),
        came=Count("pk", filter=came),
    )
    beside = {
        "from_only": found["came"] - found["both"],
        "about_only": found["about"] - found["both"],
        "both": found["both"],
    }
    return Measure(value=found["n"], count=found["n"], beside=beside)


def decided(look: Look) -> QuerySet[Any]:
    """Return the complaints whose current outcome was approved in the window."""
    return counted(look).exclude(outcome="").filter(outcome_at__gte=look.window.begins, outcome_at__lt=look.window.ends)


def outcomes(look: Look) -> Measure:
    """Count them by outcome."""
    found = dict(decided(look).order_by().values_list("outcome").annotate(n=Count("pk")))
    n = sum(found.values())
    return Measure(value=n, count=n, beside={name: found.get(name, 0) for name in OUTCOMES})


def judged(look: Look) -> QuerySet[Any]:
    """Return the denominator of the rate: received, and found true, partly true or untrue."""
    return received(look).filter(outcome__in=JUDGED)


def percent(true: int, below: int) -> int | None:
    """Return a share as a whole percent, halves up; None of nothing."""
    return int((Decimal(100) * true / below).quantize(Decimal(1), ROUND_HALF_UP)) if below else None


def rate(look: Look) -> Measure:
    """Return (substantiated + partly) ÷ (those + unsubstantiated) as a whole percent, halves up; what is left out beside."""
    found = numbers("complaints_received", "outcome", look)
    true, below = (sum(found.get(name, 0) for name in names) for names in (TRUE, JUDGED))
    beside = {
        "not_trafficking": found.get(Outcome.NOT_TRAFFICKING, 0),
        "insufficient_information": found.get(Outcome.INSUFFICIENT, 0),
        "withdrawn": found.get(Outcome.WITHDRAWN, 0),
        "undecided": found.get("", 0),
    }
    return Measure(value=percent(true, below), count=below, numerator=true, denominator=below, beside=beside)


def still_open(look: Look) -> QuerySet[Any]:
    """Return the complaints received before the end of the window that were not closed then, as known now."""
    ends = look.window.ends
    rows = counted(look).filter(received_at__lt=ends)
    if ends > timezone.now():  # nothing was closed later: asked so, an index of the open ones answers
        return rows.filter(status__in=OPEN)
    return rows.filter(Q(status__in=OPEN) | Q(status_at__gte=ends))


def closed(look: Look) -> QuerySet[Any]:
    """Return the complaints closed in the window and not since reopened."""
    rows = counted(look).filter(status=Status.CLOSED)
    return rows.filter(status_at__gte=look.window.begins, status_at__lt=look.window.ends)


def clock_over(look: Look) -> Case:
    """Say which clock of an open complaint had run out by then; the stages as known now."""
    now = min(look.window.ends, timezone.now())
    by_stage = [When(due_at__lt=now, status=status, then=Value(stage)) for status, stage in STAGES.items()]
    return Case(*by_stage, default=Value("in_time"), output_field=CharField())


CLOCKS: dict[str, Any] = {**{stage: Stage(stage).label for stage in STAGES.values()}, "in_time": _("none is overdue")}
OPEN_SPLITS = (
    splits.province_of_incident(),
    splits.urgency(),
    Split("stage", _("Status now"), F("status"), splits.chosen(Status)),
    splits.days_since("waiting", _("Waiting for"), F("received_at")),
    Split("late", _("Which clock is overdue"), clock_over, lambda _values: CLOCKS),
    splits.site(),
    splits.handling(),
)
RECEIVED_ON = _("day the first contact was received")
for made in (
    Indicator(
        number=1,
        name="contacts_received",
        label=_("Contacts received"),
        unit="contact",
        definition=_(
            "Every call, message, form, letter, visit or request that came in, of any kind. Spam and wrong numbers are in "
            "it and shown apart beside it."
        ),
        counted_by=_("day the contact was received"),
        rows=contacts,
        measure=contacts_measured,
        splits=(
            splits.channel(),
            Split("kind", _("Kind"), F("kind"), splits.chosen(Contact.Kind)),
            splits.relation("reporter__relation"),
            splits.province_of_report(COUNTRY),
            splits.language(),
            *splits.times("received_at"),
        ),
        beside={"spam_and_wrong_numbers": _("spam and wrong numbers")},
    ),
    Indicator(
        number=2,
        name="complaints_received",
        label=_("Complaints received"),
        unit="complaint",
        definition=_(
            "Complaints whose first contact was received in the window. Complaints merged into another or found "
            "duplicate do not count, nor those opened for people found in an operation."
        ),
        counted_by=RECEIVED_ON,
        rows=received,
        splits=SPLITS,
    ),
    Indicator(
        number=3,
        name="complaints_from_or_about",
        label=_("Complaints from or about a province"),
        unit="complaint",
        definition=_(
            "Of the complaints received, those whose province of report or of incident is the chosen one, each once: "
            "from it only, about it only, or both."
        ),
        counted_by=RECEIVED_ON,
        rows=from_or_about,
        measure=sides,
        splits=(
            SIDE,
            splits.channel(),
            *splits.every_form(),
            splits.urgency(),
            *splits.times("received_at"),
        ),
        needs_province=True,
        beside=splits.SIDES,
    ),
    Indicator(
        number=5,
        name="complaints_with_outcome",
        label=_("Complaints with a verification outcome"),
        unit="complaint",
        definition=_("Complaints whose current outcome was approved in the window."),
        counted_by=_("day the outcome was approved"),
        rows=decided,
        measure=outcomes,
        splits=(
            splits.outcome(),
            Split("finding", _("What it was instead"), F("finding"), splits.chosen(Finding)),
            splits.province_of_incident(),
            splits.channel(),
            *splits.times("outcome_at"),
        ),
        beside=OUTCOMES,
    ),
    Indicator(
        number=6,
        name="confirmation_rate",
        label=_("Confirmation rate"),
        unit="percent",
        definition=_(
            "Of the complaints received in the window: substantiated and partly substantiated, divided by those and the "
            "unsubstantiated, by outcome as known now. Not trafficking, insufficient information, withdrawn and undecided "
            "stand beside it."
        ),
        counted_by=RECEIVED_ON,
        rows=judged,
        measure=rate,
        splits=(
            splits.outcome(),
            splits.province_of_incident(),
            splits.channel(),
            splits.main_form(),
            *splits.times("received_at"),
        ),
        beside={**OUTCOMES, "undecided": _("undecided")},
        true=Q(outcome__in=TRUE),
    ),
    Indicator(
        number=8,
        name="complaints_open",
        label=_("Complaints open"),
        unit="complaint",
        definition=_(
            "Complaints received before the end of the window that are not closed, or were closed after it. "
            "Known as of now: one closed, reopened and closed again counts by its last closing."
        ),
        counted_by=_("end of the window"),
        rows=still_open,
        splits=OPEN_SPLITS,
        is_stock=True,
    ),
    Indicator(
        number=9,
        name="complaints_closed",
        label=_("Complaints closed"),
        unit="complaint",
        definition=_("Closings approved in the window and not since reopened."),
        counted_by=_("day the closing was approved"),
        rows=closed,
        splits=(splits.outcome(), splits.province_of_incident(), *splits.times("status_at")),
    ),
):
    register(made)
