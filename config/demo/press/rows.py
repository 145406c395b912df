"""The rows of the press case as they are put together: every key and every choice from one seed."""

import random
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.models import User
from complaints.checks import main_form
from complaints.models import Channel, Complaint, Contact, ExploitationForm, Handling, Reporter, turn_of
from config.demo.press.names import name_for
from config.demo.press.words import story
from core.display import ZONE
from core.models import ALPHABET
from people.models import Person
from people.services import name_row
from provinces.models import District, Site
from victims.models import Victim
from workflow.models import Transition
from workflow.services import story_columns

CHANNELS = (Channel.FACEBOOK_MESSAGE,) * 5 + (Channel.HOTLINE,) * 4 + (Channel.WALK_IN, Channel.OFFICIAL_REQUEST)
FORMS = (ExploitationForm.ONLINE_SCAM,) * 6 + (ExploitationForm.FORCED_LABOUR,) * 3 + (ExploitationForm.DEBT_BONDAGE,)
URGENCIES = ("normal",) * 6 + ("high",) * 3 + ("immediate",)
ALLOWED = {"normal": 24, "high": 8, "immediate": 1}  # hours until it was to be acknowledged, in 2022: by the clock


class Rows:
    """Everything that will be written, by kind; nothing is saved here."""

    def __init__(self, cast: dict[str, User]) -> None:
        self.cast = cast
        self.rng = random.Random(20220929)  # noqa: S311 (fiction, no secret)
        self.complaints: list[Complaint] = []
        self.people: list[Person] = []
        self.victims: list[Victim] = []
        self.made: dict[str, list[Any]] = {"names": [], "contacts": [], "reporters": [], "transitions": []}
        self.districts: dict[str, list[str]] = {}
        for code, province in District.objects.order_by("pk").values_list("pk", "province_id"):
            self.districts.setdefault(province, []).append(code)
        self.sites: dict[str, list[Site]] = {}
        for site in Site.objects.filter(national_led=False).order_by("reference"):
            self.sites.setdefault(site.province_id, []).append(site)
        self.led = Site.objects.filter(national_led=True).order_by("name_en").first()

    def key(self) -> uuid.UUID:
        """Return the next key of the seed."""
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)

    def reference(self, prefix: str) -> str:
        """Return the next reference of the seed."""
        length = 6 if prefix.startswith("KH") else 8
        return f"{prefix}-" + "".join(self.rng.choice(ALPHABET) for _ in range(length))

    def moment(self, day: date, hour: float | None = None) -> datetime:
        """Return a moment of a day in Phnom Penh."""
        hours = self.rng.uniform(6, 22) if hour is None else hour
        begins = datetime(day.year, day.month, day.day, tzinfo=ZONE)
        return (begins + timedelta(hours=hours)).astimezone(UTC).replace(microsecond=0)

    def day(self, first: date, last: date) -> date:
        """Return a day of a stretch, both ends included."""
        return first + timedelta(days=self.rng.randint(0, (last - first).days))

    def officer(self, complaint: Complaint) -> User:
        """Return who works on a complaint."""
        own = {"18": "officer.psh", "12": "officer.pp"}
        name = own.get(complaint.province_id, "supervisor2") if complaint.handling == "provincial" else "supervisor2"
        return self.cast[name]

    def complaint(
        self, received: datetime, about: str, report: str, *, outcome: str = "", handling: str = Handling.PROVINCIAL
    ) -> Complaint:
        """Put a complaint together with its contacts; its status comes when its people are known."""
        forms = self._forms()
        site = self.led if handling == Handling.NATIONAL_LED else self._site(about)
        made = Complaint(
            pk=self.key(),
            reference=self.reference("KH-2022"),
            province_id=about or "00",
            handling=handling,
            province_of_incident_id=about or None,
            province_of_report_id=report or None,
            district_id=self.rng.choice(self.districts[about]) if about else None,
            site=site,
            channel=self.rng.choice(CHANNELS),
            received_at=received,
            logged_at=received + timedelta(minutes=self.rng.randint(2, 40)),
            logged_by=self.cast["intake"],
            narrative=story(self.rng),
            forms=forms,
            main_form=main_form(forms),
            urgency=self.rng.choice(URGENCIES),
            outcome=outcome,
            clock_from=received,
            due_at=received + timedelta(days=1),
        )
        made.acknowledge_due_at = received + timedelta(hours=ALLOWED[made.urgency])
        self._add(made)
        return made

    def _forms(self) -> list[str]:
        forms = [self.rng.choice(FORMS)] + ([ExploitationForm.DEBT_BONDAGE] if self.rng.random() < 0.1 else [])
        return [str(form) for form in dict.fromkeys(forms)]

    def _add(self, complaint: Complaint) -> None:
        self.complaints.append(complaint)
        for later in range(self.rng.choice((1, 1, 1, 2, 3))):
            self._contact(complaint, later)

    def _site(self, about: str) -> Site | None:
        found = self.sites.get(about, [])
        return self.rng.choice(found) if found and self.rng.random() < 0.5 else None

    def _contact(self, complaint: Complaint, later: int) -> None:
        at = complaint.received_at + timedelta(hours=30 * later)
        contact = Contact(
            pk=self.key(),
            channel=complaint.channel,
            kind="more" if later else "new_report",
            status="filed",
            status_at=at,
            turn=turn_of(complaint.urgency, at),
            received_at=at,
            logged_at=at + timedelta(minutes=5),
            logged_by=self.cast["intake"],
            complaint=complaint,
            province_id=complaint.province_id,
            handling=complaint.handling,
            province_of_report_id=complaint.province_of_report_id,
            raw=complaint.narrative,
        )
        self.made["contacts"].append(contact)
        if self.rng.random() < 0.5:
            name, phone = name_for("KH", self.rng)[0], f"0{self.rng.randint(10, 99)} 555 {self.rng.randint(0, 999):03}"
            reporter = Reporter(pk=self.key(), contact=contact, relation="family", name=name, phone=phone)
            self.made["reporters"].append(reporter)

    def person(self, country: str = "", sex: str = "", *, age: int | None = None, named: bool = True) -> Person:
        """Put a person together, named or not."""
        age = self.rng.randint(18, 44) if age is None else age
        sex = sex or self.rng.choice(("male", "male", "female"))
        made = Person(pk=self.key(), sex=sex, age=age, age_on=date(2022, 9, 1), nationality=country)
        self.people.append(made)
        texts = name_for(country, self.rng) if named and country else []
        self.made["names"] += [name_row(made, text) for text in texts]
        return made

    def victim(self, complaint: Complaint, person: Person, *, unreported: bool = False) -> Victim:
        """Put a person into a complaint as sought, or as found without having been reported."""
        made = Victim(
            pk=self.key(),
            reference=self.reference("V"),
            complaint=complaint,
            province_id=complaint.province_id,
            handling=complaint.handling,
            person=person,
            found_unreported=unreported,
            received_at=complaint.received_at,
            due_at=complaint.due_at,
            status_at=complaint.received_at,
            updated_at=complaint.received_at,
            recorded_by=complaint.logged_by,
        )
        self.victims.append(made)
        self.step(made, "rescue_status", "add", "", "reported", complaint.received_at, by=complaint.logged_by)
        return made

    def step(
        self,
        row: Any,
        field: str,
        step: str,
        before: str,
        after: str,
        at: datetime,
        *,
        by: User,
        note: str = "",
        late: str = "",
    ) -> None:
        """Write a line of a row's story, recorded a little later, or (with a reason or none) days later."""
        gap = timedelta(hours=self.rng.uniform(26, 70)) if late else timedelta(minutes=self.rng.randint(2, 50))
        self.made["transitions"].append(
            Transition(
                **{**story_columns(row), "handling": row.handling, "province_id": row.province_id},
                id=self.key(),
                field=field,
                step=step,
                before=before,
                after=after,
                note=note,
                late_why=late if late != "-" else "",
                by=by,
                happened_at=at,
                recorded_at=at + gap,
            )
        )
