"""The story of a complaint on one screen and in parts, and what each fact was before."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import Complaint, Contact
from complaints.said import PersonSaid
from complaints.services import add_people, advance, advance_victim, change_facts, name_suspect
from complaints.services.attempts import record_attempt
from complaints.services.evidence import keep_evidence
from provinces.models import Site
from tests.queries import asked
from victims.models import Victim

Browser = Callable[..., Client]
pytestmark = pytest.mark.django_db


def now(complaint: Complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def change(complaint: Complaint, by: User, **changes: Any) -> Complaint:
    return change_facts(complaint, by=by, version=now(complaint).version, changes=changes)


@pytest.fixture
def busy(registered: Any, officer_psh: User, supervisor: User) -> Complaint:
    """A complaint in which everything happened once."""
    row = registered(
        people=(PersonSaid(name="Lê Quốc Bảo", age=30),),
        received_at=timezone.now() - timedelta(days=3),
        number=(1, 2, 9),
    )
    for step in ("acknowledge", "start_verification"):
        row = advance(row, step, by=officer_psh, note=f"Note of {step}.")
    change(row, officer_psh, urgency="high", exact_spot="Room 604")
    change(row, officer_psh, number_reported=5)
    row = advance(row, "ask_information", by=officer_psh, missing=["who"], note="Ask the mother.")
    said = {"way": "telephone", "whom": "family", "result": "no_answer", "note": "Rang six times."}
    record_attempt(row, by=officer_psh, **said)
    keep_evidence(row, by=officer_psh, version=0, said={"act": ["receipt"], "evidence_note": "The ticket."})
    advance_victim(Victim.objects.get(complaint=row), "locate", by=officer_psh, place="Room 604")
    name_suspect(row, PersonSaid(name="Boss"), by=supervisor)
    return row


PARTS = {
    "steps": ("Verification started", "Note of acknowledge."),
    "edits": ("Urgency: Normal → High", "People reported: 2 → 5", "Room 604", "The ticket."),
    "people": ("Located", "Lê Quốc Bảo", "Boss"),
    "contacts": ("Call or message: Hotline", "Attempt: Telephone, The family", "Rang six times."),
}


def table(page: str) -> str:
    """Give what the history tells, without the bar above it."""
    return page[page.index("<tbody") : page.index("</tbody>")]


def test_the_history_tells_all_and_each_part_its_own(browser: Browser, busy: Complaint, officer_psh: User) -> None:
    client, url = browser(officer_psh), f"/complaints/{busy.reference}/history/"
    whole = table(client.get(url).content.decode())
    for part, words in PARTS.items():
        text = table(client.get(f"{url}?show={part}").content.decode())
        for said in words:
            assert said in whole, (part, said)
            assert said in text, (part, said)
        for other, others in PARTS.items():
            assert other == part or not any(said in text for said in others if "Room" not in said), (part, other)


def test_the_page_of_the_complaint_tells_the_same_parts(browser: Browser, busy: Complaint, officer_psh: User) -> None:
    client, url = browser(officer_psh), f"/complaints/{busy.reference}/"
    for part, words in PARTS.items():
        text = client.get(f"{url}?show={part}").content.decode()
        story = text[text.index('id="story"') :]
        for said in words:
            assert said in story, (part, said)
    assert client.get(f"{url}?show=nonsense").status_code == 200


def test_a_coded_reader_reads_no_words(browser: Browser, busy: Complaint, analyst: User) -> None:
    client = browser(analyst)
    for part in ("", *PARTS):
        for url in (f"/complaints/{busy.reference}/", f"/complaints/{busy.reference}/history/"):
            text = client.get(f"{url}?show={part}").content.decode()
            for words in ("Room 604", "Rang six", "Note of", "The ticket", "Bảo", "Boss", "Ask the mother"):
                assert words not in text, (part, url, words)


def test_nothing_of_a_part_is_said_in_words(browser: Browser, registered: Any, officer_psh: User) -> None:
    page = browser(officer_psh).get(f"/complaints/{registered().reference}/history/?show=edits").content.decode()
    assert "Nothing of this kind yet" in page


def test_every_line_of_a_long_story_stands_on_one_page_only(
    browser: Browser, registered: Any, officer_psh: User
) -> None:
    row = registered()
    row = advance(row, "acknowledge", by=officer_psh)
    for n in range(60):
        said = {"way": "message", "whom": "reporter", "result": "no_answer", "note": f"attempt number {n:02}"}
        record_attempt(row, by=officer_psh, **said)
        change(row, officer_psh, exact_spot=f"spot number {n:02}")
        add_people(row, [PersonSaid()], by=officer_psh)
    Contact.objects.bulk_create(
        Contact(
            complaint=row, status="filed", province_id="18", channel="email", kind="more", received_at=row.received_at,
            logged_at=timezone.now(), logged_by=officer_psh,
        )
        for _n in range(60)
    )  # fmt: skip
    client = browser(officer_psh)
    for part, words in (("", "attempt number"), ("", "spot number"), ("edits", "spot number"), ("contacts", "E-mail")):
        url, seen, pages = f"/complaints/{row.reference}/history/?show={part}", 0, 0
        while url:
            answer = client.get(url)
            lines = [line.note + str(line.title) for line in answer.context["lines"]]
            seen += sum(words in line for line in lines)
            older = answer.context["page"].next
            url = f"/complaints/{row.reference}/history/?show={part}&cursor={older}" if older else ""
            pages += 1
        assert seen == (120 if words == "spot number" and part else 60) or (words == "spot number" and seen == 60), part
        assert pages >= 2


def test_it_costs_the_same_however_long_it_is_and_at_most_fifteen(
    browser: Browser, busy: Complaint, officer_psh: User, supervisor: User
) -> None:
    site = Site.objects.create(reference="ST-222233", name_en="Blue Hotel", province_id="18")
    change(busy, officer_psh, site=site)
    clients = [browser(officer_psh), browser(supervisor)]
    costs = []
    for upto in (1, 40):
        for n in range(upto):
            record_attempt(busy, by=officer_psh, way="visit", whom="other", result="reached")
            change(busy, officer_psh, exact_spot=f"spot {upto} {n}")
            add_people(busy, [PersonSaid(name=f"Person {upto} {n}")], by=officer_psh)
        found = []
        for client in clients:
            client.get("/")
            for part in ("", *PARTS):
                found.append(len(asked(client, f"/complaints/{busy.reference}/?show={part}")))
                found.append(len(asked(client, f"/complaints/{busy.reference}/history/?show={part}")))
        costs.append(found)
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 15


def test_a_fact_that_changed_leads_to_what_it_was(browser: Browser, busy: Complaint, officer_psh: User) -> None:
    change(busy, officer_psh, exact_spot="Room 12")
    client, url = browser(officer_psh), f"/complaints/{busy.reference}/"
    page = client.get(url).content.decode()
    assert f"{url}history/exact_spot/" in page
    assert f"{url}history/forms/" not in page
    rows = client.get(f"{url}history/exact_spot/").context["rows"]
    assert [(row["before"], row["after"]) for row in rows] == [("Room 604", "Room 12"), ("Empty", "Room 604")]
    assert "never changed" in client.get(f"{url}history/forms/").content.decode()


@pytest.mark.parametrize("field", ["official", "raw", "number_reported", "nothing", "version"])
def test_a_field_that_is_not_told_is_not_there(
    field: str, browser: Browser, busy: Complaint, officer_psh: User
) -> None:
    assert browser(officer_psh).get(f"/complaints/{busy.reference}/history/{field}/").status_code == 404


def test_the_api_gives_the_same_and_no_words_to_coded_readers(
    browser: Browser, program: Any, busy: Complaint, officer_psh: User, analyst: User
) -> None:
    url = f"/api/v1/complaints/{busy.reference}/history/"
    assert [row["after"] for row in program(officer_psh).get(f"{url}?field=exact_spot").json()] == ["Room 604"]
    assert program(analyst).get(f"{url}?field=exact_spot").status_code == 404
    assert program(analyst).get(f"{url}?field=urgency").json()[0]["after"] == "high"
    assert program(officer_psh).get(f"{url}?field=official").status_code == 400
    assert browser(analyst).get(f"/complaints/{busy.reference}/history/exact_spot/").status_code == 404


def test_the_record_on_paper_holds_everything_and_that_it_was_printed(
    browser: Browser, busy: Complaint, officer_psh: User, analyst: User
) -> None:
    url = f"/complaints/{busy.reference}/print/"
    text = browser(officer_psh).get(url).content.decode()
    for words in (
        "Held on the sixth floor.",
        "Lê Quốc Bảo",
        "Boss",
        "Note of acknowledge.",
        "Rang six times.",
        "The ticket.",
    ):
        assert words in text, words
    assert AuditEvent.objects.filter(verb="print", object_id=str(busy.pk), actor_id=str(officer_psh.pk)).count() == 1
    coded = browser(analyst).get(url).content.decode()
    for words in ("sixth floor", "Bảo", "Boss", "Note of", "Rang six", "ticket"):
        assert words not in coded, words


def test_the_paper_costs_the_same_however_much_there_is(browser: Browser, busy: Complaint, officer_psh: User) -> None:
    client, url, costs = browser(officer_psh), f"/complaints/{busy.reference}/print/", []
    client.get("/")
    for upto in (1, 60):
        people = [PersonSaid(name=f"Person {upto} {n}") for n in range(upto)]
        add_people(busy, people, by=officer_psh)
        for n in range(upto):
            change(busy, officer_psh, exact_spot=f"spot {upto} {n}")
        costs.append(len(asked(client, url)))
    assert costs[0] == costs[1]
    assert costs[0] <= 18
