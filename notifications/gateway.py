"""SMS and Telegram: one HTTP POST to a gateway, content-free, and one-time codes to a telephone.

The settings say where (`SANGKROH_SMS_URL`, `SANGKROH_TELEGRAM_URL`) and with which token. A gateway takes JSON
`{"to", "text"}`, for Telegram `{"chat_id", "text"}` as its Bot API does; `{token}` in an address stands for the token.
"""

import json
import logging
import re
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from notifications.models import Problem, State
from notifications.outcome import Outcome
from notifications.wire import Letter, outcome_of, post

logger = logging.getLogger(__name__)
SMS, TELEGRAM, LANGUAGE = "sms", "telegram", "km"
TO = {SMS: "to", TELEGRAM: "chat_id"}
NOT_SET_UP = Outcome(State.FAILED, Problem.NO_GATEWAY)
LOCAL = {"127.0.0.1", "localhost", "::1"}


def is_set_up(channel: str) -> bool:
    """Say whether this server has a gateway for a channel."""
    return bool(settings.GATEWAYS[channel]["url"])


def send_code(e164: str, code: str, language: str = "") -> None:
    """Send a one-time code to a telephone (E.164), in a language of ours ("km" unless told); five seconds at most.

    Raises Conflict with words when it was not sent; where nobody knows, it may have arrived, and the caller goes on.
    Nothing is stored and nothing is tried again: expiry, tries and a limit of codes are the caller's.
    """
    outcome = code_to(SMS, e164, code, language)
    if outcome.problem == Problem.NO_GATEWAY:
        raise Conflict(_("No gateway for short messages is set up. Ring who sent you this link."))
    if outcome.state not in (State.SENT, State.UNCERTAIN):
        raise Conflict(_("The code could not be sent. Try again in a minute, or ring who sent you this link."))


def code_to(channel: str, to: str, code: str, language: str) -> Outcome:
    """Send a one-time code by a channel; one attempt."""
    with translation.override(language or LANGUAGE):
        text = _("Code: %(code)s. Valid for 10 minutes. Tell it to nobody.") % {"code": code}
    return send(channel, to, text, key=uuid4().hex)


def send(channel: str, to: str, text: str, *, key: str) -> Outcome:
    """Send a text by a channel; `key` is the same at every attempt, so that a gateway can tell a second copy."""
    gateway = settings.GATEWAYS[channel]
    if not gateway["url"]:
        return NOT_SET_UP
    if gateway["url"].startswith("file:"):
        return _to_file(Path(gateway["url"].removeprefix("file:")), to, text)
    body = json.dumps({TO[channel]: to, "text": text}, ensure_ascii=False).encode()
    if not _is_safe(gateway["url"]):
        logger.error("the gateway for %s has no https address", channel)
        return NOT_SET_UP
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key}
    if gateway["token"] and "{token}" not in gateway["url"]:
        headers["Authorization"] = f"Bearer {gateway['token']}"
    return outcome_of(post(Letter(gateway["url"].replace("{token}", gateway["token"]), body, headers)))


def _is_safe(url: str) -> bool:
    """Say whether an address keeps a telephone number from the line: https, or a gateway on this machine."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL))


def _to_file(folder: Path, to: str, text: str) -> Outcome:
    """Keep a message of the demonstration as a line of a file named by the telephone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / f"{re.sub(r'[^0-9+-]', '_', to)}.txt").open("a", encoding="utf-8") as file:
        file.write(text + "\n")
    return Outcome(State.SENT)
