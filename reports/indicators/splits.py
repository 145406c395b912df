"""The dimensions that several indicators share, with the words of their values."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, DateField, DateTimeField, F, Func, IntegerField, Q, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf, TruncDate, TruncMonth, TruncWeek
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from accounts.roles import Branch
from complaints.languages import CHOICES, OTHER, SPOKEN
from complaints.models import Channel, ExploitationForm, Handling, Outcome, Relation, Urgency, first_relation
from core import display
from people.models import Sex
from provinces.models import Province, Site
from reports.indicators.registry import NOT_STATED, Look, Split
from victims.models import Decision, LeftHow, PlaceKind, RescueStatus


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


def is_nation(look: Look) -> bool:
    """Say whether the look holds sealed rows together with all others, as only the system's does."""
    return bool(look.user.table.branch == Branch.EVERYTHING)


def shown(path: Any) -> Callable[[Look], Any]:
    """Leave the place of a sealed row out where the whole nation is counted (R11): it is counted, its place is not shown."""
    column = F(path) if isinstance(path, str) else path

    def of(look: Look) -> Any:
        if not is_nation(look):
            return column
        return Case(When(handling=Handling.SEALED, then=None), default=column, output_field=CharField())

    return of


UNPLACED = _("not known, or not shown")
UNSEALED = _("What is sealed stands under no province.")


def place(name: str, label: Any, path: Any) -> Split:
    """Split by a province (PI, R10)."""
    return Split(name, label, shown(path), provinces, unknown=UNPLACED, note=UNSEALED)


def province_of_incident(path: str = "province_of_incident_id") -> Split:
    """Split by where it happens (PI)."""
    return place("province_of_incident", _("Province of incident"), path)


def from_where(values: list[str]) -> Mapping[str, Any]:
    """Return the names of provinces, and of countries as abroad."""
    abroad = {code: _("Abroad: %(country)s") % {"country": countries.name(code)} for code in values if code.isalpha()}
    return {**provinces([code for code in values if not code.isalpha()]), **abroad}


def province_of_report(country: Any = "country_of_report") -> Split:
    """Split by where the reporter was (PR): one of the provinces, or abroad in which country."""
    column = Coalesce(F("province_of_report_id"), NullIf(country, Value("")), output_field=CharField())
    label = _("Province of report")
    return Split("province_of_report", label, shown(column), from_where, unknown=UNPLACED, note=UNSEALED)


def sites(values: list[str]) -> Mapping[str, Any]:
    """Return the names of sites by reference."""
    return {
        site.reference: site.name for site in Site.objects.filter(reference__in=[value for value in values if value])
    }


def site(path: str = "site__reference") -> Split:
    """Split by the site (ST): for inside, and for who may read sites."""
    return Split("site", _("Site"), shown(path), sites, permission="site.read")


SIDES = {"from_only": _("from only"), "about_only": _("about only"), "both": _("both")}


def channel() -> Split:
    """Split by how word reached us (CH)."""
    return Split("channel", _("Channel"), F("channel"), chosen(Channel))


def language() -> Split:
    """Split by the language of a contact (LG): one of those callers speak, each other word that was typed as one."""
    spoken = [When(language=own, then=Value(code)) for code, (own, _name) in SPOKEN.items()]
    column = Case(*spoken, When(language="", then=None), default=Value("other"), output_field=CharField())
    words = {**dict(CHOICES), "other": OTHER[1]}
    return Split("language", _("Language"), column, lambda _values: words)


def urgency() -> Split:
    """Split by urgency (UR)."""
    return Split("urgency", _("Urgency"), F("urgency"), chosen(Urgency))


def outcome() -> Split:
    """Split by the outcome of the verification (OC)."""
    return Split("outcome", _("Outcome"), F("outcome"), chosen(Outcome), judges=True)


def main_form(path: str = "main_form") -> Split:
    """Split by the one main form of exploitation (FO, R9)."""
    return Split("main_form", _("Main form of exploitation"), F(path), forms)


def nationality(path: str = "person__") -> Split:
    """Split by the one nationality that counts (NA, R8); the path leads to the person."""
    return Split("nationality", _("Nationality"), F(f"{path}nationality"), nationalities)


def sex(path: str = "person__") -> Split:
    """Split by sex (SX)."""
    return Split("sex", _("Sex"), F(f"{path}sex"), chosen(Sex))


def decision() -> Split:
    """Split by the identification decision (ID)."""
    return Split("decision", _("Identification"), F("decision"), chosen(Decision))


def rescue_status() -> Split:
    """Split by how the search ended."""
    return Split("status", _("Rescue status"), F("rescue_status"), chosen(RescueStatus))


def left_how() -> Split:
    """Split by how people left on their own; who did not stands apart from those of whom it is not known."""
    column = Case(When(rescue_status=RescueStatus.LEFT_ON_OWN, then=F("left_how")), default=Value("ended_otherwise"))
    words = {**dict(LeftHow.choices), "ended_otherwise": _("The search ended otherwise")}
    return Split("left_how", _("How they left on their own"), column, lambda _values: words)


def found_in() -> Split:
    """Split by the province where people were brought out (R10)."""
    return place("rescued_in", _("Province where found"), "rescued_in_id")


def place_kind(path: Any) -> Split:
    """Split by the kind of place where people are now."""
    return Split("place", _("Place now"), path, chosen(PlaceKind))


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


def every_form(path: str = "") -> tuple[Split, ...]:
    """Split by the main form, by every form said, and by TIP's forms; the path leads to the complaint."""
    return main_form(f"{path}main_form"), all_forms(f"{path}forms"), tip_form(f"{path}main_form")


DAYS = {
    "days_007": _("up to 7 days"),
    "days_030": _("8 to 30 days"),
    "days_090": _("31 to 90 days"),
    "days_365": _("91 to 365 days"),
    "longer": _("more than a year"),
}


class Nth(Func):
    """An element of an array by its place, counted from one."""

    template = "(%(expressions)s]"
    arg_joiner = ")["


def since(moment: Any) -> Callable[[Look], Nth]:
    """Say how many days lay between a moment and the end of the window, or today where that lies ahead.

    The moment is read once for a row, whatever it costs, and put among the ends of the spans.
    """

    def of(look: Look) -> Nth:
        now, codes = min(look.window.ends, timezone.now()), list(reversed(DAYS))
        ends = [now - timedelta(days=int(code.removeprefix("days_")) + 1) for code in codes if code != "longer"]
        span = Func(
            Cast(moment, DateTimeField()),
            Value(ends, output_field=ArrayField(DateTimeField())),
            function="width_bucket",
            output_field=IntegerField(),
        )
        words = Value(codes, output_field=ArrayField(CharField()))
        return Nth(words, Coalesce(span, Value(0)) + Value(1), output_field=CharField())

    return of


def days_since(name: str, label: Any, moment: Any) -> Split:
    """Split by the days that had passed since a moment."""
    return Split(name, label, since(moment), lambda _values: DAYS, ordered=True)


def of_people(*found: Split) -> tuple[Split, ...]:
    """Make splits of the people themselves, for a figure whose rows stand for several."""
    return tuple(replace(split, of_people=True) for split in found)


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
