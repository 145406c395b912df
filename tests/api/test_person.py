"""Who a person is, through the API: read with its version, changed under it."""

from typing import Any

import pytest

from audit.models import AuditEvent
from complaints.models import Complaint
from tests.api import VICTIMS
from victims.models import Victim

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(complaint: Complaint) -> str:
    """The address of Nguyễn Thị Lan."""
    return f"{VICTIMS}{complaint.victims.get(person__age=17).reference}/person/"


def test_a_person_is_read_and_changed_under_a_version(program: Any, officer_psh: Any, path: str) -> None:
    client = program(officer_psh)
    shown = client.get(path).json()
    assert (shown["version"], shown["names"], shown["age"]) == (1, [{"text": "Nguyễn Thị Lan", "kind": "stated"}], 17)
    said = {
        "version": 1,
        "names": [*shown["names"], {"text": "ឡាន", "kind": "nickname"}],
        "born_on": "2005-04-03",
        "documents": [{"kind": "passport", "country": "VN", "number": "C 123 456"}],
        "phones": [{"text": "012 345 678"}],
    }
    answer = client.patch(path, said, format="json")
    assert answer.status_code == 200, answer.content
    changed = answer.json()
    assert (changed["version"], changed["born_on"], changed["age"]) == (2, "2005-04-03", None)
    assert (changed["names"], changed["documents"]) == (said["names"], said["documents"])
    assert client.patch(path, said, format="json").json()["version"] == 2
    stale = client.patch(path, {"version": 1, "sex": "male"}, format="json")
    assert stale.status_code == 409
    assert "Female" in stale.content.decode()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"age": 20, "born_year": 2001}, "born_on"),
        ({"born_year": 1800}, "born_year"),
        ({"born_on": "2999-01-01"}, "born_on"),
        ({"nationality": "XX"}, "nationality"),
        ({"phones": [{"text": "12"}]}, "phones"),
        ({"names": [{"text": "Lan", "kind": "alias"}]}, "names.0.kind"),
        ({"merged_into": "x"}, "merged_into"),
    ],
)
def test_what_cannot_be_is_refused_by_field(
    program: Any, officer_psh: Any, path: str, said: dict[str, Any], field: str
) -> None:
    answer = program(officer_psh).patch(path, {"version": 1, **said}, format="json")
    assert answer.status_code == 400
    assert list(answer.json()) == [field]


def test_who_may_not_change_it_may_not_read_documents_here(
    program: Any, analyst: Any, officer_pp: Any, path: str
) -> None:
    assert program(analyst).get(path).status_code == 403
    assert program(officer_pp).get(path).status_code == 404
    assert program(officer_pp).patch(path, {"version": 1, "sex": "male"}, format="json").status_code == 404
    assert Victim.objects.filter(person__sex="male").count() == 0


def test_who_may_be_the_same_is_found_with_reasons(program: Any, officer_psh: Any, complaint: Complaint) -> None:
    known = {"names": ["Nguyen Thi Lan"], "sex": "female", "age": 18, "nationality": "vn"}
    (one,) = program(officer_psh).post(f"{VICTIMS}similar/", known, format="json").json()
    assert one["reference"] == complaint.victims.get(person__age=17).reference
    assert one["complaint"] == complaint.reference
    assert one["reasons"] == ["name sounds alike", "about the same age", "same nationality"]
    assert 70 < one["score"] <= 100
    assert AuditEvent.objects.filter(verb="search", detail={"part": "similar", "rows": 1}).count() == 1


def test_who_is_hidden_is_not_found(program: Any, officer_pp: Any, analyst: Any, path: str) -> None:
    known = {"names": ["Nguyễn Thị Lan"]}
    assert program(officer_pp).post(f"{VICTIMS}similar/", known, format="json").json() == []
    assert program(analyst).post(f"{VICTIMS}similar/", known, format="json").status_code == 403
    answer = program(officer_pp).post(f"{VICTIMS}similar/", {"name": "Lan"}, format="json")
    assert answer.json() == {"name": ["This cannot be sent here."]}
