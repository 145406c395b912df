"""The people of the press case: rescued and trafficked, brought out and not trafficked, not yet screened, still sought."""

from datetime import date, timedelta
from typing import Any

from complaints.models import Complaint
from config.demo.press.rows import Rows
from config.demo.press.words import LATE
from victims.models import Victim

WHO = {"trafficked": ("presumed", "trafficked", "trafficked"), "cleared": ("exploited_not_trafficked", "not_a_victim")}
STEPS = {
    "presumed": "decide_presumed",
    "trafficked": "decide_trafficked",
    "exploited_not_trafficked": "decide_exploited",
    "not_a_victim": "confirm_not_a_victim",
}


def rescue(rows: Rows, searches: list[Victim], day: date, decision: str = "") -> None:
    """Record one Rescue in the first search; it ends the others; the decision is one for all."""
    first = searches[0]
    at = rows.moment(day)
    late = rows.rng.choice(LATE) or "-" if rows.rng.random() < 0.12 else ""
    for victim in searches:
        by = rows.officer(first.complaint) if victim is first else rows.cast["system"]
        before = victim.rescue_status
        victim.rescue_status, victim.rescued_on, victim.status_at = "rescued", day, at
        victim.rescued_in_id = first.complaint.province_of_incident_id
        victim.ended_by = None if victim is first else first
        victim.recorded_by = rows.officer(first.complaint)
        rows.step(victim, "rescue_status", "record_rescue", before, "rescued", at, by=by, late=late)
        if decision:
            _decide(rows, victim, decision, at + timedelta(hours=rows.rng.randint(4, 60)), by)
        victim.updated_at = at + timedelta(days=3)


def _decide(rows: Rows, victim: Victim, decision: str, at: Any, by: Any) -> None:
    second = rows.cast["supervisor"] if decision == "not_a_victim" else by
    if decision == "not_a_victim":
        rows.step(victim, "decision", "propose_not_a_victim", "not_yet_screened", "not_yet_screened", at, by=by)
    victim.decision, victim.decided_by = decision, second
    victim.decided_on = (at + timedelta(hours=7)).date()
    victim.has_act = victim.has_purpose = victim.has_means = decision == "trafficked" or None
    rows.step(victim, "decision", STEPS[decision], "not_yet_screened", decision, at + timedelta(hours=1), by=second)


def end_otherwise(rows: Rows, victim: Victim, status: str, day: date) -> None:
    """End a search without a rescue: left on own, declined or not found by two people."""
    at, by = rows.moment(day), rows.officer(victim.complaint)
    step = {"left_on_own": "record_left", "declined": "record_declined", "not_found": "record_not_found"}[status]
    victim.rescue_status, victim.status_at, victim.recorded_by = status, at, by
    rows.step(victim, "rescue_status", step, "reported", status, at, by=by)
    if status == "left_on_own":
        victim.left_how = "escaped"
    else:
        victim.final_by, victim.final_at = rows.cast["supervisor"], at + timedelta(days=1)
        if status == "declined":
            victim.asked_by, victim.asked_alone, victim.asked_away, victim.asked_language = (
                "Duty officer",
                True,
                True,
                "vi",
            )
        rows.step(victim, "rescue_status", "confirm_final", status, status, at + timedelta(days=1), by=victim.final_by)
    victim.updated_at = at + timedelta(days=1)


class Searches:
    """Give people to complaints received before they are brought out."""

    def __init__(self, rows: Rows, complaints: list[Complaint], first: date, last: date) -> None:
        self.rows, self.first, self.last = rows, first, last
        self.complaints = sorted(complaints, key=lambda one: one.received_at)

    def before(self, day: date) -> Complaint:
        """Return a complaint received before a day (the first one where there is none)."""
        known = [one for one in self.complaints if one.received_at < self.rows.moment(day, 0)]
        return self.rows.rng.choice(known or self.complaints[:1])

    def bring_out(self, person: Any, decision: str, *, searches: int = 1, unreported: bool = False) -> list[Victim]:
        """Bring a person out on a day of the stretch; `searches` complaints had sought them."""
        day = self.rows.day(self.first + timedelta(days=1), self.last)
        found: dict[Any, Complaint] = {}
        while len(found) < searches:
            one = self.before(day if len(found) < 50 else self.last)
            found.setdefault(one.pk, one)
            day = max(day, self.first + timedelta(days=12)) if searches > 1 else day
        rows = [self.rows.victim(one, person, unreported=unreported) for one in found.values()]
        rescue(self.rows, rows, day, decision)
        return rows
