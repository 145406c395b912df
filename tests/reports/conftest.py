"""A small window with something of everything."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import name_suspect
from prevention.services import add_activity
from provinces.models import Province
from provinces.services import add_site
from provinces.services.measures import add_measure
from referrals.models import Referral
from referrals.services import send
from suspects.models import Article, Court
from suspects.services import advance as advance_suspect
from suspects.services import open_file
from tests.prevention.test_activities import held
from tests.reports.window import ARREST, PRESS, Registered, at, judged, rescued
from tests.victims.returns import ASKED, WAY
from victims.services.assistance import record_service
from victims.services.consent import record_consent
from victims.services.entries import Counted, count_found
from victims.services.operations import advance_operation, plan_operation
from victims.services.proceedings import record_proceeding
from victims.services.repatriation import advance_return, announce_return, begin_return


@pytest.fixture
def press(registered: Registered) -> Registered:
    """Register a complaint of 1 September 2022, or of another day."""

    def register(when: datetime | None = None, **said: Any) -> Complaint:
        return registered(received_at=when or at(9, 1), **said)

    return register


def came_home(press: Registered, by: User) -> None:
    """One handed over to their country, one who waits for it, one Cambodian received and one announced."""
    for country, steps in (("VN", tuple(WAY)), ("CN", ("notify_embassy",)), ("KH", ("receive",)), ("KH", ())):
        victim = rescued(press(at(9, 1)), by, at(9, 5), "decide_presumed", nationality=country, age=30)
        if country == "KH":
            row = announce_return(victim, by=by, country="TH", told_by="Embassy", happened_at=at(9, 6))
        else:
            record_consent(victim, by=by, answers={"embassy": "yes"}, afraid="no", asked_on=date(2022, 9, 6), **ASKED)
            row = begin_return(victim, by=by, happened_at=at(9, 6))
        for n, step in enumerate(steps):
            said = WAY.get(step, {"received_by": "Poipet", "crossing": "poipet"})
            row = advance_return(row, step, by=by, happened_at=at(9, 7 + n), **said)


def helped(press: Registered, by: User) -> None:
    """Somebody given care and referred, a complaint referred, and a measure where they were held."""
    victim = rescued(press(at(9, 1)), by, at(9, 5), "decide_presumed", sex="female", age=20)
    nobody_knows = rescued(press(at(9, 1)), by, at(9, 5), "decide_presumed")
    record_service(victim, by=by, service="medical", provider_name="Nurse Sok", from_on=date(2022, 9, 6))
    for one in (victim, nobody_knows):
        made = send(one.complaint, by=by, to="12", victim=one, message="Look for her brother")
        Referral.objects.filter(pk=made.pk).update(received_at=at(9, 8), due_at=at(9, 10))
    site = add_site(by=by, province=Province.objects.get(pk="18"), name_en="Blue Hotel")
    said = {"kind": "closed", "sector": "gambling", "authority": "Province hall"}
    add_measure(site, by=by, since_on=date(2022, 9, 7), **said)


@pytest.fixture
def figures(program: Any, supervisor: User) -> Callable[..., dict[str, Any]]:
    def read(user: User | None = None, query: str = PRESS) -> dict[str, Any]:
        answer = program(user or supervisor).get(f"/api/v1/indicators/?{query}")
        assert answer.status_code == 200, answer.content
        return answer.json()["indicators"]

    return read


@pytest.fixture
def world(press: Registered, supervisor: User) -> None:
    """A small window with something of everything."""
    for n, code in enumerate(("18", "18", "12", None)):
        complaint = press(
            at(8, 20 + n),
            province_of_incident=code or "",
            province_of_report="" if n == 3 else "12",
            country_of_report="VN" if n == 3 else "",
            number=(None, 5, None),
            forms=(("forced_labour", "debt_bondage"), ("sexual_exploitation",), (), ("forced_labour",))[n],
        )
        victim = rescued(
            complaint,
            supervisor,
            at(9, 1 + n),
            ("decide_trafficked", "decide_exploited", "", "decide_presumed")[n],
            nationality=("VN", "CN", "", "VN")[n],
            age=(16, 30, None, 52)[n],
        )
        suspect = name_suspect(complaint, PersonSaid(nationality=("CN", "VN", "", "")[n]), by=supervisor)
        held = advance_suspect(suspect, "arrest", by=supervisor, happened_at=at(9, 2 + n), **ARREST)
        sent = advance_suspect(held, "send_to_court", by=supervisor, court="C18", happened_at=at(9, 3 + n))
        judged(sent, supervisor, n)
        for kind in (("testified", "lawyer", "fined"), ("charged",), (), ("convicted", "stay_granted"))[n]:
            record_proceeding(victim, by=supervisor, kind=kind, happened_on=date(2022, 9, 12 + n), court="C18")
        Complaint.objects.filter(pk=complaint.pk).update(
            outcome=("substantiated", "unsubstantiated", "", "withdrawn")[n], outcome_at=at(9, 9)
        )
    operation = plan_operation([complaint], by=supervisor, planned_for=at(9, 10), place="Floor 8")
    done = advance_operation(
        operation, "record_done", by=supervisor, result="people_brought_out", happened_at=at(9, 10)
    )
    count_found(done, [Counted("VN", men=2, children=1), Counted(women=1)], by=supervisor)
    met = name_suspect(complaint, PersonSaid(nationality="TH"), by=supervisor)
    advance_suspect(met, "question", by=supervisor, first_contact_kind="cautioned", happened_at=at(9, 10))
    caught = name_suspect(complaint, PersonSaid(nationality="CN"), by=supervisor)
    there = {"operation": done.reference, "happened_at": at(9, 10)}
    advance_suspect(caught, "arrest", by=supervisor, **ARREST, **there)
    for number, codes in enumerate((("L08-10", "L08-12"), ("L08-10",))):
        open_file(
            by=supervisor,
            police_number=f"{number}/22",
            unit="Office",
            opened_on=date(2022, 9, 5),
            court=Court.objects.get(pk="C18"),
            articles=list(Article.objects.filter(pk__in=codes)),
            holds=suspect,
        )


@pytest.fixture
def full_world(world: None, press: Registered, supervisor: User) -> None:
    """The world, people who went home, help, and a forum: a row for every figure."""
    came_home(press, supervisor)
    helped(press, supervisor)
    add_activity(by=supervisor, **held())
