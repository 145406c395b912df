"""The search box: reference, names, telephone numbers, sites, and what is said, in either script."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from complaints.models import Complaint, SearchRow
from complaints.said import ComplaintSaid, PersonSaid
from complaints.search import matching
from complaints.services import add_contact, change_facts, index
from provinces.models import Province
from provinces.services import add_site

Register = Callable[..., Complaint]


def found(text: str, user: Any) -> set[str]:
    rows = matching(Complaint.objects.visible_to(user).live(), text, user)
    return set(rows.values_list("reference", flat=True))


@pytest.fixture
def held(registered: Register, supervisor: User) -> Complaint:
    site = add_site(by=supervisor, province=Province.objects.get(pk="18"), name_en="Building K9", aliases=["អគារ K9"])
    return registered(
        narrative="ជនរងគ្រោះនៃអំពើជួញដូរមនុស្ស ៣ នាក់ ត្រូវបានឃុំ។ Ring 097 555 0184, passports taken.",
        site=site.reference,
        people=(PersonSaid(name="Nguyễn Thị Lan"),),
    )


@pytest.mark.parametrize(
    "text",
    [
        "nguyen thi lan",
        "+855 97 555 0184",
        "០៩៧៥៥៥០១៨៤",
        "building k9",
        "អគារ K9",
        "ជួញដូរ",
        "មនុស្ស ជួញដូរ",
        "នៃអំពើជួញដូរមនុស្ស",
        "passports",
        "taken passports",
        "3 នាក់",
    ],
)
def test_found_by(text: str, held: Complaint, registered: Register, intake: User, officer_pp: User) -> None:
    registered(narrative="Another thing in another place.")
    assert found(text, intake) == {held.reference}
    assert found(text, officer_pp) == set()


def test_a_number_that_is_no_telephone_is_found_in_the_words(registered: Register, intake: User) -> None:
    held = registered(narrative="The passport has the number 20220817 0042.")
    assert found("20220817 0042", intake) == {held.reference}


def test_a_reporters_number_is_found_by_who_may_open_it(complaint: Complaint, intake: User, officer_psh: User) -> None:
    assert found("012 345 678", intake) == {complaint.reference}
    assert found("012 345 678", officer_psh) == set()


def test_words_are_not_for_readers_of_coded_data(held: Complaint, analyst: User) -> None:
    assert found("passports", analyst) == set()
    assert found("Building K9", analyst) == {held.reference}


def test_what_is_added_and_corrected_is_found(held: Complaint, intake: User) -> None:
    said = {"channel": "hotline", "narrative": "She wears a green jacket."}
    add_contact(held, ComplaintSaid(**said), by=intake, key="more-000001")
    assert found("jacket", intake) == {held.reference}
    held.refresh_from_db()
    change_facts(held, by=intake, version=held.version, changes={"exact_spot": "Pagoda of the white elephant"})
    assert found("elephant", intake) == {held.reference}
    assert found("jacket", intake) == {held.reference}


def test_missing_rows_are_written_and_old_ones_written_anew(
    held: Complaint, registered: Register, intake: User
) -> None:
    registered()
    SearchRow.objects.filter(pk=held.pk).delete()
    assert found("passports", intake) == set()
    assert index.reindex() == 1
    assert found("passports", intake) == {held.reference}
    SearchRow.objects.update(key_version=0)
    assert index.reindex() == 2
    assert index.reindex() == 0


def test_a_search_row_follows_its_complaint(held: Complaint, intake: User, officer_psh: User) -> None:
    assert found("passports", officer_psh) == {held.reference}
    Complaint.objects.filter(pk=held.pk).update(handling="national_led")
    assert SearchRow.objects.get(pk=held.pk).handling == "national_led"
    assert found("passports", officer_psh) == set()
