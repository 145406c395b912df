"""Non-punishment: nobody found and not cleared goes to court without a review, or an override the integrity unit reads."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from core.text import clean
from suspects.models import Review, Suspect

# Unscreened, presumed, trafficked: everybody who was found and is not decided to be no victim of trafficking.
PROTECTED = ("not_yet_screened", "presumed", "trafficked")
SHORTEST_WHY = 10


def applies_to(suspect: Suspect) -> bool:
    """Say whether the person was found somewhere and is not cleared; a look of the system, whoever asks."""
    found = suspect.person.victims.filter(merged_into=None, decision__in=PROTECTED)
    return bool(found.filter(rescue_status="rescued").exists() or found.filter(found_unreported=True).exists())


def review_of(suspect: Suspect) -> Review | None:
    """Return the newest review since the arrest; overrides are none."""
    rows = suspect.reviews.exclude(finding=Review.Finding.OVERRIDDEN).select_related("by")
    if suspect.arrested_at is not None:
        rows = rows.filter(at__gte=suspect.arrested_at)
    return rows.order_by("-at").first()


def pass_or_refuse(suspect: Suspect, override_why: str) -> str:
    """Let a suspect through to court, or raise Conflict or ValidationError with what to do; return the override's reason."""
    why = clean(override_why)
    if not applies_to(suspect):
        if why:
            raise ValidationError({"override_why": [_("No review is needed here. Leave this empty.")]})
        return ""
    review = review_of(suspect)
    if review is not None and review.finding == Review.Finding.MUST_NOT:
        raise Conflict(_("The review says that this person must not be punished. Have it reviewed again."))
    if review is not None:
        return ""
    if not why:
        message = _(
            "This person was found and is not cleared. Ask a supervisor at the ministry for the review, or say why you "
            "send them on without it."
        )
        raise ValidationError({"override_why": [message]})
    if len(why) < SHORTEST_WHY:
        raise ValidationError({"override_why": [_("Say why in a few words: the integrity officer reads it.")]})
    return why


def keep(suspect: Suspect, finding: str, why: str, *, by: Any) -> Review:
    """Write a review or an override down."""
    return Review.objects.create(
        suspect=suspect,
        complaint_id=suspect.complaint_id,
        province_id=suspect.province_id,
        handling=suspect.handling,
        finding=finding,
        why=why,
        by=by,
    )
