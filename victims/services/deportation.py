"""Record an order to deport somebody found, its review, and that it was carried out or stopped."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.exceptions import Conflict
from core.text import clean
from notifications.services import notify
from victims.deportation_workflow import DEPORTATION
from victims.guards import FOUND
from victims.models import Deportation, DeportationReason, DeportationReview, Stay, Victim
from victims.services.rescue import deciders, hold_person
from victims.services.stopping import stop_returns
from workflow.services import begin, lock, perform, transition_of

Finding = DeportationReview.Finding
SHORTEST_WHY = 10
LONGEST = {"authority": 200, "order_number": 120}
Values = dict[str, Any]


def protects(person_id: Any) -> bool:
    """Say whether somebody was found anywhere and is not cleared; a look of the system, whoever asks."""
    return Victim.objects.protected().filter(person_id=person_id).exists()


@transaction.atomic
def record_deportation(
    victim: Victim,
    *,
    by: Any,
    authority: str,
    order_number: str,
    ordered_on: datetime.date | None,
    reason: str,
    note: str = "",
) -> Deportation:
    """Record that an authority ordered somebody found to be deported; who is protected is reviewed by the ministry.

    Raises PermissionDenied, Conflict for somebody not found, ValidationError by field.
    """
    row = _held(victim, by)
    words = {"authority": clean(authority), "order_number": clean(order_number)}
    if wrong := _wrong(words, ordered_on, reason):
        raise ValidationError(wrong)
    said: Values = {**_scope(row), **words, "ordered_on": ordered_on, "reason": reason, "decision_then": row.decision}
    made = Deportation(victim=row, recorded_by=by, **said)
    made.validate_constraints()
    made.save(force_insert=True)
    told = begin(DEPORTATION, made, by=by, step="record_deportation", note=clean(note))
    if protects(row.person_id):
        notify(deciders(row, by), "deportation_ordered", about=made, transition=told)
    return made


def _held(victim: Victim, by: Any) -> Victim:
    """Hold somebody who may be ordered to leave at all: found, and of another country."""
    if not by.may("deportation.record"):
        raise PermissionDenied(_("Your role does not record deportations."))
    hold_person(victim)
    row = lock(victim, by)
    if row.rescue_status not in FOUND and not row.found_unreported:
        raise Conflict(_("The person was not found yet. Record the rescue first."))
    if row.person.nationality == "KH":
        raise Conflict(
            _("This person is Cambodian as far as known, and is not deported. Correct that first, on their page.")
        )
    return row


def _scope(row: Any) -> Values:
    return {"complaint_id": row.complaint_id, "province_id": row.province_id, "handling": row.handling}


def _wrong(words: dict[str, str], day: datetime.date | None, reason: str) -> dict[str, list[str]]:
    wrong = {name: [_("Answer this question.")] for name, text in words.items() if not text}
    for name, most in LONGEST.items():
        if len(words[name]) > most:
            wrong[name] = [_("This is longer than %(most)s characters.") % {"most": most}]
    if day is None:
        wrong["ordered_on"] = [_("Answer this question.")]
    elif day > timezone.localdate():
        wrong["ordered_on"] = [_("This day has not come yet.")]
    elif day.year < 1990:
        wrong["ordered_on"] = [_("This lies too far back. Write the year as 20xx.")]
    if reason not in DeportationReason.values:
        wrong["reason"] = [_("Choose one of the answers.")]
    return wrong


@transaction.atomic
def advance_deportation(row: Deportation, step: str, *, by: Any, **said: Any) -> Deportation:
    """Take one step of a deportation; see `workflow.services.perform` for `said` and the errors.

    Carried out, it passes the non-punishment gate, ends where the person stayed and stops what return was open.
    """
    hold_person(row.victim)
    kept: list[tuple[str, str]] = []

    def effect(held: Deportation, values: Values, moment: datetime.datetime) -> Values:
        if step == "review":
            kept.append((values.pop("finding"), clean(said.get("note", ""))))
            return {}
        if step == "take_back":
            return {"carried_out_on": None, "status_at": moment}
        if step == "carry_out":
            why = pass_or_refuse(held, values.pop("override_why", ""))
            kept.extend([(Finding.OVERRIDDEN, why)] if why else [])
            return {"carried_out_on": timezone.localdate(moment), "status_at": moment}
        return {"status_at": moment}

    done = perform(DEPORTATION, row, step, by=by, effect=effect, **said)
    if step == "carry_out":
        _gone(done)
    for finding, why in kept:
        review = keep(done, finding, why, by=by)
        if finding == Finding.OVERRIDDEN:
            unit = User.objects.active().filter(role="integrity")
            notify(unit, "deportation_overridden", about=review, transition=transition_of(done))
    return done


def _gone(done: Deportation) -> None:
    """End what goes on of somebody deported: their returns, and where they stayed."""
    stop_returns(done.victim.person_id, within=done.handling, because=done.pk, deported=True)
    day = Greatest(F("since"), Value(done.carried_out_on))
    Stay.objects.now().filter(victim_id=done.victim_id).update(until=day)


def newest_review(row: Deportation) -> DeportationReview | None:
    """Return the newest review that counts: overrides are none, nor is what was found before the person was decided on again."""
    found: DeportationReview | None = row.reviews.standing().select_related("by").order_by("-at").first()
    return found


def asks_why(row: Deportation) -> bool:
    """Say whether deporting this person needs a reason: protected, and no review that counts lets it pass."""
    review = newest_review(row)
    passed = review is not None and review.finding == Finding.MAY_PROCEED
    return not passed and protects(row.victim.person_id)


def pass_or_refuse(row: Deportation, override_why: str) -> str:
    """Return the reason of the override, empty where none is needed; raises ValidationError with what to do.

    What happened is recorded even against a review that forbade it: then the reason says so, and is read.
    """
    why = clean(override_why)
    if not asks_why(row):
        if why:
            raise ValidationError({"override_why": [_("No review is needed here. Leave this empty.")]})
        return ""
    if len(why) < SHORTEST_WHY:
        message = _(
            "This person was found and is not cleared. Ask a supervisor at the ministry for the review, or say in a few "
            "words why they were deported without it: the integrity officer reads it."
        )
        raise ValidationError({"override_why": [message]})
    return why


def keep(row: Deportation, finding: str, why: str, *, by: Any) -> DeportationReview:
    """Write a review or an override down."""
    said = {"finding": finding, "why": why, "by": by}
    made: DeportationReview = DeportationReview.objects.create(deportation=row, **_scope(row), **said)
    return made
