"""The public report: keep what came in, find it by its code, and write to each other; nobody is known by name.

These are the only questions the public surface asks of the database: it adds a row, and calls three functions with the
hash of a code (complaints/sql.py). What came in is taken further by `taking_in`, by the system.
"""

import hmac
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from complaints.channels.public.receipt import hash_of, receipt_for
from complaints.models import PublicMessage, PublicReport
from core.sealed import Sealed, key_for, open_sealed

MOST_MESSAGES = 50
# What the public surface may write of a report (config/grants.py); by itself it leaves to the database when it came in.
ADD = """
INSERT INTO complaints_publicreport (id, receipt_hash, said, words_hash) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
ADD_AT = """
INSERT INTO complaints_publicreport (id, receipt_hash, said, words_hash, received_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Said:
    """A message as who reported sees it."""

    words: str
    ours: bool
    at: datetime
    broken: bool = False


@dataclass(frozen=True)
class Found:
    """What a code opens: where it stands, and the messages, the newest first. `state` is empty where there is none."""

    state: str = ""
    received_at: datetime | None = None
    messages: tuple[Said, ...] = ()


@transaction.atomic
def receive(form: str, told: Mapping[str, str], *, at: datetime | None = None) -> str:
    """Keep a report, and return its code; the same form with the same words is one report with one code."""
    receipt, body = receipt_of(form, told), _body(told)
    row = PublicReport(said=body)
    said = PublicReport._meta.get_field("said").pre_save(row, add=True).box
    at = at or (None if settings.SURFACE == "public" else timezone.now())
    values = [row.pk, hash_of(receipt), said, _hash("words", body)]
    with connection.cursor() as cursor:
        cursor.execute(ADD_AT if at else ADD, [*values, at] if at else values)
    return receipt


def receipt_of(form: str, told: Mapping[str, str]) -> str:
    """Return the code that a form with these words has."""
    return receipt_for(form, _body(told))


def _body(told: Mapping[str, str]) -> str:
    return json.dumps(dict(sorted(told.items())), ensure_ascii=False)


def look_up(receipt: str) -> Found:
    """Find what a code opens: the same two questions for a right one and a wrong one."""
    hashed = hash_of(receipt)
    states = _ask("SELECT state, received_at FROM public_report_state(%s)", hashed)
    rows = _ask("SELECT id, words, ours, at FROM public_report_messages(%s)", hashed)
    if not states:
        return Found()
    said = tuple(_said(pk, words, ours, at) for pk, words, ours, at in rows)
    return Found(states[0][0], states[0][1], said)


def states_of(receipt_hashes: Sequence[bytes]) -> dict[bytes, str]:
    """Return the states that who has the codes of these reports sees, by the hash; one query."""
    rows = _ask("SELECT one, s.state FROM unnest(%s::bytea[]) AS one, public_report_state(one) AS s", receipt_hashes)
    return {bytes(hashed): str(state) for hashed, state in rows}


def state_of(receipt_hash: bytes) -> str:
    """Return the state that who has the code of one report sees."""
    return states_of([receipt_hash]).get(receipt_hash, "")


@transaction.atomic
def say(receipt: str, form: str, words: str, *, kind: str = PublicMessage.Kind.MESSAGE, danger: bool = False) -> None:
    """Keep a message from who reported, and whether somebody is in danger now; sent twice it is one. A wrong code keeps nothing."""
    hashed, said = hash_of(receipt), f"{receipt}|{form}|{kind}{'!' * danger}|{words}"
    row = PublicMessage(pk=uuid.UUID(bytes=_hash("message", said)[:16]), words=words)
    sealed = PublicMessage._meta.get_field("words").pre_save(row, add=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT public_report_say(%s, %s, %s, %s, %s)", [hashed, row.pk, kind, sealed.box, danger])


def _ask(statement: str, hashed: bytes | Sequence[bytes]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [hashed if isinstance(hashed, bytes) else list(hashed)])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _said(pk: Any, words: Any, ours: bool, at: datetime) -> Said:
    try:
        return Said(open_sealed(PublicMessage(pk=pk, words=Sealed(bytes(words or b""))), "words"), ours, at)
    except ValueError:  # one that cannot be opened takes no others with it
        return Said("", ours, at, broken=True)


def _hash(what: str, text: str) -> bytes:
    return hmac.new(key_for("receipt"), f"{what}|{text}".encode("utf-8", "replace"), sha256).digest()
