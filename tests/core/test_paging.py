"""The one paginator: no row lost or repeated among equal values, forwards and back; cursors bound to their filters."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.services import system_user
from complaints.models import Complaint
from core.paging import COUNT_CAP, MAX_PAGE_SIZE, Sort, capped_count, filters_digest, ordered, page_of

pytestmark = pytest.mark.django_db
SORTS = Complaint.SORTS
EQUAL = 1_100


@pytest.fixture
def equals() -> int:
    """More than a thousand complaints of one moment, and a few around them."""
    now, by = timezone.now(), system_user()
    moments = [now] * EQUAL + [now - timezone.timedelta(days=day) for day in range(1, 51)]
    Complaint.objects.bulk_create(
        Complaint(
            province_id="18",
            channel="hotline",
            narrative="x",
            logged_by=by,
            received_at=moment,
            due_at=moment,
            updated_at=moment,
        )
        for moment in moments
    )
    return len(moments)


def walk(params: str, sorts: Any = SORTS) -> tuple[list[list[str]], list[list[str]]]:
    """Go through all pages, then back to the first; references page by page, in the order of the list."""
    forwards, backwards, cursor, page = [], [], "", None
    while page is None or cursor:
        page = page_of(Complaint.objects.all(), QueryDict(f"{params}&cursor={cursor}"), sorts)
        forwards.append([row.reference for row in page.rows])
        cursor = page.next
    while cursor := page.previous:
        page = page_of(Complaint.objects.all(), QueryDict(f"{params}&cursor={cursor}"), sorts)
        backwards.append([row.reference for row in page.rows])
    return forwards, backwards[::-1]


def test_pages_hold_every_row_once_and_lead_back(equals: int) -> None:
    for sort, size in (("received", 50), ("due", 200), ("updated", 37)):
        forwards, backwards = walk(f"sort={sort}&page_size={size}")
        flat = [reference for page in forwards for reference in page]
        assert len(flat) == len(set(flat)) == equals
        assert len(forwards) == -(-equals // size)  # also where the last page is just full
        assert backwards == forwards[:-1]
        rows = ordered(Complaint.objects.all(), QueryDict(f"sort={sort}"), SORTS)
        assert flat == [row.reference for row in rows]


def test_a_page_is_one_query(equals: int) -> None:
    page = page_of(Complaint.objects.all(), QueryDict(""), SORTS)
    with CaptureQueriesContext(connection) as captured:
        page_of(Complaint.objects.all(), QueryDict(f"cursor={page.next}"), SORTS)
    assert len(captured) == 1
    assert "OFFSET" not in captured[0]["sql"]


def test_counts_stop_at_1001(equals: int) -> None:
    assert capped_count(Complaint.objects.all()) == COUNT_CAP


def test_a_row_that_came_in_between_moves_no_other(equals: int) -> None:
    first = page_of(Complaint.objects.all(), QueryDict(""), SORTS)
    second = page_of(Complaint.objects.all(), QueryDict(f"cursor={first.next}"), SORTS)
    Complaint.objects.create(
        province_id="18", channel="hotline", narrative="x", logged_by=system_user(), received_at=timezone.now()
    )
    again = page_of(Complaint.objects.all(), QueryDict(f"cursor={first.next}"), SORTS)
    assert [row.pk for row in again.rows] == [row.pk for row in second.rows]


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ("sort=narrative", "sort"),
        ("ordering=reporter__phone", "sort"),
        ("page_size=0", "page_size"),
        ("page_size=x", "page_size"),
        ("cursor=x", "cursor"),
        ("cursor=%00", "cursor"),
    ],
)
def test_what_it_does_not_know_is_refused_by_name(params: str, field: str) -> None:
    with pytest.raises(ValidationError) as error:
        page_of(Complaint.objects.all(), QueryDict(params), SORTS)
    assert list(error.value.message_dict) == [field]


def test_a_page_is_never_larger_than_200(equals: int) -> None:
    for size in ("201", "1000000", "9" * 4_400, "៩៩៩"):
        assert len(page_of(Complaint.objects.all(), QueryDict(f"page_size={size}"), SORTS).rows) == MAX_PAGE_SIZE


def test_a_cursor_is_bound_to_every_filter_value(equals: int) -> None:
    cursor = page_of(Complaint.objects.all(), QueryDict("status=new&status=closed"), SORTS).next
    page_of(Complaint.objects.all(), QueryDict(f"status=closed&status=new&page_size=7&cursor={cursor}"), SORTS)
    for other in ("status=closed", "status=new&status=closed&shared=1", "status=new&status=closed&sort=due"):
        with pytest.raises(ValidationError):
            page_of(Complaint.objects.all(), QueryDict(f"{other}&cursor={cursor}"), SORTS)


def test_the_digest_reads_dictionaries_too() -> None:
    assert filters_digest({"a": "1", "cursor": "x"}) == filters_digest(QueryDict("a=1&page_size=9"))
    assert filters_digest(QueryDict("a=1&a=2")) != filters_digest(QueryDict("a=2"))


def test_a_sort_may_be_a_text(equals: int) -> None:
    forwards, backwards = walk("page_size=200", {"reference": Sort("reference", False)})
    flat = [reference for page in forwards for reference in page]
    assert flat == sorted(flat)
    assert backwards == forwards[:-1]
