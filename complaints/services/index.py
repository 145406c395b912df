"""Write what complaints are found by: as they are registered, added to or corrected; in bulk by the same function."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from complaints.models import Complaint, Contact, SearchRow
from complaints.services.comparing import mark
from core.phones import numbers_in
from core.text import KEY_VERSION, key_km, key_lat
from core.words import words_of

BATCH = 500
MOST_TEXT = 200_000  # characters that are kept to be found: four of the longest calls
COLUMNS = ("province", "handling", "text", "words", "spot", "numbers", "key_version")


def row_of(complaint: Complaint, told: Iterable[str] = (), absorbed: Iterable[Complaint] = ()) -> SearchRow:
    """Build the unsaved row of a complaint; `told` is what was told after it was registered, `absorbed` what was merged into it.

    One that was merged itself is found by nothing: its words stand in the row of the one it became.
    """
    whole = () if complaint.merged_into_id else (complaint, *absorbed)
    spots = [one.exact_spot for one in whole if one.exact_spot]
    texts = (*(one.narrative for one in whole), *spots, *(told if whole else ()))
    said = "\n".join(text for text in texts if text)[:MOST_TEXT]
    return SearchRow(
        complaint=complaint,
        province_id=complaint.province_id,
        handling=complaint.handling,
        text=key_km(said),
        words=words_of(said),
        spot=key_lat("\n".join(spots))[:600],
        numbers=numbers_in(said),
        key_version=KEY_VERSION,
    )


def index(*complaints: Complaint) -> None:
    """Write the rows of complaints, new or anew, and have them compared with what lies beyond."""
    rewrite(*complaints)
    mark(*complaints)


def rewrite(*complaints: Complaint) -> None:
    """Write the rows of complaints; a constant number of queries, and one more for each merge of a merge."""
    if not complaints:
        return
    ends: dict[Any, Any] = {complaint.pk: complaint.pk for complaint in complaints}
    absorbed: dict[Any, list[Complaint]] = defaultdict(list)
    rows = {complaint.pk: complaint for complaint in complaints}
    level = list(rows)
    while gone := list(Complaint._base_manager.filter(merged_into__in=level).order_by("received_at", "pk")):
        for one in gone:
            ends[one.pk] = ends[one.merged_into_id]
            absorbed[ends[one.pk]].append(one)
            rows[one.pk] = one
        level = [one.pk for one in gone]
    told: dict[Any, list[str]] = defaultdict(list)
    said = Contact.objects.filter(complaint__in=ends).exclude(narrative="").order_by("received_at", "pk")
    for key, text in said.values_list("complaint_id", "narrative"):
        told[ends[key]].append(text)
    write(row_of(row, told[key], absorbed[key]) for key, row in rows.items())


def write(rows: Iterable[SearchRow]) -> None:
    """Write rows over those that stand."""
    SearchRow.objects.bulk_create(
        list(rows), batch_size=BATCH, update_conflicts=True, unique_fields=["complaint"], update_fields=COLUMNS
    )


def reindex() -> int:
    """Write every row that is missing or of an older way of making keys; give how many. May be stopped and run again."""
    done = 0
    old = Complaint._base_manager.exclude(search_row__key_version=KEY_VERSION).order_by("pk")
    while batch := list(old[:BATCH]):
        with transaction.atomic():
            rewrite(*batch)
        done += len(batch)
    return done
