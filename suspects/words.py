"""The choices that questions about suspects offer, from tables."""

from typing import Any

from django.utils.translation import get_language

from core.display import day, digits
from suspects.models import Article, Court, Suspect


def court_choices(suspect: Any = None) -> list[tuple[str, str]]:
    """Return the courts, that of the suspect's province first."""
    own = getattr(suspect, "province_id", None)
    courts = sorted(Court.objects.all(), key=lambda court: (court.province_id != own, court.code))
    khmer = (get_language() or "km").startswith("km")
    return [(court.code, court.name_km if khmer else court.name_en) for court in courts]


def done_operations(suspect: Any) -> Any:
    """Return the operations about a suspect's complaint that were carried out, under the same province and handling."""
    operations: Any = Suspect._meta.get_field("operation").related_model
    alike = {"province_id": suspect.province_id, "handling": suspect.handling}
    about = operations.objects.filter(complaints=suspect.complaint_id, status="done", **alike)
    return about.select_related("site").order_by("-done_at", "pk")


def operation_choices(suspect: Any) -> list[tuple[str, str]]:
    """Return those operations by reference, day and place."""
    rows = done_operations(suspect)
    return [(row.reference, f"{day(row.done_at)}, {row.where} ({row.reference})") for row in rows]


def article_choices(articles: Any = None) -> list[tuple[str, str]]:
    """Return articles by number and title: those given, else those a form may offer."""
    offered = Article.objects.current() if articles is None else articles
    return [(article.code, f"{digits(article.number)}. {article.title}") for article in offered]


def offered_articles(_suspect: Any) -> list[tuple[str, str]]:
    """Return the articles a court may charge under."""
    return article_choices()


def charged_choices(suspect: Any) -> list[tuple[str, str]]:
    """Return the articles a suspect is charged under now."""
    charges = suspect.charges.standing().filter(is_lesser=False).order_by("charged_on", "pk")
    return article_choices(Article.objects.filter(pk__in=charges.values("article")))
