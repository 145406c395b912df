"""No call of the hotline is lost, and nobody held is rung back: calls left, words pressed too late, what is set aside, the promise."""

import datetime
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import Call, Complaint, Contact
from complaints.presenters.besides import besides
from complaints.said import ReporterSaid
from complaints.services.hotline import begin_call, hand_over, keep_call, take_over
from complaints.services.reveal import reveal
from complaints.services.rings import record_ring
from core.exceptions import Conflict
from notifications.due import numbers_due
from tests.factories.accounts import UserFactory
from workflow.models import Transition

pytestmark = pytest.mark.django_db
WORDS = "My daughter is held in a building and they beat her."
SAID = {"kind": "new_report", "spoken": "km", "urgency": "immediate", "narrative": WORDS, "reporter-relation": "family"}


def minutes_ago(n: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(minutes=n)


@pytest.fixture
def call(intake: User) -> Call:
    """A call with words in it, in which the last key was pressed over an hour ago."""
    made = begin_call(by=intake, key="k-call")
    keep_call(made, list(SAID.items()), by=intake)
    Call.objects.filter(pk=made.pk).update(began_at=minutes_ago(90), kept_at=minutes_ago(61))
    made.refresh_from_db()
    return made


@pytest.fixture
def fresh(intake: User) -> Call:
    return begin_call(by=intake, key="k-fresh")


def page_of(call: Call) -> str:
    return f"/hotline/{call.reference}/"


def press(client: Client, call: Call, act: str, **said: str) -> Any:
    return client.post(page_of(call), {**SAID, **said, "act": act})


def due_of(user: User) -> dict[str, int]:
    return {due.name: n for due, n in numbers_due(user, timezone.now())}


def test_a_call_that_nobody_goes_on_with_is_found_and_taken_by_a_supervisor(
    browser: Any, intake: User, supervisor: User, call: Call
) -> None:
    User.objects.filter(pk=intake.pk).update(is_active=False)
    client = browser(supervisor)
    assert due_of(supervisor)["calls_left"] == 1
    for path in ("/", "/hotline/"):
        page = client.get(path)
        assert call.reference in page.content.decode()
        assert intake.name in page.content.decode()
        assert WORDS not in page.content.decode()
    assert client.get("/").context["nav_waiting"]["hotline:list"] == 1
    opened = client.get(page_of(call)).content.decode()
    assert "Take it over" in opened
    assert WORDS not in opened
    assert press(client, call, "register").status_code == 409
    client.post(page_of(call) + "take/")
    assert WORDS in client.get(page_of(call)).content.decode()
    call.refresh_from_db()
    assert (call.by, call.before) == (supervisor, intake)
    assert AuditEvent.objects.get(verb="call.take_over").detail == {"left": True}
    assert "calls_left" not in due_of(supervisor)
    press(client, call, "register")
    assert Complaint.objects.get().received_at == call.began_at


@pytest.mark.parametrize(
    "last", [{"kept_at": 59}, {"kept_at": None, "began_at": 59}, {"taken_at": 59}, {"ended_at": 61, "kept_at": 90}]
)
def test_a_call_that_goes_on_or_ended_is_not_left(
    browser: Any, supervisor: User, call: Call, last: dict[str, int | None]
) -> None:
    Call.objects.filter(pk=call.pk).update(**{name: n and minutes_ago(n) for name, n in last.items()})
    assert "calls_left" not in due_of(supervisor)
    assert browser(supervisor).get(page_of(call)).status_code == 404
    assert call.reference not in browser(supervisor).get("/hotline/").content.decode()
    with pytest.raises(Http404):
        take_over(call, by=supervisor)


def test_a_call_left_is_the_supervisors_alone(browser: Any, officer_psh: User, integrity: User, call: Call) -> None:
    other = UserFactory(username="intake2", role="intake")
    for user in (other, officer_psh, integrity):
        assert "calls_left" not in due_of(user)
        assert not Call.objects.visible_to(user).exists()
    assert call.reference not in browser(other).get("/hotline/").content.decode()


def test_ones_own_call_and_one_handed_over_are_not_left(browser: Any, intake: User, supervisor: User) -> None:
    own, given = begin_call(by=supervisor, key="k-own"), begin_call(by=intake, key="k-given")
    hand_over(given, [], to="supervisor", by=intake)
    Call.objects.update(began_at=minutes_ago(90), kept_at=minutes_ago(90))
    assert "calls_left" not in due_of(supervisor)
    shown = [(one.reference, one.is_left) for one in browser(supervisor).get("/hotline/").context["calls"]]
    assert shown == [(given.reference, False), (own.reference, False)]


def test_more_that_seals_the_complaint_leads_to_no_page_that_is_not_there(browser: Any, complaint: Complaint) -> None:
    other = UserFactory(username="intake2", role="intake")  # not who registered it
    fresh, client = begin_call(by=other, key="k-other"), browser(other)
    answer = press(client, fresh, f"more-{complaint.reference}", names_official="on")
    assert not Complaint.objects.visible_to(other).filter(pk=complaint.pk).exists()
    assert client.get(answer.headers["Location"]).status_code == 200
    gone = press(client, fresh, "register")
    assert gone.status_code == 409
    assert "Open what it became" not in gone.content.decode()


def test_what_a_call_became_opens_for_who_sees_it(browser: Any, intake: User, fresh: Call) -> None:
    client = browser(intake)
    press(client, fresh, "contact")
    gone = press(client, fresh, "register")
    contact = Contact.objects.get()
    assert gone.context["became"] == f"/contacts/{contact.reference}/"
    assert client.get(gone.context["became"]).status_code == 200


def test_everything_typed_too_late_comes_back(browser: Any, intake: User, fresh: Call) -> None:
    client = browser(intake)
    press(client, fresh, "register")
    more = {
        "reporter-phone": "097 555 0184",
        "people-0-name": "Lan",
        "reporter-hours": "after 20:00",
        "exact_spot": "Sixth",
    }
    late = press(client, fresh, "register", narrative="Other words.", **more)
    assert late.status_code == 409
    assert [words for words in ("Other words.", *more.values()) if words not in late.content.decode()] == []
    assert "What you had typed" not in client.post(page_of(fresh) + "take/").content.decode()


@pytest.mark.parametrize("act", ["spam", "wrong_number"])
def test_words_are_set_aside_only_once_it_was_asked(browser: Any, intake: User, fresh: Call, act: str) -> None:
    client = browser(intake)
    asked = press(client, fresh, act)
    assert f'value="sure-{act}"' in asked.content.decode()
    assert WORDS in asked.content.decode()
    fresh.refresh_from_db()
    assert (fresh.ended_at, bool(fresh.body)) == (None, True)
    assert "Write down why." in press(client, fresh, f"sure-{act}").content.decode()
    assert not Contact.objects.exists()
    press(client, fresh, f"sure-{act}", aside="A child plays with the telephone.")
    contact = Contact.objects.get()
    assert (contact.kind, contact.status) == (act, "set_aside")
    assert Transition.objects.get(step=act).note == "A child plays with the telephone."
    assert WORDS in contact.narrative


@pytest.mark.parametrize(("way", "kept"), [("", "never"), ("message", "message")])
def test_who_is_held_is_not_rung_back_unless_they_said_so(
    browser: Any, intake: User, fresh: Call, way: str, kept: str
) -> None:
    press(browser(intake), fresh, "register", kind="held", **{"reporter-phone": "097 555 0184", "reporter-way": way})
    complaint = Complaint.objects.get()
    told = reveal(complaint, by=intake, reason="To know how")[0]
    assert (told.safe_contact["way"], bool(told.phone)) == (kept, True)
    assert (complaint.answer_due_at is None) == (kept == "never")


def test_who_is_held_is_not_rung_back_about_a_message_either(browser: Any, intake: User, fresh: Call) -> None:
    press(browser(intake), fresh, "contact", kind="held", **{"reporter-phone": "097 555 0184"})
    contact = Contact.objects.get()
    browser(intake).post(f"/contacts/{contact.reference}/accept/", {"idempotency_key": "k-accept"})
    assert Complaint.objects.get().answer_due_at is None


def test_no_word_is_owed_to_who_is_not_to_be_contacted(registered: Any) -> None:
    never = {"way": "never"}
    assert registered(reporter=ReporterSaid(phone="097 555 0184", safe_contact=never)).answer_due_at is None
    assert registered(reporter=ReporterSaid(phone="097 555 0184")).answer_due_at is not None


def test_who_was_rung_stands_in_the_readers_script(registered: Any, intake: User, officer_psh: User) -> None:
    User.objects.filter(pk=officer_psh.pk).update(name_km="សុខ តារា")
    complaint = registered(urgency="immediate")
    record_ring(complaint, by=intake, whom=officer_psh.username, result="answered")
    with override("km"):
        assert "សុខ តារា" in besides(complaint, intake, ["ring"], 5)[0].title
    with override("en"):
        assert officer_psh.name in besides(complaint, intake, ["ring"], 5)[0].title
    User.objects.filter(pk=officer_psh.pk).update(name_km="")
    with override("km"):
        assert officer_psh.name in besides(complaint, intake, ["ring"], 5)[0].title


def test_who_is_slower_to_take_a_call_left_hears_who_has_it(
    browser: Any, supervisor: User, intake: User, call: Call
) -> None:
    slower = UserFactory(username="supervisor2", role="supervisor", name="Keo Sophea")
    as_it_was = Call.objects.visible_to(slower).get()
    take_over(call, by=supervisor)
    with pytest.raises(Conflict, match="has taken this call over"):
        take_over(as_it_was, by=slower)
    answer = browser(slower).post(page_of(call) + "take/")
    assert answer.status_code == 409
    assert supervisor.name in answer.content.decode()
    assert WORDS not in answer.content.decode()
    assert browser(slower).get(page_of(call)).status_code == 404
    other = UserFactory(username="intake3", role="intake", name="Sok Nary")
    assert browser(other).post(page_of(call) + "take/").status_code == 404


def test_no_cache_keeps_what_is_typed_in_a_call(browser: Any, intake: User, supervisor: User, fresh: Call) -> None:
    hand_over(fresh, [("reporter-phone", "097 555 0184")], to=supervisor.username, by=intake)
    for user in (intake, supervisor):
        answer = browser(user).get(f"/hotline/{fresh.reference}/")
        assert "097 555 0184" in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
