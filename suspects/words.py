"""The choices that questions about suspects offer, from tables."""

from typing import Any

from django.utils.translation import get_language

from core.display import digits
from suspects.models import Article, Court


def court_choices(suspect: Any) -> list[tuple[str, str]]:
    """Return the courts, that of the suspect's province first."""
    own = getattr(suspect, "province_id", None)
    courts = sorted(Court.objects.all(), key=lambda court: (court.province_id != own, court.code))
    khmer = (get_language() or "km").startswith("km")
    return [(court.code, court.name_km if khmer else court.name_en) for court in courts]


def article_choices(articles: Any = None) -> list[tuple[str, str]]:
    """Return articles by number and title: those given, else those a form may offer."""
    offered = Article.objects.current() if articles is None else articles
    return [(article.code, f"{digits(article.number)}. {article.title}") for article in offered]
