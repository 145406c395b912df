"""Begin the return of a person, and move it along its steps."""

import datetime
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from core import display
from core.countries import country_choices
from core.exceptions import Conflict
from core.text import clean
from partners.models import Partner
from victims.guardians import require_guardian
from victims.guards import FOUND
from victims.models import DeclinedWhy, Direction, Repatriation, ReturnStatus, Stay, Victim
from victims.models.repatriation import UNDER_WAY
from victims.repatriation_guards import newest_answer, standing_consent
from victims.repatriation_workflow import BACK, REPATRIATION
from victims.services.consent import record_consent
from victims.services.rescue import hold_person
from victims.services.stopping import tell_apart
from workflow.models import Transition
from workflow.moments import moment_of
from workflow.services import begin, edit, lock, perform

MAX_NEED, MAX_TOLD = 1000, 200
Values = dict[str, Any]
# What a step wrote, emptied when it is taken back.
EMPTY: dict[str, Values] = {
    ReturnStatus.NOTIFIED: {"embassy": None, "letter_number": ""},
    ReturnStatus.DOCUMENT: {"document_kind": "", "document_number": "", "document_until": None},
    ReturnStatus.CLEARED: {"fine": "", "fine_amount": None},
    ReturnStatus.AGREED: {"departs_on": None, "route": ""},
    ReturnStatus.HANDED_OVER: {
        "handed_over_on": None,
        "handed_to": "",
        "handed_where": "",
        "paid_by": "",
        "handover_record": "",
    },
    ReturnStatus.THIRD_COUNTRY: {"third_country": ""},
    ReturnStatus.RECEIVED: {"received_on": None, "received_by": "", "crossing": ""},
    ReturnStatus.REINTEGRATION: {"plan": ""},
}


@transaction.atomic
def begin_return(
    victim: Victim, *, by: Any, happened_at: datetime.datetime | None = None, note: str = ""
) -> Repatriation:
    """Begin a return out of Cambodia: it rests on the person's yes, given alone, without fear.

    Raises PermissionDenied, Conflict with what is missing, ValidationError by field.
    """
    row = _held(victim, by)
    country, consent = _own_country(row), standing_consent(row)
    require_guardian(row)
    moment = moment_of(happened_at)
    if timezone.localdate(moment) < consent.asked_on:
        raise ValidationError({"happened_at": [_("The person said yes only later. Check the day.")]})
    said = {"direction": Direction.OUT, "country": country, "status": ReturnStatus.ASKED, "consent": consent}
    return _made(row, by, moment, "begin_return", note, said)


@transaction.atomic
def record_unwilling(
    victim: Victim, *, by: Any, why: str, happened_at: datetime.datetime | None = None, note: str = ""
) -> Repatriation:
    """Record that somebody found does not want to return, or must not be asked of: what becomes of them is still open."""
    row = _held(victim, by)
    if row.rescue_status not in FOUND and not row.found_unreported:
        raise Conflict(_("The person was not found yet. Record the rescue first."))
    country, newest = _own_country(row), newest_answer(row.person_id)
    if newest is not None and newest.answer == "yes":
        raise Conflict(_("The person's yes to the own embassy stands. Record first that it was taken back."))
    if why not in DeclinedWhy.values:
        raise ValidationError({"declined_why": [_("Choose one of the answers.")]})
    said = {"direction": Direction.OUT, "country": country, "status": ReturnStatus.DECLINED, "declined_why": why}
    return _made(row, by, moment_of(happened_at), "begin_unwilling", note, said)


@transaction.atomic
def announce_return(
    victim: Victim,
    *,
    by: Any,
    country: str,
    told_by: str,
    happened_at: datetime.datetime | None = None,
    note: str = "",
) -> Repatriation:
    """Begin a return into Cambodia: somebody abroad told us of a Cambodian who comes home."""
    row = _held(victim, by)
    if row.person.nationality not in ("", "KH"):
        raise Conflict(_("This person is not Cambodian as far as known. Correct that first, on their page."))
    wrong: dict[str, list[str]] = {}
    if country not in dict(country_choices()):
        wrong["country"] = [_("Choose one of the answers.")]
    if not clean(told_by):
        wrong["told_by"] = [_("Answer this question.")]
    elif len(clean(told_by)) > MAX_TOLD:
        wrong["told_by"] = [_("This is longer than %(most)s characters.") % {"most": MAX_TOLD}]
    if wrong:
        raise ValidationError(wrong)
    said = {"direction": Direction.INTO, "country": country, "status": ReturnStatus.ANNOUNCED}
    return _made(row, by, moment_of(happened_at), "announce_return", note, {**said, "told_by": clean(told_by)})


@transaction.atomic
def advance_return(row: Repatriation, step: str, *, by: Any, **said: Any) -> Repatriation:
    """Take one step of a return; see `workflow.services.perform` for `said` and the errors.

    Whoever withdraws takes the consent to the embassy back in the same act; a hand-over ends where the person stayed.
    """
    hold_person(row.victim)
    answer: Values = {}

    def effect(held: Repatriation, values: Values, moment: datetime.datetime) -> Values:
        if step == "take_up_again" or (step == "take_back" and BACK[ReturnStatus(held.status)] in UNDER_WAY):
            _no_other(held.victim.person_id, by, but=held)
        if step == "take_back":
            return _taken_back(held)
        if timezone.localdate(moment) < timezone.localdate(held.status_at):
            words = {"when": display.day(held.status_at)}
            message = _("This lies before the step before it, of %(when)s. Check the day.") % words
            raise ValidationError({"happened_at": [message]})
        if step == "withdraw":
            answer.update({name: values.pop(name) for name in ("asked_alone", "asked_language")})
            answer["asked_on"] = timezone.localdate(moment)
        change = CHANGES.get(step, _as_said)
        return {"status_at": moment, **change(held, values, moment)}

    done = perform(REPATRIATION, row, step, by=by, effect=effect, **said)
    if answer:
        afraid = "yes" if done.declined_why == DeclinedWhy.AFRAID else ""
        record_consent(done.victim, by=by, answers={"embassy": "withdrawn"}, afraid=afraid, **answer)
    if step == "hand_over":
        day = Greatest(F("since"), Value(done.handed_over_on))
        Stay.objects.now().filter(victim_id=done.victim_id).update(until=day)
    return done


def change_needs(row: Repatriation, *, by: Any, version: int, health_needed: str, papers_needed: str) -> Repatriation:
    """Change what the embassy is told of health and papers; Conflict when `version` is stale."""
    if not by.may("repatriation.write"):
        raise PermissionDenied(_("Your role does not write returns."))
    said = {"health_needed": clean(health_needed), "papers_needed": clean(papers_needed)}
    long = {name: text for name, text in said.items() if len(text) > MAX_NEED}
    if long:
        raise ValidationError(
            {name: [_("This is longer than %(most)s characters.") % {"most": MAX_NEED}] for name in long}
        )
    return edit(row, by=by, version=version, changes=said)


def _held(victim: Victim, by: Any) -> Victim:
    """Lock the person and the row; refuse where a return of the same person is under way in another complaint they see."""
    if not by.may("repatriation.write"):
        raise PermissionDenied(_("Your role does not write returns."))
    hold_person(victim)
    row = lock(victim, by)
    _no_other(row.person_id, by)
    return row


def _no_other(person_id: Any, by: Any, *, but: Repatriation | None = None) -> None:
    """Insist that no other return of a person is under way, in whatever complaint; the person is held.

    One that `by` may not see refuses nothing, which would tell of it: who handles that one is told.
    """
    others = Repatriation.objects.open().filter(victim__person_id=person_id)
    others = others.exclude(pk=but.pk) if but else others
    if others.visible_to(by).exists():
        raise Conflict(_("A return of this person is under way already."))
    tell_apart(others.select_related("victim"), uuid4())


def _own_country(row: Victim) -> str:
    country: str = row.person.nationality
    if not country:
        raise Conflict(_("Write down which country the person is of first, on the page of the person."))
    if country == "KH":
        raise Conflict(_("This person is Cambodian. A return out of Cambodia is for people of other countries."))
    return country


def _made(row: Victim, by: Any, moment: datetime.datetime, step: str, note: str, said: Values) -> Repatriation:
    scope = {"complaint_id": row.complaint_id, "province_id": row.province_id, "handling": row.handling}
    made = Repatriation(victim=row, **scope, status_at=moment, begun_at=moment, **said)
    made.validate_constraints()
    made.save(force_insert=True)
    begin(REPATRIATION, made, by=by, step=step, note=clean(note), at=moment)
    return made


def _as_said(_row: Repatriation, values: Values, _moment: datetime.datetime) -> Values:
    return values


def _notified(row: Repatriation, values: Values, _moment: datetime.datetime) -> Values:
    country = row.victim.person.nationality
    if chosen := values.pop("embassy", ""):
        values["embassy"] = Partner.objects.active().serving(country).get(reference=chosen)
    return {**values, "country": country, "consent": standing_consent(row.victim)}


def _again(row: Repatriation, values: Values, _moment: datetime.datetime) -> Values:
    return {**_notified(row, values, _moment), "declined_why": ""}


def _dated(field: str) -> Callable[[Repatriation, Values, datetime.datetime], Values]:
    return lambda _row, values, moment: {**values, field: timezone.localdate(moment)}


def _agreed(_row: Repatriation, values: Values, moment: datetime.datetime) -> Values:
    if values["departs_on"] < timezone.localdate(moment):
        raise ValidationError({"departs_on": [_("This day was over when it was agreed. Check it.")]})
    return values


def _taken_back(row: Repatriation) -> Values:
    """Empty what the last step wrote; the days in the step before count on from when it was reached."""
    before = BACK[ReturnStatus(row.status)]
    reached = Transition.objects.of(row).filter(after=before).exclude(step="take_back").first()
    return {**EMPTY.get(row.status, {}), "status_at": reached.happened_at if reached else row.status_at}


CHANGES = {
    "notify_embassy": _notified,
    "take_up_again": _again,
    "agree_departure": _agreed,
    "hand_over": _dated("handed_over_on"),
    "receive": _dated("received_on"),
}
