"""Case files: what they join, who sees it."""

from typing import Any

import pytest

from accounts.models import User
from suspects.models import CaseFile, Suspect
from tests.suspects import Browser, url


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
