"""Reporters stored by older rules: found by their number however it was typed, and pressed for by no clock they forbade."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from complaints.models import Complaint, Reporter
from complaints.said import ComplaintSaid, ReporterSaid
from complaints.services import add_contact
from complaints.services.filing import hash_of_phone
from complaints.services.mending import mend_reporters
from core import sealed
from core.sealed import Sealed, keyed_hash, open_sealed

Register = Callable[..., Complaint]
pytestmark = pytest.mark.django_db


def stored_before(row: Complaint, *, way: str = "", **columns: Any) -> Reporter:
    """Make the reporter of a complaint as an older release stored them."""
    reporter = Reporter.objects.get(contact__complaint=row)
    if way:
        reporter.safe_contact = json.dumps({"way": way})
        reporter.save(update_fields=["safe_contact"])
        Complaint._base_manager.filter(pk=row.pk).update(answer_due_at=timezone.now() + timedelta(days=3))
    Reporter.objects.filter(pk=reporter.pk).update(key_version=0, **columns)
    return reporter


def test_a_number_dialled_with_zeros_is_found_as_every_other_one(registered: Register) -> None:
    row = registered(reporter=ReporterSaid(phone="00855 97 555 0184"))
    reporter = stored_before(row, phone_hash=keyed_hash("phone", "+855855975550184"))
    right = hash_of_phone("097 555 0184")
    assert mend_reporters() == 1
    reporter.refresh_from_db()
    assert bytes(reporter.phone_hash or b"") == right
    assert open_sealed(reporter, "phone") == "00855 97 555 0184"
    assert mend_reporters() == 0
    assert call_command("reindex") is None


def test_what_is_written_today_is_of_today(registered: Register) -> None:
    registered(reporter=ReporterSaid(phone="00855 97 555 0184"))
    assert mend_reporters() == 0
    assert bytes(Reporter.objects.get().phone_hash or b"") == hash_of_phone("097 555 0184")


def test_who_is_never_to_be_contacted_is_pressed_for_by_no_clock(registered: Register) -> None:
    never = registered(reporter=ReporterSaid(phone="012 345 678"))
    stored_before(never, way="never")
    other = registered(reporter=ReporterSaid(phone="012 345 679"))
    stored_before(other, way="telephone")
    mend_reporters()
    for row in (never, other):
        row.refresh_from_db()
    assert never.answer_due_at is None
    assert other.answer_due_at is not None


def test_the_clock_goes_on_where_another_reporter_waits(registered: Register, intake: Any) -> None:
    row = registered(reporter=ReporterSaid(phone="012 345 678"))
    stored_before(row, way="never")
    said = ComplaintSaid(channel="hotline", narrative="More.", reporter=ReporterSaid(phone="012 999 678"))
    add_contact(row, said, by=intake, key="k-more")
    mend_reporters()
    row.refresh_from_db()
    assert row.answer_due_at is not None


def test_what_does_not_open_is_left_and_holds_up_nothing(
    registered: Register, caplog: pytest.LogCaptureFixture
) -> None:
    for number in ("012 345 678", "012 345 679"):
        stored_before(registered(reporter=ReporterSaid(phone=number)), phone_hash=None)
    broken = Reporter.objects.order_by("pk")[0]
    Reporter.objects.filter(pk=broken.pk).update(phone=Sealed(b"\x01" + b"0" * 40))
    assert mend_reporters() == 1
    assert str(broken.pk) in caplog.text
    assert "012 345" not in caplog.text


def test_without_the_key_nothing_is_done_and_it_is_said(
    registered: Register, monkeypatch: pytest.MonkeyPatch, tmp_path: Any, caplog: pytest.LogCaptureFixture
) -> None:
    stored_before(registered(reporter=ReporterSaid(phone="012 345 678")), phone_hash=None)
    monkeypatch.setenv("SANGKROH_KEYS_DIR", str(tmp_path))
    monkeypatch.delenv("SANGKROH_KEY_REPORTER", raising=False)
    sealed.key_for.cache_clear()
    try:
        assert mend_reporters() == 0
    finally:
        monkeypatch.undo()
        sealed.key_for.cache_clear()
    assert "no key here" in caplog.text
    assert mend_reporters() == 1
