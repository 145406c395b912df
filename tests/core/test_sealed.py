"""Sealed fields: readable only in the row and column they were sealed for, with their own key."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from complaints.models import Contact, Reporter
from core.sealed import Sealed, key_for, keyed_hash, open_sealed
from tests.factories.cases import ComplaintFactory

pytestmark = pytest.mark.django_db
NAME, PHONE = "Trần Văn Bình", "+85512345678"


@pytest.fixture
def reporter(intake: Any) -> Reporter:
    return made(intake, NAME)


def made(by: Any, name: str) -> Reporter:
    complaint = ComplaintFactory()
    contact = Contact.objects.create(
        channel="hotline",
        received_at=complaint.received_at,
        logged_by=by,
        complaint=complaint,
        status="filed",
        province_id="18",
        raw="Said on the telephone",
    )
    return Reporter.objects.create(contact=contact, name=name, phone=PHONE, phone_hash=keyed_hash("phone", PHONE))


def stored(reporter: Reporter, column: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM complaints_reporter WHERE id = %s", [reporter.pk])
        return bytes(cursor.fetchone()[0])


def store(reporter: Reporter, column: str, box: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE complaints_reporter SET {column} = %s WHERE id = %s", [box, reporter.pk])


def test_what_is_sealed_is_opened_and_only_on_purpose(reporter: Reporter) -> None:
    fresh = Reporter.objects.get(pk=reporter.pk)
    assert isinstance(fresh.name, Sealed)
    assert NAME not in f"{fresh.name}{fresh.name!r}"
    assert open_sealed(fresh, "name") == NAME


def test_the_column_holds_nothing_of_the_text(reporter: Reporter) -> None:
    for column in ("name", "phone"):
        box = stored(reporter, column)
        assert NAME.encode() not in box
        assert b"12345678" not in box


def test_the_same_text_is_sealed_differently_each_time(reporter: Reporter, intake: Any) -> None:
    assert stored(reporter, "name") != stored(made(intake, NAME), "name")


def test_bytes_moved_to_another_row_are_refused(reporter: Reporter, intake: Any) -> None:
    other = made(intake, "Somebody else")
    store(other, "name", stored(reporter, "name"))
    with pytest.raises(ValueError, match="cannot be opened"):
        open_sealed(Reporter.objects.get(pk=other.pk), "name")


def test_bytes_moved_to_another_column_are_refused(reporter: Reporter) -> None:
    store(reporter, "address", stored(reporter, "name"))
    with pytest.raises(ValueError, match="cannot be opened"):
        open_sealed(Reporter.objects.get(pk=reporter.pk), "address")


@pytest.mark.parametrize("place", [1, 5, 14, -1])
def test_a_changed_byte_is_refused(reporter: Reporter, place: int) -> None:
    box = bytearray(stored(reporter, "name"))
    box[place] ^= 1
    store(reporter, "name", bytes(box))
    with pytest.raises(ValueError, match="cannot be opened"):
        open_sealed(Reporter.objects.get(pk=reporter.pk), "name")


def test_another_key_opens_nothing(reporter: Reporter, monkeypatch: Any) -> None:
    monkeypatch.setattr("core.sealed.key_for", lambda purpose: b"x" * 32)
    with pytest.raises(ValueError, match="cannot be opened"):
        open_sealed(Reporter.objects.get(pk=reporter.pk), "name")


def test_every_purpose_has_its_own_key() -> None:
    purposes = ("reporter", "contact", "place", "phone", "draft")
    assert len({key_for(purpose) for purpose in purposes}) == len(purposes)


def test_a_missing_or_short_key_is_said(monkeypatch: Any, tmp_path: Any) -> None:
    key_for.cache_clear()
    monkeypatch.setenv("SANGKROH_KEYS_DIR", str(tmp_path))
    with pytest.raises(ImproperlyConfigured, match="SANGKROH_KEY_NOWHERE"):
        key_for("nowhere")
    monkeypatch.setenv("SANGKROH_KEY_NOWHERE", "c2hvcnQ=")
    with pytest.raises(ImproperlyConfigured, match="32 bytes"):
        key_for("nowhere")
    key_for.cache_clear()


def test_an_empty_text_is_stored_as_nothing(reporter: Reporter) -> None:
    assert stored(reporter, "address") == b""
    assert open_sealed(Reporter.objects.get(pk=reporter.pk), "address") == ""


def test_a_sealed_field_is_never_written_or_searched_in_bulk(reporter: Reporter) -> None:
    with pytest.raises(TypeError):
        Reporter.objects.filter(pk=reporter.pk).update(name="Other")
    with pytest.raises(TypeError):
        Reporter.objects.filter(name=NAME).exists()


def test_saving_again_keeps_what_was_sealed(reporter: Reporter) -> None:
    fresh = Reporter.objects.get(pk=reporter.pk)
    fresh.relation = "family"
    fresh.save()
    assert open_sealed(Reporter.objects.get(pk=reporter.pk), "name") == NAME


def test_a_phone_is_found_by_its_keyed_hash_only(reporter: Reporter) -> None:
    assert Reporter.objects.get(phone_hash=keyed_hash("phone", PHONE)) == reporter
    assert not Reporter.objects.filter(phone_hash=keyed_hash("phone", "+85512345679")).exists()
    assert keyed_hash("phone", PHONE) != keyed_hash("reporter", PHONE)
    assert len(keyed_hash("phone", PHONE)) == 32
