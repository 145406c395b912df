"""The same thing sent at once, by threads with connections of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from complaints.models import Complaint
from notifications.models import Notification
from tests.api import COMPLAINTS, SAID
from workflow.models import Submission, Transition

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """Run calls in threads and give their answers."""

    def run(call: Callable[[], Any]) -> Any:
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_eight_posts_with_one_key_make_one_complaint(program: Any, intake: Any, officer_psh: Any) -> None:
    clients = [program(intake) for _ in range(8)]
    body, key = {**SAID, "province_of_incident": "18", "people": [{}, {}]}, {"Idempotency-Key": "double-press"}
    answers = at_once([lambda client=client: client.post(COMPLAINTS, body, headers=key) for client in clients])
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["reference"] for answer in answers}) == 1
    assert Complaint.objects.count() == 1
    assert Submission.objects.count() == 1
    assert Notification.objects.filter(channel="in_app").count() == 1


def test_eight_posts_with_one_key_and_two_bodies_make_one_complaint(program: Any, intake: Any) -> None:
    clients = [program(intake) for _ in range(8)]
    key = {"Idempotency-Key": "double-press"}
    answers = at_once(
        [
            lambda client=client, n=n: client.post(
                COMPLAINTS, {**SAID, "urgency": ("high", "normal")[n % 2]}, headers=key
            )
            for n, client in enumerate(clients)
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [201] * 4 + [422] * 4
    assert Complaint.objects.count() == 1


def test_of_eight_racers_one_acknowledges(program: Any, officer_psh: Any, complaint: Complaint) -> None:
    clients = [program(officer_psh) for _ in range(8)]
    path = f"{COMPLAINTS}{complaint.reference}/steps/"
    answers = at_once([lambda client=client: client.post(path, {"step": "acknowledge"}) for client in clients])
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    assert Transition.objects.filter(step="acknowledge").count() == 1


def test_eight_people_added_at_once_are_all_counted(program: Any, officer_psh: Any, complaint: Complaint) -> None:
    clients = [program(officer_psh) for _ in range(8)]
    path = f"{COMPLAINTS}{complaint.reference}/people/"
    answers = at_once([lambda client=client: client.post(path, {"sex": "female"}) for client in clients])
    assert [answer.status_code for answer in answers] == [201] * 8
    complaint.refresh_from_db()
    assert (complaint.n_people, complaint.number_reported) == (10, 10)


def test_of_eight_stale_edits_one_is_kept(program: Any, officer_psh: Any, complaint: Complaint) -> None:
    clients = [program(officer_psh) for _ in range(8)]
    path = f"{COMPLAINTS}{complaint.reference}/"
    answers = at_once(
        [
            lambda client=client, n=n: client.patch(path, {"version": 1, "exact_spot": f"Floor {n}"})
            for n, client in enumerate(clients)
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
