"""The administrator's page of the clocks: under a version, audited, and nothing that runs moves."""

from collections.abc import Callable
from datetime import date, time

from django.test import Client

from accounts.models import User
from audit.models import AuditEvent
from complaints.forms.clocks import kept
from complaints.models import Complaint, Deadline, EscalationHours, Holiday, Limit, OfficeHours
from complaints.services.clocks import version

Browser = Callable[..., Client]


def said(**more: str) -> dict[str, str]:
    return {**{name: str(value) for name, value in kept().items()}, "seen": version(), **more}


def test_hours_are_changed_and_what_runs_keeps_its_limit(
    browser: Browser, admin: User, officer_psh: User, complaint: Complaint
) -> None:
    client, before = browser(admin), complaint.due_at
    assert "7:30-11:30, 14:00-17:30" in client.get("/clocks/").content.decode()
    changes = {
        "due_acknowledge_normal": "2",
        "day_5": "8:00–12:00",
        "day_0": "",
        "tell_verify_2": "១២",
        "digest": "6:45",
    }
    assert client.post("/clocks/", said(**changes)).status_code == 302
    assert Deadline.objects.get(stage="acknowledge", urgency="normal").hours == 2
    assert EscalationHours.objects.get(stage="verify", level=2).hours == 12
    assert Limit.objects.get(name="digest_minute").number == 405
    assert OfficeHours.objects.filter(weekday=5).values_list("opens", "closes").get() == (time(8), time(12))
    assert not OfficeHours.objects.filter(weekday=0).exists()
    complaint.refresh_from_db()
    assert complaint.due_at == before
    assert AuditEvent.objects.filter(verb="clock.change").count() == 1
    assert browser(officer_psh).get("/clocks/").status_code == 403


def test_a_page_read_before_somebody_elses_change_is_refused(browser: Browser, admin: User) -> None:
    client, old = browser(admin), said(due_verify_high="5")
    assert client.post("/clocks/", said(due_verify_high="6")).status_code == 302
    refused = client.post("/clocks/", old)
    assert refused.status_code == 409
    assert "Somebody changed these hours" in refused.content.decode()
    assert Deadline.objects.get(stage="verify", urgency="high").hours == 6


def test_what_makes_no_sense_is_refused_in_words(browser: Browser, admin: User) -> None:
    client = browser(admin)
    closed = {f"day_{n}": "" for n in range(7)}
    for wrong, words in (
        ({"day_1": "17:30-7:30"}, "closes before it opens"),
        ({"day_1": "7:30-12:00, 11:00-17:30"}, "begin before the first end"),
        ({"day_1": "always"}, "Write the hours like"),
        ({"due_rescue_high": "0"}, "1"),
        ({"due_rescue_high": "99999999999"}, "2000"),
        ({"digest": "25:00"}, "15:40"),
        (closed, "at least once a week"),
    ):
        answer = client.post("/clocks/", said(**wrong))
        assert (answer.status_code, words in answer.content.decode()) == (400, True), wrong
    assert not AuditEvent.objects.filter(verb="clock.change").exists()


def test_a_holiday_is_added_checked_and_taken_away(browser: Browser, admin: User) -> None:
    client, names = browser(admin), {"name_km": "ថ្ងៃឈប់", "name_en": "Special day"}
    assert "to be checked" in client.get("/clocks/holidays/?year=2027").content.decode()
    assert client.post("/clocks/holidays/new/", {**names, "on": "3/3/2026"}).status_code == 302
    again = client.post("/clocks/holidays/new/", {**names, "on": "3/3/2026"})
    assert (again.status_code, "holiday already" in again.content.decode()) == (400, True)
    assert client.post("/clocks/holidays/2026-03-03/", {**names, "is_checked": "on"}).status_code == 302
    assert Holiday.objects.get(on=date(2026, 3, 3)).is_checked
    assert client.post("/clocks/holidays/2026-03-03/", {"remove": "1"}).status_code == 302
    assert not Holiday.objects.filter(on=date(2026, 3, 3)).exists()
    assert AuditEvent.objects.filter(verb__startswith="clock.holiday").count() == 3
    for odd in ("2026-99-99", "x", "20260303000"):
        assert client.get(f"/clocks/holidays/{odd}/").status_code == 404
    assert client.get("/clocks/holidays/?year=9").status_code == 200
