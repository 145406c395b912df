"""How a row's number decides what it is: independent draws, so that every combination comes up, and some of them rarely."""

# `draw`: a number from 0 to 1, the same for the same number and word. `pick`: one of several; `bend` above 1 makes the first
# ones frequent and the last ones rare. `night`: midnight in Phnom Penh before a moment, or a microsecond before it.
FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION pg_temp.draw(n bigint, what text) RETURNS float8 LANGUAGE sql IMMUTABLE AS
$$ SELECT (hashtextextended(what, n) & 4294967295)::float8 / 4294967296 $$""",
    """CREATE OR REPLACE FUNCTION pg_temp.pick(among text[], n bigint, what text, bend float8 DEFAULT 1) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT among[1 + floor(cardinality(among) * power(pg_temp.draw(n, what), bend))::int] $$""",
    """CREATE OR REPLACE FUNCTION pg_temp.night(n bigint, at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
SELECT CASE WHEN pg_temp.draw(n, 'night') < 0.02 THEN midnight WHEN pg_temp.draw(n, 'night') < 0.04
    THEN midnight - interval '1 microsecond' ELSE at END
FROM (SELECT date_trunc('day', at AT TIME ZONE 'Asia/Phnom_Penh') AT TIME ZONE 'Asia/Phnom_Penh' AS midnight) m $$""",
    """CREATE OR REPLACE FUNCTION pg_temp.day(at timestamptz) RETURNS date LANGUAGE sql STABLE AS
$$ SELECT (at AT TIME ZONE 'Asia/Phnom_Penh')::date $$""",
)


def array(words: str) -> str:
    """Return words as an array in SQL; a dash is the empty one."""
    return "ARRAY[" + ", ".join("''" if word == "-" else f"'{word}'" for word in words.split()) + "]"


def draw(number: str, what: str) -> str:
    """Return the SQL of a draw."""
    return f"pg_temp.draw({number}, '{what}')"


def pick(words: str, number: str, what: str, bend: float = 1) -> str:
    """Return the SQL that takes one of some words."""
    return f"pg_temp.pick({array(words)}, {number}, '{what}', {bend})"


# The most frequent first; the last ones stand in a few complaints among ten thousand.
PROVINCES = "18 12 01 20 08 17 02 07 05 03 22 21 06 14 25 15 09 04 10 13 19 16 24 11 23"
COUNTRIES = "VN CN KH ID TH MY IN BD PH MM TW PK LA NP KE LK UG JP KR RU ET NG GH BR TR UZ ZA FR US CO MG PE"
ABROAD = "TH VN CN MY ID TW IN SG PH KR BD AE"
FORMS = (
    "forced_criminality_online_scam forced_labour sexual_exploitation forced_criminality_other debt_bondage servitude "
    "forced_marriage forced_begging child_labour child_online_sexual surrogacy other organ_removal forced_adoption "
    "forced_military_by_non_state_actors"
)
