"""Keep two complaints that may be the same, decide on them, and tell those who may know that there is one."""

import datetime
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import system_user
from complaints.likeness import Likeness
from complaints.models import Complaint, Contact, Pair, PairState
from complaints.pair_workflow import PAIR
from complaints.services.hearers import QUIET, handlers_of
from core.exceptions import Conflict
from notifications.duty import supervisors
from notifications.kinds import Sort, Target
from notifications.kinds import register as register_kind
from notifications.services import notify, unrung
from workflow.models import Transition
from workflow.services import begin, perform, transition_of

FOUND = register_kind(
    "pair_found", _("Likely the same, beyond a province"), Target("complaints.pair", "pairs:detail"), sort=Sort.WORK
)
register_kind("pair_linked", _("Others work on this too: the ministry rings you"), sort=Sort.WORK)


def keep(of: Complaint | Contact, found: Likeness, told: bytes) -> Pair | None:
    """Keep what was found to be like a complaint or contact; give the pair where somebody is to look at it (anew).

    A pair that is not the same stays so while nothing that was compared has changed.
    """
    known = _pair_of(of, found.complaint)
    if known is None:
        return _kept(of, found, told)
    if known.state == PairState.JOINED:
        return None
    if known.state == PairState.APART:
        return _again(known, found, told)
    if known.state == PairState.DISMISSED:
        return None if bytes(known.told) == told else _again(known, found, told)
    if bytes(known.told) != told or found.score > known.score:
        score = found.score if bytes(known.told) != told else max(found.score, known.score)
        Pair.objects.filter(pk=known.pk, state=known.state).update(score=score, reasons=found.codes, told=told)
    return None


def _pair_of(of: Complaint | Contact, other: Complaint) -> Pair | None:
    rows = Pair.objects.visible_to(system_user())
    if isinstance(of, Contact):
        return rows.filter(contact=of, other=other).first()
    return rows.of_two(of.pk, other.pk).first()


def _kept(of: Complaint | Contact, found: Likeness, told: bytes) -> Pair | None:
    first, second = of, found.complaint
    if isinstance(of, Complaint):
        first, second = sorted((of, found.complaint), key=lambda row: str(row.pk))
    pair = Pair(
        one=first if isinstance(first, Complaint) else None,
        contact=first if isinstance(first, Contact) else None,
        other=second,
        one_province_id=first.province_id,
        one_handling=first.handling,
        other_province_id=second.province_id,
        other_handling=second.handling,
        score=found.score,
        reasons=found.codes,
        told=told,
    )
    Pair.objects.bulk_create([pair], ignore_conflicts=True)
    if not Pair.objects.filter(pk=pair.pk).exists():  # another worker was faster
        return None
    begin(PAIR, pair, by=system_user(), step="find_pair", at=pair.found_at)
    return pair


def _again(known: Pair, found: Likeness, told: bytes) -> Pair | None:
    def effect(_row: Pair, _values: dict[str, Any], moment: datetime.datetime) -> dict[str, Any]:
        return {"state_at": moment, "found_at": moment, "score": found.score, "reasons": found.codes, "told": told}

    with suppress(Conflict):
        return perform(PAIR, known, "find_again", by=system_user(), effect=effect)
    return None


def fade(pair: Pair) -> None:
    """Take a pair that nobody decided on from the list: what is said has changed, and the two are no longer alike."""
    with suppress(Conflict):
        perform(PAIR, pair, "fade", by=system_user(), effect=lambda _row, _values, moment: {"state_at": moment})


@transaction.atomic
def tell_found(pair: Pair) -> None:
    """Ring for who decides on a pair, once a day while they did not look; of a sealed one nobody but the integrity unit."""
    people = User.objects.active().filter(role="integrity") if pair.is_sealed else supervisors()
    asleep = unrung(people, FOUND.name, since=timezone.now() - QUIET)
    notify(asleep, FOUND.name, about=pair, transition=Transition.objects.of(pair).first())


@transaction.atomic
def advance_pair(pair: Pair, step: str, *, by: Any, **said: Any) -> Pair:
    """Take one step of a pair; see `workflow.services.perform` for `said` and the errors.

    `link` tells those who handle the sides named in `tell`, and nobody else, that there is another one.
    """
    told: list[str] = []

    def effect(_row: Pair, values: dict[str, Any], moment: datetime.datetime) -> dict[str, Any]:
        told.extend(values.pop("tell", ()))
        return {**values, "state_at": moment}

    done = perform(PAIR, pair, step, by=by, effect=effect, **said)
    for name in told:
        _tell_side(getattr(done, name), transition_of(done), by)
    return done


def _tell_side(row: Complaint, transition: Any, by: Any) -> None:
    notify([user for user in handlers_of(row) if user.pk != by.pk], "pair_linked", about=row, transition=transition)


def joined(one: Complaint, other: Complaint) -> None:
    """Note that two complaints of a pair were merged; the system's act, whoever confirmed the merge."""
    _move(Pair.objects.of_two(one.pk, other.pk).exclude(state=PairState.JOINED), "join")


def parted(one: Complaint, other: Complaint) -> None:
    """Note that their merge was taken back."""
    _move(Pair.objects.of_two(one.pk, other.pk).filter(state=PairState.JOINED), "part")


def _move(pairs: Iterable[Pair], step: str) -> None:
    for pair in pairs:
        advance_pair(pair, step, by=system_user())
