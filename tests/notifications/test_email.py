"""Outside the application a notice says that there is something, in the recipient's language, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.core import mail
from django.core.mail import EmailMessage

from accounts.models import User
from complaints.models import Complaint
from notifications.delivery import deliver
from notifications.models import Notification
from notifications.services import notify


@pytest.fixture
def sent(cast: dict[str, User], complaint_in: Callable[..., Complaint]) -> Callable[[str], EmailMessage]:
    def make(language: str) -> EmailMessage:
        officer = cast["officer.psh"]
        User.objects.filter(pk=officer.pk).update(language=language)
        (pk,) = notify([officer], "complaint_new", about=complaint_in(), transition=uuid4(), channels=["email"])
        deliver([pk])
        return mail.outbox[-1]

    return make


def test_it_says_one_new_item_and_where_to_sign_in(sent: Callable[[str], EmailMessage]) -> None:
    message = sent("en")
    assert message.subject == "1 new item"
    assert message.body == "1 new item. Sign in: http://127.0.0.1:8000"
    assert message.to == ["officer.psh@example.org"]


def test_it_names_no_reference_no_place_and_no_person(sent: Callable[[str], EmailMessage]) -> None:
    raw = sent("en").message().as_string()
    row = Notification.objects.get()
    for word in (
        row.reference,
        row.reference[3:],
        "Sihanouk",
        "complaint",
        "floor",
        row.recipient.name,
        str(row.transition),
    ):
        assert word not in raw


@pytest.fixture
def khmer(tmp_path: Path, settings: Any) -> None:
    """A Khmer catalogue of this one message."""
    catalog = Catalog(locale="km")
    catalog.add("1 new item", "ធាតុថ្មី ១")
    folder = tmp_path / "km" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalog)
    settings.LOCALE_PATHS = [str(tmp_path)]


def test_it_is_in_the_language_of_the_recipient_else_khmer(khmer: None, sent: Callable[[str], EmailMessage]) -> None:
    subjects = [sent(language).subject for language in ("en", "km", "")]
    assert subjects == ["1 new item", "ធាតុថ្មី ១", "ធាតុថ្មី ១"]


def test_its_message_id_is_the_rows_and_machines_do_not_answer_it(sent: Callable[[str], EmailMessage]) -> None:
    message = sent("en").message()
    assert message["Message-ID"] == f"<{Notification.objects.get().pk.hex}@127.0.0.1>"
    assert message["Auto-Submitted"] == "auto-generated"
