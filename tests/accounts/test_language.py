"""Which language a page speaks, what the switch stores, and whose digits are written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db
PAGE = "/account/"


def spoken(client: Client, path: str = PAGE, **headers: str) -> str:
    page = client.get(path, headers=headers).content.decode()
    return page.split('<html lang="', 1)[1].split('"', 1)[0]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "km"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("km-KH", "km"),
        ("vi", "km"),
        ("vi,en;q=0.5", "en"),
        ("fr;q=0.9, en;q=0.1, km;q=0.05", "en"),
        ("\x00;;q=x" * 50, "km"),
    ],
)
def test_the_browser_is_asked_first(db: Any, header: str, language: str) -> None:
    assert spoken(Client(), "/accounts/login/", **({"accept-language": header} if header else {})) == language


def test_the_cookie_beats_the_browser(db: Any) -> None:
    client = Client()
    answer = client.post("/i18n/", {"language": "en", "next": "/accounts/login/"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    assert spoken(client, "/accounts/login/", **{"accept-language": "km"}) == "en"
    client.cookies["django_language"] = "xx"
    assert spoken(client, "/accounts/login/") == "km"


def test_the_person_s_choice_beats_the_cookie_and_stays(officer_psh: User, browser: Callable[..., Client]) -> None:
    client = browser(officer_psh)
    client.post("/i18n/", {"language": "km"})
    client.cookies["django_language"] = "en"
    assert spoken(client) == "km"
    assert User.objects.get(pk=officer_psh.pk).language == "km"
    assert spoken(browser(officer_psh)) == "km"


def test_the_choice_is_taken_back_on_one_s_own_page(officer_psh: User, browser: Callable[..., Client]) -> None:
    client = browser(officer_psh)
    client.post("/i18n/", {"language": "km"})
    assert client.post(PAGE, {"language": "", "digits": "ascii"}).status_code == 302
    assert spoken(client) == "en"
    assert User.objects.get(pk=officer_psh.pk).digits == "ascii"


@pytest.mark.parametrize("language", ["", "xx", "vi", "km\x00", "../en", "e" * 5000])
def test_an_unknown_language_changes_nothing(officer_psh: User, browser: Callable[..., Client], language: str) -> None:
    client = browser(officer_psh)
    assert client.post("/i18n/", {"language": language}).status_code in (302, 400)
    assert User.objects.get(pk=officer_psh.pk).language == ""
    assert client.post(PAGE, {"language": language or "xx", "digits": "roman"}).status_code == 400


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\x00"])
def test_the_switch_never_leaves_the_site(db: Any, target: str) -> None:
    answer = Client().post("/i18n/", {"language": "en", "next": target}, headers={"referer": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_khmer_pages_write_khmer_digits_until_the_person_chose_others(officer_psh: User, browser: Any) -> None:
    client = browser(officer_psh, **{"accept-language": "km"})
    year = str(officer_psh.postings.get().from_on.year)
    khmer = year.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))
    assert khmer in client.get(PAGE).content.decode()
    client.post(PAGE, {"language": "", "digits": "ascii"})
    page = client.get(PAGE).content.decode()
    assert khmer not in page
    assert year in page


def test_the_answer_says_what_it_varies_by(db: Any) -> None:
    vary = Client().get("/accounts/login/")["Vary"]
    assert "Accept-Language" in vary
    assert "Cookie" in vary


def test_names_are_shown_in_the_reader_s_script(officer_psh: User, browser: Callable[..., Client]) -> None:
    assert officer_psh.name_km in browser(officer_psh, **{"accept-language": "km"}).get(PAGE).content.decode()
    assert officer_psh.name in browser(officer_psh).get(PAGE).content.decode()
