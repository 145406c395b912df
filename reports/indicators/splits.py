"""The dimensions that several indicators share, with the words of their values."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, CharField, DateField, F, Func, Q, Value, When
from django.db.models.functions import Coalesce, NullIf, TruncDate, TruncMonth, TruncWeek
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from accounts.roles import Branch
from complaints.models import Channel, ExploitationForm, Handling, Outcome, Relation, Urgency, first_relation
from core import display
from people.ages import age_of
from people.models import Sex
from provinces.models import Province
from reports.indicators.registry import NOT_STATED, Look, Split
from victims.models import Decision, RescueStatus


def provinces(values: list[str]) -> Mapping[str, Any]:
    """Return the names of provinces by code."""
    name = "name_km" if (get_language() or "km").startswith("km") else "name_en"
    return dict(Province.objects.filter(pk__in=[value for value in values if value]).values_list("code", name))


def nationalities(values: list[str]) -> Mapping[str, Any]:
    """Return the names of countries by alpha-2 code."""
    return {value: countries.name(value) for value in values if value}


def days(values: list[Any]) -> Mapping[Any, Any]:
    """Return days in words; also weeks and months, by their first ones."""
    return {value: _day(value) for value in values if value}


def _day(value: Any) -> str:
    try:
        return display.day(date.fromisoformat(value) if isinstance(value, str) else value)
    except ValueError:  # what an address said; the filter refuses it
        return str(value)


def chosen(choices: Any) -> Callable[[list[str]], Mapping[str, Any]]:
    """Return the words of a list of choices."""
    return lambda _values: dict(choices.choices)


def forms(_values: list[str]) -> Mapping[str, Any]:
    """Return the words of forms of exploitation, with "several" for what has no main one."""
    return {**dict(ExploitationForm.choices), "mixed": _("Several forms")}


def shown(path: str) -> Callable[[Look], Any]:
    """Leave the province of a sealed row out where the whole nation is counted (R11): it is counted, its place is not shown."""

    def of(look: Look) -> Any:
        if look.user.table.branch != Branch.EVERYTHING:
            return F(path)
        return Case(When(handling="sealed", then=None), default=F(path), output_field=CharField())

    return of


UNPLACED = _("not known, or not shown")


def place(name: str, label: Any, path: str) -> Split:
    """Split by a province (PI, R10)."""
    return Split(name, label, shown(path), provinces, unknown=UNPLACED)


def province_of_incident(path: str = "province_of_incident_id") -> Split:
    """Split by where it happens (PI)."""
    return place("province_of_incident", _("Province of incident"), path)


def from_where(values: list[str]) -> Mapping[str, Any]:
    """Return the names of provinces, and of countries as abroad."""
    abroad = {code: _("Abroad: %(country)s") % {"country": countries.name(code)} for code in values if code.isalpha()}
    return {**provinces([code for code in values if not code.isalpha()]), **abroad}


def province_of_report(*, abroad: bool = True) -> Split:
    """Split by where the reporter was (PR): one of the provinces, or abroad in which country."""
    column: Any = F("province_of_report_id")
    if abroad:
        column = Coalesce(column, NullIf("country_of_report", Value("")), output_field=CharField())
    return Split("province_of_report", _("Province of report"), column, from_where)


SIDES = {"from_only": _("from only"), "about_only": _("about only"), "both": _("both")}


def channel() -> Split:
    """Split by how word reached us (CH)."""
    return Split("channel", _("Channel"), F("channel"), chosen(Channel))


def urgency() -> Split:
    """Split by urgency (UR)."""
    return Split("urgency", _("Urgency"), F("urgency"), chosen(Urgency))


def outcome() -> Split:
    """Split by the outcome of the verification (OC)."""
    return Split("outcome", _("Outcome"), F("outcome"), chosen(Outcome))


def main_form(path: str = "main_form") -> Split:
    """Split by the one main form of exploitation (FO, R9)."""
    return Split("main_form", _("Main form of exploitation"), F(path), forms)


def nationality() -> Split:
    """Split by the one nationality that counts (NA, R8)."""
    return Split("nationality", _("Nationality"), F("person__nationality"), nationalities)


def sex() -> Split:
    """Split by sex (SX)."""
    return Split("sex", _("Sex"), F("person__sex"), chosen(Sex))


def decision() -> Split:
    """Split by the identification decision (ID)."""
    return Split("decision", _("Identification"), F("decision"), chosen(Decision))


def rescue_status() -> Split:
    """Split by how the search ended."""
    return Split("status", _("Rescue status"), F("rescue_status"), chosen(RescueStatus))


def found_in() -> Split:
    """Split by the province where people were brought out (R10)."""
    return place("rescued_in", _("Province where found"), "rescued_in_id")


def arrested_in() -> Split:
    """Split by the province of the arrest (R10)."""
    return place("arrested_in", _("Province of the arrest"), "arrested_in_id")


def handling() -> Split:
    """Split by who handles it (HD)."""
    return Split("handling", _("Handling"), F("handling"), chosen(Handling))


def relation(path: str | None = None) -> Split:
    """Split by what the (first) reporter is to the people (RE)."""
    return Split("relation", _("Relation of the reporter"), F(path) if path else first_relation(), chosen(Relation))


class Each(Func):
    """Every code of a list as a row of its own; nothing where the list is empty."""

    template = "unnest(coalesce(nullif(%(expressions)s, '{}'), ARRAY['']::varchar[]))"
    output_field = CharField()


def all_forms(path: str = "forms") -> Split:
    """Split by every form of exploitation said (FO, R9): one row may count under several, so it does not add up."""

    def narrow(_look: Look, value: str) -> Q:
        return Q(**{f"{path}__len": 0}) if value == NOT_STATED else Q(**{f"{path}__contains": [value]})

    return Split("forms", _("All forms of exploitation"), Each(F(path)), forms, adds_up=False, narrow=narrow)


SEX_TRADE = ("sexual_exploitation", "child_online_sexual")
CRIMINALITY = ("forced_criminality_online_scam", "forced_criminality_other")
LABOUR = ("forced_labour", "debt_bondage", "child_labour", "servitude", "forced_begging")
TIP = {
    "sex": _("Sex trafficking"),
    "labour": _("Labour trafficking"),
    "forced_criminality": _("Forced criminality"),
    "other": _("Other or several"),
}


def tip_form(path: str = "main_form") -> Split:
    """Split by the four forms of the TIP report (R9)."""
    named = (("sex", SEX_TRADE), ("forced_criminality", CRIMINALITY), ("labour", LABOUR))
    cases = [When(**{f"{path}__in": codes}, then=Value(name)) for name, codes in named]
    column = Case(*cases, When(**{path: ""}, then=None), default=Value("other"), output_field=CharField())
    return Split("tip_form", _("Form, as the TIP report has it"), column, lambda _values: TIP)


BANDS = ((0, 11), (12, 17), (18, 24), (25, 34), (35, 49), (50, None))


def band(low: int, high: int | None) -> str:
    """Return the code of a band of ages."""
    return f"{low}-{high}" if high else f"{low}+"


def bands(_values: list[str]) -> Mapping[str, Any]:
    """Return the bands in the reader's digits."""
    return {band(low, high): display.digits(f"{low}–{high}" if high else f"{low}+") for low, high in BANDS}


CHILD = {"under_18": _("Under 18"), "18_and_over": _("18 and over")}
AGE_KNOWN = {"stated": _("Stated"), "estimated": _("Estimated")}


def ages(day: Any) -> tuple[Split, ...]:
    """Split by age on the day that counts (AG, R7): in bands, as child or adult, and by whether it was estimated."""
    age = age_of("person__", day)

    def cased(*cases: When) -> Any:
        return Case(*cases, output_field=CharField())

    in_bands = [When(in_range(age, low, high), then=Value(band(low, high))) for low, high in BANDS]
    child = (When(in_range(age, 0, 17), then=Value("under_18")), When(in_range(age, 18), then=Value("18_and_over")))
    known = When(
        in_range(age, 0), then=Case(When(person__estimated=True, then=Value("estimated")), default=Value("stated"))
    )
    return (
        Split("age", _("Age"), cased(*in_bands), bands, ordered=True),
        Split("child", _("Child or adult"), cased(*child), lambda _values: CHILD),
        Split("age_known", _("How the age is known"), cased(known), lambda _values: AGE_KNOWN),
    )


def in_range(age: Any, low: int, high: int | None = None) -> Any:
    """Say that an age lies from low to high, both included."""
    found = GreaterThanOrEqual(age, low)
    return Q(found) & Q(LessThanOrEqual(age, high)) if high is not None else Q(found)


def times(path: str, *, moment: bool = True) -> tuple[Split, ...]:
    """Split by day, week (named by its Monday) and month (T); a moment falls on its day in Phnom Penh."""
    zone: dict[str, Any] = {"tzinfo": display.ZONE} if moment else {}
    day = TruncDate(path, **zone) if moment else F(path)
    return (
        Split(
            "month", _("Month from"), TruncMonth(path, output_field=DateField(), **zone), days, aside=True, ordered=True
        ),
        Split(
            "week", _("Week from"), TruncWeek(path, output_field=DateField(), **zone), days, aside=True, ordered=True
        ),
        Split("day", _("Day"), day, days, aside=True, ordered=True),
    )
