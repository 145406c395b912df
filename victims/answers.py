"""What people said last, wherever they were asked: an answer is the person's, not one complaint's.

These are looks of the system, whoever asks: yes or no and the day are the person's. Where somebody was asked, by whom
and in which words stays with the complaint: `told_to` says of which answers a reader may know that.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q, QuerySet

from accounts.scope import as_open_as
from victims.models import Consent, Victim


def newest_of(people: Iterable[Any], purpose: str) -> dict[Any, Consent]:
    """Return the newest answer to a purpose that each of these people gave anywhere. One query."""
    rows = Consent.objects.filter(victim__person_id__in=set(people), purpose=purpose)
    newest = rows.order_by("victim__person_id", "-recorded_at", "-id").distinct("victim__person_id")
    return {row.victim.person_id: row for row in newest.select_related("victim")}


def answers_of(victim: Victim, reader: Any = None) -> dict[str, Consent]:
    """Return the newest answer to each purpose that the person of a row was asked for anywhere; one query.

    With a `reader` only those they may know to exist (`_known_to`).
    """
    rows = _known_to(reader, victim).select_related("by")
    return {row.purpose: row for row in rows.order_by("purpose", "-recorded_at", "-id").distinct("purpose")}


def every_answer(victim: Victim, most: int, reader: Any) -> list[Consent]:
    """Return what the person of a row answered anywhere, as far as the reader may know of it, newest first; one query."""
    rows = _known_to(reader, victim).select_related("by")
    return list(rows.order_by("-recorded_at", "-id")[:most])


def _known_to(reader: Any, victim: Victim) -> QuerySet[Consent]:
    """Return the answers of a person; of stricter records than the row's only those in the reader's sight.

    That something was asked elsewhere would tell of a sealed complaint. The guards still go by the newest answer of all.
    """
    rows = Consent.objects.filter(victim__person_id=victim.person_id)
    if reader is None:
        return rows
    return rows.filter(Q(handling__in=as_open_as(victim.handling)) | Consent.objects.all().sight_of(reader))


def told_to(user: Any, victim: Victim, rows: Collection[Consent]) -> set[Any]:
    """Return the keys of the answers of which a reader of `victim` may know where, how and by whom it was asked.

    Those given in the reader's own sight; a query only where the person was asked in another complaint too.
    """
    here = {row.pk for row in rows if row.victim_id == victim.pk}
    others = [row.pk for row in rows if row.pk not in here]
    if not others:
        return here
    return here | set(Consent.objects.visible_to(user).filter(pk__in=others).values_list("pk", flat=True))
