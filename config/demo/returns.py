"""The returns of the demonstration: a board by embassy with life, who does not want to go home, who came home, who was deported."""

import datetime
from typing import Any

from django.utils import timezone

from complaints.models import Complaint
from complaints.said import ComplaintSaid, PersonSaid
from complaints.services import add_people, advance, register_complaint
from partners.models import Partner
from people.facts import Document
from victims.models import Repatriation, Victim
from victims.services import advance as advance_victim
from victims.services import change_who, decide
from victims.services.consent import name_guardian, record_consent
from victims.services.deportation import advance_deportation, record_deportation
from victims.services.places import record_place
from victims.services.repatriation import (
    advance_return,
    announce_return,
    begin_return,
    change_needs,
    record_unwilling,
)

# Nationality, step, days in it (the oldest first): what a board of ten embassies looks like.
WAITING = (
    ("VN", "asked_alone", (12, 3)),
    ("VN", "embassy_notified", (34, 20, 8)),
    ("VN", "nationality_confirmed", (21,)),
    ("VN", "travel_document", (16, 4)),
    ("VN", "departure_agreed", (6,)),
    ("VN", "handed_over", (40, 33, 12)),
    ("CN", "embassy_notified", (61, 44, 5)),
    ("CN", "nationality_confirmed", (33,)),
    ("CN", "travel_document", (18,)),
    ("CN", "exit_clearance", (12,)),
    ("CN", "handed_over", (25,)),
    ("ID", "embassy_notified", (9,)),
    ("ID", "travel_document", (11,)),
    ("ID", "departure_agreed", (3,)),
    ("ID", "handed_over", (15,)),
    ("TH", "exit_clearance", (7,)),
    ("TH", "handed_over", (28, 27)),
    ("IN", "embassy_notified", (41,)),
    ("IN", "travel_document", (22,)),
    ("PH", "nationality_confirmed", (29,)),
    ("PK", "asked_alone", (16,)),
)
STEPS = {
    "embassy_notified": "notify_embassy",
    "nationality_confirmed": "confirm_nationality",
    "travel_document": "record_document",
    "exit_clearance": "record_clearance",
    "departure_agreed": "agree_departure",
    "handed_over": "hand_over",
}
NAMES = {
    "VN": ("Nguyễn Thị Hạnh", "Trần Quốc Khánh", "Lê Thị Thu", "Phạm Văn Dũng", "Vũ Minh Tâm", "Đỗ Thị Yến"),
    "CN": ("陈静", "杨磊", "赵敏", "黄涛"),
    "ID": ("Ratna Sari", "Joko Susilo"),
    "TH": ("วิชัย บุญมา", "มาลี ศรีทอง"),
    "IN": ("Anil Kumar", "Sunita Devi"),
    "PH": ("Jose Ramos",),
    "PK": ("Imran Khan",),
    "MM": ("Aung Min",),
    "KH": ("សំ សុផល", "ឈន ស្រីពៅ"),
}
LANGUAGES = {"VN": "Tiếng Việt", "CN": "中文", "ID": "Bahasa Indonesia", "TH": "ไทย"}
RESCUED_AGO = 100


def tell(cast: dict[str, Any], now: datetime.datetime) -> None:
    """Tell all of it, by the officer of Preah Sihanouk."""
    Telling(cast, now).tell()


class Telling:
    """Who was brought out in one raid long ago, and what became of each."""

    def __init__(self, cast: dict[str, Any], now: datetime.datetime) -> None:
        self.officer, self.supervisor, self.cast, self.now = cast["officer.psh"], cast["supervisor"], cast, now
        self.met: dict[str, int] = {}

    def tell(self) -> None:
        """Make the complaints, then the people, each with their way."""
        words = "Forty people of nine countries were brought out of a closed hotel; most want to go home."
        self.complaint = self._complaint("demonstration-returns-1", words, 40)
        for nationality, step, days in WAITING:
            for place, ago in enumerate(days):
                child = (nationality, step, place) == ("VN", "embassy_notified", 2)
                self._return(self._found(nationality, age=15 if child else None), step, ago)
        self._unwilling()
        self._deported()
        self._home()

    def _complaint(self, key: str, words: str, number: int, *people: PersonSaid) -> Complaint:
        received = self._ago(RESCUED_AGO + 6)
        said = ComplaintSaid(
            channel="official_request",
            narrative=words,
            received_at=received,
            province_of_incident="18",
            forms=("forced_labour",),
            number=(None, number, None),
            people=people,
        )
        made, _new = register_complaint(said, by=self.cast["intake"], key=key)
        for place, step in enumerate(("acknowledge", "start_verification", "record_outcome"), 1):
            answers = {"outcome": "substantiated", "note": "Spoke to ten of them."} if step == "record_outcome" else {}
            made = advance(
                made, step, by=self.officer, happened_at=received + datetime.timedelta(hours=5 * place), **answers
            )
        return made

    def _ago(self, days: float) -> datetime.datetime:
        return self.now - datetime.timedelta(days=days)

    def _found(self, nationality: str, *, age: int | None = None, decision: str = "decide_presumed") -> Victim:
        """Bring somebody out, and to a shelter."""
        place = self.met[nationality] = self.met.get(nationality, -1) + 1
        names = NAMES[nationality]
        person = PersonSaid(
            name=names[place % len(names)],
            sex=("female", "male")[place % 2],
            age=age or 20 + 3 * place % 25,
            nationality=nationality,
        )
        (victim,) = add_people(self.complaint, [person], by=self.officer)
        if place % 2:
            passport = (Document("passport", nationality, f"{nationality}{7700100 + place}"),)
            change_who(victim, by=self.officer, version=victim.person.version, changes={"documents": passport})
        done = advance_victim(victim, "record_rescue", by=self.officer, happened_at=self._ago(RESCUED_AGO))
        where = ("shelter", "shelter", "hospital")[place % 3]
        record_place(done, by=self.officer, kind=where, since=timezone.localdate(self._ago(RESCUED_AGO)))
        if decision:
            done = decide(done, decision, by=self.officer, happened_at=self._ago(RESCUED_AGO - 2))
        return done

    def _asked(self, victim: Victim, answer: str, afraid: str, ago: float) -> None:
        if victim.is_child:
            said: dict[str, Any] = {"name": "លី សុវណ្ណ", "kind": "social_affairs", "view_language": "Tiếng Việt"}
            name_guardian(
                victim, by=self.officer, own_view="Wants to be with his mother again, by bus, not by plane.", **said
            )
        record_consent(
            victim,
            by=self.officer,
            answers={"embassy": answer},
            afraid=afraid,
            asked_alone=True,
            asked_language=LANGUAGES.get(victim.person.nationality, "English"),
            asked_on=timezone.localdate(self._ago(ago)),
        )

    def _return(self, victim: Victim, status: str, ago: int) -> Repatriation:
        """Begin a return and bring it to a step, five days between the steps."""
        way = list(STEPS)[: [*STEPS].index(status) + 1] if status in STEPS else []
        begun = ago + 5 * len(way)
        self._asked(victim, "yes", "no", begun)
        row = begin_return(victim, by=self.officer, happened_at=self._ago(begun))
        if ago % 3 == 0:
            needs = {"health_needed": "Medicine for the heart, three weeks", "papers_needed": "Travel document"}
            row = change_needs(row, by=self.officer, version=row.version, **needs)
        for place, name in enumerate(way, 1):
            moment = self._ago(begun - 5 * place)
            row = advance_return(row, STEPS[name], by=self.officer, happened_at=moment, **self._said(name, row, moment))
        return row

    def _said(self, name: str, row: Repatriation, moment: datetime.datetime) -> dict[str, Any]:
        embassy = Partner.objects.active().serving(row.country).first()
        said: dict[str, dict[str, Any]] = {
            "embassy_notified": {"letter_number": "412/26", **({"embassy": embassy.reference} if embassy else {})},
            "travel_document": {"document_kind": "emergency", "document_number": f"E{row.country}-5521"},
            "exit_clearance": {"fine": "waived", "fine_amount": "480"},
            "departure_agreed": {
                "departs_on": timezone.localdate(moment + datetime.timedelta(days=8)),
                "route": "Phnom Penh airport",
            },
            "handed_over": {
                "handed_to": "Consular officer on duty",
                "handed_where": "Phnom Penh airport",
                "paid_by": ("embassy", "organisation", "family")[self.met[row.country] % 3],
                "handover_record": f"{self.met[row.country] + 30}/26",
            },
        }
        return said.get(name, {})

    def _unwilling(self) -> None:
        """Tell of who took the yes back, who is afraid, who stays, and who goes to a third country."""
        back = self._return(self._found("CN"), "embassy_notified", 20)
        said = {"declined_why": "wants_to_stay", "asked_alone": True, "asked_language": "中文"}
        advance_return(back, "withdraw", by=self.officer, happened_at=self._ago(9), **said)
        afraid = self._found("MM")
        self._asked(afraid, "no", "yes", 30)
        record_unwilling(afraid, by=self.officer, why="afraid", happened_at=self._ago(30))
        stays = self._return(self._found("VN"), "asked_alone", 50)
        note = "Works with papers now, and her child goes to school here."
        advance_return(stays, "record_stays", by=self.officer, note=note, happened_at=self._ago(20))

    def _deported(self) -> None:
        """Tell of two orders: one carried out without a review, one that waits for it."""
        reason: dict[str, Any] = {"authority": "General department of immigration", "reason": "overstay"}
        gone = record_deportation(
            self._found("CN"),
            by=self.officer,
            order_number="88/26",
            ordered_on=timezone.localdate(self._ago(14)),
            **reason,
        )
        why = "The plane had left before anybody at the ministry was asked."
        advance_deportation(gone, "carry_out", by=self.officer, override_why=why, happened_at=self._ago(11))
        waits = self._found("VN", decision="")
        record_deportation(
            waits, by=self.officer, order_number="93/26", ordered_on=timezone.localdate(self._ago(2)), **reason
        )

    def _home(self) -> None:
        """Tell of two Cambodians: one came home and has a plan, one is announced."""
        people = [
            PersonSaid(name=name, sex="male", age=24 + 5 * n, nationality="KH") for n, name in enumerate(NAMES["KH"])
        ]
        words = "Two men worked unpaid on fishing boats abroad; the police there brought them ashore."
        complaint = self._complaint("demonstration-returns-2", words, 2, *people)
        home, coming = Victim.objects.filter(complaint=complaint).order_by("received_at", "reference")
        left = {"left_how": "brought_out_by_others", "place": "Port"}
        for victim in (home, coming):
            advance_victim(victim, "record_left", by=self.officer, happened_at=self._ago(60), **left)
        row = announce_return(
            home, by=self.officer, country="TH", told_by="Royal embassy in Bangkok", happened_at=self._ago(40)
        )
        received = {"received_by": "Poipet transit centre", "crossing": "poipet"}
        row = advance_return(row, "receive", by=self.officer, happened_at=self._ago(30), **received)
        decide(home, "decide_trafficked", by=self.officer, happened_at=self._ago(28))
        plan = "Lives with his sister; a course in motor repair from the first of the month."
        advance_return(row, "plan_reintegration", by=self.officer, happened_at=self._ago(20), plan=plan)
        announce_return(coming, by=self.officer, country="MY", told_by="Consulate", happened_at=self._ago(6))
