"""Compare what was said anew with what lies beyond the sight of whoever typed it: the worker's, never a request's.

A request marks a row and rings; what is found is kept as pairs for the ministry, and nothing of it goes back to the one who
typed: no count, no time, no error. `LEAST` and `MOST` bound what one look may bring.
"""

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.services import system_user
from complaints.likeness import LONGEST, SHORTEST, Likeness, Told
from complaints.models import Comparison, Complaint, Contact, ContactStatus, Handling, Pair, Reporter, SearchRow
from complaints.services.pairs import fade, keep, tell_found
from complaints.sight import Alone, Beyond
from complaints.similar import alike_in
from core.sealed import keyed_hash, open_sealed
from core.text import KHMER, key_km, key_lat
from core.words import words_of
from notifications.services import ring
from people.matching import known_of
from provinces.models import Site
from victims.models import Victim

logger = logging.getLogger(__name__)
TASK = "complaints.tasks.compare"
MOST = 5  # pairs one look may bring
MOST_OPEN = 20  # pairs of one side that nobody decided on, asked in one look whether they are still alike
MOST_SITES, MOST_NAMED = 20, 200  # sites whose names changed, and complaints of each, in one sweep
MOST_PEOPLE = 20  # of a complaint, those who came in first
LEAST = 60  # points, where no telephone number is the same
SURE = frozenset({"number_written", "number_sought", "number_called", "person.same_document"})
FLOOD = 20  # rows that wait, beyond which the bell does nothing
BATCH, BUDGET = 300, 15.0  # rows and seconds of one sweep, well under the task's limit
CHANGED = timedelta(days=3)  # how long after a change of a person the sweep still finds it
SLACK = timedelta(seconds=30)  # between writing a change and its commit
Side = Complaint | Contact


def mark(*rows: Side) -> None:
    """Note that rows are to be compared (anew), and ring for the worker after the commit."""
    if not rows:
        return
    now = timezone.now()
    for field, model in (("complaint", Complaint), ("contact", Contact)):
        some = sorted((row for row in rows if isinstance(row, model)), key=lambda row: str(row.pk))
        made = [
            Comparison(**{field: row}, province_id=row.province_id, handling=row.handling, due_at=now) for row in some
        ]
        Comparison.objects.bulk_create(made, update_conflicts=True, unique_fields=[field], update_fields=["due_at"])
    ring(*(row.pk for row in rows), task=TASK)


def compare(*keys: Any) -> int:
    """Compare complaints and contacts by their keys, where they wait for it; return how many pairs are to be looked at.

    In a flood it leaves them to the sweep, which takes a part of each minute: notices come first.
    """
    if len(Comparison.objects.waiting().values_list("pk")[: FLOOD + 1]) > FLOOD:
        return 0
    named = Comparison.objects.waiting().filter(Q(complaint__in=keys) | Q(contact__in=keys))
    return sum(_compare(row) for row in named.select_related("complaint", "contact")[:BATCH])


def sweep(now: datetime | None = None) -> int:
    """Compare what no bell rang for, the longest waiting first, as long as the time lasts; return how many pairs there are."""
    started, found = time.monotonic(), 0
    mark_changed(now or timezone.now())
    mark_renamed(now or timezone.now())
    for row in Comparison.objects.waiting().order_by("due_at", "pk").select_related("complaint", "contact")[:BATCH]:
        if time.monotonic() - started > BUDGET:
            break
        found += _compare(row)
    return found


def mark_changed(now: datetime) -> int:
    """Mark complaints of whose people something became known since they were compared; return how many."""
    done = Comparison.objects.filter(due_at=None, compared_at__lt=now - SLACK)
    people = Q(
        complaint__victims__person__updated_at__gt=F("compared_at") - SLACK,
        complaint__victims__person__updated_at__gte=now - CHANGED,
    )
    keys = list(done.filter(people).values_list("pk", flat=True).distinct()[:BATCH])
    return Comparison.objects.filter(pk__in=keys).update(due_at=now)


def mark_renamed(now: datetime) -> int:
    """Mark complaints at a site, or whose words name it, where it changed (its names, say) since they were compared."""
    n = 0
    sites = Site.objects.live().filter(updated_at__gte=now - CHANGED).order_by("-updated_at", "-pk")[:MOST_SITES]
    for site in sites.prefetch_related("aliases"):
        before = min(now - SLACK, site.updated_at + SLACK)
        done = Comparison.objects.filter(due_at=None, compared_at__lt=before)
        keys = list(done.filter(_named(site)).order_by("compared_at").values_list("pk", flat=True)[:MOST_NAMED])
        n += Comparison.objects.filter(pk__in=keys).update(due_at=now)
    return n


def _named(site: Site) -> Q:
    """Say which comparisons are of complaints at a site, or of such whose words hold one of its names."""
    asked: Q = Q(complaint__site=site)
    for name in (alias.text for alias in site.aliases.all()):
        if len(key_km(name)) <= SHORTEST:
            continue  # as it is compared: a name so short is chosen, never read from words
        rows = SearchRow.objects.visible_to(system_user())
        if KHMER.search(name):
            asked |= Q(complaint__in=rows.filter(text__contains=key_km(name)).values("pk"))
        elif words := words_of(key_lat(name)):
            asked |= Q(complaint__in=rows.filter(words__contains=words).values("pk"))
    return asked


def _compare(row: Comparison) -> int:
    """Compare one; what was written meanwhile stays marked. One that cannot be compared (now) is logged and waits behind the others."""
    began, due = timezone.now(), row.due_at
    of: Any = row.complaint or row.contact
    try:
        pairs = _found(of) if _is_compared(of) else []
    except Exception as error:  # what a database says of its rows stays out of the log
        logger.error("what is like %s could not be looked for (%s)", row.pk, type(error).__name__)
        Comparison.objects.filter(pk=row.pk, due_at=due).update(due_at=timezone.now())
        return 0
    done = {"due_at": None, "compared_at": began, "seen_province": of.province_id, "seen_handling": of.handling}
    Comparison.objects.filter(pk=row.pk, due_at=due).update(**done)
    return len(pairs)


def _is_compared(of: Side) -> bool:
    return of.merged_into_id is None if isinstance(of, Complaint) else of.status == ContactStatus.WAITING


@transaction.atomic
def _found(of: Side) -> list[Pair]:
    told = told_of_side(of)
    alike = [one for one in alike_in(sight_of(of), told, most=MOST * 4) if is_worth(one)]
    _let_go(of, told, {one.complaint.pk for one in alike})
    sealed = [one for one in alike if one.complaint.handling == Handling.SEALED]  # takes no other pair's place
    alike = [*[one for one in alike if one not in sealed][:MOST], *sealed[:MOST]]
    kept = [pair for one in alike if (pair := keep(of, one, print_of(told, told_of_side(one.complaint))))]
    for pair in kept:
        tell_found(pair)
    return kept


def _let_go(of: Side, told: Told, alike: set[Any]) -> None:
    """Let pairs that nobody decided on leave the list where neither side is like the other any more."""
    pairs = Pair.objects.visible_to(system_user()).open().select_related("one", "contact", "other")
    mine = Q(contact=of) if isinstance(of, Contact) else Q(one=of) | Q(other=of)
    for pair in pairs.filter(mine).order_by("-found_at")[:MOST_OPEN]:
        theirs: Any = next(side for side in (pair.one, pair.contact, pair.other) if side and side.pk != of.pk)
        if theirs.pk in alike or _is_like(told, theirs) or _is_like(told_of_side(theirs), of):
            continue
        fade(pair)


def _is_like(told: Told, other: Side) -> bool:
    """Say whether a complaint is like what was told; a message is like nothing by itself."""
    if isinstance(other, Contact):
        return False
    return any(is_worth(one) for one in alike_in(Alone(system_user(), other.pk), told, most=1))


def is_worth(one: Likeness) -> bool:
    """Say whether a likeness is worth a supervisor's time: a number or paper that is the same, else several things together."""
    return one.score >= LEAST or not SURE.isdisjoint(one.codes)


def sight_of(of: Side) -> Beyond:
    """Return what lies beyond the sight of whoever types or reads this."""
    if isinstance(of, Contact):
        return Beyond(system_user(), of.province_id, of.handling, only=(Handling.SEALED,))
    return Beyond(system_user(), of.province_id, of.handling, of.pk)


def told_of_side(of: Side) -> Told:
    """Return all that is compared of a complaint or contact, as the form would have it; what is sealed is compared, never shown."""
    tellers = Reporter.objects.filter(Q(contact=of.pk) if isinstance(of, Contact) else Q(contact__complaint=of.pk))
    phones = [phone for teller in tellers.order_by("contact__received_at", "pk") if (phone := _opened(teller))]
    if isinstance(of, Contact):
        return Told(phones=tuple(phones), text=of.narrative[:LONGEST])
    sought = Victim.objects.visible_to(system_user()).live().filter(complaint=of).select_related("person")
    sought = sought.prefetch_related("person__names", "person__documents", "person__phones").order_by(
        "received_at", "pk"
    )
    people = tuple(known_of(row.person) for row in sought[:MOST_PEOPLE])
    more = Contact.objects.filter(complaint=of.pk).exclude(narrative="").order_by("received_at", "pk")
    return Told(
        people=people,
        phones=(*phones, *(number for one in people for number in one.phones)),
        site=of.site.reference if of.site else "",
        spot=of.exact_spot,
        text="\n".join([of.narrative, *more.values_list("narrative", flat=True)])[:LONGEST],
    )


def _opened(teller: Reporter) -> str:
    try:
        return open_sealed(teller, "phone")
    except ValueError:
        logger.exception("the telephone of reporter %s could not be opened", teller.pk)
        return ""


def print_of(*told: Told) -> bytes:
    """Return a keyed print of what was compared; the order of the two makes no difference."""
    return keyed_hash("phone", "compared\n" + "\n".join(sorted(map(repr, told))))
