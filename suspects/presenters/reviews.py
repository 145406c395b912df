"""How the non-punishment review of a suspect stands, for the suspect's page and for the same person's as a victim."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import display
from people.models import Person
from people.punishment import ReviewState, Standing
from suspects.models import Review, Suspect, SuspectStatus
from suspects.services import gate

BEFORE_COURT = (SuspectStatus.NAMED, SuspectStatus.WANTED, SuspectStatus.ARRESTED)
PASSED_ON = {Review.Finding.MAY_PROCEED: ReviewState.PASSED, Review.Finding.MUST_NOT: ReviewState.MUST_NOT}


def gate_words(suspect: Suspect, user: Any) -> dict[str, str] | None:
    """Say whether the non-punishment gate stands before the court, and what the newest review found."""
    if suspect.status not in BEFORE_COURT or not gate.applies_to(suspect):
        return None
    found = before_court(suspect, gate.newest_review(suspect), user)
    return {"title": found.title, "text": found.text}


def standings_of(person: Person, user: Any) -> list[Standing]:
    """Return how each suspicion against a person stands that the reader may see; the integrity unit's overrides too.

    A fixed number of queries, and one more for each arrest that a review has passed.
    """
    told: list[Standing] = []
    known: set[Any] = set()
    if user.may("suspect.read"):
        rows = Suspect.objects.visible_to(user).live().filter(person=person).order_by("reference")
        suspects = list(rows.prefetch_related("reviews__by"))
        known = {suspect.pk for suspect in suspects}
        protected = bool(suspects) and gate.protects(person)
        told += [found for suspect in suspects if (found := standing_of(suspect, user, protected=protected))]
    others = Review.objects.overrides_for(user).filter(suspect__person=person).exclude(suspect__in=known)
    for review in others.select_related("suspect", "by").order_by("-at"):
        url = reverse("suspects:override", args=[review.suspect.reference])
        told.append(_said(review.suspect, ReviewState.OVERRIDDEN, review, url=url))
    return told


def standing_of(suspect: Suspect, user: Any, *, protected: bool) -> Standing | None:
    """Return how the review of one suspect stands; None where none was needed. Reviews are fetched already."""
    reviews = sorted(suspect.reviews.all(), key=lambda row: row.at, reverse=True)
    if suspect.status in BEFORE_COURT:
        return before_court(suspect, _found(reviews), user) if protected else None
    if reviews:
        newest = reviews[0]
        state = PASSED_ON.get(Review.Finding(newest.finding), ReviewState.OVERRIDDEN)
        return _said(suspect, state, newest)
    if protected and suspect.status != SuspectStatus.RELEASED:
        text = _("This person was found and is not cleared, and no review was made.")
        return _standing(suspect, ReviewState.NEVER, str(ReviewState.NEVER.label), text)
    return None


def before_court(suspect: Suspect, review: Review | None, user: Any) -> Standing:
    """Return how the review stands of somebody the gate holds for; `review` is the newest, None where there is none."""
    if review is None:
        text = _(
            "This person was found and is not cleared. Before they are sent to court, somebody at the ministry outside the "
            "arresting unit reviews whether they may be punished at all."
        )
        return _standing(suspect, ReviewState.OPEN, str(ReviewState.OPEN.label), text)
    if review.finding == Review.Finding.MAY_PROCEED and not gate.is_enough(review, suspect, user):
        text = _("%(said)s. Another person at the ministry, outside the arresting unit, reviews it after the arrest.")
        said = display.told(review.get_finding_display(), _by(review))
        return _standing(suspect, ReviewState.AGAIN, str(ReviewState.AGAIN.label), text % {"said": said}, review)
    return _said(suspect, PASSED_ON[Review.Finding(review.finding)], review)


def _found(reviews: Sequence[Review]) -> Review | None:
    return next((row for row in reviews if row.finding != Review.Finding.OVERRIDDEN), None)


def _by(review: Review) -> str:
    return _("%(who)s, %(when)s") % {"who": review.by.display_name, "when": display.moment(review.at)}


def _said(suspect: Suspect, state: ReviewState, review: Review, url: str = "") -> Standing:
    title = _("Non-punishment review: %(finding)s") % {"finding": review.get_finding_display()}
    return _standing(suspect, state, title, _by(review), review, url)


def _standing(
    suspect: Suspect, state: ReviewState, title: str, text: str, review: Review | None = None, url: str = ""
) -> Standing:
    return Standing(
        reference=suspect.reference,
        url=url or reverse("suspects:detail", args=[suspect.reference]),
        state=state.value,
        title=title,
        text=text,
        by=review.by.username if review else "",
        at=review.at if review else None,
    )
