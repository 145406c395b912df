"""Load the articles of the law and the courts that the project carries; what an administrator changed stays."""

import csv
from pathlib import Path
from typing import Any

from django.db import transaction

from suspects.models import Article, Court

CARRIED = Path(__file__).resolve().parent.parent / "data"
YES = "yes"


@transaction.atomic
def load_law(folder: Path = CARRIED) -> dict[str, int]:
    """Add articles and courts that are not there yet; return how many of each were added."""
    articles = [_article(row) for row in _rows(folder, "articles.csv")]
    courts = [Court(**row) for row in _rows(folder, "courts.csv")]
    return {"articles": _added(Article, articles), "courts": _added(Court, courts)}


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _article(row: dict[str, str]) -> Article:
    flags: dict[str, Any] = {name: row.pop(name) == YES for name in ("is_trafficking", "is_checked")}
    return Article(**row, **flags)


def _added(model: Any, rows: list[Any]) -> int:
    kept = set(model.objects.values_list("pk", flat=True))
    new = [row for row in rows if row.pk not in kept]
    model.objects.bulk_create(new)
    return len(new)
