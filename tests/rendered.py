"""What Django's test client keeps of a rendering: a copy of the context of every template, which costs as much as the page.

A field of a form is four templates, and nobody looks at their contexts: these are not kept (tests/conftest.py); what asks
thousands of pages and reads only what came back keeps none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import client

_store = client.store_rendered_templates
_kept = [True]


def store(kept: Any, signal: Any, sender: Any, template: Any, context: Any, **kwargs: Any) -> None:
    """Keep a template and its context as Django does, but for those of fields of forms."""
    if _kept[-1] and not (template.name or "").startswith("django/forms/"):
        _store(kept, signal, sender, template, context, **kwargs)


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Ask without keeping any context."""
    _kept.append(False)
    try:
        yield
    finally:
        _kept.pop()


def keep_less() -> None:
    """Have every test client keep by `store`."""
    client.store_rendered_templates = store
