"""What a worker makes of an export: the rows of the list, in its format, closed by its passphrase, as whoever asked."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import ExploitationForm
from notifications.models import Notification
from people.models import Sex
from reports.exports import htcds, models, running, store
from reports.exports.case import summary_of
from reports.exports.lists import LISTS
from reports.exports.models import ExportJob, State
from reports.exports.services import decide_export
from tests.factories.cases import PersonFactory, VictimFactory
from tests.reports.exports.conftest import parsed, unzipped
from victims.models import Decision, Operation

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ["complaints", "victims", "suspects", "operations", "contacts", "referrals"]


def in_list(what: str, user: User, query: str = "") -> list[str]:
    """The references of a list in its order."""
    listing = LISTS[what]
    return list(listing.rows(listing.clean(QueryDict(query), user), user).values_list("reference", flat=True))


@pytest.mark.parametrize("what", TABLES)
def test_csv_holds_the_rows_of_the_list_in_its_order(
    what: str, filled: Any, supervisor: User, asked: Callable[..., ExportJob], opened: Callable[..., Any]
) -> None:
    query = "sort=received"
    files = opened(asked(supervisor, what, query))
    rows = parsed(files["csv"])
    assert [row["Reference"] for row in rows] == in_list(what, supervisor, query)
    assert what == "contacts" or len(rows) == 4, "sealed ones stay behind"
    assert "Name in Khmer" not in (rows or [{}])[0]


@pytest.mark.parametrize("what", TABLES)
def test_a_spreadsheet_equals_the_csv_cell_by_cell(
    what: str, filled: Any, supervisor: User, asked: Callable[..., ExportJob], opened: Callable[..., Any]
) -> None:
    said = parsed(opened(asked(supervisor, what))["csv"])
    book = CalamineWorkbook.from_filelike(io.BytesIO(opened(asked(supervisor, what, format="xlsx"))["xlsx"]))
    head, *rows = book.get_sheet_by_index(0).to_python() or [[]]
    assert len(rows) == len(said)
    for row, other in zip(rows, said, strict=True):
        for name, cell in zip(head, row, strict=False):
            assert in_words(cell) == other[name].removeprefix("'"), name


def in_words(cell: Any) -> str:
    if isinstance(cell, float):
        return str(int(cell))
    if isinstance(cell, datetime):
        return f"{cell.isoformat(timespec='seconds')}+07:00"
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


def test_the_file_says_whose_copy_it_is_and_opens_with_its_passphrase_alone(
    filled: Any, supervisor: User, asked: Callable[..., ExportJob], opened: Callable[..., Any]
) -> None:
    job = asked(supervisor, "victims", "sex=female")
    words = opened(job)["txt"].decode()
    for said in (job.reference, supervisor.username, "The minister's office", "Figures or a report", "Sex: Female"):
        assert said in words
    with pytest.raises(RuntimeError, match="password"):
        unzipped(store.file_of(job.pk), "00000-00000-00000-00000")
    made = AuditEvent.objects.get(verb="export.made")
    assert made.detail["rows"] == 4
    assert made.purpose == "figures"
    assert Notification.objects.filter(kind="export_ready", recipient=supervisor).exists()


def test_people_in_the_shape_of_the_standard_without_names(
    filled: Any, supervisor: User, asked: Callable[..., ExportJob], opened: Callable[..., Any]
) -> None:
    files = opened(asked(supervisor, "victims", format="json"))
    said = json.loads(files["json"])
    assert "IOM, CC BY 4.0" in said["credit"]
    assert [case["sangkroh"]["reference"] for case in said["cases"]] == in_list("victims", supervisor)
    case = said["cases"][0]
    assert case["prs_Gender"] == "Feminine"
    assert case["vic_TraffickingStatus"] == "PossibleVictimOfTrafficking"
    assert case["vic_TypeOfExploitation"] == ["Other", "SexualExploitation"]
    assert case["vic_MethodsOfControl"] == ["DebtBondage"]
    assert case["historic_trafficking_events"][0]["hte_State"] == "18"
    assert not {"prs_FirstName", "prs_Birthdate", "prs_MobilePhone"} & set(case)
    assert b"Lan" not in files["json"]


def test_the_standard_holds_the_columns_that_were_kept_and_approved_and_no_other(
    filled: Any, officer_psh: User, supervisor: User, asked: Callable[..., ExportJob], opened: Callable[..., Any]
) -> None:
    coded = json.loads(opened(asked(officer_psh, "victims", format="json", columns=["reference", "sex"]))["json"])
    assert "prs_Citizenship" not in coded["cases"][0]
    kept = ["reference", "name_km", "phone"]
    job = asked(officer_psh, "victims", format="json", columns=kept, identities=True, purpose="court")
    decide_export(job, by=supervisor, approve=True)
    case = json.loads(opened(job)["json"])["cases"][0]
    assert (case["prs_FirstName"], case["sangkroh"]["name_km"]) == ("សុខ ស្រីនាង", "សុខ ស្រីនាង")
    assert case["prs_MobilePhone"] == "+85512345678"
    assert "prs_Gender" not in case, "what was not kept is not said to be unknown"
    job = asked(officer_psh, "victims", format="json", columns=["name_latin"], identities=True, purpose="court")
    decide_export(job, by=supervisor, approve=True)
    case = json.loads(opened(job)["json"])["cases"][0]
    assert case["prs_FirstName"] == "=1+1 Lan"
    assert not {"prs_MobilePhone", "prs_Birthdate"} & set(case), "the second person approved the name alone"


@pytest.mark.parametrize("format", ["pdf", "xlsx"])
def test_rows_that_came_since_it_was_asked_for_are_not_cut_off(
    format: str, filled: Any, supervisor: User, asked: Callable[..., ExportJob], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked(supervisor, format=format)
    monkeypatch.setitem(models.MOST_ROWS, models.Format(format), 3)
    running.make(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problem) == (State.FAILED, "too_much")


def test_somebody_whom_two_complaints_sought_was_met_once(
    filled: Any, supervisor: User, asked: Callable[..., ExportJob], opened: Callable[..., Any]
) -> None:
    operation = Operation.objects.get(found_under=filled[0])
    person = PersonFactory()
    for complaint in filled[:2]:
        VictimFactory(complaint=complaint, person=person, operation=operation)
    met = {row["Reference"]: row["People met"] for row in parsed(opened(asked(supervisor, "operations"))["csv"])}
    assert met[operation.reference] == "1"


def test_names_alone_are_no_export_without_names(
    filled: Any, supervisor: User, asked: Callable[..., ExportJob]
) -> None:
    with pytest.raises(ValidationError) as refused:
        asked(supervisor, "victims", columns=["name_km", "phone"])
    assert list(refused.value.message_dict) == ["columns"]


def test_a_summary_says_what_it_leaves_out(filled: Any, supervisor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    VictimFactory(complaint=filled[0])
    monkeypatch.setattr("reports.exports.case.MOST", 1)
    with translation.override("en"):
        parts = {one["title"]: one for one in summary_of(filled[0], supervisor, identities=False)["parts"]}
    people = parts["Victims and persons sought"]
    assert (len(people["rows"]), people["words"]) == (1, ["The first 1 of 2."])
    assert parts["Suspects"]["words"] == []


@pytest.mark.parametrize(("what", "query"), [("complaints", ""), ("victims", ""), ("case", "one")])
def test_papers_are_made(
    what: str, query: str, filled: Any, supervisor: User, asked: Callable[..., ExportJob], opened: Callable[..., Any]
) -> None:
    query = f"reference={filled[0].reference}" if query else ""
    job = asked(supervisor, what, query, format="pdf", language="km")
    assert opened(job)["pdf"].startswith(b"%PDF")
    assert job.total == (1 if query else 4)


def test_an_export_is_made_once_however_often_it_is_rung_for(
    filled: Any, supervisor: User, asked: Callable[..., ExportJob], opened: Callable[..., Any]
) -> None:
    job = asked(supervisor)
    opened(job)
    sha = job.sha256
    running.make(job.pk)
    job.refresh_from_db()
    assert (job.attempts, job.sha256, job.total, job.done) == (1, sha, 4, 4)
    assert sorted(path.suffix for path in store.folder().iterdir() if path.is_file()) == [".keys", ".zip"]
    assert list((store.folder() / store.WORK).iterdir()) == []


def test_it_is_made_as_whoever_asked_with_the_rights_of_now(
    filled: Any, officer_psh: User, asked: Callable[..., ExportJob]
) -> None:
    job, other = asked(officer_psh), asked(officer_psh, "victims")
    User.objects.filter(pk=officer_psh.pk).update(role="intake")
    running.make(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problem) == (State.FAILED, "rights")
    User.objects.filter(pk=officer_psh.pk).update(role="officer", is_active=False)
    running.make(other.pk)
    other.refresh_from_db()
    assert (other.state, other.problem) == (State.FAILED, "rights")
    assert list(store.folder().glob("*.zip")) == []


def test_a_scope_that_shrank_before_it_is_made_is_read_anew(
    filled: Any, officer_psh: User, asked: Callable[..., ExportJob], opened: Callable[..., Any]
) -> None:
    job = asked(officer_psh)
    assert job.total == 2
    filled[0].handling = "sealed"
    type(filled[0]).objects.filter(pk=filled[0].pk).update(handling="sealed")
    assert len(parsed(opened(job)["csv"])) == 1
    job.refresh_from_db()
    assert job.total == 1


def test_a_file_of_many_rows_counts_them(
    intake: User, supervisor: User, asked: Callable[..., ExportJob], opened: Callable[..., Any]
) -> None:
    many(3_000)
    assert len(parsed(opened(asked(supervisor))["csv"])) == 3_000


def many(n: int) -> None:
    """Make complaints in bulk."""
    from tests.factories.cases import ComplaintFactory  # noqa: PLC0415

    one = ComplaintFactory()
    rows = ComplaintFactory.build_batch(n - 1, logged_by=one.logged_by)
    for place, row in enumerate(rows):
        row.reference = f"KH-2022-{place:06}"
    type(one).objects.bulk_create(rows, batch_size=1_000)


def test_values_of_the_standard_are_the_standards() -> None:
    with (Path(settings.BASE_DIR) / "reports/data/htcds_fields.csv").open(newline="") as lines:
        allowed = {row["field"]: set(row["allowed_values"].split("|")) for row in csv.DictReader(lines)}
    assert set(htcds.GENDERS.values()) <= allowed["prs_Gender"]
    assert set(htcds.STATUSES.values()) <= allowed["vic_TraffickingStatus"]
    assert set(htcds.FORMS.values()) <= allowed["vic_TypeOfExploitation"]
    assert set(htcds.CONTROLS.values()) <= allowed["vic_MethodsOfControl"]
    assert set(htcds.SEXUAL.values()) <= allowed["vic_TypeOfSexExploitation"]
    assert set(htcds.FORMS) == set(ExploitationForm.values), "every form of ours has its place"
    assert set(htcds.GENDERS) == set(Sex.values)
    assert set(htcds.STATUSES) == set(Decision.values) - {"not_yet_screened"}
    said = htcds.case_of(defaultdict(str, {"sex": "female", "complaint_status": "closed", "country_of_incident": "TH"}))
    assert set(said) - {"historic_trafficking_events", "sangkroh"} <= set(allowed)
    assert said["cas_Status"] in allowed["cas_Status"]


def test_every_list_of_records_can_be_taken_along_as_it_is_filtered(
    full_world: None, supervisor: User, asked: Callable[..., ExportJob], opened: Callable[..., Any], client: Client
) -> None:
    client.force_login(supervisor)
    for what, query in (
        ("returns", "direction=out_of_cambodia"),
        ("deportations", ""),
        ("case_files", ""),
        ("hearings", ""),
    ):
        rows = parsed(opened(asked(supervisor, what, query))["csv"])
        assert [row["Reference"] for row in rows] == in_list(what, supervisor, query), what
        page = client.get(f"{reverse(LISTS[what].route)}?{query}").content.decode()
        assert (f"/exports/new/{what}/" in page) == bool(rows), what
        assert rows or what in ("hearings", "deportations"), what


def test_a_hearing_and_an_order_leave_without_the_words_about_them(
    filled: Any, supervisor: User, asked: Callable[..., ExportJob], opened: Callable[..., Any]
) -> None:
    for what in ("returns", "deportations", "case_files", "hearings"):
        said = opened(asked(supervisor, what))["csv"].decode("utf-8-sig").splitlines()[0]
        assert said.startswith("Reference,")
        assert "Name" not in said
        assert "What was decided" not in said
