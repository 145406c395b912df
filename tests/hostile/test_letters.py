"""A request that names letters no text is written in is answered by our pages, not by a break before them."""

from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from config.serving import in_known_letters

pytestmark = pytest.mark.django_db(transaction=True)
FIELDS = b"go=next&step=0&words=nine"
PARTS = b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\nnine\r\n--x--\r\n'


def answered(path: str, kind: str, body: bytes) -> tuple[str, str]:
    sent = RequestFactory().generic("POST", path, body, content_type="text/plain").environ
    said: list[str] = []

    def start(status: str, _headers: Any, *_rest: Any) -> None:
        said.append(status)

    environ = {**sent, "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}
    answer = b"".join(in_known_letters(WSGIHandler())(environ, start))
    return said[0], answer.decode()


def test_letters_nobody_reads_are_read_as_utf_8() -> None:
    for charset in ("hex", "rot13", "undefined", "idna", "no-such", "", "x" * 200):
        kind = f"application/x-www-form-urlencoded; charset={charset}"
        status, page = answered("/report/form/?lang=%65n", kind, FIELDS)
        assert status == "200 OK", charset
        assert 'value="nine"' in page, charset
        kind = f'multipart/form-data; charset="{charset}"; boundary=x'
        assert answered("/report/form/?lang=en", kind, PARTS)[0] == "200 OK", charset
        assert answered("/contacts/new/?x=%65", f"text/plain; charset={charset}", b"{}")[0] == "403 Forbidden", charset
