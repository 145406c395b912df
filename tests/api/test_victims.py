"""People sought and found through the API."""

from typing import Any

import pytest

from accounts.models import Grant
from complaints.models import Complaint
from complaints.services import advance_victim
from tests.api import COMPLAINTS, VICTIMS
from victims.models import Victim

pytestmark = pytest.mark.django_db


def test_people_are_listed_with_their_steps(program: Any, officer_psh: Any, complaint: Complaint) -> None:
    rows = program(officer_psh).get(VICTIMS).json()["results"]
    assert {row["complaint"] for row in rows} == {complaint.reference}
    assert {row["status"] for row in rows} == {"reported"}
    assert rows[0]["available_steps"][0] == {
        "step": "record_rescue",
        "label": "Record rescue",
        "asks": ["place", "rescued_in", "operation", "place_now"],
    }


def test_people_are_filtered(program: Any, officer_psh: Any, registered: Any, complaint: Complaint) -> None:
    registered()
    client = program(officer_psh)

    def found(query: str) -> int:
        return len(client.get(f"{VICTIMS}?{query}").json()["results"])

    assert found(f"complaint={complaint.reference}") == 2
    assert found("complaint=KH-2022-222222") == 0
    assert found("nationality=vn") == 1
    assert found("sex=female&q=lan") == 1
    assert found("status=rescued") == 0
    assert found("status=rescued&status=reported") == 2


def test_a_rescue_moves_the_ledger(program: Any, officer_psh: Any, complaint: Complaint) -> None:
    client, victim = program(officer_psh), Victim.objects.order_by("pk").first()
    path = f"{VICTIMS}{victim.reference}/steps/"
    answer = client.post(
        path, {"step": "record_rescue", "place": "Floor 6", "happened_at": "2022-09-29T05:00:00+07:00"}
    )
    assert answer.status_code == 200, answer.content
    assert (answer.json()["status"], answer.json()["rescued_on"], answer.json()["place"]) == (
        "rescued",
        "2022-09-29",
        "Floor 6",
    )
    assert client.post(path, {"step": "record_rescue"}).status_code == 409
    ledger = client.get(f"{COMPLAINTS}{complaint.reference}/").json()["ledger"]
    assert (ledger["rescued"], ledger["sought"]) == (1, 2)


def test_what_two_people_decide_asks_the_ministry(
    program: Any, officer_psh: Any, supervisor: Any, complaint: Any
) -> None:
    adult = next(v for v in Victim.objects.select_related("person") if not v.is_child)
    path = f"{VICTIMS}{adult.reference}/steps/"
    officer = program(officer_psh)
    answers = {"asked_by": "Lt. Chea", "asked_alone": True, "asked_away": "yes", "asked_language": "Vietnamese"}
    assert officer.post(path, {"step": "record_declined"}).json()["asked_by"]
    assert officer.post(path, {"step": "record_declined", **answers}).status_code == 200
    assert officer.post(path, {"step": "confirm_final"}).status_code == 403
    final = program(supervisor).post(path, {"step": "confirm_final"})
    assert (final.status_code, final.json()["is_final"]) == (200, True)


def test_people_of_another_province_do_not_exist(program: Any, officer_pp: Any, complaint: Complaint) -> None:
    client, victim = program(officer_pp), Victim.objects.first()
    assert client.get(VICTIMS).json()["results"] == []
    for method, path, body in (
        ("get", f"{VICTIMS}{victim.reference}/", None),
        ("post", f"{VICTIMS}{victim.reference}/steps/", {"step": "record_rescue"}),
    ):
        seen = getattr(client, method)(path, body)
        none = getattr(client, method)(path.replace(victim.reference, "V-22222222"), body)
        assert (seen.status_code, seen.content) == (404, none.content)


def test_a_grant_for_one_person_shows_neither_the_others_nor_the_complaint(
    program: Any, officer_psh: Any, officer_pp: Any, complaint: Any
) -> None:
    victim = Victim.objects.first()
    advance_victim(victim, "record_rescue", by=officer_psh)  # the next step would look at the complaint
    Grant.objects.create(complaint_id=complaint.pk, victim_id=victim.pk, user=officer_pp, kind="referral")
    client = program(officer_pp)
    (row,) = client.get(f"{VICTIMS}?shared=1").json()["results"]
    assert (row["reference"], row["complaint"]) == (victim.reference, None)
    assert client.get(VICTIMS).json()["results"] == []
    assert client.get(f"{VICTIMS}{victim.reference}/").json()["complaint"] is None
    assert client.get(f"{COMPLAINTS}{complaint.reference}/").status_code == 404
    assert client.get(f"{VICTIMS}?shared=1&complaint={complaint.reference}").json()["results"] == []
