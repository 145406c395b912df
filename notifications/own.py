"""What a user settles for oneself: telephone and chat, proved by a code; browsers; what comes where; the quiet hours."""

import hmac
import json
import re
import secrets
from collections.abc import Iterable
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.exceptions import Conflict
from core.phones import e164
from core.sealed import keyed_hash, open_sealed
from core.text import ascii_digits
from notifications import gateway, push
from notifications.kinds import Sort
from notifications.models import Channel, Device, Proof, Reach, State
from notifications.models.reach import FIELDS
from notifications.reaching import OUTSIDE

LIVES, PAUSE, DAY = timedelta(minutes=10), timedelta(seconds=60), timedelta(hours=24)
MOST_CODES, MOST_TRIES, MOST_DEVICES = 5, 5, push.MOST
CHAT = re.compile(r"-?[0-9]{3,19}")
SWITCHES = {f"{sort}.{channel}" for sort in Sort for channel in OUTSIDE}


def reach_of(user: User) -> Reach:
    """Fetch a user's own line, or an unsaved one."""
    return Reach.objects.of([user])[user.pk]


def offer_address(user: User, channel: str, value: str) -> Proof:
    """Send a code to a telephone or chat that the user says is theirs; it is used once the code came back.

    It is counted before it is sent, so that one that could not be sent counts too. Raises ValidationError by field, Conflict
    when a code cannot be sent now.
    """
    channel, address = _channel(channel), _address(channel, value)
    if not gateway.is_set_up(channel):
        raise Conflict(_("This server is not set up for it. Ask an administrator."))
    with transaction.atomic():
        proof, code = _proof(user, channel), f"{secrets.randbelow(1_000_000):06d}"
        _count_code(proof)
        proof.value, proof.code, proof.tries = address, _sealed_code(proof, code), 0
        proof.until_at = timezone.now() + LIVES
        proof.save()
        record("notification_address_offered", by=user, about=proof, detail={"channel": channel})
    if gateway.code_to(channel, address, code, user.language).state not in (State.SENT, State.UNCERTAIN):
        proof.value, proof.code = "", b""  # no page says that it is on its way
        proof.save(update_fields=["value", "code"])
        raise Conflict(_("The code could not be sent. Try again in a minute, or ask an administrator."))
    return proof


@transaction.atomic
def confirm_address(user: User, channel: str, code: str) -> bool:
    """Take the code that came; False for a wrong one, which counts. Raises Conflict where no code waits any more."""
    proof, now = _proof(user, _channel(channel)), timezone.now()
    if not proof.waits(now) or proof.tries >= MOST_TRIES:
        raise Conflict(_("This code is used up or too old. Ask for a new one."))
    proof.tries += 1
    right = hmac.compare_digest(bytes(proof.code), _sealed_code(proof, ascii_digits(code).strip()))
    if right:
        reach, field = _own(user), FIELDS[Channel(channel)]
        setattr(reach, field, open_sealed(proof, "value"))
        setattr(reach, f"{field}_at", now)
        reach.save(update_fields=[field, f"{field}_at"])
        proof.value, proof.code = "", b""
        record("notification_address_proved", by=user, about=reach, detail={"channel": str(channel)})
    proof.save()
    return right


@transaction.atomic
def remove_address(user: User, channel: str) -> None:
    """Forget an address, and one that waits for its code."""
    field, reach, proof = FIELDS[_channel(channel)], _own(user), _proof(user, _channel(channel))
    setattr(reach, field, "")
    setattr(reach, f"{field}_at", None)
    reach.save(update_fields=[field, f"{field}_at"])
    proof.value, proof.code = "", b""
    proof.save()
    record("notification_address_removed", by=user, about=reach, detail={"channel": str(channel)})


@transaction.atomic
def choose(user: User, *, muted: Iterable[str], quiet_from: time | None, quiet_until: time | None) -> Reach:
    """Store what comes where and when not; the application is always on. Raises ValidationError by field."""
    off = sorted(set(muted))
    if not set(off) <= SWITCHES:
        raise ValidationError({"muted": [_("Choose from the list.")]})
    if (quiet_from is None) != (quiet_until is None):
        missing = "quiet_from" if quiet_from is None else "quiet_until"
        raise ValidationError({missing: [_("Write both hours, or leave both empty for no quiet hours.")]})
    reach = _own(user)
    reach.muted, reach.quiet_from, reach.quiet_until = off, quiet_from, quiet_until
    reach.save(update_fields=["muted", "quiet_from", "quiet_until"])
    record("notification_choice", by=user, about=reach)
    return reach


@transaction.atomic
def add_device(user: User, *, endpoint: str, p256dh: str, auth: str) -> Device:
    """Let a browser take notices; the oldest of too many goes. A browser that was another user's is theirs no more."""
    if len(endpoint) > 1_000 or not push.is_allowed(endpoint):
        raise ValidationError({"endpoint": [_("This browser’s push service is not one that this server sends to.")]})
    _check_keys(p256dh, auth)
    _own(user)
    mark = keyed_hash("reach", endpoint)
    Device.objects.filter(endpoint_hash=mark).delete()
    said = json.dumps({"endpoint": endpoint, "p256dh": p256dh, "auth": auth})
    device = Device.objects.create(user=user, endpoint_hash=mark, subscription=said)
    kept = Device.objects.filter(user=user).order_by("-made_at", "-id").values("pk")[:MOST_DEVICES]
    Device.objects.filter(user=user).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    record("notification_device_added", by=user, about=device)
    return device


@transaction.atomic
def remove_device(user: User, pk: UUID) -> bool:
    """Forget one of one's own browsers; False where there is none."""
    device = Device.objects.filter(user=user, pk=pk).first()
    if device is None:
        return False
    record("notification_device_removed", by=user, about=device)
    device.delete()
    return True


def _channel(name: str) -> Channel:
    if name not in FIELDS:
        raise ValidationError({"channel": [_("Choose from the list.")]})
    return Channel(name)


def _address(channel: Channel, value: str) -> str:
    if channel == Channel.SMS:
        found = e164(value, takes_codes=True)
        words = _("Write a telephone number like 012 345 678.")
    else:
        found = ascii_digits(value).strip()
        found = found if CHAT.fullmatch(found) else ""
        words = _("Write the number that the ministry’s bot tells you, digits alone.")
    if not found:
        raise ValidationError({"value": [words]})
    return found


def _own(user: User) -> Reach:
    """Lock the user's line, made where there is none."""
    Reach.objects.bulk_create([Reach(user=user)], ignore_conflicts=True)
    return Reach.objects.select_for_update(no_key=True).get(user=user)


def _proof(user: User, channel: Channel) -> Proof:
    """Lock the line of an address that is being proved, made where there is none."""
    Proof.objects.bulk_create([Proof(user=user, channel=channel)], ignore_conflicts=True)
    return Proof.objects.select_for_update(no_key=True).get(user=user, channel=channel)


def _count_code(proof: Proof) -> None:
    """Count one more code; raises Conflict when it is too soon or there were too many in a day."""
    now, last = timezone.now(), proof.code_at
    if last is not None and last > now - PAUSE:
        raise Conflict(_("A code was sent a moment ago. Wait a minute, then ask for another."))
    if last is None or last < now - DAY:
        proof.codes = 0
    if proof.codes >= MOST_CODES:
        raise Conflict(_("Too many codes today. Try again tomorrow, or ask an administrator."))
    proof.codes, proof.code_at = proof.codes + 1, now


def _sealed_code(proof: Proof, code: str) -> bytes:
    return keyed_hash("reach", f"{proof.pk}:{code}")


def _check_keys(p256dh: str, auth: str) -> None:
    """Refuse keys that no browser makes; raises ValidationError."""
    wrong: dict[str, Any] = {}
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), push.unpacked(p256dh[:200]))
    except ValueError:
        wrong["p256dh"] = [_("This is no key of a browser.")]
    try:
        if len(push.unpacked(auth[:200])) != 16:
            raise ValueError
    except ValueError:
        wrong["auth"] = [_("This is no key of a browser.")]
    if wrong:
        raise ValidationError(wrong)
