"""Notices of the browser (web push): an encrypted line to a push service that is on the list, and never to a private address.

A device whose address the service no longer knows is forgotten. The key that signs is `push.key`, made at set-up like the others.
"""

import ipaddress
import json
import socket
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from email.utils import parseaddr
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from py_vapid import Vapid02

from core.sealed import key_for, open_sealed
from notifications.models import Device, Notification, Problem, Reach, State
from notifications.outcome import Outcome
from notifications.wire import NOT_REACHED, Letter, outcome_of, post

MOST, SECONDS, ALL = 5, 3.0, 10.0  # devices of one user; seconds for each, for all
GONE = {404, 410}
ORDER_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
KEPT = 86_400  # seconds a push service keeps a notice for a device that is off
SIGNED = 12 * 3_600
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def send(row: Notification, reach: Reach) -> Outcome:
    """Send one notice to every device of its recipient; one that took it is enough."""
    outcomes: list[Outcome | None] = []
    ends = time.monotonic() + ALL
    for device in Device.objects.filter(user=row.recipient_id).order_by("-made_at")[:MOST]:
        if time.monotonic() > ends:
            outcomes.append(NOT_REACHED)
            break
        outcomes.append(_send_to(device, row))
    known = [outcome for outcome in outcomes if outcome is not None]
    return min(known, key=lambda outcome: BEST[outcome.state], default=Outcome(State.FAILED, Problem.NO_ADDRESS))


BEST = {State.SENT: 0, State.UNCERTAIN: 1, State.PENDING: 2, State.FAILED: 3}


def _send_to(device: Device, row: Notification) -> Outcome | None:
    """Send to one device; None when the push service says that it is gone."""
    subscription = json.loads(open_sealed(device, "subscription"))
    url = subscription["endpoint"]
    if not is_allowed(url):
        return Outcome(State.FAILED, Problem.REFUSED)
    address = address_of(url)
    if not address:
        return NOT_REACHED
    answer = post(Letter(url, sealed_for(subscription, words(row)), headers(url, row), address, SECONDS))
    if answer.status in GONE:
        device.delete()
        return None
    return outcome_of(answer)


def words(row: Notification) -> bytes:
    """Say that there is something, in the recipient's language: no reference, no place, no name."""
    with translation.override(row.recipient.language or "km"):
        return json.dumps({"title": _("1 new item"), "body": _("Sign in to read it.")}, ensure_ascii=False).encode()


def headers(url: str, row: Notification) -> dict[str, str]:
    """Sign for a push service; the topic lets it keep one copy of a notice that is sent again."""
    parts = urlsplit(url)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
        "exp": int(time.time()) + SIGNED,
    }
    return {
        **Vapid02(private_key=signing_key()).sign(claims),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT),
        "Topic": row.pk.hex,
        "Urgency": "high" if row.urgent else "normal",
    }


def sealed_for(subscription: dict[str, Any], content: bytes) -> bytes:
    """Encrypt for one browser (RFC 8291): the push service reads nothing."""
    sealed: bytes = http_ece.encrypt(
        content,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=unpacked(subscription["p256dh"]),
        auth_secret=unpacked(subscription["auth"]),
        version="aes128gcm",
    )
    return sealed


def unpacked(text: str) -> bytes:
    """Read base64url with or without its end; raises ValueError."""
    return urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))


@cache
def signing_key() -> ec.EllipticCurvePrivateKey:
    """Make the private key from the 32 bytes of `push.key`."""
    number = int.from_bytes(key_for("push")) % (ORDER_OF_P256 - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def public_key() -> str:
    """Give what a browser subscribes with: the public point in base64url."""
    point = signing_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()


def is_allowed(url: str) -> bool:
    """Say whether an address belongs to a push service on the list: https, no user, no odd port, a known host."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if f"{parts.scheme}://{parts.netloc}" in settings.PUSH_ORIGINS:
        return True
    plain = parts.scheme == "https" and parts.username is None and port in (None, 443)
    return plain and any(_is_host(parts.hostname or "", known) for known in settings.PUSH_HOSTS)


def _is_host(host: str, known: str) -> bool:
    return host.endswith(known[1:]) and len(host) >= len(known) if known.startswith("*.") else host == known


def address_of(url: str) -> str:
    """Look a push service up and return the address to speak to: a public one, or one of an origin of our own; else "".

    What was looked at is what is spoken to: the name is not asked for a second time.
    """
    parts = urlsplit(url)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # a label that is empty or too long is no name
        return ""
    addresses = [str(info[4][0]) for info in found]
    if f"{parts.scheme}://{parts.netloc}" in settings.PUSH_ORIGINS:
        return addresses[0]
    return addresses[0] if addresses and all(is_public(one) for one in addresses) else ""


def is_public(address: str) -> bool:
    """Say whether an address is one of the open internet: none of this machine, this network, a multicast or reserved."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
    if ip in NAT64:
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return bool(inner.is_global and not inner.is_multicast and not inner.is_reserved)
