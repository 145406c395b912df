"""One form makes one complaint: pressed twice, fifty times at once, or sent again with other words."""

import hashlib
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client

from accounts.models import Draft
from accounts.services import drafts
from complaints.models import Complaint, Contact
from notifications.models import Notification
from workflow.models import Submission
from workflow.services import submit_once

NEW = "/complaints/new/"
WORDS = {"channel": "hotline", "narrative": "Nine workers held on the sixth floor.", "province_of_incident": "18"}


def at_once(times: int, do: Callable[[int], Any]) -> list[Any]:
    """Do something many times, ten at a time, each with a connection of its own."""

    def one(number: int) -> Any:
        try:
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        return list(pool.map(one, range(times)))


def same_session(client: Client) -> Client:
    """Return another window of the same browser."""
    other = Client(headers={"accept-language": "en"})
    other.cookies = client.cookies
    return other


@pytest.mark.django_db(transaction=True)
def test_fifty_presses_at_once_make_one_complaint_and_one_receipt(intake: Any, officer_psh: Any, browser: Any) -> None:
    client, key = browser(intake), str(uuid4())
    answers = at_once(
        50, lambda _n: same_session(client).post(NEW, WORDS | {"idempotency_key": key, "people-0-name": "Lan"})
    )
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert (Complaint.objects.count(), Contact.objects.count(), Submission.objects.count()) == (1, 1, 1)
    assert Complaint.objects.get().n_people == 1
    assert Notification.objects.filter(recipient=officer_psh, channel="in_app").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_while_its_draft_is_being_saved_waits_and_ends_it(intake: Any, browser: Any) -> None:
    client, key = browser(intake), uuid4()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            drafts.save_draft(key, list(WORDS.items()), kind=Draft.Kind.COMPLAINT, by=intake)
            sent = pool.submit(at_once, 1, lambda _n: client.post(NEW, WORDS | {"idempotency_key": str(key)}))
            while not sent.done() and not somebody_waits():
                pass
        assert sent.result()[0].status_code == 302
    assert Complaint.objects.count() == 1
    assert not Draft.objects.exists()


def somebody_waits() -> bool:
    """Say whether a connection waits for the lock of a form."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database d ON d.oid = database "
            "WHERE locktype = 'advisory' AND NOT granted AND datname = current_database())"
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_draft_saved_while_the_form_is_sent_does_not_stay(intake: Any, browser: Any) -> None:
    client, key = browser(intake), str(uuid4())
    typed = WORDS | {"idempotency_key": key, "draft_kind": "complaint"}
    answers = at_once(40, lambda n: same_session(client).post(NEW if n % 4 == 1 else f"/drafts/{key}/", typed))
    assert {answer.status_code for answer in answers} <= {200, 302, 409}
    assert Complaint.objects.count() == 1
    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_back_and_again_with_the_same_words_leads_to_the_same_receipt(intake: Any, browser: Any) -> None:
    client, key = browser(intake), str(uuid4())
    first = client.post(NEW, WORDS | {"idempotency_key": key})
    again = client.post(NEW, WORDS | {"idempotency_key": key.upper()})
    assert again.headers["Location"] == first.headers["Location"]
    assert Complaint.objects.count() == 1


@pytest.mark.django_db
def test_back_and_again_with_other_words_is_told_and_keeps_them(intake: Any, browser: Any) -> None:
    client, key = browser(intake), str(uuid4())
    receipt = client.post(NEW, WORDS | {"idempotency_key": key}).headers["Location"]
    answer = client.post(
        NEW, WORDS | {"idempotency_key": key, "narrative": "Ten workers", "reporter-phone": "012 345 678"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"registered already, as {Complaint.objects.get().reference}" in page
    assert f'href="{receipt}"' in page
    assert ">Ten workers</textarea>" in page.replace("\n", "")
    assert 'value="012 345 678"' in page
    assert Complaint.objects.count() == 1
    fresh = re.findall(r'name="idempotency_key" value="([^"]+)"', page)[0]
    assert fresh != key
    assert client.post(NEW, WORDS | {"idempotency_key": fresh, "narrative": "Ten workers"}).status_code == 302
    assert Complaint.objects.count() == 2


@pytest.mark.django_db
def test_a_button_of_a_form_sent_before_keeps_its_words(intake: Any, browser: Any) -> None:
    client, key = browser(intake), str(uuid4())
    client.post(NEW, WORDS | {"idempotency_key": key})
    answer = client.post(NEW, WORDS | {"idempotency_key": key, "narrative": "Ten workers", "act": "draft"})
    assert answer.status_code == 422
    assert answer.context["story"]["narrative"].value() == "Ten workers"
    assert not drafts.list_for(intake)


@pytest.mark.django_db
def test_a_key_used_elsewhere_with_another_body_is_422(intake: Any, browser: Any) -> None:
    key = str(uuid4())
    Submission.objects.create(user=intake, key=key, route="sites:add", body_sha256="0" * 64, reference="ST-AAAAAAAA")
    answer = browser(intake).post(NEW, WORDS | {"idempotency_key": key})
    assert answer.status_code == 422
    assert not Complaint.objects.exists()


@pytest.mark.django_db
def test_two_people_may_use_the_same_key(intake: Any, supervisor: Any, browser: Any) -> None:
    key = str(uuid4())
    for user in (intake, supervisor):
        assert browser(user).post(NEW, WORDS | {"idempotency_key": key}).status_code == 302
    assert Complaint.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x" * 81, "clé-clé-clé", "tab\ttab\ttab"])
def test_a_bad_key_is_said_and_the_next_press_works(intake: Any, browser: Any, key: str) -> None:
    client = browser(intake)
    answer = client.post(NEW, WORDS | {"idempotency_key": key})
    assert answer.status_code == 400
    assert "Give a key of at most 80 plain characters." in answer.content.decode()
    fresh = re.findall(r'name="idempotency_key" value="([^"]+)"', answer.content.decode())[0]
    assert client.post(NEW, WORDS | {"idempotency_key": fresh}).status_code == 302


@pytest.mark.django_db
def test_the_script_of_the_page_gets_an_address_or_a_page(intake: Any, browser: Any) -> None:
    client, key = browser(intake, accept="application/json"), str(uuid4())
    made = client.post(NEW, WORDS | {"idempotency_key": key})
    assert made.status_code == 201
    assert made.json() == {"receipt": f"{NEW}receipt/{Complaint.objects.get().reference}/"}
    assert client.post(NEW, {"idempotency_key": key}).headers["Content-Type"].startswith("text/html")
    gone = browser(accept="application/json").post(NEW, WORDS)
    assert (gone.status_code, gone.json()) == (401, {"signed_out": True})


@pytest.mark.django_db
def test_what_is_kept_of_a_body_cannot_be_tried_out(intake: Any) -> None:
    """A telephone number has few digits: a plain digest of a body could be found by trying them all."""
    body, made = {"phone": "012 345 678"}, SimpleNamespace(reference="X-22222222")
    submit_once(str(uuid4()), by=intake, route="x", body=body, make=lambda: made, find=lambda _reference: made)
    kept = Submission.objects.get().body_sha256
    assert len(kept) == 64
    assert kept != hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
