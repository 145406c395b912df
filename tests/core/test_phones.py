"""What is taken as a telephone: numbers as people write them, and no days."""

import pytest

from core.phones import e164


@pytest.mark.parametrize(
    "text", ["012 345 678", "012-345-678", "012/345/678", "12 34 5678", "12.345.678", "០១២ ៣៤៥ ៦៧៨", "+855 12 345 678"]
)
def test_a_number_is_read_however_it_is_grouped(text: str) -> None:
    assert e164(text) == e164(text, takes_codes=True) == "+85512345678"


@pytest.mark.parametrize(
    "text",
    ["31/12/9999", "1/1/0001", "31/12/99", "2026-13-45", "2026/11/27", "29-9-2022", "29 9 2022", "29.9.2022 15:40"],
)
def test_a_day_is_none(text: str) -> None:
    assert e164(text) == ""
