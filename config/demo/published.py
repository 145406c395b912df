"""The press figures as they were released on 29 September 2022, and what was entered or corrected in the weeks after.

The demonstration is loaded as it stands today. For the moment of the release four records are put back to what was known
then, and forward again afterwards: a complaint and a rescue were not entered yet, two complaints of one matter not yet
joined, a person presumed a victim not yet found to be none. So the totals of today are those of the press, and differ in who they are.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F

from complaints.models import Complaint
from reports.indicators import REGISTRY, Look, Window
from reports.indicators.people import brought_out
from reports.models import Publication
from reports.publication_forms import PRESS
from reports.services import Asked, advance_publication, prepare
from reports.services.snapshot import as_system
from victims.models import Decision, Victim
from workflow.models import Transition

RELEASED = datetime(2022, 9, 29, 11, 0, tzinfo=UTC)  # 18:00 in Phnom Penh
KEY = "demonstration-press"
SPLITS = (
    "complaints_received.channel",
    "complaints_received.province_of_incident",
    "victims_rescued.nationality",
    "suspects_sent_to_court.nationality",
)
GUARDS = (("victims_victim", "victims_victim_decision_guard"), ("reports_publication", "reports_publication_guard"))
Then = dict[Any, dict[str, Any]]


def tell(cast: dict[str, Any], window: Window) -> Publication:
    """Release the press figures as of their day, in the caller's transaction, as the owner."""
    _guards("DISABLE")
    then = _then(window)
    now = {row: {name: getattr(row, name) for name in change} for row, change in then.items()}
    _write(then)
    publication = _released(cast, window)
    _write(now)
    _guards("ENABLE")
    _entered_later(then)
    return publication


def _released(cast: dict[str, Any], window: Window) -> Publication:
    indicators = tuple(REGISTRY[name] for name in PRESS)
    pairs = tuple((REGISTRY[name], REGISTRY[name].split(by)) for name, by in (split.split(".") for split in SPLITS))
    note = "For the press, at the 6th national inter-faith forum against trafficking."
    asked = Asked(window, "provisional", "press", indicators, pairs, note=note)
    draft, _made = prepare(asked, by=cast["analyst"], key=KEY)
    title = "នាយកនាយកដ្ឋានប្រឆាំងការជួញដូរមនុស្ស"
    done = advance_publication(draft, "sign", by=cast["supervisor"], signed_title=title)
    moments = {"as_of": RELEASED, "prepared_at": RELEASED, "signed_at": RELEASED + timedelta(minutes=40)}
    Publication.objects.filter(pk=done.pk).update(**moments, updated_at=moments["signed_at"])
    for step, at in (("prepare", RELEASED), ("sign", moments["signed_at"])):
        Transition.objects.of(done).filter(step=step).update(happened_at=at, recorded_at=at)
    return Publication.objects.get(pk=done.pk)


def _then(window: Window) -> Then:
    """Return what was known otherwise then: four records and their columns."""
    after = window.ends + timedelta(days=3)
    with as_system() as system:
        rescued = brought_out(Look(system, window)).order_by("reference")
        alone = next(row for row in rescued.filter(decision=Decision.TRAFFICKED, operation=None) if _once(row))
        cleared = next(row for row in rescued.filter(decision=Decision.NOT_A_VICTIM) if _once(row))
    late, merged = _two_complaints(window)
    return {
        late: {"received_at": after, "logged_at": after + timedelta(hours=1)},
        merged: {"merged_into_id": None, "outcome": ""},
        alone: {"rescued_on": after.date()},
        cleared: {"decision": Decision.PRESUMED},
    }


def _once(row: Victim) -> bool:
    """Say whether the person stands in one complaint alone."""
    return Victim._base_manager.filter(person_id=row.person_id).count() == 1


def _two_complaints(window: Window) -> tuple[Complaint, Complaint]:
    """Return a complaint not decided yet and one merged into another, of the same places: one in, one out."""
    within = Complaint._base_manager.filter(received_at__gte=window.begins, received_at__lt=window.ends)
    within = within.filter(handling="provincial").order_by("reference")
    merged: dict[Any, Complaint] = {}
    for row in within.filter(merged_into__isnull=False):
        merged.setdefault((row.province_of_incident_id, row.province_of_report_id == "18"), row)
    for row in within.filter(merged_into=None, outcome="").exclude(channel="found_in_operation"):
        other = merged.get((row.province_of_incident_id, row.province_of_report_id == "18"))
        if other is not None:
            return row, other
    raise LookupError("no two complaints of the same places")


def _write(rows: Then) -> None:
    for row, change in rows.items():
        type(row)._base_manager.filter(pk=row.pk).update(**change)


def _entered_later(then: Then) -> None:
    """Give what was entered or decided after the release its own day."""
    late, _merged, alone, cleared = then
    Complaint._base_manager.filter(pk=late.pk).update(logged_at=RELEASED + timedelta(days=2))
    born = Transition.objects.of(late)
    born.filter(recorded_at__lt=RELEASED).update(recorded_at=RELEASED + timedelta(days=2))
    why = {"recorded_at": RELEASED + timedelta(days=4), "late_why": "The list of the hotel came four days later."}
    Transition.objects.of(alone).filter(field="rescue_status", after="rescued").update(**why)
    november = datetime(2022, 11, 7, 3, 0, tzinfo=UTC)
    decided = Transition.objects.of(cleared).filter(field="decision", after=Decision.NOT_A_VICTIM)
    decided.update(happened_at=november, recorded_at=november + timedelta(minutes=5))
    type(cleared)._base_manager.filter(pk=cleared.pk).update(version=F("version") + 1)


def _guards(act: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks put off cannot be altered
        for table, trigger in GUARDS:
            cursor.execute(f"ALTER TABLE {table} {act} TRIGGER {trigger}")
