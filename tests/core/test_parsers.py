"""The parser by itself: what it refuses never reaches a field."""

from io import BytesIO
from typing import Any

import pytest
from rest_framework.exceptions import ParseError

from core.parsers import MAX_DEPTH, StrictJSONParser, TooLarge


def parse(body: bytes) -> Any:
    return StrictJSONParser().parse(BytesIO(body))


@pytest.mark.parametrize(
    "body",
    [
        b"NaN",
        b"-Infinity",
        b"1e999",
        b"[-1e999]",
        b'{"a": 1, "a": 1}',
        b'[{"a": {"b": 1, "b": 2}}]',
        b'"\\u0000"',
        b'{"\\u0000": 1}',
        b'["\\ud800"]',
        b'{"a": ["\\udfff"]}',
        b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
        b'{"a":' * (MAX_DEPTH + 1) + b"1" + b"}" * (MAX_DEPTH + 1),
        b"[" * 10_000 + b"]" * 10_000,
        b"[" * 100_000,
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf{}",
        b"9" * 5_000,
        b"",
        b"{'a': 1}",
    ],
)
def test_it_refuses(body: bytes) -> None:
    with pytest.raises(ParseError):
        parse(body)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": [1, 2.5, null, true]}', {"a": [1, 2.5, None, True]}),
        (b'"\\ud83d\\ude00"', "😀"),
        ('"ស្ត្រី"'.encode(), "ស្ត្រី"),
        (b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, None),
    ],
)
def test_it_reads(body: bytes, value: Any) -> None:
    read = parse(body)
    assert value is None or read == value


def test_it_stops_reading_what_is_too_large(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert parse(b'"' + b"a" * 98 + b'"') == "a" * 98
    endless = BytesIO(b'"' + b"a" * 10_000 + b'"')
    with pytest.raises(TooLarge):
        StrictJSONParser().parse(endless)
    assert endless.tell() == 101
