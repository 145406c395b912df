"""The bell: a user's own notices, of records that they may see now; it says the step and the reference, no more."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Grant, Posting, User
from complaints.models import Complaint
from notifications.context import unread
from notifications.models import Notification
from notifications.services import notify
from tests.notifications.conftest import PP, PSH, Told

LIST = "/notifications/"


@pytest.fixture
def officer(cast: dict[str, User], client: Client) -> User:
    """The officer of Preah Sihanouk, signed in."""
    client.force_login(cast["officer.psh"], backend="accounts.backends.ActiveUserBackend")
    return cast["officer.psh"]


def rung(user: User) -> int:
    request: Any = SimpleNamespace(user=user)
    return int(unread(request)["unread"]())


def bell(client: Client) -> int:
    return int(client.get(LIST).context["unread"]())


def test_a_notice_is_counted_listed_and_opens_its_record(
    client: Client, officer: User, complaint_in: Callable[..., Complaint], told: Told
) -> None:
    complaint = complaint_in()
    row = told(officer, complaint)
    page = client.get(LIST)
    assert bell(client) == 1
    assert complaint.reference in page.text
    assert client.get(f"{LIST}{row.pk}/").url == reverse("complaints:detail", args=[complaint.reference])
    assert bell(client) == 0


def test_it_says_nothing_of_the_story(
    client: Client, officer: User, complaint_in: Callable[..., Complaint], told: Told
) -> None:
    told(officer, complaint_in())
    assert "sixth floor" not in client.get(LIST).text


def test_what_no_worker_has_delivered_yet_does_not_ring(
    client: Client, officer: User, complaint_in: Callable[..., Complaint], told: Told
) -> None:
    told(officer, complaint_in(), "pending")
    assert bell(client) == 0


def test_emails_do_not_ring(client: Client, officer: User, complaint_in: Callable[..., Complaint], told: Told) -> None:
    told(officer, complaint_in(), "sent", "email")
    assert bell(client) == 0


def test_a_complaint_that_is_sealed_takes_its_notices_away(
    client: Client, officer: User, complaint_in: Callable[..., Complaint], told: Told
) -> None:
    complaint = complaint_in()
    row = told(officer, complaint)
    Complaint.objects.filter(pk=complaint.pk).update(handling="sealed")
    assert bell(client) == 0
    assert complaint.reference not in client.get(LIST).text
    assert client.get(f"{LIST}{row.pk}/").status_code == 404


def test_a_posting_that_ends_takes_its_notices_away_and_a_grant_gives_them_back(
    client: Client, officer: User, complaint_in: Callable[..., Complaint], told: Told
) -> None:
    complaint = complaint_in()
    told(officer, complaint)
    Posting.objects.filter(user=officer).update(province_id=PP)
    assert bell(client) == 0
    Grant.objects.create(complaint_id=complaint.pk, user=officer, kind="naming")
    assert bell(client) == 1


def test_somebody_elses_notice_does_not_exist(
    client: Client, officer: User, cast: dict[str, User], complaint_in: Callable[..., Complaint], told: Told
) -> None:
    row = told(cast["supervisor"], complaint_in())
    assert bell(client) == 0
    for answer in (client.get(f"{LIST}{row.pk}/"), client.post(f"{LIST}{row.pk}/read/")):
        assert answer.status_code == 404
    client.post(f"{LIST}read/")
    row.refresh_from_db()
    assert row.read_at is None


def test_one_and_all_can_be_marked_as_read(
    client: Client, officer: User, complaint_in: Callable[..., Complaint], told: Told
) -> None:
    first, _second, _third = (told(officer, complaint_in()) for _number in range(3))
    client.post(f"{LIST}{first.pk}/read/")
    assert bell(client) == 2
    client.post(f"{LIST}read/")
    assert bell(client) == 0
    assert len(client.get(f"{LIST}?show=read").context["page"].rows) == 3


def test_the_newest_unread_stands_first_and_the_read_ones_under_it(
    client: Client, officer: User, complaint_in: Callable[..., Complaint], told: Told
) -> None:
    rows = [told(officer, complaint_in()) for _number in range(3)]
    client.post(f"{LIST}{rows[1].pk}/read/")
    context = client.get(LIST).context
    assert [row.pk for row in context["page"].rows] == [rows[2].pk, rows[0].pk]
    assert [row.pk for row in context["lately"]] == [rows[1].pk]


def test_the_list_goes_on_after_fifty(client: Client, officer: User, complaint_in: Callable[..., Complaint]) -> None:
    fill(officer, complaint_in(), 60)
    first = client.get(LIST).context["page"]
    second = client.get(LIST, {"cursor": first.next}).context["page"]
    assert (len(first.rows), len(second.rows)) == (50, 10)
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}


def test_a_silent_bell_is_one_query_and_a_full_one_two_and_stops_counting_at_a_hundred(
    officer: User, complaint_in: Callable[..., Complaint], django_assert_num_queries: Any
) -> None:
    assert officer.posted_provinces == {PSH}
    with django_assert_num_queries(1):
        assert Notification.objects.bell(officer) == 0
    fill(officer, complaint_in(), 130)
    with django_assert_num_queries(2):
        assert Notification.objects.bell(officer) == 100


def test_what_waits_is_asked_with_the_bell_in_one_query(
    supervisor: User, told: Told, complaint_in: Callable[..., Complaint], django_assert_num_queries: Any
) -> None:
    assert not supervisor.posted_provinces  # a request loads them with its user
    with django_assert_num_queries(1):
        assert rung(supervisor) == 0
    told(supervisor, complaint_in())
    with django_assert_num_queries(2):  # and whether the record may be seen
        assert rung(supervisor) == 1


@pytest.mark.parametrize("rows", [10, 60])
def test_a_page_of_the_list_costs_the_same_queries_however_long(
    client: Client,
    officer: User,
    complaint_in: Callable[..., Complaint],
    django_assert_max_num_queries: Any,
    rows: int,
) -> None:
    fill(officer, complaint_in(), rows)
    with django_assert_max_num_queries(12):
        client.get(LIST)


def test_an_empty_bell_says_so(client: Client, officer: User) -> None:
    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}?show=read").status_code == 200


@pytest.mark.parametrize("bad", ["?cursor=x", "?sort=recipient__password", "?page_size=0"])
def test_a_bad_address_is_refused_with_words(client: Client, officer: User, bad: str) -> None:
    assert client.get(LIST + bad).status_code == 400


def test_nobody_reads_without_signing_in(client: Client, db: None) -> None:
    assert client.get(LIST).status_code == 302


def fill(user: User, complaint: Complaint, count: int) -> None:
    """Deliver many notices about one complaint."""
    from uuid import uuid4  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    for _number in range(count):
        notify([user], "complaint_new", about=complaint, transition=uuid4(), channels=["in_app"])
    Notification.objects.update(state="sent", sent_at=timezone.now())
