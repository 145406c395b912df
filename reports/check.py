"""Each figure once more, by plain SQL written apart from the definitions: the nation as the system sees it."""

from typing import Any

from django.db import connection

from accounts.services import system_user
from reports.figures import in_order
from reports.indicators import Look, Window

ZONE = "Asia/Phnom_Penh"
# A moment is turned into its day in Phnom Penh.
DAY = f"({{0}} AT TIME ZONE '{ZONE}')::date BETWEEN %(first)s AND %(last)s"
LIVE = "c.merged_into_id IS NULL AND c.outcome <> 'duplicate' AND c.channel <> 'found_in_operation'"
RECEIVED = f"{LIVE} AND {DAY.format('c.received_at')}"
ENDED = (
    "(v.rescue_status IN ('rescued', 'left_on_own', 'deceased') "
    "OR (v.rescue_status IN ('declined', 'not_found') AND v.final_by_id IS NOT NULL))"
)
SEARCH = "v.merged_into_id IS NULL AND NOT v.found_unreported"
NAMED = "EXISTS (SELECT 1 FROM people_personname n WHERE n.person_id = v.person_id)"
BEFORE_END = f"(v.status_at AT TIME ZONE '{ZONE}')::date <= %(last)s"
RESCUE = "SELECT DISTINCT v.person_id, v.rescued_on FROM victims_victim v WHERE v.merged_into_id IS NULL"
IN_WINDOW = "v.rescued_on BETWEEN %(first)s AND %(last)s"
# The operation of a Rescue is that of the row where it was recorded; the searches that it ended elsewhere name none.
OPERATION = """(SELECT w.operation_id FROM victims_victim w WHERE w.person_id = v.person_id AND w.rescued_on = v.rescued_on
    AND w.merged_into_id IS NULL ORDER BY w.ended_by_id IS NOT NULL, w.received_at, w.id LIMIT 1)"""
ARREST_THAT_DAY = (
    f"EXISTS (SELECT 1 FROM suspects_suspect s WHERE s.person_id = v.person_id AND s.merged_into_id IS NULL "
    f"AND (s.operation_id = {OPERATION} OR (s.operation_id IS NULL AND {OPERATION} IS NULL "
    f"AND (s.arrested_at AT TIME ZONE '{ZONE}')::date = v.rescued_on)))"
)
DONE = f"o.status = 'done' AND {DAY.format('o.done_at')}"
ACKNOWLEDGED = """(SELECT min(t.happened_at) FROM workflow_transition t WHERE t.complaint_id = c.id
    AND t.object_type = 'complaints.complaint' AND t.field = 'status' AND t.step = 'acknowledge')"""
TRAFFICKING_FILE = (
    "EXISTS (SELECT 1 FROM suspects_casefile_articles fa JOIN suspects_article a ON a.code = fa.article_id "
    "WHERE fa.casefile_id = f.id AND a.is_trafficking)"
)


def _rescued(decisions: str, more: str = "") -> str:
    return f"SELECT count(*) FROM ({RESCUE} AND {IN_WINDOW} AND v.decision IN ({decisions}) {more}) r"


def _decided(as_one: str, still: str = "") -> str:
    return f"""SELECT count(*) FROM (SELECT v.person_id, min(t.happened_at) AS first FROM victims_victim v
        JOIN workflow_transition t ON t.object_id = v.id AND t.object_type = 'victims.victim' AND t.field = 'decision'
            AND t.after <> 'not_yet_screened' {as_one}
        WHERE v.merged_into_id IS NULL AND v.decision <> 'not_yet_screened' {still} GROUP BY 1) d
        WHERE {DAY.format("d.first")}"""


def _acted(kinds: str) -> str:
    return f"SELECT count(DISTINCT a.person_id) FROM ({_actors(kinds)}) a"


def _actors(kinds: str) -> str:
    return f"""SELECT v.person_id FROM victims_proceeding k JOIN victims_victim v ON v.id = k.victim_id
        WHERE k.kind IN ({kinds}) AND k.happened_on BETWEEN %(first)s AND %(last)s AND k.takes_back_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM victims_proceeding b WHERE b.takes_back_id = k.id)
        AND v.merged_into_id IS NULL AND v.decision IN ('presumed', 'trafficked')"""


DEPORTED = """SELECT v.person_id FROM victims_deportation d JOIN victims_victim v ON v.id = d.victim_id
        WHERE d.status = 'carried_out' AND d.carried_out_on BETWEEN %(first)s AND %(last)s
        AND v.merged_into_id IS NULL AND v.decision IN ('presumed', 'trafficked')"""


CARE_RUNS = "k.taken_back_at IS NULL AND k.from_on <= %(last)s AND (k.until_on IS NULL OR k.until_on >= %(first)s)"
ASSISTED = f"""FROM victims_care k JOIN victims_victim v ON v.id = k.victim_id
        WHERE {CARE_RUNS} AND v.merged_into_id IS NULL AND v.decision IN ('presumed', 'trafficked')"""
SENT_ON = f"(r.received_at AT TIME ZONE '{ZONE}')::date"
REFERRED = f"""FROM referrals_referral r LEFT JOIN victims_victim v ON v.id = r.victim_id
        LEFT JOIN people_person p ON p.id = v.person_id
        WHERE r.from_partner_id IS NULL AND {DAY.format("r.received_at")}"""
SQL = {
    "contacts_received": f"SELECT count(*) FROM complaints_contact k WHERE {DAY.format('k.received_at')}",
    "complaints_received": f"SELECT count(*) FROM complaints_complaint c WHERE {RECEIVED}",
    "complaints_from_or_about": f"SELECT count(*) FROM complaints_complaint c WHERE {RECEIVED} "
    "AND c.handling <> 'sealed' AND %(province)s IN (c.province_of_report_id, c.province_of_incident_id)",
    "people_reported": f"""SELECT (SELECT coalesce(sum(coalesce(c.number_reported, c.n_people)), 0)
        FROM complaints_complaint c WHERE {RECEIVED}) - count(*) + count(DISTINCT v.person_id)
        FROM victims_victim v JOIN complaints_complaint c ON c.id = v.complaint_id WHERE {RECEIVED} AND {SEARCH} AND {NAMED}""",
    "complaints_with_outcome": f"SELECT count(*) FROM complaints_complaint c WHERE {LIVE} AND c.outcome <> '' "
    f"AND {DAY.format('c.outcome_at')}",
    "confirmation_rate": f"""SELECT floor(100.0 * count(*) FILTER (WHERE c.outcome <> 'unsubstantiated')
        / nullif(count(*), 0) + 0.5)::int FROM complaints_complaint c
        WHERE {RECEIVED} AND c.outcome IN ('substantiated', 'partly_substantiated', 'unsubstantiated')""",
    "response_time": f"""SELECT round((percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM
        coalesce({ACKNOWLEDGED}, least(now(), (%(last)s::date + 1)::timestamp AT TIME ZONE '{ZONE}')) - c.received_at) / 3600))::numeric, 1)::float
        FROM complaints_complaint c WHERE {RECEIVED}""",
    "operations_carried_out": f"SELECT count(*) FROM victims_operation o WHERE {DONE}",
    "people_found": f"""SELECT count(*) FROM (SELECT v.operation_id, v.person_id FROM victims_victim v
            JOIN victims_operation o ON o.id = v.operation_id WHERE v.merged_into_id IS NULL AND {DONE}
        UNION SELECT s.operation_id, s.person_id FROM suspects_suspect s
            JOIN victims_operation o ON o.id = s.operation_id WHERE s.merged_into_id IS NULL AND {DONE}) m""",
    "complaints_open": f"""SELECT count(*) FROM complaints_complaint c WHERE {LIVE}
        AND (c.received_at AT TIME ZONE '{ZONE}')::date <= %(last)s
        AND (c.status <> 'closed' OR (c.status_at AT TIME ZONE '{ZONE}')::date > %(last)s)""",
    "complaints_closed": f"SELECT count(*) FROM complaints_complaint c WHERE {LIVE} AND c.status = 'closed' "
    f"AND {DAY.format('c.status_at')}",
    "victims_rescued": _rescued("'presumed', 'trafficked'"),
    "people_brought_out_not_trafficked": _rescued(
        "'exploited_not_trafficked', 'not_a_victim'", f"AND NOT {ARREST_THAT_DAY}"
    ),
    "people_brought_out_undecided": _rescued("'not_yet_screened'"),
    "people_screened": _decided(""),
    "people_not_screened": f"""SELECT count(DISTINCT v.person_id) FROM victims_victim v WHERE v.merged_into_id IS NULL
        AND v.decision = 'not_yet_screened' AND (v.rescue_status = 'rescued' OR v.found_unreported) AND {BEFORE_END}""",
    "victims_identified": _decided("AND t.after = 'trafficked'", "AND v.decision = 'trafficked'"),
    "people_repatriated": """SELECT count(DISTINCT v.person_id) FROM victims_victim v
        JOIN victims_repatriation r ON r.victim_id = v.id
        WHERE v.merged_into_id IS NULL AND r.handed_over_on BETWEEN %(first)s AND %(last)s""",
    "repatriations_open": f"""SELECT count(DISTINCT v.person_id) FROM victims_victim v
        JOIN victims_repatriation r ON r.victim_id = v.id
        CROSS JOIN LATERAL (SELECT t.after FROM workflow_transition t WHERE t.object_id = r.id AND t.field = 'status'
            AND t.object_type = 'victims.repatriation' AND (t.happened_at AT TIME ZONE '{ZONE}')::date <= %(last)s
            ORDER BY t.happened_at DESC, t.recorded_at DESC, t.id DESC LIMIT 1) t
        WHERE v.merged_into_id IS NULL AND t.after NOT IN ('handed_over', 'declined', 'stays', 'third_country', 'reintegration', 'ended')""",
    "cambodians_returned": """SELECT count(DISTINCT v.person_id) FROM victims_victim v
        JOIN victims_repatriation r ON r.victim_id = v.id
        WHERE v.merged_into_id IS NULL AND r.direction = 'into_cambodia' AND r.received_on BETWEEN %(first)s AND %(last)s""",
    "victims_held": """SELECT count(DISTINCT v.person_id) FROM victims_victim v JOIN victims_stay y ON y.victim_id = v.id
        WHERE v.merged_into_id IS NULL AND v.decision IN ('presumed', 'trafficked')
        AND y.kind IN ('police', 'immigration_detention', 'prison') AND y.since <= %(last)s
        AND (y.until IS NULL OR y.until > %(last)s)""",
    "search_outcomes": f"SELECT count(DISTINCT v.person_id) FROM victims_victim v WHERE {SEARCH} AND {ENDED} "
    f"AND {DAY.format('v.status_at')}",
    "people_still_sought": f"""WITH c AS (SELECT * FROM complaints_complaint c WHERE {LIVE}
            AND (c.received_at AT TIME ZONE '{ZONE}')::date <= %(last)s),
        v AS (SELECT v.*, {ENDED} AND {BEFORE_END} AS ended, {NAMED} AS named FROM victims_victim v JOIN c ON c.id = v.complaint_id
            WHERE {SEARCH})
        SELECT (SELECT coalesce(sum(coalesce(number_reported, n_people)), 0) FROM c) - (SELECT count(*) FROM v WHERE ended OR named)
            + (SELECT count(DISTINCT person_id) FROM v WHERE named AND NOT ended)""",
    "case_files_opened": f"SELECT count(*) FROM suspects_casefile f WHERE f.opened_on BETWEEN %(first)s AND %(last)s "
    f"AND {TRAFFICKING_FILE}",
    "suspects_arrested": f"""SELECT count(DISTINCT s.person_id) FROM suspects_suspect s
        JOIN complaints_complaint c ON c.id = s.complaint_id WHERE s.merged_into_id IS NULL AND {DAY.format("s.arrested_at")}
        AND (c.outcome <> 'not_trafficking' OR EXISTS (SELECT 1 FROM suspects_casefile_suspects fs
            JOIN suspects_casefile f ON f.id = fs.casefile_id WHERE fs.suspect_id = s.id AND {TRAFFICKING_FILE}))""",
    "measures_and_assets": "SELECT count(*) FROM provinces_measure m WHERE m.since_on BETWEEN %(first)s AND %(last)s",
    "prevention_activities": "SELECT count(*) FROM prevention_activity a WHERE a.held_on BETWEEN %(first)s AND %(last)s",
    "victims_assisted": f"SELECT count(DISTINCT v.person_id) {ASSISTED}",
    "referrals_made": "SELECT count(*) FROM referrals_referral r WHERE r.from_partner_id IS NULL "
    f"AND {DAY.format('r.received_at')}",
    "victims_penalised": "SELECT count(DISTINCT a.person_id) FROM "
    f"""({_actors("'fined', 'charged', 'convicted'")} UNION {DEPORTED}) a""",
    "victims_in_proceedings": _acted(
        "'testified', 'lawyer', 'claimed', 'awarded', 'paid', 'stay_granted', 'fine_waived'"
    ),
    "suspects_first_contact": f"""SELECT count(*) FROM (SELECT s.person_id, min(least(s.first_contact_at, s.arrested_at)) AS met
        FROM suspects_suspect s JOIN complaints_complaint c ON c.id = s.complaint_id WHERE s.merged_into_id IS NULL
        AND (c.outcome <> 'not_trafficking' OR EXISTS (SELECT 1 FROM suspects_casefile_suspects fs
            JOIN suspects_casefile f ON f.id = fs.casefile_id WHERE fs.suspect_id = s.id AND {TRAFFICKING_FILE}))
        GROUP BY 1) p WHERE {DAY.format("p.met")}""",
    "people_prosecuted": """SELECT count(*) FROM (SELECT s.person_id FROM suspects_suspect s WHERE s.merged_into_id IS NULL
        GROUP BY 1 HAVING min(s.charged_on) BETWEEN %(first)s AND %(last)s) p""",
    "people_convicted": """SELECT count(DISTINCT s.person_id) FROM suspects_suspect s WHERE s.merged_into_id IS NULL
        AND s.status = 'convicted' AND s.verdict_on BETWEEN %(first)s AND %(last)s""",
    "suspects_sent_to_court": """SELECT count(*) FROM (SELECT s.person_id FROM suspects_suspect s
        WHERE s.merged_into_id IS NULL GROUP BY s.person_id
        HAVING min(s.sent_to_court_on) BETWEEN %(first)s AND %(last)s AND count(s.arrested_at) > 0) p""",
}


def check(window: Window, province: str) -> list[tuple[str, Any, Any]]:
    """Return each figure by its definition and by plain SQL."""
    look = Look(system_user(), window, province)
    params: dict[str, Any] = {"first": window.first, "last": window.last, "province": province}
    found = []
    for indicator in in_order():
        with connection.cursor() as cursor:
            cursor.execute(SQL[indicator.name], params)
            (plain,) = cursor.fetchone()
        found.append((indicator.name, indicator.figure(look).value, plain))
    return found
