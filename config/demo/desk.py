"""What waits on the desk of a second person in the demonstration, and what is kept for the lists."""

from datetime import timedelta
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from accounts.services import name_deputy, save_view
from complaints.models import Complaint, SecondReading
from complaints.services import advance_victim, decide_victim
from complaints.services.readings import put_forward, read_again
from complaints.workflow import COMPLAINT
from victims.models import Victim
from workflow.models import Opening
from workflow.openings import proposal_of

VIEWS = (
    ("supervisor", "complaints", "គ្រោះថ្នាក់ភ្លាមៗ", "urgency=immediate", "national"),
    ("supervisor", "victims", "កំពុងស្វែងរក", "board=sought&sort=quiet", "national"),
    ("officer.psh", "complaints", "ហួសកំណត់", "clock=over&sort=due", "province:18"),
    ("officer.psh", "complaints", "របស់ខ្ញុំ", "officer=me&sort=due", "own"),
)
DAYS_AWAY = 9


def look(complaint: Complaint, step: str, by: Any, minutes: int) -> None:
    """Let the second person have the proposal open for some minutes before the step that decides it."""
    deciding = next((one for one in COMPLAINT.from_state(complaint.status) if one.name == step and one.decides), None)
    if deciding and (proposal := proposal_of(complaint, deciding)):
        opened_at = timezone.now() - timedelta(minutes=minutes)
        Opening.objects.create(proposal=proposal, user=by, opened_at=opened_at, handling=complaint.handling)


def tell(cast: dict[str, Any]) -> None:
    """Leave a person to be final, one proposed as no victim, two second readings, a deputy, and views."""
    _people(cast)
    _readings(cast)
    today = timezone.localdate()
    name_deputy(
        by=cast["supervisor2"], deputy=cast["supervisor"], from_on=today, until_on=today + timedelta(days=DAYS_AWAY)
    )
    for by, key, name, query, level in VIEWS:
        save_view(by=cast[by], list_key=key, name=name, params=QueryDict(query), level=level)


def _people(cast: dict[str, Any]) -> None:
    sought = Victim.objects.live().filter(province_id="12", handling="provincial", rescue_status="reported")
    if lost := sought.exclude(complaint__status="closed").order_by("received_at", "pk").first():
        note = "Searched the address twice; the neighbours never saw anybody."
        advance_victim(lost, "record_not_found", by=cast["officer.pp"], note=note)
    found = Victim.objects.live().filter(province_id="18", rescue_status="rescued", person__names__isnull=False)
    open_ = found.exclude(complaint__status="closed").order_by("-received_at", "pk").distinct()
    if grown := next((one for one in open_ if not one.is_child), None):
        note = "He ran the kitchen, was paid, and came and went as he liked."
        decide_victim(grown, "propose_not_a_victim", by=cast["officer.psh"], note=note)


def _readings(cast: dict[str, Any]) -> None:
    """One closing to be read a second time, and one that was read; drawn already or put forward now."""
    closed = Complaint.objects.live().filter(status="closed", handling="provincial").order_by("received_at", "pk")
    for complaint in closed[:2]:
        if not SecondReading.objects.filter(complaint=complaint).exists():
            put_forward(complaint, cast["supervisor"])
    row = SecondReading.objects.select_related("complaint").order_by("drawn_at", "pk").first()
    if row and row.reader_id is None:
        words = "Everybody was asked alone; the neighbours say the same."
        read_again(row, by=cast["supervisor2"], finding="stands", words=words)
