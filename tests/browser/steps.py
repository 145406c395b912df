"""What several browser tests do to a form: fill it by the names of its fields, send it, and keep a picture if asked."""

import os
from pathlib import Path
from typing import Any

from tests.browser.conftest import overflow

# LOOKS=folder keeps a picture of every page a story passes, to be looked at.
LOOKS = os.environ.get("LOOKS", "")


def fill(page: Any, form: str, **answers: str) -> None:
    """Fill fields by name: a choice is checked or selected by its value, words are typed."""
    for name, value in answers.items():
        fields = page.locator(f"form#{form} [name={name}]")
        kind = fields.first.evaluate("field => field.tagName + (field.type || '')")
        if kind in ("INPUTradio", "INPUTcheckbox"):
            page.locator(f"form#{form} [name={name}][value='{value}']").check(force=True)
        elif kind.startswith("SELECT"):
            fields.first.select_option(value)
        else:
            fields.first.fill(value)


def press(page: Any, form: str) -> None:
    """Send a form as its button does, and wait for the answer; one that is refused fails with what the page says."""
    with page.expect_navigation():
        page.evaluate("form => document.getElementById(form).requestSubmit()", form)
    refused = page.locator(".govuk-error-summary, .sk-notice--warning")
    said = "; ".join(refused.all_inner_texts())
    assert page.locator(f"form#{form} [aria-invalid=true], .govuk-error-summary").count() == 0, said


class Album:
    """The pictures of one story, numbered as it goes; each page must fit its screen."""

    def __init__(self, name: str) -> None:
        self.name, self.n = name, 0

    def look(self, page: Any, words: str) -> None:
        """Check the page's width, and keep its picture where LOOKS says."""
        assert overflow(page) == 0, f"{words}: wider than the screen"
        self.n += 1
        if LOOKS:
            Path(LOOKS).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{LOOKS}/{self.name}-{self.n:02d}-{words}.png", full_page=True)
