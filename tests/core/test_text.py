"""Text: what is stored, what is refused, and the keys by which names are found."""

import pytest
from django.core.exceptions import ValidationError

from core.text import ascii_digits, clean, key_km, key_lat, khmer_digits


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ស្ត្រី", "ស្រ្តី"),  # two subscripts in either order
        ("ភ្នំពេញ", "ភ្នំ\u200bពេញ"),  # a zero-width space between words
        ("ភ្នំពេញ", "\ufeffភ្នំពេញ "),
        ("ផ្ទះ ៦", "ផ្ទះ 6"),
        ("Nguyễn", "Nguyê\u0303n"),  # composed and decomposed
    ],
)
def test_what_reads_the_same_has_the_same_key(one: str, other: str) -> None:
    assert key_km(one) == key_km(other)
    assert key_lat(one) == key_lat(other)


def test_different_names_have_different_keys() -> None:
    assert key_km("សុខ ដារ៉ា") != key_km("សុខ ដារិន")
    assert key_lat("Sok Dara") != key_lat("Sok Darin")


@pytest.mark.parametrize(
    ("text", "key"), [("Nguyễn Thị Lan", "nguyen thi lan"), ("  JIN-Bei (2) ", "jin bei 2"), ("金贝", "jinbei")]
)
def test_a_latin_key_is_nearly_what_is_heard(text: str, key: str) -> None:
    assert key_lat(text).replace(" ", "") == key.replace(" ", "")


def test_keys_are_stable() -> None:
    for text in ("ស្រ្តី", "Nguyễn Thị Lan", "金贝", "", "123"):
        assert key_km(key_km(text)) == key_km(text)
        assert key_lat(key_lat(text)) == key_lat(text)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  a  ", "a"),
        ("\u200b\u200c\ufeff", ""),
        ("a\r\nb", "a\nb"),
        ("\u202eLan\u202c", "Lan"),
        ("a\x07b\x1f", "ab"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("tab\tstays", "tab\tstays"),
        ("ភ្នំ\u200bពេញ", "ភ្នំ\u200bពេញ"),
    ],
)
def test_text_is_stored_clean(typed: str, stored: str) -> None:
    assert clean(typed) == stored


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "a\udfffb"])
def test_what_no_column_holds_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        clean(text)


def test_digits_go_both_ways() -> None:
    assert ascii_digits("០១២ ៣៤៥") == "012 345"
    assert khmer_digits("2022") == "២០២២"
