"""Load the gazetteer: compare its files with the tables, write only what differs, mark what vanished."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from core.text import KEY_VERSION, sort_km
from provinces.models import MINISTRY, Commune, District, Gazetteer, Place, PlaceAlias, Province, Village
from provinces.names import place_key

CARRIED = Path(__file__).resolve().parent.parent / "data"
MINISTRY_ROW = {
    "code": MINISTRY,
    "name_en": "Ministry, national",
    "name_km": "ក្រសួង ថ្នាក់ជាតិ",
    "type": "ministry",
}
Row = dict[str, str]
Changes = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Level:
    """One file and its table; `parent` is the column of the level above."""

    name: str
    model: type[Place]
    digits: int
    parent: str = ""

    def values(self, row: Row) -> dict[str, Any]:
        """Give the columns that the file decides."""
        values: dict[str, Any] = {key: row[key] for key in ("name_km", "name_en")}
        values |= {"kind": row["type"], "retired_on": None}
        return values | ({self.parent: row["parent_code"]} if self.parent else {"iso": row.get("iso_3166_2", "")})


LEVELS = (
    Level("provinces", Province, 2),
    Level("districts", District, 4, "province_id"),
    Level("communes", Commune, 6, "district_id"),
    Level("villages", Village, 8, "commune_id"),
)


def is_loaded() -> bool:
    """Tell whether the places are in."""
    return Gazetteer.objects.exists()


def is_known(folder: Path = CARRIED) -> bool:
    """Tell whether exactly these files were loaded before."""
    return Gazetteer.objects.filter(sha256=_fingerprint(_files(folder))).exists()


@transaction.atomic
def load_places(folder: Path = CARRIED) -> Changes:
    """Bring the tables to what the files say and tell what changed; ValidationError names a broken row."""
    files = _files(folder)
    rows = {level.name: _checked(level, _rows(files[level.name])) for level in LEVELS}
    _one_at_a_time()
    changes = {level.name: _bring_to(level, rows[level.name]) for level in LEVELS}
    changes["aliases"] = _bring_aliases(rows, _rows(files["aliases"]))
    Gazetteer.objects.create(sha256=_fingerprint(files), changes=changes)
    return changes


def _files(folder: Path) -> dict[str, bytes]:
    return {name: _read(folder, name) for name in (*(level.name for level in LEVELS), "aliases")}


def _fingerprint(files: dict[str, bytes]) -> str:
    return hashlib.sha256(b"\0".join(files.values())).hexdigest()


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('load_places'))")


def _read(folder: Path, name: str) -> bytes:
    """Read a file, packed or not; only the aliases may be missing."""
    plain, packed = folder / f"{name}.csv", folder / f"{name}.csv.gz"
    if plain.exists():
        return plain.read_bytes()
    if packed.exists():
        return gzip.decompress(packed.read_bytes())
    if name == "aliases":
        return b"code,text\n"
    raise ValidationError(f"{plain} is missing.")


def _rows(content: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def _checked(level: Level, rows: list[Row]) -> dict[str, Row]:
    """Give the rows by code; a broken row names itself before anything is written."""
    found = {MINISTRY: MINISTRY_ROW} if level.model is Province else {}
    for line, row in enumerate(rows, start=2):
        code, parent = row.get("code") or "", row.get("parent_code") or ""
        fits = len(code) == level.digits and code.isdecimal() and code.isascii()
        inside = not level.parent or (len(parent) == level.digits - 2 and code.startswith(parent))
        if not (fits and inside and row.get("name_km") and row.get("name_en") and code not in found):
            raise ValidationError(f"{level.name}.csv line {line}: code {code!r} under {parent!r} is not usable.")
        found[code] = row
    return found


def _bring_to(level: Level, rows: dict[str, Row]) -> dict[str, int]:
    existing = {place.code: place for place in level.model._default_manager.all()}
    added = [_place(level, code, row) for code, row in rows.items() if code not in existing]
    changed = [
        _place(level, code, row)
        for code, row in rows.items()
        if code in existing and _differs(existing[code], level.values(row))
    ]
    gone = [code for code, place in existing.items() if code not in rows and place.retired_on is None]
    level.model._default_manager.bulk_create(
        added + changed,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_km", "name_en", "sort_km", "kind", "retired_on", level.parent or "iso"],
    )
    level.model._default_manager.filter(code__in=gone).update(retired_on=timezone.localdate())
    return {"added": len(added), "changed": len(changed), "retired": len(gone)}


def _place(level: Level, code: str, row: Row) -> Place:
    return level.model(code=code, sort_km=sort_km(row["name_km"]), **level.values(row))


def _differs(place: Place, values: dict[str, Any]) -> bool:
    return any(getattr(place, field) != value for field, value in values.items())


def _bring_aliases(rows: dict[str, dict[str, Row]], spellings: list[Row]) -> dict[str, int]:
    """Bring the names places are found by to the files; what administrators added stays."""
    wanted = dict(_names(rows)) | {
        (row["code"], row["text"]): PlaceAlias.Source.FILE for row in spellings if place_key(row["text"])
    }
    written = {(alias.code, alias.text): alias for alias in PlaceAlias.objects.exclude(source=PlaceAlias.Source.ADMIN)}
    gone = [alias.pk for name, alias in written.items() if name not in wanted]
    PlaceAlias.objects.filter(pk__in=gone).delete()
    added = PlaceAlias.objects.bulk_create(
        [
            PlaceAlias(code=code, text=text, key=place_key(text), key_version=KEY_VERSION, source=source)
            for (code, text), source in wanted.items()
            if (code, text) not in written
        ],
        batch_size=2000,
        ignore_conflicts=True,
    )
    return {"added": len(added), "removed": len(gone)}


def _names(rows: dict[str, dict[str, Row]]) -> Iterator[tuple[tuple[str, str], str]]:
    """Give every name in the files of the searched levels (villages are too many alike to be searched)."""
    for level in LEVELS[:3]:
        for code, row in rows[level.name].items():
            if code == MINISTRY:
                continue
            others = [row.get("name_ungegn") or "", *(row.get("alt_names_en") or "").split("|")]
            yield from (((code, text), PlaceAlias.Source.FILE) for text in others if text)
            yield from (((code, row[name]), PlaceAlias.Source.NAME) for name in ("name_km", "name_en"))
