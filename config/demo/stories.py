"""The stories of the demonstration (stories.json): what was said, and how far each complaint has come. All is invented."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Story:
    """One complaint: what was said, where, how many, and how far it has come.

    `steps` name the path the complaint took, `ends` the steps of its people; `site` is a place in `words.SITES`.
    """

    words: str
    hours_ago: float
    province: str = "18"
    site: int | None = None
    channel: str = "hotline"
    urgency: str = "normal"
    number: int | None = 1
    named: int = 1
    country: str = "VN"
    forms: tuple[str, ...] = ("forced_criminality_online_scam",)
    relation: str = "family"
    report: str = "12"
    spot: str = ""
    steps: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    not_local_police: bool = False
    official: str = ""


def _read(row: dict[str, Any]) -> Story:
    told: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Story(**told)


STORIES = tuple(_read(row) for row in json.loads((Path(__file__).parent / "stories.json").read_text(encoding="utf-8")))
