"""A counting rule whose words change gets a new version: what was published keeps the old one's mark."""

import json
from pathlib import Path

from reports.figures import in_order

KEPT = Path(__file__).with_name("definitions.json")


def test_every_rule_has_the_version_its_words_were_written_down_with() -> None:
    kept = json.loads(KEPT.read_text())
    now = {one.name: [one.version, one.digest] for one in in_order()}
    changed = {name for name, mark in now.items() if kept.get(name) != mark}
    assert not changed, f"raise the version where what is counted changed, then write {KEPT.name} anew: {changed}"
