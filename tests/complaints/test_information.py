"""The loop of what is missing, and the questions an outcome by two people asks."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from complaints.models import Complaint, ContactAttempt, Limit
from complaints.services import advance
from complaints.services.attempts import record_attempt, tried
from core.exceptions import Conflict
from notifications.models import Notification
from tests.queries import asked

Browser = Callable[..., Client]
SAID: dict[str, Any] = {"way": "telephone", "whom": "family", "result": "no_answer"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def verifying(registered: Any, officer_psh: User) -> Complaint:
    """A complaint received five days ago, being verified."""
    row = registered(received_at=timezone.now() - datetime.timedelta(days=5))
    for step in ("acknowledge", "start_verification"):
        row = advance(row, step, by=officer_psh)
    return row


def ask(complaint: Complaint, by: User, **said: Any) -> Complaint:
    return advance(
        complaint, "ask_information", by=by, **{"missing": ["where", "who"], "note": "Ask the mother.", **said}
    )


def days_ago(n: float) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=n)


def give_up(complaint: Complaint, by: User) -> Complaint:
    return advance(complaint, "propose_outcome", by=by, outcome="insufficient_information", note="Nobody answers.")


def test_what_is_missing_is_asked_kept_and_ends_when_it_came(
    verifying: Complaint, officer_psh: User, intake: User
) -> None:
    with pytest.raises(ValidationError) as refused:
        advance(verifying, "ask_information", by=officer_psh, note="Ask.")
    assert set(refused.value.message_dict) == {"missing"}
    row = ask(verifying, officer_psh)
    assert (row.status, row.missing) == ("information_needed", ["who", "where"])
    assert row.next_attempt_on == timezone.localdate()
    assert Notification.objects.filter(kind="information_needed", recipient=intake).exists()
    row = advance(row, "information_received", by=officer_psh)
    assert (row.status, row.missing, row.next_attempt_on) == ("verifying", [], None)


@pytest.mark.parametrize("wrong", [["nothing"], "who", [1], {"who": 1}])
def test_what_is_missing_is_one_of_the_list(verifying: Complaint, officer_psh: User, wrong: Any) -> None:
    with pytest.raises(ValidationError):
        ask(verifying, officer_psh, missing=wrong)


def test_it_is_given_up_only_after_enough_attempts_on_enough_days(verifying: Complaint, officer_psh: User) -> None:
    for at in (days_ago(0.001), days_ago(0.0005), days_ago(0.0001)):
        record_attempt(verifying, by=officer_psh, happened_at=at, **SAID)
    Limit.objects.filter(name="attempts").update(number=4)
    with override("en"), pytest.raises(ValidationError, match="4 attempts, on 2 days"):
        give_up(verifying, officer_psh)
    record_attempt(verifying, by=officer_psh, happened_at=days_ago(2), **SAID)
    found = tried(verifying)
    assert (found.attempts, found.days >= 2, found.enough) == (4, True, True)
    assert give_up(verifying, officer_psh).proposed_outcome == "insufficient_information"


def test_days_are_counted_in_phnom_penh(verifying: Complaint, officer_psh: User) -> None:
    day = timezone.localdate() - datetime.timedelta(days=2)
    late = datetime.datetime.combine(day, datetime.time(16, 59), tzinfo=datetime.UTC)  # 23:59 in Phnom Penh
    for at in (late, late + datetime.timedelta(minutes=2)):
        record_attempt(verifying, by=officer_psh, happened_at=at, **SAID)
    assert tried(verifying).days == 2


def test_who_may_speak_to_the_reporter_records_too_and_others_do_not(
    verifying: Complaint, intake: User, analyst: User, officer_pp: User
) -> None:
    record_attempt(verifying, by=intake, **SAID)
    with pytest.raises(PermissionDenied):
        record_attempt(verifying, by=analyst, **SAID)
    with pytest.raises(Http404):
        record_attempt(verifying, by=officer_pp, **SAID)
    assert ContactAttempt.objects.count() == 1


def test_what_is_wrong_is_said_at_its_field(verifying: Complaint, officer_psh: User) -> None:
    wrong = {"way": "pigeon", "whom": "", "result": "maybe", "note": "n" * 2001, "happened_at": days_ago(400)}
    with pytest.raises(ValidationError) as refused:
        record_attempt(verifying, by=officer_psh, next_attempt_on=days_ago(1).date(), **wrong)
    assert set(refused.value.message_dict) == {*wrong, "next_attempt_on"}


def test_nothing_is_asked_once_it_is_decided(browser: Browser, verifying: Complaint, officer_psh: User) -> None:
    url, needed = f"/complaints/{verifying.reference}/attempts/", "attempts on 2 days are needed"
    assert needed in browser(officer_psh).get(url).content.decode()
    row = advance(verifying, "record_outcome", by=officer_psh, outcome="substantiated")
    with pytest.raises(Conflict):
        record_attempt(row, by=officer_psh, **SAID)
    page = browser(officer_psh).get(url).content.decode()
    assert needed not in page
    assert "Attempts are recorded while the complaint is being verified." in page


def test_the_page_records_once_shows_what_is_missing_and_keeps_what_was_typed(
    browser: Browser, verifying: Complaint, officer_psh: User
) -> None:
    row, client = ask(verifying, officer_psh), browser(officer_psh)
    url = f"/complaints/{row.reference}/attempts/"
    assert "Missing: Who the people are, Where they are" in client.get(f"/complaints/{row.reference}/").content.decode()
    bad = client.post(url, {**SAID, "way": "", "note": "She cried.", "next_attempt_on": "29/9/2022"})
    assert bad.status_code == 400
    text = bad.content.decode()
    assert "She cried." in text
    assert "Choose a day from today on" in text
    day = timezone.localdate() + datetime.timedelta(days=3)
    said = {**SAID, "idempotency_key": "k" * 20, "next_attempt_on": f"{day.day}/{day.month}/{day.year}"}
    for _press in range(2):
        assert client.post(url, said).status_code == 302
    assert ContactAttempt.objects.count() == 1
    row.refresh_from_db()
    assert row.next_attempt_on == day
    assert "1 attempt on 1 day" in client.get(url).content.decode()


def test_the_pages_cost_the_same_however_often_it_was_tried(
    browser: Browser, verifying: Complaint, officer_psh: User
) -> None:
    row, client = ask(verifying, officer_psh), browser(officer_psh)
    costs = []
    client.get("/")
    for n in (2, 60):
        for _time in range(n):
            record_attempt(row, by=officer_psh, **SAID)
        costs.append([len(asked(client, f"/complaints/{row.reference}/{part}")) for part in ("", "attempts/")])
    assert costs[0] == costs[1]
    assert costs[0][0] <= 15


@pytest.mark.parametrize(
    ("outcome", "said", "asks"),
    [
        ("not_trafficking", {}, {"finding"}),
        ("not_trafficking", {"finding": "anger"}, {"finding"}),
        ("duplicate", {}, {"duplicate_of"}),
        ("duplicate", {"duplicate_of": "KH-2022-222222"}, {"duplicate_of"}),
        ("duplicate", {"duplicate_of": "self"}, {"duplicate_of"}),
        ("duplicate", {"duplicate_of": "hidden"}, {"duplicate_of"}),
        ("withdrawn", {}, {"withdrawn_by", "withdrawn_alone", "withdrawn_pressed"}),
        ("withdrawn", {"withdrawn_by": "family", "withdrawn_alone": "maybe"}, {"withdrawn_alone", "withdrawn_pressed"}),
    ],
)
def test_an_outcome_asks_what_it_needs(
    outcome: str, said: Any, asks: set[str], verifying: Complaint, registered: Any, officer_psh: User
) -> None:
    other = registered(province_of_incident="12")
    names = {"self": verifying.reference, "hidden": other.reference}
    answers = {name: names.get(value, value) for name, value in said.items()}
    with pytest.raises(ValidationError) as refused:
        advance(verifying, "propose_outcome", by=officer_psh, outcome=outcome, note="So it is.", **answers)
    assert set(refused.value.message_dict) == asks


def test_a_duplicate_names_the_other_for_who_may_see_it(
    browser: Browser, verifying: Complaint, registered: Any, officer_psh: User, supervisor: User
) -> None:
    other, client = registered(), browser(officer_psh)
    url = f"/complaints/{verifying.reference}/steps/propose_outcome/"
    said = {"outcome": "duplicate", "duplicate_of": other.reference.lower(), "finding": "debt", "note": "Same call."}
    assert client.post(url, said).status_code == 302
    verifying.refresh_from_db()
    assert (verifying.duplicate_of, verifying.proposed_finding) == (other, "")
    decider = browser(supervisor)
    confirm = f"/complaints/{verifying.reference}/steps/confirm_outcome/"
    assert f"Same as {other.reference}" in decider.get(confirm).content.decode()
    assert decider.post(confirm, {}).status_code == 302
    assert f"Same as {other.reference}" in client.get(f"/complaints/{verifying.reference}/").content.decode()


def test_sending_back_forgets_who_withdrew(verifying: Complaint, officer_psh: User, supervisor: User) -> None:
    said = {"withdrawn_by": "family", "withdrawn_alone": True, "withdrawn_pressed": False}
    row = advance(
        verifying, "propose_outcome", by=officer_psh, outcome="withdrawn", note="They ask us to stop.", **said
    )
    assert (row.withdrawn_by, row.withdrawn_alone, row.withdrawn_pressed) == ("family", True, False)
    row = advance(row, "send_back", by=supervisor, note="Speak to her alone.")
    assert (row.withdrawn_by, row.withdrawn_alone, row.withdrawn_pressed) == ("", None, None)


def test_the_api_does_the_same(program: Any, verifying: Complaint, officer_psh: User) -> None:
    client, url = program(officer_psh), f"/api/v1/complaints/{verifying.reference}/"
    asked_for = {"step": "ask_information", "missing": ["papers"], "note": "Passport."}
    assert client.post(f"{url}steps/", {**asked_for, "missing": ["x"]}, format="json").status_code == 400
    assert client.post(f"{url}steps/", asked_for, format="json").json()["missing"] == ["papers"]
    for _time in range(2):
        made = client.post(f"{url}attempts/", SAID, format="json", headers={"Idempotency-Key": "one-attempt"})
        assert made.status_code == 201
    assert [row["result"] for row in client.get(f"{url}attempts/").json()] == ["no_answer"]
    assert client.post(f"{url}attempts/", {**SAID, "way": "pigeon"}, format="json").status_code == 400


def test_psql_changes_no_attempt(verifying: Complaint, officer_psh: User) -> None:
    made = record_attempt(verifying, by=officer_psh, note="Rang.", **SAID)
    for sql in (
        "UPDATE complaints_contactattempt SET result = 'reached' WHERE id = %s",
        "UPDATE complaints_contactattempt SET note = 'Spoke to her.' WHERE id = %s",
        "UPDATE complaints_contactattempt SET happened_at = now() - interval '9 days' WHERE id = %s",
        "DELETE FROM complaints_contactattempt WHERE id = %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [made.pk])
    assert ContactAttempt.objects.get().note == "Rang."


def test_what_a_step_lacks_is_said_all_at_once(browser: Browser, verifying: Complaint, officer_psh: User) -> None:
    url = f"/complaints/{verifying.reference}/steps/propose_outcome/"
    answer = browser(officer_psh).post(url, {"outcome": "withdrawn"})
    assert answer.status_code == 400
    wrong = {"withdrawn_by", "withdrawn_alone", "withdrawn_pressed", "note"}
    assert set(answer.context["form"].errors) == wrong
