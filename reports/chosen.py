"""The dimensions of the figures of a window: those offered, and those chosen as `split=<figure>.<dimension>`."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.display import number
from reports.figures import parts
from reports.indicators import REGISTRY, Indicator, Look, Split

PARAM = "split"
MOST = 8  # tables on a page


def title_of(indicator: Indicator, split: Split) -> str:
    """Return the title of a figure by a dimension."""
    return _("%(figure)s: %(split)s") % {"figure": indicator.label, "split": str(split.label).lower()}


def asked(values: Iterable[str], user: Any) -> list[tuple[Indicator, Split]]:
    """Return the figures and dimensions that `split` names, each once; raises ValidationError for what is none."""
    found: list[tuple[Indicator, Split]] = []
    for value in dict.fromkeys(values):
        name, _dot, by = value.partition(".")
        indicator = REGISTRY.get(name)
        splits = [split for split in indicator.splits_for(user) if split.name == by] if indicator else []
        if indicator is None or not splits or indicator.needs_province:
            raise ValidationError({PARAM: [_("This figure has no such part.")]})
        found.append((indicator, splits[0]))
    if len(found) > MOST:
        raise ValidationError({PARAM: [_("Choose at most %(most)s tables.") % {"most": number(MOST)}]})
    return found


def tables(pairs: list[tuple[Indicator, Split]], look: Look, params: QueryDict) -> list[dict[str, Any]]:
    """Return the tables that were chosen, each with the address of the page without it."""
    return [
        {
            "key": f"{indicator.name}-{split.name}",
            "title": title_of(indicator, split),
            "split": split,
            "parts": parts(indicator, split, look),
            "drop": toggled(params, f"{indicator.name}.{split.name}"),
        }
        for indicator, split in pairs
    ]


def offered(indicator: Indicator, user: Any, params: QueryDict) -> list[dict[str, Any]]:
    """Return the dimensions of a figure as links that put its table on the page, or take it away."""
    chosen = set(params.getlist(PARAM))
    names = [(split, f"{indicator.name}.{split.name}") for split in indicator.splits_for(user)]
    return [{"label": split.label, "url": toggled(params, name), "current": name in chosen} for split, name in names]


def toggled(params: QueryDict, name: str) -> str:
    """Return the address of the page with a table more, or without it."""
    rest, chosen = params.copy(), params.getlist(PARAM)
    kept = [one for one in chosen if one != name] if name in chosen else [*chosen, name]
    rest.setlist(PARAM, kept)
    return f"?{rest.urlencode()}#tables"
