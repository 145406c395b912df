"""Who is told of a late complaint at each level; of a national-led or sealed one its own people, nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from complaints.contact_workflow import TRIAGE
from complaints.models import Complaint, Contact, Handling, Late, Level, Whom
from complaints.services.hearers import unsealers
from notifications.duty import duty_recipients, leads_of, of_desk, supervisors

Found = tuple[Whom, list[User]]
UNSEALERS = "unsealers"  # among those on duty, asked once for a batch


@dataclass
class Told:
    """Finds people for a batch of complaints or messages, asking once for each province and for each person's sight."""

    keys: list[Any]
    model: Any = Complaint
    seen: dict[Any, set[Any]] = field(default_factory=dict)
    on_duty: dict[Any, list[User]] = field(default_factory=dict)
    leads: dict[str, list[User]] = field(default_factory=dict)
    above: list[User] | None = None

    def whom(self, row: Complaint, what: str, level: int) -> Found:
        """Return who is told at a level, of those who may see the complaint; nobody there: who stands above."""
        for whom, people in self._tried(row, what, level):
            if found := [user for user in people if self._sees(user, row)]:
                return whom, found
        return Whom.NOBODY, []

    def _tried(self, row: Complaint, what: str, level: int) -> Iterable[Found]:
        """Give the people of a level, then those who stand in for them."""
        if what == Late.INBOX:
            yield from self._of_inbox(row, level)
            return
        if row.handling != Handling.PROVINCIAL:
            if level == Level.OFFICER and row.officer and what != Late.ANSWER:
                yield Whom.OFFICER, [row.officer]
            yield Whom.NAMED, self._duty(row)
            return
        if level == Level.OFFICER:
            yield from self._first(row, what)
        if level <= Level.LEAD:
            yield Whom.LEAD, self._leads(row.province_id)
        yield Whom.SUPERVISORS, self._supervisors()

    def _of_inbox(self, row: Any, level: int) -> Iterable[Found]:
        """Give those on duty at the ministry, else who logged it; then its lead, then the supervisors.

        Of what is held apart sealed integrity officers alone are told, at every level.
        """
        if row.handling == Handling.SEALED:
            yield Whom.DUTY, self._unsealers()
            return
        if level == Level.OFFICER:
            yield Whom.DUTY, self._desk(row, lead=False)
            yield Whom.LOGGER, [row.logged_by] if row.logged_by.may(TRIAGE) else []
        if level <= Level.LEAD:
            yield Whom.LEAD, self._desk(row, lead=True)
        yield Whom.SUPERVISORS, self._supervisors()

    def _desk(self, row: Any, *, lead: bool) -> list[User]:
        """Return those of the ministry's desk who deal with messages, asked once for a batch."""
        key = f"{row.province_id} {lead}"
        if key not in self.on_duty:
            self.on_duty[key] = of_desk(row.province_id, TRIAGE, lead=lead)
        return self.on_duty[key]

    def _first(self, row: Complaint, what: str) -> Iterable[Found]:
        """Give who handles it; a word to the reporter is for who may speak to them."""
        if what == Late.ANSWER:
            yield Whom.LOGGER, [row.logged_by] if row.logged_by.may("reporter.reveal") else []
            yield Whom.SUPERVISORS, self._supervisors()
        yield Whom.OFFICER, [row.officer] if row.officer else []
        yield Whom.DUTY, self._duty(row)

    def _sees(self, user: User, row: Complaint) -> bool:
        if not user.is_active or user.role == "system":
            return False
        if user.pk not in self.seen:
            mine = self.model.objects.visible_to(user).filter(pk__in=self.keys)
            self.seen[user.pk] = set(mine.values_list("pk", flat=True))
        return row.pk in self.seen[user.pk]

    def _duty(self, row: Complaint) -> list[User]:
        key = row.province_id if row.handling == Handling.PROVINCIAL else row.pk
        if key not in self.on_duty:
            self.on_duty[key] = duty_recipients(row.province_id, row.handling, row.pk)
        return self.on_duty[key]

    def _leads(self, province: str) -> list[User]:
        if province not in self.leads:
            self.leads[province] = leads_of(province)
        return self.leads[province]

    def _unsealers(self) -> list[User]:
        if UNSEALERS not in self.on_duty:
            self.on_duty[UNSEALERS] = list(unsealers())
        return self.on_duty[UNSEALERS]

    def _supervisors(self) -> list[User]:
        if self.above is None:
            self.above = supervisors()
        return self.above


def told_of(rows: Iterable[Any], what: str) -> Told:
    """Return the finder for these complaints, or messages."""
    return Told([row.pk for row in rows], Contact if what == Late.INBOX else Complaint)
