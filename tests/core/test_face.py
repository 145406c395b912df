"""The tags that draw marks, clocks and steps; the sprite; the error pages that need nothing."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from core import context, display, glyphs

ROOT = Path(settings.BASE_DIR)
SPRITE = (ROOT / "static/img/sprite.svg").read_text(encoding="utf-8")
LEDGER = {"reported": 12, "rescued": 7, "left_on_own": 1, "declined": 0, "not_found": 1, "deceased": 0, "sought": 3}


@pytest.fixture(autouse=True)
def _nobody():
    context.enter(None)


def draw(template, language="en", **values):
    with translation.override(language):
        return Template("{% load sangkroh %}" + template).render(Context(values))


def test_every_sign_has_its_symbol_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([a-z_]+)"', SPRITE))
    assert {sign.symbol for sign in glyphs.SIGNS.values()} <= drawn


def test_every_glyph_that_a_template_names_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([a-z_]+)"', SPRITE)) | set(glyphs.SIGNS)
    templates = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    named = {name for text in templates for name in re.findall(r'\{% glyph "([^"]+)"', text)}
    assert named <= drawn


def test_up_to_six_people_are_drawn_and_more_are_counted():
    few = draw("{% marks ledger %}", ledger={"reported": 3, "rescued": 1, "sought": 2})
    assert few.count("<use") == 3
    assert "1 / 3" in few
    assert "1 of 3 accounted for" in few
    many = draw("{% marks ledger %}", ledger=LEDGER)
    assert "9 / 12" in many
    assert 'aria-label="Rescued"' in many
    assert "sk-marks__row" not in many


def test_marks_speak_khmer_digits_on_a_khmer_page():
    assert "៩ / ១២" in draw("{% marks ledger %}", "km", ledger=LEDGER)


def test_nobody_reported_draws_nothing():
    assert draw("{% marks ledger %}", ledger={"reported": 0, "sought": 0}) == ""


def test_the_ledger_shows_deceased_only_when_there_is_one():
    assert "eceased" not in draw("{% ledger ledger %}", ledger=LEDGER)
    assert "deceased" in draw("{% ledger ledger %}", ledger={**LEDGER, "deceased": 1})


def test_each_mark_of_the_ledger_opens_its_person():
    persons = [{"status": "located", "name": "Lê Quốc Bảo", "url": "/victims/V-1/"}]
    html = draw("{% ledger ledger persons %}", ledger={"reported": 3, "sought": 3}, persons=persons)
    assert 'href="/victims/V-1/" aria-label="Lê Quốc Bảo, located"' in html
    assert html.count('class="sk-persons"') == 1
    assert html.count("<span><svg") == 2


def test_beyond_sixty_people_the_ledger_counts():
    html = draw("{% ledger ledger %}", ledger={"reported": 61, "rescued": 60, "sought": 1})
    assert html.count("sk-marks__n") == 2


def test_a_clock_is_words_over_a_bar_without_inline_style():
    now = datetime.now(display.ZONE)
    html = draw("{% clock start due %}", start=now - timedelta(hours=90), due=now - timedelta(hours=26, minutes=5))
    assert "26 h over" in html
    assert "sk-clock__over" in html
    assert "style=" not in html
    assert draw("{% clock start due %}", start=now, due=None) == ""


def test_a_step_button_carries_its_step_and_a_fresh_key():
    first, second = (draw('{% step_button "/x/" "acknowledge" "Acknowledge" about="KH-1" %}') for _place in range(2))
    assert 'name="step" value="acknowledge"' in first
    assert ", KH-1" in first
    keys = [re.search(r'name="idempotency_key" value="([0-9a-f-]{36})"', html) for html in (first, second)]
    assert keys[0]
    assert keys[1]
    assert keys[0][1] != keys[1][1]


@pytest.mark.parametrize("code", [400, 403, 404, 409, 413, 429, 500, 503])
@pytest.mark.parametrize("language", ["en", "km"])
def test_an_error_page_needs_no_request_no_database_and_no_context_processor(code, language):
    with translation.override(language):
        html = render_to_string(f"errors/{code}.html", {"plain": True})
    assert f'<html lang="{language}"' in html
    assert "<h1>" in html


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_no_template_has_an_inline_style_or_script(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", text)


@pytest.mark.parametrize("path", sorted((ROOT / "static/css").glob("*.css")), ids=lambda path: path.name)
def test_no_sheet_spaces_letters_or_shouts_or_leans(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"text-transform|font-style:\s*italic|letter-spacing:(?!\s*0)|overflow-wrap:\s*anywhere", text)


def test_every_class_of_ours_in_the_styles_has_somebody_who_wears_it():
    styles = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "static/css").glob("*.css"))
    defined = set(re.findall(r"\.(sk-[\w-]+)", re.sub(r"/\*.*?\*/", "", styles, flags=re.S)))
    own = [path for path in ROOT.glob("[a-z]*/**/*.py") if not path.is_relative_to(ROOT / "tests")]
    sources = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static/js").rglob("*.js"), *own]
    texts = "".join(path.read_text(encoding="utf-8") for path in sources)
    worn = set(re.findall(r"sk-[\w-]*\w", texts))
    composed = tuple(re.findall(r"(sk-[\w-]*[-_])(?:\{|\" ?\+|' ?\+|\$\{)", texts))  # "sk-clock--{{ state }}"
    assert {name for name in defined - worn if not name.startswith(composed)} == set()
