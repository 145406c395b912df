"""A case in court, of the year before: suspects at every stage, hearings behind and ahead, victims heard and penalised."""

import datetime
from typing import Any

from complaints.models import Complaint
from complaints.said import ComplaintSaid, PersonSaid, ReporterSaid
from complaints.services import advance as advance_complaint
from complaints.services import advance_victim, decide_victim, name_suspect, register_complaint
from suspects.models import Article, Court, Suspect
from suspects.services import advance, advance_hearing, join, open_file, set_hearing
from victims.models import Victim
from victims.services.proceedings import record_proceeding, take_back_proceeding

DAY = datetime.timedelta(days=1)
AGO = 210
ACCUSED = (
    PersonSaid("陈国强", "male", 44, "CN"),
    PersonSaid("Sok Chantha", "female", 38, "KH"),
    PersonSaid("Heng Vuthy", "male", 29, "KH"),
    PersonSaid("林志豪", "male", 35, "CN"),
    PersonSaid("Prak Sovann", "male", 51, "KH"),
    PersonSaid("Nguyễn Hữu Phước", "male", 33, "VN"),
    PersonSaid("Long Dara", "male", 26, "KH"),
    PersonSaid("Meas Bopha", "female", 31, "KH"),
)
FOUND = (
    PersonSaid("Đặng Thị Hạnh", "female", 24, "VN"),
    PersonSaid("Joko Prasetyo", "male", 27, "ID"),
    PersonSaid("ចាន់ ស្រីមុំ", "female", 22, "KH"),
)
TRAFFICKING, RECRUITING = "L08-10", "L08-12"


class Case:
    """Tell it by the officer in charge, each step on its own day."""

    def __init__(self, cast: dict[str, Any], now: datetime.datetime) -> None:
        self.now, self.intake, self.officer, self.ministry = (
            now,
            cast["intake"],
            cast["officer.psh"],
            cast["supervisor"],
        )

    def at(self, days_ago: float) -> datetime.datetime:
        """Return a moment so many days ago."""
        return self.now - days_ago * DAY

    def step(self, row: Suspect, name: str, days_ago: float, **said: Any) -> Suspect:
        """Take one step of a suspect."""
        return advance(row, name, by=self.officer, happened_at=self.at(days_ago), **said)

    def complaint(self) -> Complaint:
        """Register it and find the people."""
        said = ComplaintSaid(
            channel="official_request",
            narrative="Eight people sold from one building to another. Two ran and went to the police of the port.",
            received_at=self.at(AGO),
            province_of_report="12",
            province_of_incident="18",
            forms=("forced_labour", "debt_bondage"),
            number=(None, len(FOUND), None),
            urgency="high",
            reporter=ReporterSaid("Port police", "", relation="other_agency"),
            people=FOUND,
        )
        row, _made = register_complaint(said, by=self.intake, key="demonstration-court")
        for n, name in enumerate(("acknowledge", "start_verification")):
            row = advance_complaint(row, name, by=self.officer, happened_at=self.at(AGO - 0.1 - n))
        note = {"outcome": "substantiated", "note": "Two buildings searched the same night."}
        return advance_complaint(row, "record_outcome", by=self.officer, happened_at=self.at(AGO - 3), **note)

    def victims(self, complaint: Complaint) -> None:
        """Bring them out, and tell what courts and others did for and to them."""
        rows = list(Victim.objects.filter(complaint=complaint).order_by("received_at", "pk"))
        for row in rows:
            done = advance_victim(
                row, "record_rescue", by=self.officer, happened_at=self.at(AGO - 2), place="Floor two"
            )
            decide_victim(done, "decide_trafficked", by=self.officer, happened_at=self.at(AGO - 4))
        one, other, third = rows
        self.act(one, "lawyer", 160, authority="Legal aid")
        self.act(one, "testified", 41, court="C18")
        self.act(one, "awarded", 30, court="C18", amount_riel=20_000_000)
        self.act(other, "fined", 200, authority="Immigration", amount_riel=4_000_000)
        self.act(other, "stay_granted", 150, authority="Immigration")
        self.act(third, "claimed", 100, court="C18", amount_riel=12_000_000)
        wrong = self.act(third, "paid", 20, court="C18", amount_riel=12_000_000)
        take_back_proceeding(wrong, by=self.officer, note="Announced, not paid.")

    def act(self, victim: Victim, kind: str, days_ago: int, **said: Any) -> Any:
        """Record what happened to a victim."""
        return record_proceeding(victim, by=self.officer, kind=kind, happened_on=self.at(days_ago).date(), **said)

    def accused(self, complaint: Complaint) -> list[Suspect]:
        """Name everybody, arrest all but the last two, and hand all but the last to the prosecutor."""
        rows = [name_suspect(complaint, said, by=self.officer) for said in ACCUSED]
        *held, absent, met = rows
        unit = {"arrest_unit": "Anti-trafficking office", "arrest_kind": "flagrante"}
        held = [self.step(row, "arrest", AGO - 2, **unit) for row in held]
        sent = [self.step(row, "send_to_court", AGO - 3.5, court="C18") for row in (*held, absent)]
        self.step(met, "question", AGO - 5, first_contact_kind="cautioned")
        return sent

    def judge(self, sent: list[Suspect]) -> list[Suspect]:
        """Leave one at every stage; the last one of those sent fled and is convicted in absentia."""
        boss, recruiter, driver, manager, owner, guard, fled = sent
        for row in (boss, driver, fled, manager):
            self.step(row, "charge", 180, articles=[TRAFFICKING, RECRUITING])
        self.step(recruiter, "charge", 180, articles=[RECRUITING])
        self.step(boss, "restrain", 180, restraint="provisional_detention", ordered_until=self.at(0).date())
        self.step(recruiter, "restrain", 170, restraint="judicial_supervision")
        self.step(
            manager, "restrain", 180, restraint="provisional_detention", ordered_until=(self.now + 40 * DAY).date()
        )
        for row in (boss, driver, fled, manager):
            self.step(row, "open_trial", 45)
        said: dict[str, Any] = {"in_absentia": False, "prison_months": 120, "fine_riel": 10_000_000}
        paid = {
            "compensation_riel": 20_000_000,
            "confiscated": "Two cars",
            "confiscated_riel": 6_000_000,
            "confiscated_usd": 41_500,
        }
        self.step(boss, "convict", 30, guilty_of=[TRAFFICKING], **said, **paid)
        self.step(fled, "convict", 30, in_absentia=True, lesser_article="L08-20", prison_months=24, suspended_months=24)
        self.step(driver, "acquit", 30)
        self.step(owner, "settle", 150, note="The owner of the building paid the families, they say.")
        self.step(owner, "dismiss", 120, note="Not enough to charge him, the prosecutor writes.")
        self.step(boss, "appeal", 20, appealed_by="defence")
        self.hearings(boss, manager, recruiter, guard)
        return [boss, recruiter, driver, manager, owner, guard, fled]

    def hearings(self, boss: Suspect, manager: Suspect, recruiter: Suspect, guard: Suspect) -> None:
        """Set them: held, adjourned to tomorrow, in a few days, and one of which nobody recorded what came of it."""
        room = {"by": self.officer, "room": "Room two"}
        trial, _also = set_hearing(boss, at=self.at(45), kind="trial", also=[manager], **room)
        advance_hearing(trial, "record_held", by=self.officer, result="Two witnesses heard.", happened_at=self.at(44.9))
        put_off = manager.hearings.get()  # type: ignore[attr-defined]
        why = "The interpreter did not come."
        said = {"next_at": self.now + 0.9 * DAY, "result": why, "happened_at": self.at(44.8)}
        advance_hearing(put_off, "adjourn", by=self.officer, **said)
        set_hearing(boss, at=self.now + 12 * DAY, kind="appeal", **room)
        set_hearing(recruiter, at=self.now + 2.5 * DAY, kind="questioning", **room)
        set_hearing(guard, at=self.at(2), kind="questioning", **room)

    def file(self, complaint: Complaint, rows: list[Suspect]) -> None:
        """Open the case file and join all of it."""
        articles = list(Article.objects.filter(pk__in=(TRAFFICKING, RECRUITING)))
        numbers = {"police_number": "88/26", "court_number": "512/26"}
        day, court = self.at(AGO - 3).date(), Court.objects.get(pk="C18")
        unit = "Anti-trafficking office"
        file = open_file(by=self.officer, unit=unit, opened_on=day, court=court, articles=articles, **numbers)
        for what in (complaint, *rows, *Victim.objects.filter(complaint=complaint)):
            join(file, what, by=self.officer)


def tell(cast: dict[str, Any], now: datetime.datetime) -> None:
    """Tell the case."""
    case = Case(cast, now)
    complaint = case.complaint()
    case.victims(complaint)
    case.file(complaint, case.judge(case.accused(complaint)))
