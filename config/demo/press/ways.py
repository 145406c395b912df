"""The way each complaint took, once its people are known: status, number reported, and the lines of its story."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from complaints.models import Complaint
from config.demo.press.rows import Rows

BY_TWO = {"unsubstantiated", "not_trafficking", "insufficient_information", "withdrawn"}
UNLEFT = {"unsubstantiated", "insufficient_information", "withdrawn"}
SOUGHT = {"reported", "located"}


class Way:
    """One complaint being told to its end."""

    def __init__(self, rows: Rows, complaint: Complaint) -> None:
        self.rows, self.complaint, self.at = rows, complaint, complaint.received_at
        self.officer = rows.officer(complaint)

    def to(self, step: str, status: str, *, by: Any = None, hours: float = 20, note: str = "") -> None:
        """Take a step some hours later."""
        before, self.at = self.complaint.status, self.at + timedelta(hours=self.rows.rng.uniform(hours / 2, hours))
        self.rows.step(self.complaint, "status", step, before, status, self.at, by=by or self.officer, note=note)
        self.complaint.status, self.complaint.status_at = status, self.at

    def decide(self) -> None:
        """Record the outcome, or have it confirmed by a second person."""
        complaint = self.complaint
        if complaint.outcome in BY_TWO:
            self.to("propose_outcome", "outcome_proposed", hours=60, note="Visited twice; spoke to all of them.")
            self.to("confirm_outcome", "decided", by=self.rows.cast["supervisor"], hours=30)
        else:
            self.to("record_outcome", "decided", hours=60)
        complaint.outcome_at = self.at
        if complaint.outcome == "not_trafficking":
            complaint.finding = self.rows.rng.choice(("labour_dispute", "debt", "unlawful_detention"))

    def close(self, after: datetime) -> None:
        """Propose the closing after all that happened, and have a second person close."""
        self.at = max(self.at, after)
        self.to("propose_closing", "closing_proposed", hours=72)
        self.to("close", "closed", by=self.rows.cast["supervisor"], hours=48)


def tell(rows: Rows) -> None:
    """Give every complaint its number, its status and its story."""
    people = defaultdict(list)
    for victim in rows.victims:
        people[victim.complaint_id].append(victim)
    for complaint in rows.complaints:
        found = people[complaint.pk]
        listed = sum(not victim.found_unreported for victim in found)
        complaint.status = "new"
        rows.step(complaint, "status", "register", "", "new", complaint.received_at, by=complaint.logged_by)
        _go(rows, complaint, found)
        more = (
            0
            if complaint.status == "closed" and complaint.outcome not in UNLEFT
            else rows.rng.choice((0, 0, 0, 0, 0, 3, 8))
        )
        complaint.number_reported = max(listed + more, 1)
        if complaint.status == "closed" and complaint.outcome not in UNLEFT:
            complaint.number_reported = listed or None
        complaint.updated_at = max([complaint.status_at, *(victim.updated_at for victim in found)])


def _go(rows: Rows, complaint: Complaint, found: list[Any]) -> None:
    way = Way(rows, complaint)
    if complaint.merged_into_id:
        complaint.status_at = complaint.received_at
        return
    way.to("acknowledge", "acknowledged")
    complaint.officer = way.officer
    way.to("start_verification", "verifying", hours=40)
    if not complaint.outcome:
        if rows.rng.random() < 0.5:
            way.to("ask_information", "information_needed", note="Ask the family for the last message.")
            complaint.missing = ["where", "papers"]
        return
    way.decide()
    unscreened = any(v.decision == "not_yet_screened" and v.rescue_status == "rescued" for v in found)
    seeking = any(v.rescue_status in SOUGHT for v in found) and complaint.outcome not in UNLEFT
    if not (unscreened or seeking) and rows.rng.random() < 0.97:
        way.close(max((victim.updated_at for victim in found), default=way.at))
