"""What an administrator keeps: articles of the law, the names of courts and the limits of custody."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from core.text import clean
from suspects.models import Article, Court, CustodyLimit

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,11}")
Row = TypeVar("Row", Article, Court)


def _require(by: Any) -> None:
    if not by.may("law.manage"):
        raise PermissionDenied(_("Your role does not keep the law's tables."))


@transaction.atomic
def add_article(*, by: Any, code: str, said: Mapping[str, Any]) -> Article:
    """Add an article; its code is a law's short name and the number: L08-10. ValidationError by field."""
    _require(by)
    code = clean(code).upper()
    if not CODE.fullmatch(code):
        raise ValidationError({"code": [_("Write a code of letters, digits and hyphens, like L08-10.")]})
    if Article.objects.filter(pk=code).exists():
        raise ValidationError({"code": [_("There is an article of this code already.")]})
    article = Article(code=code, **said)
    article.full_clean()
    article.save(force_insert=True)
    record("law.article_add", by=by, detail={"article": code})
    return article


@transaction.atomic
def change_article(article: Article, *, by: Any, changes: Mapping[str, Any]) -> Article:
    """Change the words of an article, or whether it counts as trafficking; figures follow at once."""
    return _changed(article, "law.article", by, changes)


@transaction.atomic
def change_court(court: Court, *, by: Any, changes: Mapping[str, Any]) -> Court:
    """Change the names of a court; its province stays, files are counted there."""
    return _changed(court, "law.court", by, {name: changes[name] for name in ("name_km", "name_en")})


def _changed(row: Row, verb: str, by: Any, changes: Mapping[str, Any]) -> Row:
    _require(by)
    fields = sorted(name for name, value in changes.items() if getattr(row, name) != value)
    if not fields:
        return row
    for name in fields:
        setattr(row, name, changes[name])
    row.full_clean()
    row.save(update_fields=fields)
    record(verb, by=by, detail={"code": row.pk, "fields": fields})
    return row


@transaction.atomic
def change_limits(*, by: Any, hours: Mapping[str, tuple[int, int]]) -> None:
    """Set hours and warning of each limit; clocks that run keep what they were started with."""
    _require(by)
    for kind, (most, warn) in hours.items():
        CustodyLimit.objects.filter(kind=kind).update(hours=most, warn_hours=warn)
    record("law.custody", by=by, detail={kind: list(pair) for kind, pair in hours.items()})
