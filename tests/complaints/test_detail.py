"""The page of one complaint: what stands on it, for whom, and what it costs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import Grant, User
from audit.models import AuditEvent
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import add_people, advance, advance_victim, change_facts
from provinces.models import Province
from provinces.services import add_site
from tests.queries import asked

Browser = Callable[..., Client]


def url(complaint: Complaint, rest: str = "") -> str:
    return f"/complaints/{complaint.reference}/{rest}"


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_title_is_the_reference_and_no_name(browser: Browser, officer_psh: User, complaint: Complaint) -> None:
    text = page(browser(officer_psh), url(complaint))
    assert f"<title>{complaint.reference} – Sangkroh</title>" in text


def test_an_officer_sees_names_the_words_and_the_next_step(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    text = page(browser(officer_psh), url(complaint))
    assert "Nguyễn Thị Lan" in text
    assert "Held on the sixth floor." in text
    assert f'action="{url(complaint, "steps/acknowledge/")}"' in text


def test_an_analyst_sees_coded_facts_and_neither_name_nor_words(
    browser: Browser, analyst: User, complaint: Complaint
) -> None:
    for rest in ("", "people/", "history/"):
        text = page(browser(analyst), url(complaint, rest))
        assert "Nguyễn Thị Lan" not in text
        assert "sixth floor" not in text
    victim = complaint.victims.first()
    assert victim.reference in page(browser(analyst), url(complaint))
    assert "3 people, form not known" in page(browser(analyst), url(complaint))


def test_an_analyst_reads_no_notes(browser: Browser, analyst: User, officer_psh: User, complaint: Complaint) -> None:
    earlier = timezone.now() - timedelta(days=3)
    Complaint.objects.update(received_at=earlier)
    said = {"note": "Her aunt Sopheap called", "late_why": "Sopheap had no line", "happened_at": earlier}
    advance(complaint, "acknowledge", by=officer_psh, **said)
    for rest in ("", "history/"):
        assert "Sopheap" not in page(browser(analyst), url(complaint, rest))
        assert "Her aunt Sopheap called" in page(browser(officer_psh), url(complaint, rest))


def test_an_officer_of_another_province_gets_the_same_404_as_for_nothing(
    browser: Browser, officer_pp: User, complaint: Complaint
) -> None:
    client = browser(officer_pp)
    for rest in ("", "people/", "history/", "facts/", "people/add/", "steps/acknowledge/"):
        assert client.get(url(complaint, rest)).status_code == 404
        assert client.get(f"/complaints/KH-2022-AAAAAA/{rest}").status_code == 404


def test_a_national_led_complaint_does_not_exist_for_the_officer_of_its_province(
    browser: Browser, officer_psh: User, registered: Any
) -> None:
    led = registered(not_local_police=True)
    assert led.handling == "national_led"
    client = browser(officer_psh)
    assert client.get(url(led)).status_code == 404
    assert led.reference not in client.get("/complaints/").content.decode()
    assert led.reference not in client.get("/").content.decode()


def test_a_handler_who_is_named_finds_it_among_the_shared(
    browser: Browser, officer_psh: User, supervisor: User, registered: Any
) -> None:
    led = registered(not_local_police=True)
    browser(supervisor).post(url(led, "handlers/"), {"user": str(officer_psh.pk)})
    client = browser(officer_psh)
    assert led.reference not in client.get("/complaints/").content.decode()
    assert led.reference in client.get("/complaints/?shared=1").content.decode()
    assert "Handled by" in page(client, url(led))


def test_the_ledger_adds_up_and_every_mark_opens_its_person(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    for victim in complaint.victims.all():
        assert f'href="/victims/{victim.reference}/"' in page(browser(officer_psh), url(complaint))
    assert complaint.ledger["sought"] == complaint.number_reported == 3


def test_who_is_declined_but_not_confirmed_is_drawn_as_sought(
    browser: Browser, officer_psh: User, registered: Any
) -> None:
    complaint = registered(people=(PersonSaid(name="Lê Quốc Bảo", age=30),))
    advance_victim(complaint.victims.get(), "record_not_found", by=officer_psh)
    text = page(browser(officer_psh), url(complaint))
    assert "Not found, to be confirmed" in text
    complaint.refresh_from_db()
    assert complaint.ledger["sought"] == 1


def test_a_step_recorded_days_later_says_by_how_much_and_why(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    before = timezone.now() - timedelta(days=3)
    Complaint.objects.update(received_at=before)
    advance(complaint, "acknowledge", by=officer_psh, happened_at=before)
    advance(complaint, "start_verification", by=officer_psh, happened_at=before, late_why="no line")
    text = page(browser(officer_psh), url(complaint))
    assert "Recorded 3 d later: not said" in text
    assert "Recorded 3 d later: no line" in text


def test_the_history_shows_steps_and_edits_of_every_page_once(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    add_people(complaint, [PersonSaid()] * 60, by=officer_psh)
    complaint.refresh_from_db()
    change_facts(complaint, by=officer_psh, version=complaint.version, changes={"exact_spot": "room 604"})
    client = browser(officer_psh)
    first = client.get(url(complaint, "history/"))
    following = client.get(url(complaint, f"history/?cursor={first.context['page'].next}"))
    lines = [line.about for answer in (first, following) for line in answer.context["lines"]]
    assert len(lines) == 1 + 62 + 1 + 2  # received, everybody added, one edit; the call itself, the number raised
    assert first.content.decode().count("room 604") == 1
    assert "room 604" not in following.content.decode()


def test_other_complaints_of_a_site_are_counted_only_where_they_may_be_seen(
    browser: Browser, officer_psh: User, supervisor: User, registered: Any
) -> None:
    site = add_site(name_en="Building K9", province=Province.objects.get(pk="18"), by=supervisor)
    one = registered(site=site.reference)
    registered(site=site.reference)
    registered(site=site.reference, not_local_police=True)
    assert "1 other complaint<" in page(browser(officer_psh), url(one))
    assert "2 other complaints<" in page(browser(supervisor), url(one))


def test_opening_a_complaint_is_recorded(browser: Browser, officer_psh: User, complaint: Complaint) -> None:
    page(browser(officer_psh), url(complaint))
    event = AuditEvent.objects.get(verb="read")
    assert (event.actor_id, event.object_id) == (str(officer_psh.pk), str(complaint.pk))


def test_a_sealed_complaint_says_how_many_can_see_it(
    browser: Browser, integrity: User, integrity2: User, registered: Any
) -> None:
    sealed = registered(official="Captain of village 4")
    text = page(browser(integrity), url(sealed))
    assert "2 people can see it" in text
    assert "sk-sealed" in text


def test_the_page_asks_at_most_15_times_however_long_the_story(
    browser: Browser, officer_psh: User, supervisor: User, registered: Any
) -> None:
    """Measured: 12 for an officer at 1 and at 200 people; a site costs one more, a wall one or two."""
    complaint = registered(people=(PersonSaid(),))
    client = browser(officer_psh)
    client.get(url(complaint))
    few = asked(client, url(complaint))
    add_people(complaint, [PersonSaid(name=f"Person {n}") for n in range(199)], by=officer_psh)
    many = asked(client, url(complaint))
    assert len(few) == len(many) <= 15, many


def test_no_grant_of_a_naming_that_ended_opens_it(browser: Browser, officer_psh: User, registered: Any) -> None:
    led = registered(not_local_police=True)
    now = timezone.now()
    Grant.objects.create(
        complaint_id=led.pk, user=officer_psh, kind="naming", from_at=now - timedelta(days=2), until_at=now
    )
    assert browser(officer_psh).get(url(led)).status_code == 404
