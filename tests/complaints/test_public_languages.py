"""The six languages of the public pages: complete, and signed by an administrator once a native speaker has read them."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils.translation import override, to_locale

from accounts.models import User
from audit.models import AuditEvent
from complaints.channels.public.languages import NAMES, UNREAD
from complaints.channels.public.words import day_of
from complaints.models import LanguageReading
from complaints.services import language_readings

pytestmark = pytest.mark.django_db
PATHS = ("/report/", "/report/form/", "/report/follow-up/", "/report/clear/")
SCRIPT = {"km": "[\u1780-\u17ff]", "zh-hans": "[\u4e00-\u9fff]", "th": "[\u0e00-\u0e7f]", "vi": "[ạếộườ]", "id": "Anda"}


@pytest.mark.parametrize("code", [code for code in NAMES if code != "en"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_speaks_its_language_and_no_other(client: Client, code: str, path: str) -> None:
    page = client.get(f"{path}?lang={code}").content.decode()
    own = re.sub(r"<details class=\"sk-menu.*?</details>|<b lang=\"km\">.*?</b>", "", page, flags=re.S)
    words = re.sub(r"<[^>]+>", " ", own)
    assert re.search(SCRIPT[code], words)
    for other in ("km", "zh-hans", "th"):
        if other != code:
            assert not re.search(SCRIPT[other], words), other
    assert "Leave this page" not in words


@pytest.mark.parametrize("code", UNREAD)
def test_every_word_of_the_public_pages_is_there(code: str) -> None:
    folder = settings.BASE_DIR / "locale" / to_locale(code) / "LC_MESSAGES"
    with (folder / "django.po").open("rb") as file:
        empty = [message.id for message in read_po(file) if message.id and not message.string]
    assert empty == []


def test_the_administrator_sees_which_are_unread_and_signs(browser: Any, admin: User, supervisor: User) -> None:
    client = browser(admin)
    page = client.get("/languages/").content.decode()
    assert page.count("Not yet read by a native speaker.") == 4
    answer = client.post("/languages/", {"language": "vi", "reader": "Trần Thị Lan"})
    assert answer.status_code == 302
    page = client.get("/languages/").content.decode()
    assert page.count("Not yet read by a native speaker.") == 3
    assert "Trần Thị Lan" in page
    row = LanguageReading.objects.get()
    assert (row.language, row.by) == ("vi", admin)
    assert AuditEvent.objects.filter(verb="language.sign", actor_id=str(admin.pk)).exists()
    assert browser(supervisor).get("/languages/").status_code == 403


@pytest.mark.parametrize("said", [{"language": "vi", "reader": " "}, {"language": "km", "reader": "Sok Dara"}, {}])
def test_what_cannot_be_signed_is_handed_back(browser: Any, admin: User, said: dict[str, str]) -> None:
    answer = browser(admin).post("/languages/", said)
    assert answer.status_code == 400
    assert not LanguageReading.objects.exists()


def test_words_that_change_are_unread_again(browser: Any, admin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    language_readings.sign_language("th", reader="Somchai", by=admin)
    monkeypatch.setattr(language_readings, "words_of", lambda code: "another")
    page = browser(admin).get("/languages/").content.decode()
    assert "Its words have changed since it was read" in page


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("km", "៣ វិច្ឆិកា ២០២៦"),
        ("en", "3 Nov 2026"),
        ("vi", "Ngày 03 tháng 11 năm 2026"),
        ("zh-hans", "2026年11月3日"),
        ("th", "3 พฤศจิกายน 2026"),
        ("id", "3 Nov. 2026"),
    ],
)
def test_the_day_of_a_message_has_its_month_in_words(code: str, wanted: str) -> None:
    with override(code):
        assert day_of(datetime(2026, 11, 2, 18, 30, tzinfo=UTC)) == wanted
