"""Names and spots for the rows of a scratch database, with the keys they are found by: as many and as alike as real ones are."""

import itertools
from typing import Any

from config.demo.press.names import FAMILY, GIVEN, KHMER_FAMILY, KHMER_GIVEN
from core.text import key_km, key_lat
from people.services.persons import script_of
from people.sounds import key_sound

MOST = 12_000
TABLES = """
CREATE TEMP TABLE bench_name (i int PRIMARY KEY, text text, script text, km text, lat text, sound text) ON COMMIT DROP;
CREATE TEMP TABLE bench_spot ON COMMIT DROP AS SELECT row_number() OVER (ORDER BY code) - 1 AS i,
    lower(name_en) || ' floor' AS text FROM provinces_village WHERE name_en ~ '^[A-Za-z ]+$' ORDER BY code LIMIT 12000;
"""


def names() -> list[str]:
    """Return distinct names of four countries, the Vietnamese ones of three words as most are."""
    middles = sorted({name.split()[0] for name in GIVEN["VN"] if " " in name})
    lasts = sorted({name.split()[-1] for name in GIVEN["VN"]})
    vietnamese = [" ".join(parts) for parts in itertools.product(FAMILY["VN"], middles, lasts)]
    khmer = [f"{family} {given}" for family, given in itertools.product(KHMER_FAMILY, KHMER_GIVEN)]
    both = [
        f"{family} {one}{two}"
        for family, one, two in itertools.product(KHMER_FAMILY, KHMER_GIVEN[:12], KHMER_GIVEN[12:24])
    ]
    chinese = [f"{family}{one}{two}" for family, one, two in itertools.product(FAMILY["CN"], GIVEN["CN"], GIVEN["CN"])]
    others = [f"{one} {two}" for country in ("ID", "TH") for one in FAMILY[country] for two in GIVEN[country]]
    return list(dict.fromkeys([*vietnamese, *khmer, *both, *chinese, *others]))[:MOST]


def name_of(n: int) -> str:
    """Return the name of person n, as `fill` gives it."""
    found = names()
    return found[n * 7919 % len(found)]


def load(cursor: Any) -> int:
    """Make the tables the rows are filled from, until the commit; return how many names there are."""
    cursor.execute(TABLES)
    found = names()
    rows = [
        (i, text, str(script_of(text)), key_km(text), key_lat(text), key_sound(text)) for i, text in enumerate(found)
    ]
    cursor.executemany("INSERT INTO bench_name VALUES (%s, %s, %s, %s, %s, %s)", rows)
    return len(found)
