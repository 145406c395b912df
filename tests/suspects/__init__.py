"""What tests of suspects say again and again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from suspects.models import Suspect
from suspects.services import advance

Browser = Callable[..., Client]
HOUR = timedelta(hours=1)
ARREST = {"arrest_unit": "Anti-trafficking office", "arrest_kind": "flagrante"}
WHY = "He was seen beating two people"


def url(suspect: Suspect, step: str = "") -> str:
    return f"/suspects/{suspect.reference}/" + (f"steps/{step}/" if step else "")


def arrested(suspect: Suspect, by: Any, hours_ago: float = 1) -> Suspect:
    return advance(suspect, "arrest", by=by, happened_at=timezone.now() - hours_ago * HOUR, **ARREST)


def at_court(suspect: Suspect, by: Any, days_ago: float = 30) -> Suspect:
    """Hand a suspect to the prosecutor without an arrest."""
    return advance(suspect, "send_to_court", by=by, court="C18", happened_at=timezone.now() - days_ago * 24 * HOUR)
