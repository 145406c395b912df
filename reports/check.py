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
ARREST_THAT_DAY = (
    f"EXISTS (SELECT 1 FROM suspects_suspect s WHERE s.person_id = v.person_id AND s.merged_into_id IS NULL "
    f"AND (s.arrested_at AT TIME ZONE '{ZONE}')::date = v.rescued_on)"
)
TRAFFICKING_FILE = (
    "EXISTS (SELECT 1 FROM suspects_casefile_articles fa JOIN suspects_article a ON a.code = fa.article_id "
    "WHERE fa.casefile_id = f.id AND a.is_trafficking)"
)


def _rescued(decisions: str, more: str = "") -> str:
    return f"SELECT count(*) FROM ({RESCUE} AND {IN_WINDOW} AND v.decision IN ({decisions}) {more}) r"


SQL = {
    "contacts_received": f"SELECT count(*) FROM complaints_contact k WHERE {DAY.format('k.received_at')}",
    "complaints_received": f"SELECT count(*) FROM complaints_complaint c WHERE {RECEIVED}",
    "complaints_from_or_about": f"SELECT count(*) FROM complaints_complaint c WHERE {RECEIVED} "
    "AND %(province)s IN (c.province_of_report_id, c.province_of_incident_id)",
    "people_reported": f"""SELECT (SELECT coalesce(sum(coalesce(c.number_reported, c.n_people)), 0)
        FROM complaints_complaint c WHERE {RECEIVED}) - count(*) + count(DISTINCT v.person_id)
        FROM victims_victim v JOIN complaints_complaint c ON c.id = v.complaint_id WHERE {RECEIVED} AND {SEARCH} AND {NAMED}""",
    "complaints_with_outcome": f"SELECT count(*) FROM complaints_complaint c WHERE {LIVE} AND c.outcome <> '' "
    f"AND {DAY.format('c.outcome_at')}",
    "confirmation_rate": f"""SELECT floor(100.0 * count(*) FILTER (WHERE c.outcome <> 'unsubstantiated')
        / nullif(count(*), 0) + 0.5)::int FROM complaints_complaint c
        WHERE {RECEIVED} AND c.outcome IN ('substantiated', 'partly_substantiated', 'unsubstantiated')""",
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
