"""How numbers, days, times and clocks are written, in both languages and both kinds of digits."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation

from core import context, display

NOW = datetime(2022, 9, 29, 8, 10, tzinfo=display.ZONE)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _still_and_unknown():
    context.enter(None)
    with time_machine.travel(NOW, tick=False):
        yield


def in_language(language):
    return translation.override(language)


def test_a_count_has_its_thousands_apart():
    with in_language("en"):
        assert display.number(3688) == "3,688"
    with in_language("km"):
        assert display.number(3688) == "៣.៦៨៨"


def test_the_users_choice_of_digits_beats_the_language():
    context.enter(SimpleNamespace(digits="ascii"))
    with in_language("km"):
        assert display.day(date(2022, 9, 29)) == "29 កញ្ញា 2022"
    context.enter(SimpleNamespace(digits="khmer"))
    with in_language("en"):
        assert display.day(date(2022, 9, 29)) == "២៩ Sep ២០២២"


@pytest.mark.parametrize(
    ("language", "style", "words"),
    [
        ("en", "", "29 Sep 2022"),
        ("en", "short", "29 Sep"),
        ("en", "long", "Thursday 29 September 2022"),
        ("km", "", "២៩ កញ្ញា ២០២២"),
        ("km", "long", "ថ្ងៃព្រហស្បតិ៍ ២៩ កញ្ញា ២០២២"),
    ],
)
def test_a_day_is_never_all_digits(language, style, words):
    with in_language(language):
        assert display.day(date(2022, 9, 29), style) == words


def test_a_short_day_of_another_year_keeps_its_year():
    with in_language("en"):
        assert display.day(date(2021, 9, 29), "short") == "29 Sep 2021"


def test_a_moment_is_said_in_phnom_penh():
    late = datetime.fromisoformat("2022-09-28T18:30:00+00:00")
    with in_language("en"):
        assert display.moment(late) == "29 Sep 2022, 01:30"
        assert display.day(late) == "29 Sep 2022"


def test_what_happened_today_is_an_hour_and_yesterday_says_so():
    with in_language("en"):
        assert display.ago(NOW - HOUR) == "07:10"
        assert display.ago(NOW - 12 * HOUR) == "Yesterday 20:10"
        assert display.ago(NOW - 60 * HOUR) == "26 Sep, 20:10"


@pytest.mark.parametrize(
    ("used", "left", "words", "state"),
    [
        (28 / 60, 32 / 60, "32 min left", "soon"),
        (2, 5.9, "5 h left", "calm"),
        (2, 47, "47 h left", "calm"),
        (20, 50, "2 d left", "calm"),
        (40, 9 + 50 / 60, "due 18:00", "soon"),
        (90, -26, "26 h over", "over"),
        (90, -0.5, "30 min over", "over"),
        (200, -72, "3 d over", "over"),
    ],
)
def test_a_clock_says_minutes_then_hours_then_days(used, left, words, state):
    with in_language("en"):
        clock = display.clock(NOW - used * HOUR, NOW + left * HOUR)
    assert (clock.words, clock.state) == (words, state)


def test_a_stopped_clock_says_how_early_or_late():
    with in_language("en"):
        early = display.clock(NOW - 10 * HOUR, NOW, stopped=NOW - 3 * HOUR)
        late = display.clock(NOW - 10 * HOUR, NOW - 3 * HOUR, stopped=NOW)
    assert (early.words, early.state, early.share) == ("stopped, 3 h early", "stopped", 0.7)
    assert (late.words, late.share) == ("stopped, 3 h late", 1.0)


def test_an_exact_clock_says_hours_and_minutes():
    with in_language("en"):
        assert display.clock(NOW - 40 * HOUR, NOW + 9 * HOUR + 50 * HOUR / 60, exact=True).words == "9 h 50 left"


def test_a_clock_whose_limit_is_its_start_does_not_divide_by_zero():
    with in_language("en"):
        assert display.clock(NOW, NOW).state == "soon"


def test_sentences_end_as_the_language_ends_them():
    with in_language("en"):
        assert display.sentences("Not trafficking", "", None, "23 Nov") == "Not trafficking. 23 Nov"
        assert display.sentences("Wages were paid.", "Alone") == "Wages were paid. Alone"
        assert display.sentences("", None) == ""
        assert display.told("Outcome", "unfounded") == "Outcome: unfounded"
        assert display.told("Why?", "Write down why.") == "Why? Write down why."
    with in_language("km"):
        assert display.sentences("មិនទាន់បានព្យាយាម", "តែម្នាក់ឯង") == "មិនទាន់បានព្យាយាម។ តែម្នាក់ឯង"
        assert display.told("លទ្ធផល", "គ្មានមូលដ្ឋាន") == "លទ្ធផល៖ គ្មានមូលដ្ឋាន"


def test_templates_say_one_thing_after_another():
    page = Template("{% load sangkroh %}{{ 'Asked'|then:'Alone' }} {{ 'Asked'|then:'' }} {{ 'Help'|told:'yes' }}")
    with in_language("en"):
        assert page.render(Context()) == "Asked. Alone Asked Help: yes"
