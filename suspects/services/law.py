"""What an administrator keeps: articles of the law and the limits of custody."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from suspects.models import Article, CustodyLimit


def _require(by: Any) -> None:
    if not by.may("law.manage"):
        raise PermissionDenied(_("Your role does not keep the law's tables."))


@transaction.atomic
def change_article(article: Article, *, by: Any, changes: Mapping[str, Any]) -> Article:
    """Change the words of an article, or whether it counts as trafficking; figures follow at once."""
    _require(by)
    for name, value in changes.items():
        setattr(article, name, value)
    article.full_clean()
    article.save()
    record("law.article", by=by, detail={"article": article.code, "fields": sorted(changes)})
    return article


@transaction.atomic
def change_limits(*, by: Any, hours: Mapping[str, tuple[int, int]]) -> None:
    """Set hours and warning of each limit; clocks that run keep what they were started with."""
    _require(by)
    for kind, (most, warn) in hours.items():
        CustodyLimit.objects.filter(kind=kind).update(hours=most, warn_hours=warn)
    record("law.custody", by=by, detail={kind: list(pair) for kind, pair in hours.items()})
