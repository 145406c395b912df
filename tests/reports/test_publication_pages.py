"""The register, the form, signing on a page, and what programs read of publications."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import User
from core.display import today
from reports.models import Publication
from reports.services import prepare
from reports.services.snapshot import at_one_moment
from tests.api.test_races import at_once
from tests.factories.accounts import UserFactory
from tests.reports.publishing import TITLE, asked, drafted, numbers, released
from tests.reports.window import Browser, Registered, at, rescued

REGISTER, NEW, API = "/reports/publications/", "/reports/publications/new/", "/api/v1/publications/"
SAID = {
    "first": "18/8/2022",
    "last": "29/9/2022",
    "kind": "provisional",
    "audience": "press",
    "figures": ["complaints_received", "victims_rescued"],
    "splits": ["complaints_received.channel"],
}


def test_the_register_is_empty_and_says_what_appears(browser: Browser, supervisor: User, analyst: User) -> None:
    html = browser(supervisor).get(REGISTER).content.decode()
    assert "Nothing was released yet" in html
    assert NEW not in html
    assert NEW in browser(analyst).get(REGISTER).content.decode()
    assert "Nothing waits to be signed" in browser(supervisor).get(f"{REGISTER}?show=draft").content.decode()


def test_prepared_on_the_form_signed_by_another_and_in_the_register(
    press: Registered, browser: Browser, analyst: User, supervisor: User
) -> None:
    press()
    form = browser(analyst)
    answer = form.post(NEW, {**SAID, "idempotency_key": uuid4().hex}, follow=True)
    publication = Publication.objects.get()
    address = f"{REGISTER}{publication.reference}/"
    html = answer.content.decode()
    assert answer.redirect_chain[-1][0] == address
    assert "Not signed: this is not for release." in html
    assert f"{address}steps/sign/" not in html
    assert browser(analyst).post(f"{address}steps/sign/", {"signed_title": TITLE}).status_code == 403
    second = browser(supervisor)
    assert f"{address}steps/sign/" in second.get(address).content.decode()
    page = second.get(f"{address}steps/sign/")
    assert "You answer for these figures by name." in page.content.decode()
    assert "1 complaint" in page.content.decode()
    empty = second.post(f"{address}steps/sign/", {"signed_title": ""})
    assert empty.status_code == 400
    assert "Answer this question." in empty.content.decode()
    done = second.post(f"{address}steps/sign/", {"signed_title": TITLE}, follow=True)
    assert "Signed and released" in done.content.decode()
    assert f"{supervisor.name}, {TITLE}" in second.get(REGISTER).content.decode()
    again = second.post(f"{address}steps/sign/", {"signed_title": TITLE}, follow=True)
    assert "It was done already." in again.content.decode()
    assert browser(analyst).post(f"{address}steps/withdraw/", {"note": "No"}).status_code == 409


def test_what_was_chosen_stays_in_a_form_that_is_refused(browser: Browser, analyst: User) -> None:
    client = browser(analyst)
    for wrong, words in (
        ({"first": "31/9/2022"}, "There is no such day."),
        ({"last": "17/8/2022"}, "The last day lies before the first."),
        ({"figures": []}, "Choose at least one figure"),
        ({"figures": ["nothing"]}, "This figure has no such part."),
        ({"splits": ["complaints_received.sex"]}, "This figure has no such part."),
        ({"splits": ["people_reported.sex"]}, "Choose the figure too that is to be split."),
        ({"first": str(today() + timedelta(days=1)), "last": str(today() + timedelta(days=1))}, "has not begun"),
        ({"idempotency_key": ""}, "Give a key"),
        ({"figures": [*SAID["figures"], "complaints_from_or_about"], "province": "12xyz"}, "Choose the province"),
    ):
        answer = client.post(NEW, {"idempotency_key": uuid4().hex, **SAID, "note": "Kept words", **wrong})
        html = answer.content.decode()
        assert answer.status_code == 400, wrong
        assert words in html, wrong
        assert "Kept words" in html
        assert 'value="complaints_received.channel" id="split-complaints_received.channel"' in html
    assert not Publication.objects.exists()


def test_a_double_press_makes_one_and_another_body_is_refused(browser: Browser, analyst: User) -> None:
    client, key = browser(analyst), uuid4().hex
    for _press in range(2):
        assert client.post(NEW, {**SAID, "idempotency_key": key}).status_code == 302
    assert client.post(NEW, {**SAID, "kind": "final", "idempotency_key": key}).status_code == 422
    assert Publication.objects.count() == 1


def test_a_preview_saves_nothing_and_says_whose_numbers_it_shows(
    press: Registered, browser: Browser, analyst: User
) -> None:
    press()
    answer = browser(analyst).post(NEW, {**SAID, "act": "preview"})
    html = answer.content.decode()
    assert "What you may see yourself." in html
    assert [one["said"] for one in answer.context["preview"]] == ["1 complaint", "0 people"]
    assert not Publication.objects.exists()


def test_the_form_of_a_newer_one_begins_with_what_it_supersedes(
    press: Registered, browser: Browser, analyst: User, supervisor: User
) -> None:
    rescued(press(), supervisor, at(9, 5))
    first = released(analyst, supervisor, "victims_rescued", splits=("victims_rescued.sex",))
    page = browser(analyst).get(f"{NEW}?supersedes={first.reference}")
    form = page.context["form"]
    assert (form["figures"].value(), form["splits"].value()) == (["victims_rescued"], ["victims_rescued.sex"])
    assert form["supersedes"].value() == first.reference
    assert browser(analyst).get(f"{NEW}?supersedes=PB-22222222").status_code == 404


def test_programs_read_what_was_released_and_nothing_else(
    press: Registered, program: Any, analyst: User, supervisor: User, integrity: User
) -> None:
    press()
    first = released(analyst, supervisor, splits=("complaints_received.channel",))
    draft = drafted(analyst)
    for user in (analyst, supervisor, integrity):
        found = program(user).get(API).json()["results"]
        assert [row["reference"] for row in found] == [first.reference]
        one = program(user).get(f"{API}{first.reference}/").json()
        assert (one["first_on"], one["status"], one["signed_title"]) == ("2022-08-18", "signed", TITLE)
        (figure,) = one["figures"]
        assert (figure["name"], figure["value"], figure["definition_version"]) == ("complaints_received", 1, 1)
        assert [(part["split"], part["n"]) for part in figure["parts"]] == [("channel", 1)]
        assert program(user).get(f"{API}{draft.reference}/").status_code == 404
        assert program(user).post(API, {}).status_code == 405
    for role in ("admin", "intake", "officer", "partner"):
        assert program(UserFactory(role=role)).get(API).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_all_of_it_is_read_as_at_one_moment_and_once(analyst: User, system: User) -> None:
    def isolation() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            return str(cursor.fetchone()[0])

    assert at_one_moment(isolation) == "repeatable read"
    key = uuid4().hex
    answers = at_once([lambda: prepare(asked(), by=analyst, key=key) for _racer in range(3)])
    assert len({publication.pk for publication, _made in answers}) == 1
    assert sum(made for _publication, made in answers) == 1
    assert Publication.objects.count() == 1
    assert numbers(answers[0][0])["complaints_received"][0] == 0
