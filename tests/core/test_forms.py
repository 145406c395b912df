"""Days and hours as people type them; fields as they are drawn."""

from datetime import date, datetime, time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation

from core.display import ZONE
from core.forms import DayField, MomentField, Rows, read_day, read_hour


class Form(forms.Form):
    """One field of each kind that is drawn differently."""

    name = forms.CharField(label="Name", help_text="In any script")
    danger = forms.ChoiceField(
        label="Danger",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=Rows(hints={"yes": "within 1 hour"}, glyphs={"no": "rescued"}, reveals={"yes": ("day",)}),
    )
    day = DayField(label="Day", required=False)
    at = MomentField(label="Received at", required=False)
    words = forms.CharField(label="Words", required=False, widget=forms.Textarea({"rows": 12}))
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)


def draw(template, **context):
    with translation.override("en"):
        return Template("{% load sangkroh %}" + template).render(Context(context))


@pytest.mark.parametrize(
    "typed",
    ["29/9/2022", "29.09.2022", "29-9-2022", "29 9 2022", "2022-09-29", "២៩/៩/២០២២", "29 Sep 2022", "29 september 2022",
     "២៩ កញ្ញា ២០២២", " 29 / 9 / 2022 "],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(typed):
    assert read_day(typed) == date(2022, 9, 29)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("31/2/2022", "invalid"), ("29/13/2022", "invalid"), ("yesterday", "invalid"), ("29/9/22", "invalid"),
     ("1/1/0001", "invalid"), ("31/12/1899", "invalid"), ("29/9/2565", "buddhist"), ("0/0/0000", "invalid"), ("²⁹/9/2022", "invalid"), ("29/9/2022 x", "invalid")],
)  # fmt: skip
def test_a_day_that_is_none_says_what_to_type(typed, code):
    with pytest.raises(ValidationError) as refused:
        read_day(typed)
    assert refused.value.code == code


@pytest.mark.parametrize(("typed", "read"), [("15:40", time(15, 40)), ("១៥:៤០", time(15, 40)), ("0740", time(7, 40))])
def test_an_hour_is_read_in_any_digits(typed, read):
    assert read_hour(typed) == read


@pytest.mark.parametrize("typed", ["24:00", "15:60", "3 pm", "١٥:٤٠"])
def test_an_hour_that_is_none_is_refused(typed):
    with pytest.raises(ValidationError):
        read_hour(typed)


def test_a_moment_is_of_phnom_penh_and_an_hour_needs_its_day():
    field = MomentField()
    assert field.clean(["29/9/2022", "07:42"]) == datetime(2022, 9, 29, 7, 42, tzinfo=ZONE)
    with pytest.raises(ValidationError):
        field.clean(["", "07:42"])


@pytest.mark.parametrize("day", ["1/1/0001", "1/1/1900", "31/12/1989"])
def test_a_moment_before_anything_we_record_is_refused(day):
    with pytest.raises(ValidationError):
        MomentField().clean([day, ""])


def test_a_birth_may_be_older_than_any_moment():
    assert DayField().clean("2/1/1931") == date(1931, 1, 2)


def test_a_field_ties_its_hint_and_message_to_its_control():
    html = draw("{% field form.name %}", form=Form({}))
    assert 'aria-describedby="id_name-hint id_name-error"' in html
    assert 'id="id_name-hint"' in html
    assert 'id="id_name-error"' in html
    assert "Fill in: Name" in html
    assert 'aria-invalid="true"' in html


def test_options_carry_their_hint_glyph_and_what_they_reveal():
    html = draw("{% field form.danger %}", form=Form(initial={"danger": "yes"}))
    assert "within 1 hour" in html
    assert "#rescued" in html
    assert html.index('value="yes" checked') < html.index('name="day"') < html.index('value="no"')


def test_a_moment_is_typed_in_two_boxes_with_names():
    html = draw("{% field form.at %}", form=Form())
    assert 'name="at_0"' in html
    assert 'name="at_1"' in html
    assert 'aria-label="Day"' in html
    assert "<legend" in html


def test_the_summary_names_each_field_and_links_to_its_control():
    html = draw("{% error_summary form %}", form=Form({"day": "31/2/2022"}))
    assert '<a href="#id_name">Fill in: Name</a>' in html
    assert '<a href="#id_danger_0">Choose: Danger</a>' in html
    assert "Day: There is no such day" in html
    assert "3 answers need your attention" in html


def test_a_form_without_errors_has_no_summary():
    assert draw("{% error_summary form %}", form=Form()).strip() == ""


def test_what_was_typed_is_escaped():
    html = draw("{% field form.name %}", form=Form({"name": '"><script>alert(1)</script>'}))
    assert "<script" not in html


def test_a_field_of_many_lines_has_those_its_form_says_and_four_where_it_says_none():
    form = Form()
    assert 'rows="12"' in draw("{% field field %}", field=form["words"])
    assert 'rows="4"' in draw("{% field field %}", field=form["note"])
    assert 'rows="2"' in draw("{% field field rows=2 %}", field=form["words"])
