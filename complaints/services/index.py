"""Write what complaints are found by: as they are registered, added to or corrected; in bulk by the same function."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from complaints.models import Complaint, Contact, SearchRow
from core.phones import numbers_in
from core.text import KEY_VERSION, key_km, key_lat
from core.words import words_of

BATCH = 500
MOST_TEXT = 200_000  # characters that are kept to be found: four of the longest calls
COLUMNS = ("province", "handling", "text", "words", "spot", "numbers", "key_version")


def row_of(complaint: Complaint, more: Iterable[str] = ()) -> SearchRow:
    """Build the unsaved row of a complaint; `more` is what was told after it was registered."""
    said = "\n".join(text for text in (complaint.narrative, complaint.exact_spot, *more) if text)[:MOST_TEXT]
    return SearchRow(
        complaint=complaint,
        province_id=complaint.province_id,
        handling=complaint.handling,
        text=key_km(said),
        words=words_of(said),
        spot=key_lat(complaint.exact_spot)[:600],
        numbers=numbers_in(said),
        key_version=KEY_VERSION,
    )


def index(*complaints: Complaint) -> None:
    """Write the rows of complaints, new or anew; a constant number of queries."""
    if not complaints:
        return
    more: dict[Any, list[str]] = {complaint.pk: [] for complaint in complaints}
    told = Contact.objects.filter(complaint__in=more).exclude(narrative="").order_by("received_at", "pk")
    for key, text in told.values_list("complaint_id", "narrative"):
        more[key].append(text)
    write(row_of(complaint, more[complaint.pk]) for complaint in complaints)


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
            index(*batch)
        done += len(batch)
    return done
