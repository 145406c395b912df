"""One HTTP POST to a gateway or push service: no redirect followed, five seconds in all, an answer of a few kilobytes at most."""

import logging
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPException
from threading import Timer
from urllib.parse import urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from notifications.models import Problem, State
from notifications.outcome import Outcome

logger = logging.getLogger(__name__)
SECONDS = 5.0
MOST = 16_384  # bytes of an answer that are read
AGAIN = {401, 403, 404, 408, 409, 425, 429}  # a token, an address or a queue that somebody will put right


@dataclass(frozen=True)
class Letter:
    """What is posted and where: `address` is the IP to speak to, where the name must not be asked for again."""

    url: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    address: str = ""
    seconds: float = SECONDS


@dataclass(frozen=True)
class Answer:
    """What a server said; status 0: nothing, and then `reached` says whether it may have taken the letter."""

    status: int = 0
    reached: bool = False


def post(letter: Letter) -> Answer:
    """Send a letter; never raises for what a server or the line does.

    Before the letter was handed over every failure is clear; from there on a broken line leaves it uncertain.
    """
    ends = time.monotonic() + letter.seconds
    line = _line(letter)
    try:
        line.connect()
    except (HTTPError, OSError) as error:
        logger.warning("not reached: %s", type(error).__name__)
        line.close()
        return Answer()
    watch = Timer(max(0.0, ends - time.monotonic()), _cut, [line.sock])
    watch.daemon = True
    watch.start()
    try:
        return Answer(_exchange(line, letter), reached=True)
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        logger.warning("broken off: %s", type(error).__name__)
        return Answer(reached=True)
    finally:
        watch.cancel()
        with suppress(HTTPError, OSError):
            line.close()


def outcome_of(answer: Answer) -> Outcome:
    """Say what an answer means for a notice; a redirect is not followed and took nothing."""
    if not answer.status:
        return Outcome(State.UNCERTAIN, Problem.BROKEN_OFF) if answer.reached else NOT_REACHED
    if 200 <= answer.status < 300:
        return Outcome(State.SENT)
    refused = 400 <= answer.status < 500 and answer.status not in AGAIN
    return Outcome(State.FAILED if refused else State.PENDING, Problem.REFUSED)


NOT_REACHED = Outcome(State.PENDING, Problem.UNREACHABLE)


def _line(letter: Letter) -> HTTPConnection:
    """Make the connection; proxies of the environment are not asked, certificates are."""
    parts = urlsplit(letter.url)
    host, wait = parts.hostname or "", letter.seconds / 2
    to = letter.address or host
    if parts.scheme == "https":
        return HTTPSConnection(
            to, parts.port or 443, timeout=wait, ssl_context=trust(), server_hostname=host, assert_hostname=host
        )
    return HTTPConnection(to, parts.port or 80, timeout=wait)


@cache
def trust() -> ssl.SSLContext:
    """The certificates this machine believes (SSL_CERT_FILE adds a ministry's own)."""
    return ssl.create_default_context()


def _exchange(line: HTTPConnection, letter: Letter) -> int:
    """Hand the letter over and read the answer's beginning."""
    parts = urlsplit(letter.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {**letter.headers, "Host": parts.netloc.rpartition("@")[2], "User-Agent": "Sangkroh"}
    line.request("POST", target, body=letter.body, headers=headers, preload_content=False)
    answer = line.getresponse()
    left = MOST
    with suppress(
        HTTPError, HTTPException, OSError
    ):  # the status is the answer; what follows is read out of politeness
        while left > 0 and (part := answer.read1(min(left, 1_024))):
            left -= len(part)
    return int(answer.status)


def _cut(line: socket.socket) -> None:
    """Cut a line whose time is up, also one that still trickles: the reader sees its end."""
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)
