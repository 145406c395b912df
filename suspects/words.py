"""The choices that questions about suspects offer, from tables."""

from typing import Any

from django.utils.translation import get_language

from suspects.models import Court


def court_choices(suspect: Any) -> list[tuple[str, str]]:
    """Return the courts, that of the suspect's province first."""
    own = getattr(suspect, "province_id", None)
    courts = sorted(Court.objects.all(), key=lambda court: (court.province_id != own, court.code))
    khmer = (get_language() or "km").startswith("km")
    return [(court.code, court.name_km if khmer else court.name_en) for court in courts]
