"""Lists of names for an operation: read in any script, matched with who is sought, entered and taken back at once."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.sheet import read_list
from core.exceptions import Conflict
from core.sheets import text_of
from tests.victims.test_operations import adds_up, done, ledger
from victims.models import Victim
from victims.services.entries import Counted, count_found
from victims.services.listed import Listed, enter_list
from victims.services.take_back import take_back

Browser = Callable[..., Any]
SHEET = """Name\tSex\tAge\tNationality\tPassport
Nguyễn Thị Lan\tF\t24\tViet Nam\tC1234567
ចាន់ សុខា\tប្រុស\t១៩\tកម្ពុជា\t
王小明\t男\t31\tCN\tE98765432
สมชาย ใจดี\tชาย\t\tThailand\t
"""


def test_names_in_any_script_digits_and_words_are_read() -> None:
    rows = read_list(SHEET)
    assert [row.names[0] for row in rows] == ["Nguyễn Thị Lan", "ចាន់ សុខា", "王小明", "สมชาย ใจดี"]
    assert [(row.sex, row.age, row.nationality) for row in rows] == [
        ("female", 24, "VN"),
        ("male", 19, "KH"),
        ("male", 31, "CN"),
        ("male", None, "TH"),
    ]
    assert rows[0].passport == "C1234567"
    assert not any(row.errors for row in rows)


def test_a_list_without_a_heading_has_the_usual_columns() -> None:
    (row,) = read_list("Lê Bảo; M; 22; VN; B7654321")
    assert (row.names, row.sex, row.age, row.nationality, row.passport) == (("Lê Bảo",), "male", 22, "VN", "B7654321")


def test_every_fault_is_said_at_its_row() -> None:
    rows = read_list("name,sex,age,born\nA,Q,24,\nB,M,many,\nC,M,,31/2/1999\nD,M,20,,x,y\nA2,F,19,\nA2,F,19,")
    assert [bool(row.errors) for row in rows] == [True, True, True, True, False, True]
    assert "line" in rows[5].errors[0].lower() or "6" in rows[5].errors[0]


@pytest.mark.parametrize("text", ["", "  \n ", "name\tsex", "x\x00y", "\n".join(f"N{n}" for n in range(201))])
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        read_list(text)


def upload(raw: bytes, name: str = "list.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, raw)


def test_files_are_read_and_legacy_ones_refused_with_words() -> None:
    assert read_list(text_of(upload("ឈ្មោះ,ភេទ\nសុខា,ស".encode())))[0].sex == "female"
    assert read_list(text_of(upload("name\tsex\nLan\tF".encode("utf-16"))))[0].names == ("Lan",)
    for raw in (b"\xcb\xf8 limon \xff", b"PK\x03\x04 not a workbook"):
        with pytest.raises(ValidationError):
            text_of(upload(raw))


def sought(registered: Any, **said: Any) -> tuple[Complaint, Victim]:
    complaint = registered(people=(PersonSaid(name="Nguyen Thi Lan", sex="female", nationality="VN"),), **said)
    return complaint, Victim.objects.get(complaint=complaint)


def test_who_is_sought_is_found_and_the_others_are_beside_the_ledger(registered: Any, officer_psh: User) -> None:
    complaint, lan = sought(registered, number=(1, 2, 2))
    operation = done(complaint, officer_psh)
    listed = [
        Listed(names=("Nguyễn Thị Lan",), sex="female", passport="C1234567", sought=lan),
        Listed(names=("Wang",), sex="male"),
        Listed(names=("Li",), sex="male"),
    ]
    entry = enter_list(operation, listed, by=officer_psh)
    lan.refresh_from_db()
    assert (lan.rescue_status, lan.operation) == ("rescued", operation)
    assert lan.person.documents.get().number == "C1234567"
    assert ledger(complaint)["rescued"] == 2  # one of the two new ones was the second head reported
    assert ledger(complaint)["found_unreported"] == 1
    assert adds_up(complaint)
    assert take_back(entry, by=officer_psh) == (3, [])
    lan.refresh_from_db()
    assert (lan.rescue_status, lan.operation) == ("reported", None)
    assert not lan.person.documents.exists()
    assert [name.text for name in lan.person.names.all()] == ["Nguyen Thi Lan"]
    assert ledger(complaint)["found_unreported"] == 0


def test_one_rescue_ends_the_search_elsewhere_and_taking_back_gives_it_back(registered: Any, officer_psh: User) -> None:
    complaint, lan = sought(registered)
    other, _row = sought(registered)
    twin = Victim.objects.get(complaint=other)
    twin.person = lan.person
    twin.save(update_fields=["person"])
    entry = enter_list(done(complaint, officer_psh), [Listed(names=("Lan",), sought=lan)], by=officer_psh)
    assert ledger(other)["rescued"] == 1
    take_back(entry, by=officer_psh)
    assert (ledger(other)["rescued"], ledger(other)["sought"]) == (0, 1)
    assert adds_up(other)


def test_the_names_of_the_morning_go_to_the_rows_of_the_night(complaint: Complaint, officer_psh: User) -> None:
    operation = done(complaint, officer_psh)
    count_found(operation, [Counted("VN", men=2, women=1), Counted("CN", men=1, children=1)], by=officer_psh)
    before = Victim.objects.filter(operation=operation).count()
    listed = [
        Listed(names=("Wang",), sex="male", age=30, nationality="CN"),
        Listed(names=("Minh",), sex="male", age=12, nationality="CN"),
        Listed(names=("Lan",), sex="female", nationality="VN"),
        Listed(names=("Kim",), sex="female", nationality="TH"),
    ]
    entry = enter_list(operation, listed, by=officer_psh)
    rows = Victim.objects.filter(operation=operation)
    assert rows.count() == before + 1  # three got a row of the night; nobody Thai was counted
    wang = rows.get(person__names__text="Wang")
    assert (wang.person.age, wang.person.estimated, wang.person.nationality) == (30, False, "CN")
    minh = rows.get(person__names__text="Minh")
    assert (minh.person.age, minh.is_child) == (12, True)
    assert take_back(entry, by=officer_psh) == (4, [])
    assert rows.count() == before
    assert not rows.exclude(person__names=None).exists()
    assert sum(row.is_child for row in rows.select_related("person")) == 1
    assert adds_up(complaint)


def test_nobody_is_found_twice(registered: Any, officer_psh: User) -> None:
    complaint, lan = sought(registered)
    operation = done(complaint, officer_psh)
    twice = [Listed(names=("Lan",), sought=lan), Listed(names=("Lan T.",), sought=lan)]
    with pytest.raises(ValidationError):
        enter_list(operation, twice, by=officer_psh)
    lan.refresh_from_db()
    assert lan.rescue_status == "reported"
    with pytest.raises(Conflict):
        enter_list(done_planned(complaint, officer_psh), [Listed(names=("A",))], by=officer_psh)


def done_planned(complaint: Complaint, by: User) -> Any:
    from tests.victims.test_operations import planned  # noqa: PLC0415

    return planned(complaint, by)


def test_the_page_shows_who_it_may_be_then_enters_all_at_once(
    registered: Any, officer_psh: User, browser: Browser
) -> None:
    complaint, lan = sought(registered)
    operation = done(complaint, officer_psh)
    client, url = browser(officer_psh), f"/operations/{operation.reference}/people/"
    assert client.get(url).status_code == 200
    typed = {"text": SHEET + "Broken\tQ\t\t\t\n"}
    page = client.post(url, typed)
    assert page.status_code == 200
    rows = page.context["rows"]
    assert lan.reference in [option["value"] for option in rows[0].options]
    assert [bool(row.errors) for row in rows] == [False] * 4 + [True]
    assert page.context["n"] == 4
    chosen = {row.name: row.chosen for row in rows} | {rows[0].name: lan.reference, rows[3].name: "out"}
    saved = {**typed, **chosen, "save": "1", "previewed": "1", "idempotency_key": "the-morning-after"}
    for _press in range(2):
        assert client.post(url, saved).status_code == 302
    lan.refresh_from_db()
    assert lan.rescue_status == "rescued"
    assert Victim.objects.filter(operation=operation).count() == 3
    again = client.post(url, typed)  # the same list once more: who is in it already is left out
    assert [row.chosen for row in again.context["rows"]][:3] == ["out"] * 3


def test_an_uploaded_workbook_is_shown_as_text_to_mend(
    complaint: Complaint, officer_psh: User, browser: Browser
) -> None:
    operation = done(complaint, officer_psh)
    raw = io.BytesIO(b"name,age\nLan,24\nMinh,x")
    raw.name = "list.csv"
    page = browser(officer_psh).post(f"/operations/{operation.reference}/people/", {"sheet": raw})
    assert page.status_code == 200
    assert "Minh,x" in page.content.decode()
    assert page.context["wrong"] == 1


def test_the_preview_asks_the_same_of_the_database_for_two_rows_and_forty(
    registered: Any, officer_psh: User, browser: Browser, django_assert_max_num_queries: Any
) -> None:
    complaint, _lan = sought(registered)
    operation = done(complaint, officer_psh)
    client, url = browser(officer_psh), f"/operations/{operation.reference}/people/"
    forty = "\n".join(f"Nguyen Thi Lan {chr(65 + n % 26)}{n}\tF\t24\tVN" for n in range(40))
    with django_assert_max_num_queries(30):
        assert len(client.post(url, {"text": forty}).context["rows"]) == 40


def test_what_nobody_knew_of_who_was_sought_is_filled_in_and_given_back(registered: Any, officer_psh: User) -> None:
    complaint = registered(people=(PersonSaid(name="Nguyen Thi Lan", sex="female"),))
    row = complaint.victims.get()
    said = Listed(names=("Nguyễn Thị Lan",), sex="male", age=24, nationality="VN", sought=row)
    entry = enter_list(done(complaint, officer_psh), [said], by=officer_psh)
    row.person.refresh_from_db()
    assert (row.person.sex, row.person.age, row.person.nationality) == ("female", 24, "VN")  # what was known stays
    assert take_back(entry, by=officer_psh) == (1, [])
    row.person.refresh_from_db()
    assert (row.person.sex, row.person.age, row.person.nationality) == ("female", None, "")


def test_a_list_and_a_file_at_once_are_refused_and_the_list_is_kept(
    complaint: Complaint, officer_psh: User, browser: Browser
) -> None:
    operation = done(complaint, officer_psh)
    sent = {"text": "Lan\tF", "sheet": upload(b"name,age\nMinh,24")}
    page = browser(officer_psh).post(f"/operations/{operation.reference}/people/", sent)
    assert page.status_code == 400
    assert "Send one of the two" in page.content.decode()
    assert "Lan\tF" in page.content.decode()


@pytest.mark.parametrize(
    "line",
    [
        "Our nationals whose families have no word of them:",
        "Names of our nationals, no address known:",
        "Our nationals whose families have no word of them since October.",
        "បញ្ជីឈ្មោះជនជាតិរបស់យើង៖",
        "以下是失踪人员名单：",
    ],
)
def test_a_line_above_the_names_is_not_taken_for_a_person(line: str) -> None:
    rows = read_list(f"{line}\nRatna Dewi, F, 23\nSok Jr.\nMd. Rahim Uddin Chowdhury Jr.")
    assert ["sentence" in " ".join(row.errors) for row in rows] == [True, False, False, False]


def test_a_row_without_a_sex_is_read_with_the_age_behind_the_name() -> None:
    rows = read_list("Ratna Dewi, 23\nBudi Santoso, ៣១, ID\nAgus Salim, M, 27")
    assert [row.errors for row in rows] == [(), (), ()]
    assert [(row.sex, row.age, row.nationality) for row in rows] == [("", 23, ""), ("", 31, "ID"), ("male", 27, "")]
