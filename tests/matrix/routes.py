"""Every route there is, read from the resolver, with the methods its view answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Found:
    """A route of the resolver: its full name, its view class (None: a function) and the methods it answers."""

    name: str
    view: Any
    methods: frozenset[str]


@cache
def found() -> dict[str, Found]:
    """Give every named route; raises AssertionError for one without a name or a name used by two views."""
    routes: dict[str, Found] = {}
    for route in walk(get_resolver().url_patterns):
        known = routes.setdefault(route.name, route)
        assert known.view is route.view, f"{route.name} names two views"
    return routes


def walk(patterns: Any, space: str = "") -> Iterator[Found]:
    """Walk the tree of patterns."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"a route without a name: {pattern.pattern}"
            view = getattr(pattern.callback, "cls", None) or getattr(pattern.callback, "view_class", None)
            yield Found(f"{space}{pattern.name}", view, methods_of(pattern.callback, view))


def methods_of(callback: Any, view: Any) -> frozenset[str]:
    """Give the methods a view answers: an API's actions, a page's handlers."""
    actions = getattr(callback, "actions", None)
    if actions:
        return frozenset(actions) & frozenset(METHODS)
    return frozenset(method for method in METHODS if view is None or hasattr(view, method))
