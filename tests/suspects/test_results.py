"""Courts' results in bulk: read row by row, all in with one press, each row taken back by itself."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import name_suspect
from suspects.models import Suspect
from suspects.services import advance, join
from suspects.services.results import Result, enter_results
from suspects.sheet import read_results
from tests.factories.cases import CaseFileFactory, SuspectFactory
from tests.suspects import HOUR, Browser, at_court, url
from workflow.models import Transition

PATH = "/suspects/results/"
HEAD = "reference\tcase file\tname\tresult\tdate\tarticle\tin absentia\tprison\tsuspended\tfine\tnote"
DAY = 24 * HOUR


def ago(days: int) -> str:
    return f"{timezone.localdate() - days * DAY:%d/%m/%Y}"


def sheet(*lines: str) -> str:
    return "\n".join([HEAD, *lines])


@pytest.fixture
def two(complaint: Complaint, officer_psh: User) -> list[Suspect]:
    rows = [name_suspect(complaint, PersonSaid(name=name), by=officer_psh) for name in ("Li Wei", "Chan Dara")]
    return [at_court(row, officer_psh) for row in rows]


def test_a_sheet_is_previewed_mended_and_entered_with_one_press(
    browser: Browser, officer_psh: User, supervisor: User, two: list[Suspect]
) -> None:
    first, second = two
    client = browser(officer_psh)
    text = sheet(
        f"{first.reference}\t\t\tcharged\t{ago(20)}\tL08-10 12",
        f"{first.reference}\t\t\tconvicted\t{ago(3)}\t10\tno\t១២០\t24\t4,000,000\tBy three judges",
        f"{second.reference}\t\t\tacquitted\t{ago(3)}",
    )
    page = client.post(PATH, {"text": text})
    assert page.status_code == 200
    assert (page.context["n"], page.context["wrong"]) == (2, 1)
    assert "Now: Sent to court." in page.content.decode()
    assert Suspect.objects.filter(status="sent_to_court").count() == 2
    assert not Transition.objects.filter(step="charge").exists()
    done = client.post(PATH, {"text": text, "save": "1", "idempotency_key": "sheet-1"})
    assert done.status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.prison_months, first.fine_riel) == ("convicted", 120, 4_000_000)
    assert (first.on_trial_on, second.status) == (first.verdict_on, "sent_to_court")
    assert dict(first.charges.values_list("article_id", "result")) == {"L08-10": "convicted", "L08-12": "acquitted"}
    assert client.post(PATH, {"text": text, "save": "1", "idempotency_key": "sheet-1"}).status_code == 302
    assert Transition.objects.filter(object_id=first.pk, step="convict").count() == 1
    assert f"{url(first)}steps/take_back_verdict/" not in client.get(done["Location"]).content.decode()
    back = browser(supervisor).get(done["Location"]).content.decode()
    assert f'href="{url(first)}steps/take_back_verdict/"' in back
    assert browser(supervisor).post(url(first, "take_back_verdict"), {"note": "Line two was wrong"}).status_code == 302
    first.refresh_from_db()
    assert first.status == "on_trial"


def test_a_row_is_found_by_case_file_and_name_however_written(
    browser: Browser, officer_psh: User, supervisor: User, two: list[Suspect]
) -> None:
    file = CaseFileFactory(court_number="18/2022")
    for row in two:
        join(file, row, by=supervisor)
    lines = (f"\t18/2022\tLI WEI\tcharged\t{ago(5)}\t10", f"\t18/2022\tNobody Here\tcharged\t{ago(5)}\t10")
    text = sheet(*lines, f"\t99/2022\tLi Wei\tcharged\t{ago(5)}\t10")
    page = browser(officer_psh).post(PATH, {"text": text})
    words = page.content.decode()
    assert (page.context["n"], page.context["wrong"]) == (1, 2)
    assert "Nobody of this name stands in the case file." in words
    assert "No case file of this number is open to you." in words
    browser(officer_psh).post(PATH, {"text": text, "save": "1"})
    assert list(Suspect.objects.filter(status="charged")) == [two[0]]


def test_nothing_is_entered_where_one_row_is_refused_meanwhile(officer_psh: User, two: list[Suspect]) -> None:
    rows = [
        Result(line=2, suspect=two[0], step="charge", day=timezone.localdate(), articles=("L08-10",)),
        Result(line=3, suspect=two[1], step="acquit", day=timezone.localdate()),
    ]
    with pytest.raises(ValidationError, match="Line 3"):
        enter_results(rows, by=officer_psh)
    assert not Suspect.objects.filter(status="charged").exists()


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("S-22222222\t\t\tcharged\t{day}\t10", "Nobody of this reference is open to you."),
        ("{first}\t\t\tpardoned\t{day}", "Write the result"),
        ("{first}\t\t\tcharged\tsoon\t10", "Write the day like"),
        ("{first}\t\t\tcharged\t1/1/2099\t10", "lies in the future"),
        ("{first}\t\t\tcharged\t1/1/1999\t10", "before the day they were sent to court"),
        ("{first}\t\t\tcharged\t{day}", "Answer this question."),
        ("{first}\t\t\tcharged\t{day}\t999", "Write the code of the article"),
        ("{first}\t\t\t\t{day}", "Write the result"),
        ("\t\tLi Wei\tcharged\t{day}\t10", "Write the reference of the suspect"),
        ("{first}\t\t\tcharged\t{day}\t10\t\t12", "This step does not ask for it."),
        ("{first}\t\t\tcharged\t{day}\t10\tperhaps", "Answer yes or no."),
        ("{first}\t\t\tcharged\t{day}\t10\t\tmuch", "Write the months as a number"),
        ("{first}\t\t\tdismissed\t{day}", "Write down why."),
        ("=1+1\t\t\tcharged\t{day}\t10", "Nobody of this reference is open to you."),
    ],
)
def test_what_a_row_lacks_is_said_at_the_row(
    browser: Browser, officer_psh: User, two: list[Suspect], line: str, word: str
) -> None:
    text = sheet(line.format(first=two[0].reference, day=ago(3)))
    page = browser(officer_psh).post(PATH, {"text": text})
    assert page.status_code == 200
    assert (page.context["n"], page.context["wrong"]) == (0, 1)
    assert word in page.content.decode()


def test_a_suspect_of_another_province_is_nobody(browser: Browser, officer_pp: User, two: list[Suspect]) -> None:
    text = sheet(f"{two[0].reference}\t\t\tcharged\t{ago(3)}\t10")
    words = browser(officer_pp).post(PATH, {"text": text}).content.decode()
    assert "Nobody of this reference is open to you." in words
    assert "Li Wei" not in words
    assert "Li Wei" not in browser(officer_pp).get(f"{PATH}?done={two[0].reference}").content.decode()


def test_a_file_is_read_and_a_picture_is_not(browser: Browser, officer_psh: User, two: list[Suspect]) -> None:
    raw = f"reference;result;date;article\n{two[0].reference};charged;{ago(3)};L08-10\n"
    upload = SimpleUploadedFile("results.csv", raw.encode("utf-16"))
    assert browser(officer_psh).post(PATH, {"sheet": upload}).context["n"] == 1
    picture = SimpleUploadedFile("results.png", b"\x89PNG\r\n\x1a\n\x00\xff\xfe")
    answer = browser(officer_psh).post(PATH, {"sheet": picture})
    assert answer.status_code == 400
    assert "Save it as XLSX or as CSV" in answer.content.decode()


@pytest.mark.parametrize("text", ["", " \n ", HEAD, "a\x00b", "\ud800", sheet(*["S-1\t\t\tcharged"] * 101)])
def test_what_is_no_sheet_is_refused_in_words(text: str, db: Any) -> None:
    with pytest.raises(ValidationError):
        read_results(text)


def test_a_preview_of_many_rows_is_done_in_a_few_seconds(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    rows = [at_court(row, officer_psh) for row in SuspectFactory.create_batch(40, complaint=complaint)]
    text = sheet(*(f"{row.reference}\t\t\tcharged\t{ago(3)}\t10" for row in rows))
    page = browser(officer_psh).post(PATH, {"text": text})
    assert page.context["n"] == 40
    assert not Suspect.objects.filter(status="charged").exists()


@pytest.mark.parametrize("done", ["\x00", "\ud800", "S-\x00", "S-22222222,," * 50, "V-22222222", "S-1' OR 1=1"])
def test_what_is_no_reference_shows_nobody(browser: Browser, officer_psh: User, done: str) -> None:
    answer = browser(officer_psh).get(PATH, {"done": done.encode("utf-8", "replace")})
    assert answer.status_code == (400 if "\x00" in done else 200)  # a NUL is refused at the door
    assert "\x00" in done or answer.context["done"] == []


def test_programs_try_results_and_enter_all_or_none_once(
    browser: Browser, officer_psh: User, two: list[Suspect]
) -> None:
    client, path = browser(officer_psh), "/api/v1/suspects/results/"
    day = str(timezone.localdate() - DAY)
    first = {"suspect": two[0].reference, "step": "charge", "day": day, "articles": ["L08-10"]}
    judged = {"suspect": two[0].reference, "step": "convict", "day": day, "confiscated_usd": 900, "in_absentia": False}
    nobody = {"suspect": "S-22222222", "step": "acquit", "day": day}

    def ask(rows: list[dict[str, Any]], *, enter: bool, key: str = "") -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        body = {"results": rows, "enter": enter}
        return client.post(path, body, content_type="application/json", headers=headers)

    tried = ask([first, judged, nobody], enter=False)
    assert tried.status_code == 200
    assert [bool(row["problems"]) for row in tried.json()] == [False, False, True]
    refused = ask([first, judged, nobody], enter=True)
    assert refused.status_code == 400
    assert set(refused.json()) == {"results.2"}
    assert Suspect.objects.get(pk=two[0].pk).status == "sent_to_court"
    for _press in range(2):
        entered = ask([first, judged], enter=True, key="sheet-of-may")
        assert (entered.status_code, [row["entered"] for row in entered.json()]) == (200, [True, True])
    row = Suspect.objects.get(pk=two[0].pk)
    assert (row.status, row.confiscated_usd) == ("convicted", 900)
    strange = ask([first | {"articles": ["L99"]}, nobody], enter=False)
    assert [bool(row["problems"]) for row in strange.json()] == [True, True]
    assert ask([{name: judged[name] for name in ("suspect", "step", "day")}], enter=False).status_code == 400


def test_a_row_that_can_be_entered_no_more_stops_the_whole_sheet_and_says_so(
    browser: Browser, officer_psh: User, two: list[Suspect]
) -> None:
    client = browser(officer_psh)
    text = sheet(*(f"{row.reference}\t\t\tcharged\t{ago(2)}\t10" for row in two))
    kept = {f"row-{line}": row.reference for line, row in enumerate(two, 2)}
    advance(two[0], "charge", by=officer_psh, articles=["L08-10"])
    answer = client.post(PATH, {"text": text, "save": "1", **kept})
    assert answer.status_code == 409
    assert Suspect.objects.get(pk=two[1].pk).status == "sent_to_court"


@pytest.mark.parametrize("name", ["LEE WEI", "李伟", "Wei Li"])
def test_a_name_and_a_case_file_beside_the_reference_may_be_written_otherwise(
    browser: Browser, officer_psh: User, supervisor: User, two: list[Suspect], name: str
) -> None:
    file = CaseFileFactory(court_number="18/2022")
    join(file, two[0], by=supervisor)
    for number in ("១៨ / ២០២២", file.reference):
        text = sheet(f"{two[0].reference}\t{number}\t{name}\tcharged\t{ago(3)}\t10")
        page = browser(officer_psh).post(PATH, {"text": text})
        assert (page.context["n"], page.context["rows"][0].errors) == (1, [])


@pytest.mark.parametrize(
    ("file", "name", "word"),
    [
        ("", "Chan Dara", "The reference names somebody else: the name differs."),
        ("19/2022", "", "The reference names somebody else: they stand in no case file of this number."),
        ("99/2022", "Li Wei", "The reference names somebody else: they stand in no case file of this number."),
        ("19/2022", "Chan Dara", "The reference names somebody else: the name and the case file differ."),
    ],
)
def test_a_reference_is_not_believed_against_the_name_or_the_case_file(
    browser: Browser, officer_psh: User, supervisor: User, two: list[Suspect], file: str, name: str, word: str
) -> None:
    for row, number in zip(two, ("18/2022", "19/2022"), strict=True):
        join(CaseFileFactory(court_number=number), row, by=supervisor)
    right = f"{two[1].reference}\t19/2022\tChan Dara\tcharged\t{ago(3)}\t10"
    text = sheet(f"{two[0].reference}\t{file}\t{name}\tcharged\t{ago(3)}\t10", right)
    client = browser(officer_psh)
    page = client.post(PATH, {"text": text})
    words = page.content.decode()
    assert (page.context["n"], page.context["wrong"]) == (1, 1)
    assert word in words
    assert 'name="row-2"' not in words
    assert 'name="row-3"' in words
    forged = {"text": text, "save": "1", "row-2": two[0].reference, "row-3": two[1].reference}
    assert client.post(PATH, forged).status_code == 409
    assert client.post(PATH, {"text": text, "save": "1", "row-3": two[1].reference}).status_code == 302
    assert list(Suspect.objects.filter(status="charged")) == [two[1]]


def test_a_program_s_result_is_refused_against_the_name_or_the_case_file(
    program: Any, officer_psh: User, two: list[Suspect]
) -> None:
    said = {"suspect": two[0].reference, "step": "charge", "day": str(timezone.localdate()), "articles": ["L08-10"]}

    def ask(*, enter: bool = False, **more: str) -> Any:
        body = {"results": [said | more], "enter": enter}
        return program(officer_psh).post("/api/v1/suspects/results/", body, format="json")

    assert ask(name="LI WEI").json()[0]["problems"] == []
    for more in ({"name": "Chan Dara"}, {"case_file": "19/2022"}):
        assert "The reference names somebody else" in ask(**more).json()[0]["problems"][0]
        assert ask(enter=True, **more).status_code == 400
    assert not Suspect.objects.filter(status="charged").exists()


@pytest.fixture
def twice_charged(two: list[Suspect], officer_psh: User) -> Suspect:
    return advance(two[0], "charge", by=officer_psh, articles=["L08-10", "L08-12"])


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        ("10\t", "Write whether they were convicted in absentia: yes or no."),
        ("\tno", "Write of which articles they were convicted. Charged: L08-10, L08-12."),
    ],
)
def test_a_conviction_does_not_guess_presence_or_articles(
    browser: Browser, officer_psh: User, twice_charged: Suspect, cells: str, word: str
) -> None:
    text = sheet(f"{twice_charged.reference}\t\t\tconvicted\t{ago(0)}\t{cells}")
    page = browser(officer_psh).post(PATH, {"text": text})
    assert (page.context["n"], page.context["wrong"]) == (0, 1)
    assert word in page.content.decode()


def test_one_charge_is_what_a_conviction_is_of(browser: Browser, officer_psh: User, two: list[Suspect]) -> None:
    advance(two[0], "charge", by=officer_psh, articles=["L08-10"])
    text = sheet(f"{two[0].reference}\t\t\tconvicted\t{ago(0)}\t\tyes")
    assert browser(officer_psh).post(PATH, {"text": text}).context["n"] == 1
    with pytest.raises(ValidationError, match="in absentia"):
        enter_results([Result(line=2, suspect=two[0], step="convict", day=timezone.localdate())], by=officer_psh)


def test_a_program_says_of_which_charges_somebody_is_convicted(
    program: Any, officer_psh: User, twice_charged: Suspect
) -> None:
    day = str(timezone.localdate())
    said = {"suspect": twice_charged.reference, "step": "convict", "day": day, "in_absentia": False}

    def ask(**more: Any) -> Any:
        return program(officer_psh).post("/api/v1/suspects/results/", {"results": [said | more]}, format="json")

    assert "Write of which articles" in ask().json()[0]["problems"][0]
    assert ask(articles=["L08-12"]).json()[0]["problems"] == []


def test_a_text_and_a_file_at_once_are_refused_and_the_text_is_kept(
    browser: Browser, officer_psh: User, two: list[Suspect]
) -> None:
    line = f"{two[0].reference}\t\t\tcharged\t{ago(3)}\t10"
    upload = SimpleUploadedFile(
        "results.csv", f"reference;result;date\n{two[1].reference};acquitted;{ago(3)}\n".encode()
    )
    answer = browser(officer_psh).post(PATH, {"text": sheet(line), "sheet": upload})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Send one of the two" in page
    assert two[0].reference in page
    assert two[1].reference not in page
