"""Merging through the API: the same acts, refusals and scope as the pages."""

from typing import Any

import pytest

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from provinces.models import Site
from victims.models import Victim
from workflow.models import Merge

URL = "/api/v1/merges/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(registered: Any) -> list[Victim]:
    """One son in two complaints, as two persons."""
    son = (PersonSaid(name="Nguyễn Văn Hòa", sex="male", age=24, nationality="VN"),)
    return [Victim.objects.get(complaint=registered(people=son)) for _time in range(2)]


def body(one: Any, other: Any, **said: Any) -> dict[str, Any]:
    return {"survivor": one.reference, "absorbed": other.reference, "why": "Same mother, same scar.", **said}


def test_persons_are_merged_by_two_people_and_parted_again(
    program: Any, twice: list[Victim], officer_psh: User, supervisor: User
) -> None:
    officer, decider = program(officer_psh), program(supervisor)
    made = officer.post(URL, body(*twice), format="json")
    assert (made.status_code, made.json()["state"], made.json()["kind"]) == (201, "proposed", "person")
    one = f"{URL}{made.json()['reference']}/"
    assert officer.post(f"{one}confirm/", {"seen": made.json()["seen"]}, format="json").status_code == 403
    shown = decider.get(one).json()
    assert any("Nguyễn Văn Hòa" in line["survivor"] for line in shown["lines"])
    assert decider.post(f"{one}confirm/", {"seen": "0.0"}, format="json").status_code == 409
    assert decider.post(f"{one}confirm/", {"seen": shown["seen"]}, format="json").json()["state"] == "merged"
    rows = Victim.objects.filter(pk__in=[row.pk for row in twice])
    assert len(set(rows.values_list("person_id", flat=True))) == 1
    assert decider.post(f"{one}undo/", {"note": ""}, format="json").status_code == 400
    assert decider.post(f"{one}undo/", {"note": "Two brothers."}, format="json").json()["state"] == "taken_back"
    assert len(set(rows.values_list("person_id", flat=True))) == 2


def test_complaints_and_sites_merge_the_same_way(
    program: Any, registered: Any, supervisor: User, supervisor2: User
) -> None:
    names = {"ST-222233": "Blue Hotel", "ST-222234": "The Blue"}
    sites = [Site.objects.create(reference=key, name_en=name, province_id="18") for key, name in names.items()]
    complaints = [registered(), registered(number=(None, 4, None))]
    first, second = program(supervisor), program(supervisor2)
    for one, other in (sites, complaints):
        made = first.post(URL, body(one, other), format="json").json()
        done = second.post(f"{URL}{made['reference']}/confirm/", {"seen": made["seen"]}, format="json")
        assert done.json()["state"] == "merged", done.json()
        other.refresh_from_db()
        assert other.merged_into_id == one.pk
    assert [row["kind"] for row in first.get(URL).json()["results"]] == ["complaint", "site"]


def test_a_key_proposes_once_and_a_proposal_is_sent_back_with_words(
    program: Any, twice: list[Victim], officer_psh: User, supervisor: User
) -> None:
    officer, decider = program(officer_psh), program(supervisor)
    for _time in range(2):
        made = officer.post(URL, body(*twice), format="json", headers={"Idempotency-Key": "one-merge"})
        assert made.status_code == 201
    assert Merge.objects.count() == 1
    assert officer.post(URL, body(*twice), format="json").status_code == 409
    one = f"{URL}{made.json()['reference']}/"
    assert decider.post(f"{one}send-back/", {"note": "Ask the mother."}, format="json").json()["state"] == "sent_back"
    assert officer.get(one).json()["answer"] == "Ask the mother."


@pytest.mark.parametrize(
    ("survivor", "absorbed", "field"),
    [
        ("V-22222222", "own", "survivor"),
        ("own", "X-1", "absorbed"),
        ("own", "hidden", "absorbed"),
        ("own", "complaint", "absorbed"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    survivor: str, absorbed: str, field: str, program: Any, twice: list[Victim], registered: Any, officer_psh: User
) -> None:
    far = registered(province_of_incident="12", people=(PersonSaid(name="Far Away"),))
    names = {
        "own": twice[0].reference,
        "hidden": Victim.objects.get(complaint=far).reference,
        "complaint": Complaint.objects.get(pk=twice[0].complaint_id).reference,
    }
    said = {"survivor": names.get(survivor, survivor), "absorbed": names.get(absorbed, absorbed), "why": "Same."}
    answer = program(officer_psh).post(URL, said, format="json")
    assert answer.status_code == 400
    assert field in str(answer.json())


def test_roles_that_propose_nothing_and_coded_readers(
    program: Any, twice: list[Victim], officer_psh: User, analyst: User
) -> None:
    program(officer_psh).post(URL, body(*twice), format="json")
    reader = program(analyst)
    assert reader.post(URL, body(*twice), format="json").status_code == 403
    answer = reader.get(URL)
    assert answer.status_code == 403 or all(row["why"] is None for row in answer.json()["results"])


def test_one_and_the_same_is_refused(program: Any, twice: list[Victim], officer_psh: User) -> None:
    assert program(officer_psh).post(URL, body(twice[0], twice[0]), format="json").status_code == 409
    wrong = body(*twice, chosen=["soul"])
    assert program(officer_psh).post(URL, wrong, format="json").status_code == 400
