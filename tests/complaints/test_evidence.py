"""The checklist of a verification, and the page on which a second person decides."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from complaints.models import Complaint, Evidence
from complaints.presenters.evidence import adds_up
from complaints.said import PersonSaid
from complaints.services import add_people, advance, advance_victim
from complaints.services.attempts import record_attempt
from complaints.services.evidence import evidence_of, keep_evidence
from core.exceptions import Conflict
from tests.queries import asked
from victims.models import Victim
from workflow.models import Edit

Browser = Callable[..., Client]
TICKED: dict[str, Any] = {"act": ["transfer", "recruitment"], "purpose": ["forced_labour"], "signs_yes": ["deception"]}
pytestmark = pytest.mark.django_db


def keep(complaint: Complaint, by: User, version: int = 0, **said: Any) -> Evidence:
    return keep_evidence(complaint, by=by, version=version, said={**TICKED, **said})


def test_it_is_kept_in_order_and_stands_in_the_story(complaint: Complaint, officer_psh: User) -> None:
    kept = keep(complaint, officer_psh, evidence_note="The mother has the ticket.")
    assert (kept.version, kept.act) == (1, ["recruitment", "transfer"])
    assert set(Edit.objects.of(kept).values_list("field", flat=True)) == {
        "act",
        "purpose",
        "signs_yes",
        "evidence_note",
    }
    kept = keep(complaint, officer_psh, 1, means=["force"])
    assert (kept.version, kept.means, kept.evidence_note) == (2, ["force"], "")


def test_nothing_ticked_keeps_nothing_and_stands_in_no_ones_way(complaint: Complaint, officer_psh: User) -> None:
    empty: dict[str, Any] = {"act": [], "purpose": [], "signs_yes": []}
    for _time in range(2):
        keep(complaint, officer_psh, 0, **empty)
    assert keep(complaint, officer_psh, 0).version == 1


def test_of_two_the_second_is_shown_what_the_first_kept(
    complaint: Complaint, officer_psh: User, supervisor: User
) -> None:
    keep(complaint, officer_psh)
    for version in (0, 2):
        with pytest.raises(Conflict):
            keep(complaint, supervisor, version, means=["fraud"])
    assert evidence_of(complaint, supervisor).means == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"act": ["theft"]}, "act"),
        ({"signs_yes": ["deception"], "signs_no": ["deception"]}, "signs_no"),
        ({"evidence_note": "n" * 5001}, "evidence_note"),
        ({"status": "closed"}, "status"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(said: Any, field: str, complaint: Complaint, officer_psh: User) -> None:
    with pytest.raises(ValidationError) as refused:
        keep(complaint, officer_psh, **said)
    assert set(refused.value.message_dict) == {field}
    assert not Evidence.objects.exists()


def test_who_does_not_verify_changes_nothing(complaint: Complaint, intake: User, analyst: User) -> None:
    for by in (intake, analyst):
        with pytest.raises(PermissionDenied):
            keep(complaint, by)


@pytest.mark.parametrize(
    ("ticked", "child", "words"),
    [
        ({"act": ["receipt"], "purpose": ["other"]}, False, "Not shown yet: means."),
        ({"act": ["receipt"], "purpose": ["other"]}, True, "A child is among them: no means are needed."),
        ({"act": ["receipt"], "means": ["fraud"]}, False, "Not shown yet: purpose."),
        ({"act": ["receipt"], "means": ["fraud"], "purpose": ["other"]}, False, "Everything that trafficking needs"),
        ({"signs_yes": ["deception", "isolation"], "signs_no": ["debt_bondage"]}, False, "2 of 11; 1 not there, 8 not"),
    ],
)
def test_it_says_what_it_adds_up_to_and_decides_nothing(ticked: Any, child: bool, words: str) -> None:
    with override("en"):
        said = " ".join(adds_up(Evidence(version=1, **ticked), child))
    assert words in said
    assert "this decides nothing" in said


def test_the_page_keeps_shows_a_conflict_and_loses_nothing(
    browser: Browser, complaint: Complaint, officer_psh: User, supervisor: User
) -> None:
    client, url = browser(officer_psh), f"/complaints/{complaint.reference}/evidence/"
    assert "A child is among them" not in client.get(url).content.decode()
    said = {"version": "0", "act": ["receipt", "transfer"], "sign_deception": "yes", "sign_isolation": "no"}
    assert client.post(url, {**said, "evidence_note": "A ticket."}).status_code == 302
    assert "A child is among them: no means are needed." in client.get(url).content.decode()
    keep(complaint, supervisor, 1, means=["fraud"])
    answer = client.post(url, {**said, "version": "1", "evidence_note": "Two tickets."})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "<td>Fraud</td><td><b>—</b></td>" in text
    assert "Two tickets." in text
    again = {**said, "version": answer.context["form"]["version"].value(), "evidence_note": "Two tickets."}
    assert client.post(url, again).status_code == 302
    kept = Evidence.objects.get()
    assert (kept.act, kept.signs_yes, kept.signs_no, kept.evidence_note) == (
        ["transfer", "receipt"],
        ["deception"],
        ["isolation"],
        "Two tickets.",
    )


def test_a_coded_reader_sees_the_ticks_and_no_words(
    browser: Browser, program: Any, complaint: Complaint, officer_psh: User, analyst: User
) -> None:
    keep(complaint, officer_psh, evidence_note="The mother has the ticket.")
    page = browser(analyst).get(f"/complaints/{complaint.reference}/evidence/").content.decode()
    assert "Handed on or sold" in page
    assert "ticket" not in page
    assert "ticket" not in browser(analyst).get(f"/complaints/{complaint.reference}/history/").content.decode()
    assert program(analyst).get(f"/api/v1/complaints/{complaint.reference}/evidence/").json()["evidence_note"] is None


def test_the_api_does_the_same(program: Any, complaint: Complaint, officer_psh: User) -> None:
    client, url = program(officer_psh), f"/api/v1/complaints/{complaint.reference}/evidence/"
    assert client.get(url).json()["version"] == 0
    shown = client.put(url, {"version": 0, **TICKED}, format="json").json()
    assert (shown["version"], shown["act"], shown["child_among"]) == (1, ["recruitment", "transfer"], True)
    assert client.put(url, {"version": 0, "act": []}, format="json").status_code == 409
    assert client.put(url, {"version": 1, "act": ["theft"]}, format="json").status_code == 400


@pytest.fixture
def proposed(registered: Any, officer_psh: User) -> Complaint:
    """A complaint whose closing is proposed: one person declined, one step told late, attempts, evidence."""
    two = (PersonSaid(name="Lê Quốc Bảo", age=30), PersonSaid())
    row = registered(people=two, received_at=timezone.now() - timedelta(days=9))
    for step in ("acknowledge", "start_verification"):
        row = advance(row, step, by=officer_psh)
    said = {"way": "telephone", "whom": "reporter", "result": "reached", "note": "She saw him on Monday."}
    record_attempt(row, by=officer_psh, **said)
    keep(row, officer_psh)
    named = Victim.objects.filter(complaint=row, person__names__isnull=False).distinct().get()
    declined = {"asked_by": "Inspector Keo", "asked_alone": False, "asked_away": True, "asked_language": "Vietnamese"}
    late = timezone.now() - timedelta(days=4)
    advance_victim(named, "record_declined", by=officer_psh, happened_at=late, **declined)
    return advance(row, "propose_outcome", by=officer_psh, outcome="unsubstantiated", note="Nobody is held there.")


def test_the_second_person_sees_on_one_page_what_it_rests_on(
    browser: Browser, proposed: Complaint, supervisor: User
) -> None:
    url = f"/complaints/{proposed.reference}/steps/confirm_outcome/"
    page = browser(supervisor).get(url).content.decode()
    for words in (
        "Nobody is held there.",
        "Lê Quốc Bảo",
        "not alone, away from the site, Vietnamese",
        "Inspector Keo",
        "later: not said",
        "Not shown yet: means.",
        "She saw him on Monday.",
        "1 attempt on 1 day",
        "No interview is recorded for 1 person.",
    ):
        assert words in page, words
    assert "attempts on 2 days are needed" not in page
    back = f"/complaints/{proposed.reference}/steps/send_back/"
    assert back in page
    assert f'href="{back}"' not in browser(supervisor).get(back).content.decode()


def test_the_page_of_the_decision_costs_the_same_however_many_there_are(
    browser: Browser, proposed: Complaint, supervisor: User
) -> None:
    client, url = browser(supervisor), f"/complaints/{proposed.reference}/steps/confirm_outcome/"
    client.get(url)  # that it was opened is written once
    costs = [len(asked(client, url))]
    add_people(proposed, [PersonSaid(name=f"Person {n}", age=20) for n in "abcdefghijklmnop"], by=supervisor)
    costs.append(len(asked(client, url)))
    assert costs[0] == costs[1]
    assert costs[0] <= 20
