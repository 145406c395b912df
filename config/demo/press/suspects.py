"""The suspects and case files of the press case."""

from datetime import date, datetime, timedelta
from typing import Any

from complaints.models import Complaint
from config.demo.press.rows import Rows
from people.models import Person
from suspects.models import CaseFile, Suspect

ROLES = ("exploiter", "recruiter_or_intermediary", "controlled_individual", "transporter", "broker_travel_agent")


class Suspects:
    """Put suspects together, and the files they stand in."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.suspects: list[Suspect] = []
        self.files: list[CaseFile] = []
        self.joined: list[tuple[CaseFile, Suspect]] = []

    def suspect(self, complaint: Complaint, person: Person) -> Suspect:
        """Name a suspect in a complaint."""
        rows = self.rows
        made = Suspect(
            pk=rows.key(),
            reference=rows.reference("S"),
            complaint=complaint,
            province_id=complaint.province_id,
            handling=complaint.handling,
            person=person,
            roles=[rows.rng.choice(ROLES)],
            received_at=complaint.received_at,
            due_at=complaint.due_at,
            status_at=complaint.received_at,
            updated_at=complaint.received_at,
            recorded_by=rows.officer(complaint),
        )
        self.suspects.append(made)
        rows.step(made, "status", "add_suspect", "", "named", complaint.received_at, by=rows.officer(complaint))
        return made

    def arrest(self, suspect: Suspect, day: date) -> datetime:
        """Record an arrest."""
        rows, at = self.rows, self.rows.moment(day)
        suspect.arrested_at, suspect.arrest_unit, suspect.arrest_kind = at, "Anti-trafficking office", "flagrante"
        suspect.arrested_in_id = suspect.complaint.province_of_incident_id or suspect.province_id
        suspect.arrest_recorded_by = rows.officer(suspect.complaint)
        suspect.custody_ends_at, suspect.custody_warn_at = at + timedelta(hours=48), at + timedelta(hours=36)
        suspect.custody_warned_at = suspect.custody_over_told_at = at + timedelta(hours=37)
        suspect.due_at = suspect.custody_ends_at
        self._to(suspect, "arrest", "arrested", at)
        return at

    def court(self, suspect: Suspect, day: date) -> None:
        """Hand a suspect to the prosecutor."""
        at = self.rows.moment(day, 23)
        suspect.sent_to_court_on = day
        suspect.court_id = f"C{suspect.complaint.province_of_incident_id or '12'}"
        suspect.custody_ends_at = suspect.custody_warn_at = None
        suspect.custody_warned_at = suspect.custody_over_told_at = None
        self._to(suspect, "send_to_court", "sent_to_court", at)
        if self.rows.rng.random() < 0.7:
            self._file(suspect, day)

    def release(self, suspect: Suspect, day: date) -> None:
        """Let a suspect go."""
        suspect.released_on = day
        suspect.custody_ends_at = suspect.custody_warn_at = None
        suspect.custody_warned_at = suspect.custody_over_told_at = None
        self._to(suspect, "release", "released", self.rows.moment(day, 23))

    def _to(self, suspect: Suspect, step: str, status: str, at: datetime) -> None:
        by = self.rows.officer(suspect.complaint)
        self.rows.step(suspect, "status", step, suspect.status, status, at, by=by)
        suspect.status, suspect.status_at, suspect.updated_at = status, at, at

    def _file(self, suspect: Suspect, day: date) -> None:
        rows: Any = self.rows
        same = [f for f in self.files if f.court_id == suspect.court_id and f.opened_on >= day - timedelta(days=4)]
        alike = [file for file in same if file.handling == suspect.handling and rows.rng.random() < 0.6]
        if not alike:
            number = f"{rows.rng.randint(100, 999)}/22 {rows.rng.choice('ABCDEF')}"
            file = CaseFile(
                pk=rows.key(),
                reference=rows.reference("CF"),
                province_id=str(suspect.court_id)[1:],
                handling=suspect.handling,
                court_id=str(suspect.court_id),
                police_number=number,
                unit="Anti-trafficking office",
                opened_on=day,
                received_at=rows.moment(day, 22),
                updated_at=rows.moment(day, 22),
                opened_by=rows.officer(suspect.complaint),
            )
            self.files.append(file)
            alike = [file]
        self.joined.append((alike[0], suspect))
