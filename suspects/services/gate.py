"""Non-punishment: nobody found and not cleared goes to court without a review, or an override the integrity unit reads."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from core.text import clean
from suspects.models import Review, Suspect
from workflow.models import Transition

# Unscreened, presumed, trafficked: everybody who was found and is not decided to be no victim of trafficking.
PROTECTED = ("not_yet_screened", "presumed", "trafficked")
FOUND = ("rescued", "left_on_own", "declined")
SHORTEST_WHY = 10


def applies_to(suspect: Suspect) -> bool:
    """Say whether the person was found somewhere and is not cleared; a look of the system, whoever asks."""
    return protects(suspect.person)


def protects(person: Any) -> bool:
    """Say whether a person was found somewhere and is not cleared: presumed counts as much as decided."""
    was_found = Q(rescue_status__in=FOUND) | Q(found_unreported=True)
    return bool(person.victims.filter(was_found, merged_into=None, decision__in=PROTECTED).exists())


def newest_review(suspect: Suspect) -> Review | None:
    """Return the newest review; overrides are none."""
    rows = suspect.reviews.exclude(finding=Review.Finding.OVERRIDDEN).select_related("by")
    return rows.order_by("-at").first()


def is_enough(review: Review | None, suspect: Suspect, by: Any) -> bool:
    """Say whether a review lets `by` send the suspect on: it came after the arrest was recorded, by another person.

    What counts is when the arrest was recorded: an arrest dated back would make an earlier review look younger.
    """
    if review is None or review.finding != Review.Finding.MAY_PROCEED:
        return False
    if review.by_id == (suspect.arrest_recorded_by_id or by.pk):
        return False
    if suspect.arrested_at is None:
        return True
    arrest = Transition.objects.of(suspect).filter(step="arrest").first()
    return arrest is None or review.at >= arrest.recorded_at


def refusal(suspect: Suspect) -> str:
    """Return why nobody may send this suspect on now, not even with a reason; empty where nothing forbids it."""
    review = newest_review(suspect)
    if review is None or review.finding != Review.Finding.MUST_NOT or not applies_to(suspect):
        return ""
    return _("The review says that this person must not be punished. Have it reviewed again.")


def asks_why(suspect: Suspect, by: Any) -> bool:
    """Say whether `by` would have to give a reason for sending the suspect on without a review."""
    return applies_to(suspect) and not is_enough(newest_review(suspect), suspect, by)


def pass_or_refuse(suspect: Suspect, override_why: str, *, by: Any) -> str:
    """Let a suspect through to court, or raise Conflict or ValidationError with what to do; return the override's reason."""
    why = clean(override_why)
    if forbidden := refusal(suspect):
        raise Conflict(forbidden)
    if not asks_why(suspect, by):
        if why:
            raise ValidationError({"override_why": [_("No review is needed here. Leave this empty.")]})
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
