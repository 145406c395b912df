"""A small window with something of everything."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import name_suspect
from suspects.models import Article, Court
from suspects.services import advance as advance_suspect
from suspects.services import open_file
from tests.reports.window import ARREST, PRESS, Registered, at, rescued


@pytest.fixture
def press(registered: Registered) -> Registered:
    """Register a complaint of 1 September 2022, or of another day."""

    def register(when: datetime | None = None, **said: Any) -> Complaint:
        return registered(received_at=when or at(9, 1), **said)

    return register


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
        rescued(
            complaint,
            supervisor,
            at(9, 1 + n),
            ("decide_trafficked", "decide_exploited", "", "decide_presumed")[n],
            nationality=("VN", "CN", "", "VN")[n],
            age=(16, 30, None, 52)[n],
        )
        suspect = name_suspect(complaint, PersonSaid(nationality=("CN", "VN", "", "")[n]), by=supervisor)
        held = advance_suspect(suspect, "arrest", by=supervisor, happened_at=at(9, 2 + n), **ARREST)
        advance_suspect(held, "send_to_court", by=supervisor, court="C18", happened_at=at(9, 3 + n))
        Complaint.objects.filter(pk=complaint.pk).update(
            outcome=("substantiated", "unsubstantiated", "", "withdrawn")[n], outcome_at=at(9, 9)
        )
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
