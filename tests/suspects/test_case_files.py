"""Case files: what they join, who sees it."""

from typing import Any

import pytest

from accounts.models import User
from complaints.services import advance as advance_complaint
from suspects.models import Article, CaseFile, Suspect
from tests.factories.cases import CaseFileFactory
from tests.queries import asked
from tests.suspects import Browser, url
from workflow.models import Transition


def file_of(browser: Browser, by: User, **said: Any) -> Any:
    body = {
        "police_number": "112/2022",
        "unit": "Office",
        "opened_on": "29/9/2022",
        "court": "C18",
        "articles": ["L08-10"],
    }
    return browser(by).post("/case-files/new/", body | said)


def test_a_case_file_joins_what_its_reader_sees(
    browser: Browser, officer_psh: User, officer_pp: User, suspect: Suspect, registered: Any
) -> None:
    assert file_of(browser, officer_psh).status_code == 302
    file = CaseFile.objects.get()
    client, path = browser(officer_psh), f"/case-files/{file.reference}/"
    elsewhere = registered(province_of_incident="12")
    for what in (suspect.reference, suspect.complaint.reference):
        assert client.post(path, {"reference": what}).status_code == 302
    assert client.post(path, {"reference": elsewhere.reference}).status_code == 400
    assert client.get(url(suspect)).content.decode().count(file.reference) >= 1
    assert browser(officer_pp).get(path).status_code == 404
    file.complaints.add(elsewhere)
    shown = client.get(f"/api/v1{path}").json()
    assert (shown["complaints"], shown["suspects"], shown["victims"]) == (
        [suspect.complaint.reference],
        [suspect.reference],
        [],
    )
    assert "suspects" not in client.get("/api/v1/case-files/").json()["results"][0]
    assert client.post(path, {"reference": suspect.reference, "act": "part"}).status_code == 302
    assert file.suspects.count() == 0


def test_a_file_takes_on_the_strictest_wall_of_what_it_joins(
    browser: Browser, supervisor: User, officer_psh: User, registered: Any
) -> None:
    led = registered(not_local_police=True)
    file_of(browser, supervisor)
    file = CaseFile.objects.get()
    assert browser(officer_psh).get(f"/case-files/{file.reference}/").status_code == 200
    browser(supervisor).post(f"/case-files/{file.reference}/", {"reference": led.reference})
    assert browser(officer_psh).get(f"/case-files/{file.reference}/").status_code == 404


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"police_number": ""}, "Give the number of the police or of the court."),
        ({"articles": []}, "Choose at least one article."),
        ({"opened_on": "1/1/2099"}, "This lies in the future."),
        ({"court": ""}, "Choose the court."),
        ({"closed_on": "1/1/2099"}, "This lies in the future."),
        ({"closed_on": "1/9/2022"}, "This lies before the day the file was opened."),
    ],
)
def test_what_a_case_file_lacks_is_said(browser: Browser, officer_psh: User, said: dict[str, Any], word: str) -> None:
    answer = file_of(browser, officer_psh, **said)
    assert answer.status_code == 400
    assert word in answer.content.decode()
    assert "Office" in answer.content.decode()


def test_two_who_change_a_file_are_shown_each_other(browser: Browser, officer_psh: User, supervisor: User) -> None:
    file_of(browser, officer_psh)
    file = CaseFile.objects.get()
    said = {
        "police_number": "112/2022",
        "opened_on": "29/9/2022",
        "court": "C18",
        "articles": ["L08-10"],
        "version": "1",
    }
    path = f"/case-files/{file.reference}/edit/"
    assert browser(officer_psh).post(path, {**said, "unit": "First"}).status_code == 302
    answer = browser(supervisor).post(path, {**said, "unit": "Second"})
    assert answer.status_code == 409
    assert "First" in answer.content.decode()


SAID = {"police_number": "112/2022", "opened_on": "29/9/2022", "court": "C18", "unit": "Office", "version": "1"}


def test_articles_alone_are_a_change_with_its_version(browser: Browser, officer_psh: User, supervisor: User) -> None:
    file_of(browser, officer_psh)
    file = CaseFile.objects.get()
    path = f"/case-files/{file.reference}/edit/"
    assert browser(officer_psh).post(path, {**SAID, "articles": ["L08-10", "L08-12"]}).status_code == 302
    answer = browser(supervisor).post(path, {**SAID, "articles": ["L08-09"]})
    assert answer.status_code == 409
    assert "10. Unlawful removal with purpose, 12. Unlawful recruitment" in answer.content.decode()
    assert sorted(file.articles.values_list("pk", flat=True)) == ["L08-10", "L08-12"]
    history = browser(officer_psh).get(f"/case-files/{file.reference}/").content.decode()
    assert "L08-10 → L08-10, L08-12" in history


def test_an_article_no_longer_offered_stays_in_the_file_that_has_it(browser: Browser, officer_psh: User) -> None:
    file_of(browser, officer_psh)
    Article.objects.filter(pk="L08-10").update(retired=True)
    file = CaseFile.objects.get()
    path = f"/case-files/{file.reference}/edit/"
    assert browser(officer_psh).post(path, {**SAID, "articles": ["L08-10"], "unit": "Unit 5"}).status_code == 302
    assert file.articles.count() == 1
    assert file_of(browser, officer_psh, police_number="7").status_code == 400


def test_a_file_is_opened_from_the_page_of_a_suspect_and_joins_them(
    browser: Browser, officer_psh: User, suspect: Suspect
) -> None:
    page = browser(officer_psh).get(f"/suspects/{suspect.reference}/").content.decode()
    assert f"/case-files/new/?holds={suspect.reference}" in page
    file_of(browser, officer_psh, holds=suspect.reference)
    assert list(CaseFile.objects.get().suspects.all()) == [suspect]


def test_a_file_of_another_province_s_court_is_left_for_the_list(
    browser: Browser, officer_psh: User, officer_pp: User
) -> None:
    for _press in range(2):
        answer = file_of(browser, officer_psh, court="C12", idempotency_key="k" * 20)
        assert (answer.status_code, answer["Location"]) == (302, "/case-files/")
    file = CaseFile.objects.get()
    assert browser(officer_pp).get(f"/case-files/{file.reference}/").status_code == 200
    assert browser(officer_psh).get(f"/case-files/{file.reference}/").status_code == 404


def test_a_file_closes_with_its_complaint_and_opens_to_who_is_named(
    browser: Browser, officer_psh: User, supervisor: User, supervisor2: User, suspect: Suspect
) -> None:
    file_of(browser, officer_psh, holds=suspect.reference)
    file = CaseFile.objects.get()
    path = f"/case-files/{file.reference}/"
    advance_complaint(suspect.complaint, "lead_nationally", by=supervisor, note="Not safe there")
    file.refresh_from_db()
    assert file.handling == "national_led"
    assert browser(officer_psh).get(path).status_code == 404
    browser(supervisor).post(f"/complaints/{suspect.complaint.reference}/handlers/", {"user": str(officer_psh.pk)})
    assert browser(officer_psh).get(path).status_code == 200
    assert file.reference in browser(officer_psh).get("/case-files/?shared=1").content.decode()
    assert file.reference not in browser(officer_psh).get("/case-files/").content.decode()
    back = advance_complaint(suspect.complaint, "hand_to_province", by=supervisor2, note="Safe again")
    file.refresh_from_db()
    assert (back.handling, file.handling) == ("provincial", "national_led")


def test_the_story_of_a_file_names_what_its_reader_sees(
    browser: Browser, officer_psh: User, officer_pp: User, supervisor: User, suspect: Suspect, registered: Any
) -> None:
    elsewhere = registered(province_of_incident="12")
    file_of(browser, officer_psh, holds=suspect.reference)
    file = CaseFile.objects.get()
    path = f"/case-files/{file.reference}/"
    browser(supervisor).post(path, {"reference": elsewhere.reference})
    assert elsewhere.reference in browser(supervisor).get(path).content.decode()
    text = browser(officer_psh).get(path).content.decode()
    assert f"Joined: {suspect.reference}" in text
    assert elsewhere.reference not in text


def test_what_is_joined_twice_or_taken_out_twice_is_told_once(
    browser: Browser, officer_psh: User, suspect: Suspect
) -> None:
    file_of(browser, officer_psh)
    file = CaseFile.objects.get()
    path = f"/case-files/{file.reference}/"
    for act in ({}, {}, {"act": "part"}, {"act": "part"}):
        assert browser(officer_psh).post(path, {"reference": suspect.reference, **act}).status_code == 302
    assert list(Transition.objects.of(file).values_list("step", flat=True)) == ["part", "join"]


def test_case_files_are_found_by_number_article_and_day(browser: Browser, program: Any, officer_psh: User) -> None:
    file_of(browser, officer_psh)
    file_of(browser, officer_psh, police_number="", court_number="77/C", articles=["L08-12"], opened_on="1/10/2022")
    client = program(officer_psh)

    def found(query: str) -> int:
        return len(client.get(f"/api/v1/case-files/?{query}").json()["results"])

    assert found("q=112") == found("q=77") == found("article=L08-12") == found("opened_from=2022-10-01") == 1
    assert found("state=open") == found("province=18") == 2
    assert found("state=closed") == found("q=9999") == 0


def test_the_list_of_files_asks_the_same_of_the_database_at_any_length(browser: Browser, officer_psh: User) -> None:
    counts, client = [], browser(officer_psh)
    for more in (10, 40, 150):
        for file in CaseFileFactory.create_batch(more):
            file.articles.set(["L08-10", "L08-12"])
        client.get("/case-files/")
        counts.append(len(asked(client, "/case-files/")))
    assert counts[0] == counts[1] == counts[2] <= 13, counts


def test_an_officer_does_not_take_a_file_out_of_his_province(
    browser: Browser, program: Any, officer_psh: User, officer_pp: User, supervisor: User
) -> None:
    file_of(browser, officer_psh)
    file = CaseFile.objects.get()
    path, away = f"/case-files/{file.reference}/edit/", {**SAID, "articles": ["L08-10"], "court": "C12"}
    page = browser(officer_psh).get(path).content.decode()
    assert 'value="C18"' in page
    assert 'value="C12"' not in page
    answer = browser(officer_psh).post(path, away)
    assert answer.status_code == 400
    assert "Only a supervisor moves a file to a court of another province." in answer.content.decode()
    sent = program(officer_psh).patch(f"/api/v1/case-files/{file.reference}/", {"version": 1, "court": "C12"}, "json")
    assert (sent.status_code, list(sent.json())) == (400, ["court"])
    assert browser(officer_psh).get(f"/case-files/{file.reference}/").status_code == 200
    assert 'value="C12"' in browser(supervisor).get(path).content.decode()
    assert browser(supervisor).post(path, away).status_code == 302
    assert browser(officer_pp).get(f"/case-files/{file.reference}/").status_code == 200


@pytest.mark.parametrize("holds", ["KH-2022-222222", "elsewhere", "S-222 OR 1=1", "x" * 40])
def test_what_a_new_file_cannot_join_is_said_and_nothing_is_opened(
    browser: Browser, officer_psh: User, registered: Any, holds: str
) -> None:
    holds = registered(province_of_incident="12").reference if holds == "elsewhere" else holds
    answer = file_of(browser, officer_psh, holds=holds)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Nothing of this reference is open to you." in page or len(holds) > 20
    assert 'type="text" name="holds"' in page
    assert "The file joins" not in page
    assert "112/2022" in page
    assert not CaseFile.objects.exists()


def test_the_same_key_with_another_part_is_another_file(browser: Browser, officer_psh: User, suspect: Suspect) -> None:
    key = {"idempotency_key": "file-of-may-000001"}
    for _press in range(2):
        assert file_of(browser, officer_psh, holds=suspect.reference, **key).status_code == 302
    assert file_of(browser, officer_psh, holds=suspect.complaint.reference, **key).status_code == 422
    file = CaseFile.objects.get()
    assert (file.suspects.count(), file.complaints.count()) == (1, 0)
