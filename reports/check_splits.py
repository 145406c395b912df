"""Figures by a dimension once more, by plain SQL written apart from the definitions: of every figure at least one."""

from typing import Any

from django.db import connection

from accounts.services import system_user
from reports.check import (
    ASSISTED,
    BEFORE_END,
    CARE_RUNS,
    DAY,
    DONE,
    ENDED,
    LIVE,
    RECEIVED,
    REFERRED,
    SEARCH,
    SENT_ON,
    TRAFFICKING_FILE,
    ZONE,
)
from reports.check_people import COUNTED
from reports.figures import parts
from reports.indicators import REGISTRY, Look, Window
from reports.indicators.registry import UNLISTED


def _aged(day: str) -> str:
    years = (
        f"CASE WHEN p.born_on IS NOT NULL THEN date_part('year', age({day}, p.born_on)) "
        f"WHEN p.born_year IS NOT NULL THEN date_part('year', {day}) - p.born_year "
        f"ELSE p.age + date_part('year', age({day}, p.age_on)) END"
    )
    bands = "ARRAY['0-11', '12-17', '18-24', '25-34', '35-49', '50+']"
    known = f"CASE WHEN ({years}) IS NOT NULL THEN greatest({years}, 0) END"  # greatest() alone makes nothing a 0
    return f"coalesce(({bands})[width_bucket({known}, ARRAY[0, 12, 18, 25, 35, 50])], 'none')"


NATION = "coalesce(nullif(p.nationality, ''), 'none')"
SEX = "coalesce(nullif(p.sex, ''), 'none')"
SPLITS = {
    (
        "contacts_received",
        "kind",
    ): f"SELECT k.kind, count(*) FROM complaints_contact k WHERE {DAY.format('k.received_at')} GROUP BY 1",
    ("complaints_received", "outcome"): f"""SELECT coalesce(nullif(c.outcome, ''), 'none'), count(*)
        FROM complaints_complaint c WHERE {RECEIVED} GROUP BY 1""",
    (
        "complaints_received",
        "relation",
    ): f"""SELECT coalesce((SELECT e.relation FROM complaints_reporter e JOIN complaints_contact k
        ON k.id = e.contact_id WHERE k.complaint_id = c.id ORDER BY k.received_at, e.id LIMIT 1), 'none'), count(*)
        FROM complaints_complaint c WHERE {RECEIVED} GROUP BY 1""",
    ("complaints_with_outcome", "outcome"): f"""SELECT c.outcome, count(*) FROM complaints_complaint c
        WHERE {LIVE} AND c.outcome <> '' AND {DAY.format("c.outcome_at")} GROUP BY 1""",
    ("confirmation_rate", "channel"): f"""SELECT c.channel, count(*) FROM complaints_complaint c
        WHERE {RECEIVED} AND c.outcome IN ('substantiated', 'partly_substantiated', 'unsubstantiated') GROUP BY 1""",
    (
        "response_time",
        "handling",
    ): f"SELECT c.handling, count(*) FROM complaints_complaint c WHERE {RECEIVED} GROUP BY 1",
    ("complaints_open", "stage"): f"""SELECT c.status, count(*) FROM complaints_complaint c WHERE {LIVE}
        AND (c.received_at AT TIME ZONE '{ZONE}')::date <= %(last)s
        AND (c.status <> 'closed' OR (c.status_at AT TIME ZONE '{ZONE}')::date > %(last)s) GROUP BY 1""",
    (
        "complaints_closed",
        "outcome",
    ): f"""SELECT coalesce(nullif(c.outcome, ''), 'none'), count(*) FROM complaints_complaint c
        WHERE {LIVE} AND c.status = 'closed' AND {DAY.format("c.status_at")} GROUP BY 1""",
    ("operations_carried_out", "province_of_operation"): f"""SELECT CASE WHEN o.handling = 'sealed' THEN 'none'
        ELSE o.province_id END, count(*) FROM victims_operation o WHERE {DONE} GROUP BY 1""",
    (
        "case_files_opened",
        "court_province",
    ): f"""SELECT CASE WHEN f.handling = 'sealed' THEN 'none' ELSE f.province_id END, count(*)
        FROM suspects_casefile f WHERE f.opened_on BETWEEN %(first)s AND %(last)s AND {TRAFFICKING_FILE} GROUP BY 1""",
    ("people_reported", "sex"): f"""WITH row AS (SELECT v.person_id, EXISTS (SELECT 1 FROM people_personname n
            WHERE n.person_id = v.person_id) AS named FROM victims_victim v JOIN complaints_complaint c ON c.id = v.complaint_id
            WHERE {RECEIVED} AND v.merged_into_id IS NULL AND NOT v.found_unreported),
        head AS (SELECT DISTINCT person_id FROM row WHERE named UNION ALL SELECT person_id FROM row WHERE NOT named)
        SELECT coalesce(nullif(p.sex, ''), 'none'), count(*) FROM head JOIN people_person p ON p.id = head.person_id GROUP BY 1""",
    ("people_still_sought", "sex"): f"""WITH row AS (SELECT v.person_id, EXISTS (SELECT 1 FROM people_personname n
            WHERE n.person_id = v.person_id) AS named FROM victims_victim v JOIN complaints_complaint c ON c.id = v.complaint_id
            WHERE {LIVE} AND (c.received_at AT TIME ZONE '{ZONE}')::date <= %(last)s AND {SEARCH} AND NOT ({ENDED} AND {BEFORE_END})),
        head AS (SELECT DISTINCT person_id FROM row WHERE named UNION ALL SELECT person_id FROM row WHERE NOT named)
        SELECT coalesce(nullif(p.sex, ''), 'none'), count(*) FROM head JOIN people_person p ON p.id = head.person_id GROUP BY 1""",
    (
        "repatriations_open",
        "sex",
    ): f"""SELECT coalesce(nullif(p.sex, ''), 'none'), count(DISTINCT p.id) FROM victims_victim v
        JOIN people_person p ON p.id = v.person_id JOIN victims_repatriation r ON r.victim_id = v.id
        CROSS JOIN LATERAL (SELECT t.after FROM workflow_transition t WHERE t.object_id = r.id AND t.field = 'status'
            AND t.object_type = 'victims.repatriation' AND (t.happened_at AT TIME ZONE '{ZONE}')::date <= %(last)s
            ORDER BY t.happened_at DESC, t.recorded_at DESC, t.id DESC LIMIT 1) t
        WHERE v.merged_into_id IS NULL
        AND t.after NOT IN ('handed_over', 'declined', 'stays', 'third_country', 'reintegration', 'ended') GROUP BY 1""",
    ("victims_assisted", "provider"): f"""SELECT coalesce(t.reference, 'other'), count(DISTINCT v.person_id)
        FROM victims_care k JOIN victims_victim v ON v.id = k.victim_id LEFT JOIN partners_partner t ON t.id = k.provider_id
        WHERE {CARE_RUNS} AND v.person_id IN (SELECT v.person_id {ASSISTED}) GROUP BY 1""",
    ("measures_and_assets", "sector"): """SELECT coalesce(nullif(m.sector, ''), 'none'), count(*)
        FROM provinces_measure m WHERE m.since_on BETWEEN %(first)s AND %(last)s GROUP BY 1""",
    ("prevention_activities", "kind"): """SELECT a.kind, count(*) FROM prevention_activity a
        WHERE a.held_on BETWEEN %(first)s AND %(last)s GROUP BY 1""",
    (
        "prevention_activities",
        "audience",
    ): """SELECT u.code, count(*) FROM prevention_activity a, unnest(a.audience) u(code)
        WHERE a.held_on BETWEEN %(first)s AND %(last)s GROUP BY 1""",
    ("referrals_made", "sex"): f"SELECT coalesce(nullif(p.sex, ''), 'none'), count(*) {REFERRED} GROUP BY 1",
    (
        "referrals_made",
        "age",
    ): f"SELECT {_aged(SENT_ON)}, count(*) {REFERRED} GROUP BY 1",
    (
        "complaints_received",
        "week",
    ): f"""SELECT (date_trunc('week', c.received_at AT TIME ZONE '{ZONE}'))::date::text, count(*)
        FROM complaints_complaint c WHERE {RECEIVED} GROUP BY 1""",
    ("complaints_received", "province_of_incident"): f"""SELECT CASE WHEN c.handling = 'sealed' THEN 'none'
        ELSE coalesce(c.province_of_incident_id, 'none') END, count(*) FROM complaints_complaint c WHERE {RECEIVED} GROUP BY 1""",
    (
        "complaints_from_or_about",
        "side",
    ): f"""SELECT CASE WHEN c.province_of_report_id IS DISTINCT FROM %(province)s THEN 'about_only'
        WHEN c.province_of_incident_id IS DISTINCT FROM %(province)s THEN 'from_only' ELSE 'both' END, count(*)
        FROM complaints_complaint c WHERE {RECEIVED} AND c.handling <> 'sealed'
        AND %(province)s IN (c.province_of_report_id, c.province_of_incident_id) GROUP BY 1""",
}


def statements() -> dict[tuple[str, str], str]:
    """Return the SQL of each split that is compared: those above, and people by nationality, sex and age."""
    found = dict(SPLITS)
    for name, counted in COUNTED.items():
        offered = {split.name for split in REGISTRY[name].splits}
        by = {
            "nationality": NATION,
            "sex": SEX,
            **({} if "NULL::date AS on_day" in counted else {"age": _aged("r.on_day")}),
        }
        for dimension in offered & by.keys():
            found[name, dimension] = (
                f"SELECT {by[dimension]}, count(*) FROM ({counted}) r JOIN people_person p ON p.id = r.person_id GROUP BY 1"
            )
    return dict(sorted(found.items()))


def check_splits(window: Window, province: str) -> list[tuple[str, dict[str, int], dict[str, int]]]:
    """Return figures by a dimension, each by its definition and by plain SQL; of heads, those who have a row."""
    look = Look(system_user(), window, province)
    params: dict[str, Any] = {"first": window.first, "last": window.last, "province": province}
    found = []
    for (name, by), statement in statements().items():
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            plain = dict(cursor.fetchall())
        split = REGISTRY[name].split(by)
        defined = {part.code: part.n for part in parts(REGISTRY[name], split, look)}
        if split.of_people:
            defined.pop(UNLISTED, None)
        found.append((f"{name} by {by}", defined, plain))
    return found
