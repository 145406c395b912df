"""The code of a report: read in any digits, a group misheard is named, right and wrong cost the same, guesses find nothing."""

import re
import time

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from complaints.channels.public.receipt import groups_of, hash_of
from complaints.channels.public.words import STATES
from complaints.models import Complaint, PublicMessage, Status
from complaints.services import public
from complaints.services.public import look_up, receive
from core.text import khmer_digits
from tests.complaints.test_public_messages import filed, follow, other_code, reported

pytestmark = pytest.mark.django_db


def test_a_code_opens_its_state_in_any_digits_and_spacing(client: Client) -> None:
    code, _contact = reported()
    for typed in (code, " ".join(groups_of(code)), khmer_digits("-".join(groups_of(code)))):
        assert "We have it" in follow(client, typed)


def test_a_group_misheard_is_named_and_nothing_is_asked_of_the_database(client: Client) -> None:
    code, _contact = reported()
    wrong = code[:11] + str((int(code[11]) + 1) % 10) + code[12:]
    with CaptureQueriesContext(connection) as asked:
        page = follow(client, wrong)
    assert "Look at group 3." in page
    assert len(asked) == 0
    assert "has 25 digits; this has 24" in follow(client, code[:24])


def test_every_status_has_its_plain_words(intake: User) -> None:
    code, contact = reported()
    said = {}
    complaint = filed(contact, intake)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE complaints_complaint DISABLE TRIGGER USER")
        cursor.execute("SET ROLE sangkroh_app")
    for status in Status.values:
        outcome = "substantiated" if status in (Status.DECIDED, Status.CLOSING_PROPOSED, Status.CLOSED) else ""
        Complaint._base_manager.filter(pk=complaint.pk).update(status=status, outcome=outcome)
        said[status] = look_up(code).state
    assert set(said.values()) <= set(STATES)
    assert said.pop(Status.NEW) == "received"
    assert said.pop(Status.CLOSED) == "closed"
    assert said.pop(Status.INFORMATION_NEEDED) == "need_to_know"
    assert set(said.values()) == {"looked_into"}


def test_a_wrong_code_keeps_nothing_and_hands_the_words_back(client: Client) -> None:
    reported()
    page = follow(client, other_code(), go="message", message="The sixth floor.")
    assert "No report has this code" in page
    assert 'value="The sixth floor."' in page
    assert not PublicMessage.objects.exists()


def test_right_and_wrong_codes_cost_the_same(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    code, contact = reported()
    advance = [code, other_code()]
    asked, hashed = [], []
    real = public.hash_of
    for one in advance:
        count = 0

        def counting(receipt: str) -> bytes:
            nonlocal count
            count += 1
            return real(receipt)

        monkeypatch.setattr(public, "hash_of", counting)
        with CaptureQueriesContext(connection) as queries:
            look_up(one)
        asked.append([query["sql"].partition("(")[0] for query in queries])
        hashed.append(count)
    assert asked[0] == asked[1]
    assert len(asked[0]) == 2
    assert hashed == [1, 1]
    assert contact.reference


def test_right_and_wrong_codes_take_the_same_time(client: Client) -> None:
    code, _contact = reported()
    took: dict[bool, list[float]] = {True: [], False: []}
    with override_settings(PUBLIC_PACE=0.25):
        for turn in range(8):
            began = time.perf_counter()
            follow(client, code if turn % 2 else other_code())
            took[bool(turn % 2)].append(time.perf_counter() - began)
    assert min(min(times) for times in took.values()) >= 0.25


@pytest.mark.parametrize("guesses", [2_000, pytest.param(100_000, marks=pytest.mark.long)])
def test_guesses_find_nothing(guesses: int) -> None:
    reported()
    found = 0
    for _batch in range(guesses // 1_000):
        hashes = [hash_of(other_code()) for _ in range(1_000)]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(s.state) FROM unnest(%s::bytea[]) AS guess, public_report_state(guess) AS s", [hashes]
            )
            found += cursor.fetchone()[0]
    assert found == 0


def test_a_code_has_sixty_six_bits() -> None:
    codes = {receive(str(number), {"words": "x"}) for number in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(r"\d{25}", code) for code in codes)
    assert 10**20 > 2**66
