"""A list of choices reads as Django's own templates draw it."""

from pathlib import Path

import django.forms
import pytest
from django.template import engines
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

THEIRS = Path(django.forms.__file__).parent / "templates/django/forms/widgets/select.html"
LISTS = [
    [],
    [("", "---"), ("VN", gettext_lazy("Viet Nam")), (7, 2022), (None, 1.5), (True, "b")],
    [("a", "x"), ("<b> & 'c'", [('d"', "<i>"), (mark_safe("&amp;"), mark_safe("<b>e</b>"))]), ("f", "g")],
]


def lines(page: str) -> list[str]:
    return [line.strip() for line in page.splitlines() if line.strip()]


@pytest.mark.parametrize("choices", LISTS)
@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("several", [False, True])
def test_ours_and_theirs_draw_the_same(choices: list[object], language: str, several: bool) -> None:
    kind = django.forms.SelectMultiple if several else django.forms.Select
    widget = kind(choices=choices, attrs={"class": "a", "required": True, "hidden": False})  # type: ignore[arg-type]
    with override(language):
        context = widget.get_context("name", ["VN", "f"] if several else "VN", {"id": "x"})
        for _group, options, _index in context["widget"]["optgroups"]:
            for option in options:
                option["attrs"] |= {"data-a": '"<', "disabled": True, "hidden": False}
        ours = get_template("django/forms/widgets/select.html").render(context)
        theirs = engines["django"].from_string(THEIRS.read_text()).render(context)  # type: ignore[attr-defined]
        assert lines(ours) == lines(theirs)
        assert lines(widget.render("name", "VN", {"id": "x"})) == lines(
            engines["django"].from_string(THEIRS.read_text()).render(widget.get_context("name", "VN", {"id": "x"}))  # type: ignore[attr-defined]
        )
