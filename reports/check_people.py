"""Whom each figure of people counts, by plain SQL: one row for one counted, with the day on which an age counts (R7)."""

from reports.check import (
    ARREST_THAT_DAY,
    ASSISTED,
    BEFORE_END,
    DAY,
    DEPORTED,
    DONE,
    ENDED,
    IN_WINDOW,
    SEARCH,
    TRAFFICKING_FILE,
    ZONE,
)

PENALTIES = "'fined', 'charged', 'convicted'"
SUPPORT = "'testified', 'lawyer', 'claimed', 'awarded', 'paid', 'stay_granted', 'fine_waived'"
OF_TRAFFICKING = f"""s.merged_into_id IS NULL AND (EXISTS (SELECT 1 FROM complaints_complaint c WHERE c.id = s.complaint_id
    AND c.outcome <> 'not_trafficking') OR EXISTS (SELECT 1 FROM suspects_casefile_suspects fs JOIN suspects_casefile f
    ON f.id = fs.casefile_id WHERE fs.suspect_id = s.id AND {TRAFFICKING_FILE}))"""


def _day(moment: str) -> str:
    return f"({moment} AT TIME ZONE '{ZONE}')::date"


def _rescued(decisions: str, more: str = "") -> str:
    return f"""SELECT DISTINCT v.person_id, v.rescued_on AS on_day FROM victims_victim v WHERE v.merged_into_id IS NULL
        AND {IN_WINDOW} AND v.decision IN ({decisions}) {more}"""


def _decided(as_one: str, still: str) -> str:
    first = "min(t.happened_at)"
    return f"""SELECT v.person_id, {_day(first)} AS on_day FROM victims_victim v JOIN workflow_transition t ON t.object_id = v.id
        WHERE t.object_type = 'victims.victim' AND t.field = 'decision' AND t.after <> 'not_yet_screened' {as_one}
        AND v.merged_into_id IS NULL AND v.decision <> 'not_yet_screened' {still}
        GROUP BY 1 HAVING {DAY.format(first)}"""


def _acts(kinds: str) -> str:
    return f"""SELECT v.person_id, k.happened_on AS on_day FROM victims_proceeding k JOIN victims_victim v ON v.id = k.victim_id
        WHERE k.kind IN ({kinds}) AND k.happened_on BETWEEN %(first)s AND %(last)s AND k.takes_back_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM victims_proceeding b WHERE b.takes_back_id = k.id)
        AND v.merged_into_id IS NULL AND v.decision IN ('presumed', 'trafficked')"""


def _first(of: str) -> str:
    return f"SELECT a.person_id, min(a.on_day) AS on_day FROM ({of}) a GROUP BY 1"


def _returned(day: str) -> str:
    return f"""SELECT v.person_id, min(r.{day}) AS on_day FROM victims_victim v JOIN victims_repatriation r ON r.victim_id = v.id
        WHERE v.merged_into_id IS NULL AND r.{day} BETWEEN %(first)s AND %(last)s GROUP BY 1"""


def _first_ever(day: str, more: str = "") -> str:
    return f"""SELECT s.person_id, NULL::date AS on_day FROM suspects_suspect s WHERE s.merged_into_id IS NULL GROUP BY 1
        HAVING min(s.{day}) BETWEEN %(first)s AND %(last)s {more}"""


CONTACT = "min(least(s.first_contact_at, s.arrested_at))"
# Of whom no day stands here, none is compared by age.
COUNTED = {
    "people_screened": _decided("", ""),
    "victims_identified": _decided("AND t.after = 'trafficked'", "AND v.decision = 'trafficked'"),
    "people_not_screened": f"""SELECT DISTINCT v.person_id, NULL::date AS on_day FROM victims_victim v WHERE v.merged_into_id IS NULL
        AND v.decision = 'not_yet_screened' AND (v.rescue_status = 'rescued' OR v.found_unreported) AND {BEFORE_END}""",
    "victims_rescued": _rescued("'presumed', 'trafficked'"),
    "people_brought_out_not_trafficked": _rescued(
        "'exploited_not_trafficked', 'not_a_victim'", f"AND NOT {ARREST_THAT_DAY}"
    ),
    "people_brought_out_undecided": _rescued("'not_yet_screened'"),
    "search_outcomes": f"""SELECT DISTINCT v.person_id, NULL::date AS on_day FROM victims_victim v WHERE {SEARCH} AND {ENDED}
        AND {DAY.format("v.status_at")}""",
    "victims_assisted": f"""SELECT v.person_id, min(greatest(k.from_on, %(first)s)) AS on_day {ASSISTED} GROUP BY 1""",
    "people_repatriated": _returned("handed_over_on"),
    "cambodians_returned": _returned("received_on"),
    "victims_held": """SELECT v.person_id, min(y.since) AS on_day FROM victims_victim v JOIN victims_stay y ON y.victim_id = v.id
        WHERE v.merged_into_id IS NULL AND v.decision IN ('presumed', 'trafficked') AND y.since <= %(last)s
        AND y.kind IN ('police', 'immigration_detention', 'prison') AND (y.until IS NULL OR y.until > %(last)s) GROUP BY 1""",
    "victims_penalised": _first(
        f"{_acts(PENALTIES)} UNION ALL {DEPORTED.replace('v.person_id', 'v.person_id, d.carried_out_on')}"
    ),
    "victims_in_proceedings": _first(_acts(SUPPORT)),
    "suspects_first_contact": f"""SELECT s.person_id, {_day(CONTACT)} AS on_day FROM suspects_suspect s WHERE {OF_TRAFFICKING}
        GROUP BY 1 HAVING {DAY.format(CONTACT)}""",
    "suspects_arrested": f"""SELECT s.person_id, {_day("min(s.arrested_at)")} AS on_day FROM suspects_suspect s
        WHERE {OF_TRAFFICKING} AND {DAY.format("s.arrested_at")} GROUP BY 1""",
    "suspects_sent_to_court": _first_ever("sent_to_court_on", "AND count(s.arrested_at) > 0"),
    "people_prosecuted": _first_ever("charged_on"),
    "people_convicted": """SELECT DISTINCT s.person_id, NULL::date AS on_day FROM suspects_suspect s WHERE s.merged_into_id IS NULL
        AND s.status = 'convicted' AND s.verdict_on BETWEEN %(first)s AND %(last)s""",
    "people_found": f"""SELECT v.person_id, {_day("o.done_at")} AS on_day FROM victims_victim v JOIN victims_operation o
        ON o.id = v.operation_id WHERE v.merged_into_id IS NULL AND {DONE} GROUP BY o.id, v.person_id""",
}
