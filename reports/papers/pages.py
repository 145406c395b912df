"""A paper as PDF."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.pdf import pdf
from reports.papers.shape import Paper, Table, Text


def as_pdf(paper: Paper) -> bytes:
    """Set a paper; raises NoPaper."""
    return pdf("core/typst/paper.typ", data_of(paper), language=paper.language)


def data_of(paper: Paper) -> dict[str, Any]:
    """Return what the template sets."""
    return {
        "title": paper.title,
        "warning": paper.warning,
        "facts": [[key, cell.words] for key, cell in paper.facts],
        "parts": [_part(part) for part in paper.parts],
        "definitions_title": _("Definitions"),
        "definitions": [list(pair) for pair in paper.definitions],
        "rules_title": _("Counting rules"),
        "rules": paper.rules,
        "wide": paper.wide,
        "watermark": paper.mark,
        "foot": " · ".join(words for words in (paper.mark, paper.foot) if words),
        "pages": pgettext("page 1 of 2", "of"),
    }


def _part(part: Table | Text) -> dict[str, Any]:
    if isinstance(part, Text):
        return {"title": part.title, "remark": part.remark, "said": [list(pair) for pair in part.said]}
    rows = [[{"words": cell.words, "small": list(cell.small)} for cell in row] for row in part.rows]
    return {"title": part.title, "remark": part.remark, "head": part.head, "rows": rows, "right": part.right}
