"""Sealed fields: AES-256-GCM, a key per purpose, bound to table, column and row."""

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

_VERSION = b"\x01"


@lru_cache(maxsize=16)
def key_for(purpose: str) -> bytes:
    """Return the 32-byte key of a purpose from SANGKROH_KEY_<PURPOSE> (base64) or a file in SANGKROH_KEYS_DIR."""
    encoded = os.environ.get(f"SANGKROH_KEY_{purpose.upper()}", "")
    if not encoded:
        folder = Path(os.environ.get("SANGKROH_KEYS_DIR", str(settings.STATE_DIR / "keys")))
        path = folder / f"{purpose}.key"
        if not path.is_file():
            raise ImproperlyConfigured(f"No key for '{purpose}': set SANGKROH_KEY_{purpose.upper()} or make {path}.")
        encoded = path.read_text().strip()
    key = base64.b64decode(encoded)
    if len(key) != 32:
        raise ImproperlyConfigured(f"The key for '{purpose}' is not 32 bytes of base64.")
    return key


def keyed_hash(purpose: str, text: str) -> bytes:
    """Return the HMAC-SHA256 of a text, so that equal values are found without being readable."""
    return hmac.new(key_for(purpose), text.encode(), hashlib.sha256).digest()


def _bound_to(instance: models.Model, column: str) -> bytes:
    return f"{instance._meta.db_table}|{column}|{instance.pk}".encode()


class Sealed:
    """What a sealed column holds when read: bytes that say nothing."""

    __slots__ = ("box",)

    def __init__(self, box: bytes) -> None:
        self.box = box

    def __bool__(self) -> bool:
        return bool(self.box)

    def __str__(self) -> str:
        return "(sealed)"


class SealedTextField(models.BinaryField[Any, Any]):
    """A text that is stored sealed. Assign a str; read it with `open_sealed`. The row needs its key before saving."""

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self.purpose = purpose
        kwargs.setdefault("default", bytes)
        kwargs.setdefault("blank", True)
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "purpose": self.purpose}

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed:
        return Sealed(bytes(value) if value else b"")

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        return value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        if isinstance(value, str):
            value = Sealed(self._seal(model_instance, value) if value else b"")
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            raise TypeError("A sealed field is written by saving its row, never by update() or a filter.")
        return super().get_db_prep_value(value.box if isinstance(value, Sealed) else value, connection, prepared)

    def _seal(self, instance: models.Model, text: str) -> bytes:
        nonce = os.urandom(12)
        box = AESGCM(key_for(self.purpose)).encrypt(nonce, text.encode(), _bound_to(instance, str(self.column)))
        return _VERSION + nonce + box


def open_sealed(instance: models.Model, name: str) -> str:
    """Return the text of a sealed field. Opening a reporter's goes through `complaints.services.reveal` only.

    Raises ValueError when the bytes were moved from another row or column, or the key is another one.
    """
    field = instance._meta.get_field(name)
    if not isinstance(field, SealedTextField):
        raise TypeError(f"{name} is not a sealed field")
    value = getattr(instance, field.attname)
    if isinstance(value, str):
        return value
    box = value.box if isinstance(value, Sealed) else bytes(value or b"")
    if not box:
        return ""
    try:
        aead = AESGCM(key_for(field.purpose))
        return aead.decrypt(box[1:13], box[13:], _bound_to(instance, str(field.column))).decode()
    except InvalidTag as error:
        raise ValueError(f"{name} of {instance._meta.label} cannot be opened with this key") from error
