"""The choices of a list, drawn at once: Django asks two templates for each, which for a list of countries costs more than the page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def choices(groups: Iterable[tuple[Any, list[dict[str, Any]], int]]) -> SafeString:
    """Draw the groups of a list of choices as Django's own templates do."""
    lines: list[str] = []
    for name, options, _index in groups:
        if name:
            lines.append(format_html('  <optgroup label="{}">', localize(name)))
        lines += [option_of(option) for option in options]
        if name:
            lines.append("  </optgroup>")
    return mark_safe("\n".join(lines))  # noqa: S308 - each part is escaped


def option_of(option: dict[str, Any]) -> str:
    """Draw one choice."""
    value, label = conditional_escape(str(option["value"])), conditional_escape(localize(option["label"]))
    return f'  <option value="{value}"{attributes(option["attrs"])}>{label}</option>'


def attributes(attrs: dict[str, Any]) -> str:
    """Write attributes: what is true by its name alone, what is false not at all."""
    return "".join(
        f" {conditional_escape(name)}"
        if value is True
        else f' {conditional_escape(name)}="{conditional_escape(str(value))}"'
        for name, value in attrs.items()
        if value is not False
    )
