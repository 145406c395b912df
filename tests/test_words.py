"""Words that no page shows by itself: tables, what libraries say, names of countries; all have their Khmer."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import allauth
import django
import django_filters
import knox
import pytest
import rest_framework
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override
from django_countries import countries

from accounts.roles import ROLES
from complaints.models import ContactStatus
from complaints.workflow import COMPLAINT
from core import borrowed
from notifications.kinds import KINDS
from tests.khmer import english
from victims.workflow import RESCUE

OURS = {"accounts", "complaints", "notifications", "people", "provinces", "victims", "workflow"}


def own_choices() -> Iterator[tuple[str, Any]]:
    """Give the word of every choice of our models."""
    for model in apps.get_models():
        if model.__module__.split(".")[0] in OURS:
            for field in model._meta.get_fields():
                for code, word in getattr(field, "flatchoices", None) or ():
                    yield f"{model.__name__}.{field.name} {code}", word


def own_words() -> Iterator[tuple[str, Any]]:
    """Give every word that stands in a table: choices, steps, roles, kinds of notices."""
    yield from own_choices()
    for flow in (COMPLAINT, RESCUE):
        for step in flow.steps:
            yield f"{flow.name} {step.name}", step.label
            yield from ((f"{step.name} asks {ask.name}", ask.label) for ask in step.asks)
    yield from ((f"role {name}", role.label) for name, role in ROLES.items())
    yield from ((f"notice {name}", kind.label) for name, kind in KINDS.items())


def test_every_word_of_a_table_is_khmer() -> None:
    with override("km"):
        words = [(where, str(word)) for where, word in own_words()]
    assert len(words) > 150
    assert [(where, word) for where, word in words if english([word])] == []


@pytest.mark.parametrize("group", ["DJANGO_FORMS", "DJANGO_VALIDATORS", "DJANGO_MODELS", "DJANGO_PASSWORDS", "SIGN_IN"])
def test_what_is_borrowed_is_still_what_the_libraries_say(group: str) -> None:
    said = literals(django, allauth)
    assert [words for words in english_of(group) if words not in said] == []


@pytest.mark.parametrize("group", ["API", "API_FIELDS", "FILTERS"])
def test_what_is_borrowed_is_still_what_the_api_framework_says(group: str) -> None:
    said = literals(rest_framework, django_filters, knox)
    assert [words for words in english_of(group) if words not in said] == []


def english_of(group: str) -> list[str]:
    """Give the English of borrowed words; plurals are left out."""
    return [words for words in getattr(borrowed, group) if isinstance(words, str)]


@cache
def literals(*packages: Any) -> set[str]:
    """Give every text in the sources of packages."""
    files = [path for package in packages for path in Path(package.__path__[0]).rglob("*.py")]
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in files if "/tests/" not in str(path))
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value.__class__ is str
    }


@pytest.mark.parametrize(
    "kind", [forms.CharField, forms.IntegerField, forms.DateField, forms.ChoiceField, forms.EmailField]
)
def test_a_field_refuses_in_khmer(kind: type[forms.Field]) -> None:
    with override("km"):
        with pytest.raises(ValidationError) as refused:
            kind().clean("x" if kind is not forms.CharField else "")
        assert english(list(refused.value.messages)) == []


def test_our_catalogue_wins_over_the_libraries_own() -> None:
    with override("km"):
        assert gettext("Yes") == "បាទ/ចាស"
        assert gettext("This field is required.") == "ត្រូវបំពេញប្រអប់នេះ។"


def test_every_country_has_its_khmer_name_and_no_two_the_same() -> None:
    with override("km"):
        names = [str(name) for _code, name in countries]
    assert english(names) == []
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "ours_not",
    ["ទូរសព្ទ", "សារឥតប្រយោជន៍"],  # a telephone and spam are ទូរស័ព្ទ and សារឥតបានការ
)
def test_one_thing_has_one_khmer_word(ours_not: str) -> None:
    for catalogue in Path("locale/km").rglob("*.po"):
        assert ours_not not in catalogue.read_text(encoding="utf-8"), catalogue


def test_what_stands_side_by_side_reads_apart_in_khmer() -> None:
    with override("km"):
        held, aside = (str(ContactStatus(status).label) for status in ("held", "set_aside"))
        assert "ដោយឡែក" not in held
        assert "ដោយឡែក" in aside
        assert gettext("Rules") != gettext("Law")
        assert gettext("Law") not in gettext("Urgency rules")
