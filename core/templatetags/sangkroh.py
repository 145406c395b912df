"""The tags and filters of every page; docs/design.md shows each in use."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import display, glyphs, paging
from core.formfields import described, errors_of

register = template.Library()
PARTS = "components/"
IN_A_LEDGER = 60

register.filter("num", display.number)
register.filter("decimal", display.decimal)
register.filter("day", display.day)
register.filter("moment", display.moment)
register.filter("hour", display.hour)
register.filter("ago", display.ago)
register.filter("age", display.age)
register.filter("span", lambda length: display.span(length, exact=True) if length is not None else "—")
register.filter("then", lambda said, more: display.sentences(said, more))
register.filter("told", display.told)
register.filter("status_word", lambda name: glyphs.SIGNS[name].word if name in glyphs.SIGNS else name)
register.filter("of", lambda found, name: (found or {}).get(name))
register.filter("digits", lambda value: display.digits(str(value)))


@register.simple_tag
def glyph(name: str, size: int = 16, label: str = "", css: str = "") -> SafeString:
    """Draw a glyph; a `label` gives it an accessible name, without one it is silent."""
    return glyphs.named(name, size=size, label=label, css=css)


@register.simple_tag
def status(name: str, word: str = "", strong: bool = False) -> SafeString:
    """Write glyph and word of a complaint's status or a person's rescue status; `strong` in its own tone."""
    return glyphs.said(name, word, strong=strong)


@register.simple_tag
def urgency(name: str) -> SafeString:
    """Write glyph and word of an urgency; normal is nothing."""
    sign = glyphs.SIGNS.get(name)
    if name not in {"immediate", "high"} or sign is None:
        return SafeString("")
    picture, word = glyphs.svg(sign.symbol, size=14), escape(sign.word)
    return mark_safe(f'<span class="sk-urgency sk-is-{sign.tone}">{picture}{word}</span>')  # noqa: S308


@register.simple_tag
def clock(
    start: datetime | None, due: datetime | None, stopped: datetime | None = None, exact: bool = False
) -> SafeString:
    """Draw a clock: its words, the share used, the tick of the limit, hatching past it. No limit: nothing."""
    if start is None or due is None:
        return SafeString("")
    return glyphs.bar(display.clock(start, due, stopped=stopped, exact=exact))


@register.simple_tag
def marks(ledger: Mapping[str, int], under: bool = False) -> SafeString:
    """Draw a ledger in a row: "9 / 12" and up to six marks, beyond that glyph and number; `under` in two lines."""
    return glyphs.marks(ledger, under=under)


@register.inclusion_tag(PARTS + "ledger.html")
def ledger(
    ledger: Mapping[str, int], persons: Iterable[Mapping[str, Any]] = (), people_url: str = ""
) -> dict[str, Any]:
    """Show the ledger that adds up; `persons` (status, name, url) are the marks, each opens its person.

    With `people_url` every number opens its people there (`?counted=rescued`).
    """
    terms = ["rescued", "left_on_own", "declined", "not_found"] + (["deceased"] if ledger.get("deceased") else [])
    people = list(persons)
    unlisted = max(ledger.get("reported", 0) - len(people), 0)
    drawn = len(people) + unlisted <= IN_A_LEDGER
    return {
        "ledger": ledger,
        "people_url": people_url,
        "terms": [(term, glyphs.SIGNS[term].word, ledger.get(term, 0)) for term in terms],
        "persons": people if drawn else [],
        "unlisted": range(unlisted if drawn else 0),
        "counts": [] if drawn else glyphs.states_of(ledger),
    }


@register.inclusion_tag(PARTS + "stepline.html")
def stepline(steps: list[Mapping[str, Any]], done_note: str = "") -> dict[str, Any]:
    """Show where a complaint stands; steps are {label, note, state: done|current|todo, glyph}."""
    done = [step for step in steps if step["state"] == "done"]
    return {"steps": steps, "done": done, "done_note": done_note}


@register.simple_tag(takes_context=True)
def field(context: Context, bound: BoundField | str, **options: Any) -> SafeString:
    """Render a bound form field with label, hint, error and its control; options in docs/design.md."""
    if not isinstance(bound, BoundField):
        return SafeString("")
    data = described(bound, **options)
    data["request"] = context.get("request")
    return mark_safe(get_template(PARTS + "field.html").render(data))  # noqa: S308 - a template escapes


@register.inclusion_tag(PARTS + "error_summary.html")
def error_summary(form: Any, *more: Any) -> dict[str, Any]:
    """List what is missing in one or several forms, each line a link to its field."""
    found = [line for one in (form, *more) if one is not None for line in errors_of(one)]
    return {"errors": found, "count": len(found)}


@register.inclusion_tag(PARTS + "tabs.html")
def tabs(items: list[Mapping[str, Any]], label: str = "", keep_url: str = "", views_url: str = "") -> dict[str, Any]:
    """Show branches and saved views of a list; items are {label, url, current, count}."""
    return {"items": items, "label": label or _("Views"), "keep_url": keep_url, "views_url": views_url}


@register.inclusion_tag(PARTS + "subnav.html")
def subnav(items: list[Mapping[str, Any]], label: str = "", query: str = "") -> dict[str, Any]:
    """Show the parts of a record; items are {label, url, current, count}. Those that `keeps` go on with the query."""
    return {"items": items, "label": label or _("Parts of this record"), "query": query}


@register.inclusion_tag(PARTS + "pagination.html", takes_context=True)
def pagination(context: Context, page: Any) -> dict[str, Any]:
    """Link the newer and older rows of a `core.paging` page, keeping the filters."""
    params = context["request"].GET
    return {
        "older": paging.link(params, page.next) if page.next else "",
        "newer": paging.link(params, page.previous) if page.previous else "",
    }


@register.inclusion_tag(PARTS + "filter_tags.html")
def filter_tags(items: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Show the filters that are on; items are {label, url}: the address without that filter."""
    return {"items": items}


@register.inclusion_tag(PARTS + "empty_state.html")
def empty_state(title: str, text: str = "", url: str = "", link: str = "") -> dict[str, Any]:
    """Say why there is nothing, and the one way out."""
    return {"title": title, "text": text, "url": url, "link": link}


@register.inclusion_tag(PARTS + "timeline.html")
def timeline(items: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Tell what happened, newest first; items are {title, by, at, note}."""
    return {"items": items}


@register.inclusion_tag(PARTS + "summary_list.html")
def summary_list(rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    """List facts; rows are {key, value, second, url, history}; a row without a value is left out."""
    return {"rows": [row for row in rows if row.get("value") not in (None, "")]}


@register.inclusion_tag(PARTS + "button.html")
def button(label: str, **options: Any) -> dict[str, Any]:
    """Draw a button or a link that looks like one; options: href, kind, small, glyph, name, value, form, attrs."""
    return {"label": label, "type": "submit", **options}


@register.inclusion_tag(PARTS + "step_button.html", takes_context=True)
def step_button(context: Context, url: str, step: str, label: str, **options: Any) -> dict[str, Any]:
    """Draw a form of one button that takes a step; carries the token and an idempotency key."""
    return {
        "url": url,
        "step": step,
        "label": label,
        "csrf_token": context.get("csrf_token"),
        "idempotency_key": uuid.uuid4(),
        **options,
    }


@register.simple_tag
def idempotency_key() -> SafeString:
    """Carry a fresh key in a form, so that it cannot be saved twice; a bound form keeps its own."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid.uuid4())


@register.simple_tag
def now_here(style: str = "") -> str:
    """Write this moment; styles as for `moment`."""
    return display.moment(timezone.now(), style)


@register.simple_tag
def safe_url(name: str, *args: Any) -> str:
    """Return the address of a named route, or nothing where that room is not built."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def may(context: Context, permission: str) -> bool:
    """Tell whether the reader's role holds a permission, so that a page offers only what will open."""
    user = getattr(context.get("request"), "user", None)
    return bool(user is not None and user.is_authenticated and user.may(permission))


# The tabs of a phone in the order they are wanted, with their glyphs; what the navigation lacks is left out.
TABS = {
    "work": "work",
    "approvals:list": "check",
    "complaints:list": "list",
    "complaints:new": "plus",
    "victims:list": "people",
    "sites:list": "pin",
    "users:list": "person",
    "roster:list": "clock",
    "notifications:deliveries": "mail",
    "places:list": "filter",
}
MOST_TABS = 4


@register.inclusion_tag(PARTS + "bottom_tabs.html", takes_context=True)
def bottom_tabs(context: Context) -> dict[str, Any]:
    """Show the tabs of a phone: four of what the role may open, and the search."""
    leaves = [leaf for item in context.get("nav") or [] for leaf in item.get("parts") or [item]]
    by_route, waiting = {leaf.get("route"): leaf for leaf in leaves}, context.get("nav_waiting") or {}
    found = [
        {**by_route[route], "glyph": symbol, "waiting": waiting.get(route)}
        for route, symbol in TABS.items()
        if route in by_route
    ][:MOST_TABS]
    for item in found:
        if item["route"] == "complaints:new":
            item["label"] = pgettext("tab", "New")
    if may(context, "complaint.read"):
        found.append({"label": _("Search"), "url": "#menu", "glyph": "search", "current": False})
    return {"items": found if len(found) > 1 else []}
