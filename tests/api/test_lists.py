"""Lists of the API: constant queries, pages without loss, filters by name."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Grant
from complaints.services import advance_victim
from tests.api import COMPLAINTS, VICTIMS
from tests.factories.cases import ComplaintFactory, PersonFactory, VictimFactory

pytestmark = pytest.mark.django_db
MOST = 12


def queries(client: Any, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", [COMPLAINTS, VICTIMS])
def test_a_list_asks_the_same_few_questions_at_any_size(program: Any, officer_psh: Any, path: str) -> None:
    for _ in range(210):
        VictimFactory(complaint=ComplaintFactory(officer=officer_psh), person=PersonFactory(nationality="VN"))
    client = program(officer_psh)
    asked = {size: queries(client, f"{path}?page_size={size}") for size in (10, 50, 200)}
    assert len(set(asked.values())) == 1, asked
    assert asked[10] <= MOST, asked


def test_steps_that_look_at_the_complaint_cost_no_query_a_row(program: Any, officer_psh: Any) -> None:
    client = program(officer_psh)

    def asked_with(more: int) -> int:
        for _ in range(more):
            victim = VictimFactory(complaint=ComplaintFactory(officer=officer_psh))
            advance_victim(victim, "record_rescue", by=officer_psh)
        return queries(client, VICTIMS)

    assert asked_with(2) == asked_with(6)


@pytest.mark.parametrize("sort", ["received", "due", "updated"])
def test_pages_lose_and_repeat_no_row_also_among_equals(program: Any, officer_psh: Any, sort: str) -> None:
    first = ComplaintFactory()
    same = {"received_at": first.received_at, "due_at": first.due_at, "updated_at": first.updated_at}
    for _ in range(24):
        ComplaintFactory(**same)
    client, path, seen, back = program(officer_psh), f"{COMPLAINTS}?sort={sort}&page_size=7", [], ""
    while path:
        page = client.get(path).json()
        seen.append([row["reference"] for row in page["results"]])
        path, back = page["next"], page["previous"]
    assert [len(page) for page in seen] == [7, 7, 7, 4]
    assert len({reference for page in seen for reference in page}) == 25
    for page in reversed(seen[:-1]):
        answer = client.get(back).json()
        assert [row["reference"] for row in answer["results"]] == page
        back = answer["previous"]
    assert back is None


def test_the_page_size_ends_at_200(program: Any, officer_psh: Any) -> None:
    for _ in range(205):
        ComplaintFactory()
    client = program(officer_psh)
    for size in ("1000000", "9" * 5000, "200"):
        assert len(client.get(f"{COMPLAINTS}?page_size={size}").json()["results"]) == 200
    for size in ("0", "-1", "many", "1e3", " "):
        assert list(client.get(COMPLAINTS, {"page_size": size}).json()) == ["page_size"]


def test_what_is_shared_has_a_list_of_its_own(program: Any, officer_pp: Any, complaint: Any) -> None:
    mine = ComplaintFactory(province_id="12")
    Grant.objects.create(complaint_id=complaint.pk, user=officer_pp, kind="naming")
    client = program(officer_pp)
    assert [row["reference"] for row in client.get(COMPLAINTS).json()["results"]] == [mine.reference]
    assert [row["reference"] for row in client.get(f"{COMPLAINTS}?shared=1").json()["results"]] == [complaint.reference]


def test_filters_narrow_and_may_repeat(program: Any, supervisor: Any, registered: Any) -> None:
    for urgency, province in (("high", "18"), ("normal", "18"), ("high", "12")):
        registered(urgency=urgency, province_of_incident=province)
    client = program(supervisor)

    def found(query: str) -> int:
        return len(client.get(f"{COMPLAINTS}?{query}").json()["results"])

    assert [found(query) for query in ("urgency=high", "urgency=high&urgency=normal", "province=18&side=about")] == [
        2,
        3,
        2,
    ]
    assert found("urgency=high&province=12") == 1
    assert found("received_from=2000-01-01&received_to=2001-01-01") == 0


def test_sealed_and_national_led_complaints_are_in_the_lists_of_their_own(
    program: Any, officer_psh: Any, intake: Any, integrity: Any, registered: Any
) -> None:
    led, sealed = registered(handling="national_led"), registered(handling="sealed")
    listed = {
        user.role: {row["reference"] for row in program(user).get(COMPLAINTS).json()["results"]}
        for user in (officer_psh, intake, integrity)
    }
    assert listed == {"officer": set(), "intake": {led.reference}, "integrity": {sealed.reference}}
