"""Complaints of every channel, place, form, status and outcome; merged ones, duplicates, sealed ones; and what came in."""

from bench.variety.draws import ABROAD, FORMS, PROVINCES, draw, pick

UNLEFT = "('unsubstantiated', 'insufficient_information', 'withdrawn')"
CHANNELS = (
    "hotline facebook_message facebook_comment telegram public_form walk_in email letter official_request import "
    "found_in_operation"
)
OUTCOMES = (
    "substantiated substantiated substantiated substantiated partly_substantiated partly_substantiated unsubstantiated "
    "unsubstantiated not_trafficking not_trafficking insufficient_information withdrawn duplicate"
)
OPEN = "new acknowledged verifying information_needed outcome_proposed decided decided closing_proposed"
FINDINGS = "unlawful_detention labour_dispute debt immigration fraud gambling other_offence no_offence"
FEW = "1 1 1 1 2 2 3 0 0 4 7 15"

# n of {n} over four years. `settled`: nobody found in it is unscreened; `must_end`: nobody in it is sought.
DRAWN = f"""
SELECT n, md5('c' || n)::uuid AS id, pg_temp.night(n, now() - interval '1461 days' * (1 - (n - {draw("n", "at")}) / %(n)s)) AS at,
    CASE WHEN {draw("n", "placed")} < 0.93 THEN {pick(PROVINCES, "n", "incident", 6)} END AS incident,
    CASE WHEN {draw("n", "from")} < 0.7 THEN {pick(PROVINCES, "n", "report", 3)} END AS report,
    CASE WHEN {draw("n", "sealed")} < 0.03 THEN 'sealed' WHEN {draw("n", "sealed")} < 0.08 THEN 'national_led'
        ELSE 'provincial' END AS h,
    CASE WHEN n > 20 THEN {draw("n", "merged")} < 0.015 ELSE false END AS is_merged,
    {pick(CHANNELS, "n", "channel", 1.6)} AS channel, {pick(FORMS, "n", "form", 3)} AS form, {pick(FORMS, "n", "other form", 2)} AS other_form,
    {pick(OPEN, "n", "open")} AS open_status, {pick(OUTCOMES, "n", "outcome")} AS any_outcome,
    {pick(FEW, "n", "people", 1.3)}::int AS people, {pick("0 0 0 0 1 1 2 3", "n", "suspects")}::int AS suspects
FROM generate_series(1, %(n)s) AS n
"""
STAGED = f"""
SELECT *, CASE WHEN incident IS NULL AND {draw("n", "country")} < 0.5 THEN {pick("TH MM LA VN AE", "n", "where abroad")} ELSE '' END AS incident_abroad,
    CASE WHEN report IS NULL AND {draw("n", "country of report")} < 0.6 THEN {pick(ABROAD, "n", "report abroad", 2)} ELSE '' END AS report_abroad,
    CASE WHEN incident IS NULL THEN CASE WHEN {draw("n", "ministry")} < 0.4 THEN '00' ELSE '12' END
        WHEN {draw("n", "moved")} < 0.03 THEN {pick(PROVINCES, "n", "moved to")} WHEN {draw("n", "moved")} < 0.05 THEN '00'
        ELSE incident END AS p,
    CASE WHEN is_merged OR {draw("n", "status")} < CASE WHEN at < now() - interval '90 days' THEN 0.86
        WHEN at < now() - interval '30 days' THEN 0.4 ELSE 0.1 END THEN 'closed' ELSE open_status END AS status
FROM ({DRAWN}) drawn
"""
DATED = f"""
SELECT *, CASE WHEN status NOT IN ('decided', 'closing_proposed', 'closed') THEN '' WHEN n <= 20 AND any_outcome = 'duplicate'
        THEN 'withdrawn' ELSE any_outcome END AS outcome,
    least(at + interval '96 hours' * power({draw("n", "acknowledged")}, 3), now()) AS acknowledged_at,
    least(at + interval '5 days' + interval '10 days' * power({draw("n", "verified")}, 2), now()) AS verified_at,
    least(at + interval '16 days' + interval '40 days' * power({draw("n", "decided")}, 2), now()) AS decided_at,
    least(at + interval '57 days' + interval '60 days' * power({draw("n", "closed")}, 2), now()) AS closed_at,
    {draw("n", "operation")} < 0.3 AS has_operation
FROM ({STAGED}) staged
"""
COMPLAINTS = (
    f"""CREATE TEMP TABLE one ON COMMIT DROP AS
SELECT n::bigint AS n, id, at, incident, report, h, is_merged, channel, form, other_form, incident_abroad, report_abroad, p, status, outcome,
    acknowledged_at, verified_at, decided_at, closed_at, status IN ('closed', 'closing_proposed') AS settled,
    status IN ('closed', 'closing_proposed') AND outcome NOT IN {UNLEFT} AS must_end,
    CASE WHEN is_merged THEN 0 WHEN channel = 'found_in_operation' THEN people + 1 ELSE people END AS people,
    CASE WHEN is_merged THEN 0 ELSE suspects END AS suspects,
    CASE WHEN is_merged OR p = '00' OR NOT (has_operation OR channel = 'found_in_operation') THEN ''
        WHEN channel = 'found_in_operation' OR {draw("n", "how it went")} < 0.8 THEN 'done'
        ELSE {pick("planned called_off", "n", "not done")} END AS operation,
    least(at + interval '20 days' * power({draw("n", "operation at")}, 2), now()) AS operation_at,
    NULL::uuid AS same_id, NULL::bigint AS same_n
FROM ({DATED}) dated""",
    "CREATE UNIQUE INDEX ON one (n)",
    # Merged into the one before it that stands for itself; a duplicate names one too.
    """UPDATE one SET (same_id, same_n) = (SELECT o.id, o.n FROM one o WHERE o.n < one.n AND NOT o.is_merged AND o.outcome <> 'duplicate'
    ORDER BY o.n DESC LIMIT 1) WHERE is_merged OR outcome = 'duplicate'""",
    "ANALYZE one",
)
SITES = f"""INSERT INTO provinces_site (id, reference, name_km, name_en, province_id, national_led, created_at, version, updated_at)
SELECT md5('site' || i)::uuid, 'T-' || i, '', 'Compound ' || i, {pick(PROVINCES, "i", "site", 2)}, {draw("i", "led")} < 0.1, now(), 1, now()
FROM generate_series(1::bigint, 150) AS i"""
WRITTEN = (
    SITES,
    f"""INSERT INTO complaints_complaint (id, reference, version, updated_at, province_id, handling, province_of_report_id,
    country_of_report, province_of_incident_id, country_of_incident, exact_spot, channel, received_at, logged_at,
    logged_by_id, narrative, forms, main_form, urgency, not_local_police, names_official, official, status, status_at,
    outcome, outcome_at, finding, proposed_outcome, proposed_finding, withdrawn_by, missing, site_id, number_reported, n_people, n_rescued,
    n_left, n_declined, n_not_found, n_deceased, n_found_unreported, n_unscreened, clock_from, due_at, acknowledge_due_at,
    merged_into_id, duplicate_of_id)
SELECT id, 'KH-2022-' || n, 1, at, p, h, report, report_abroad, incident, incident_abroad, '', channel, at, at, %(intake)s, '',
    CASE WHEN {draw("n", "forms")} < 0.05 THEN '{{}}' WHEN {draw("n", "forms")} < 0.7 OR form = other_form THEN ARRAY[form] ELSE ARRAY[form, other_form] END,
    CASE WHEN {draw("n", "forms")} < 0.05 THEN '' WHEN {draw("n", "forms")} > 0.97 AND form <> other_form THEN 'mixed' ELSE form END,
    {pick("normal high immediate", "n", "urgency", 1.5)}, false, false, '', status,
    CASE status WHEN 'new' THEN at WHEN 'acknowledged' THEN acknowledged_at WHEN 'decided' THEN decided_at WHEN 'closed' THEN closed_at
        WHEN 'closing_proposed' THEN closed_at ELSE verified_at END,
    outcome, CASE WHEN outcome <> '' THEN decided_at END,
    CASE WHEN outcome = 'not_trafficking' THEN {pick(FINDINGS, "n", "finding")} ELSE '' END,
    CASE WHEN status = 'outcome_proposed' THEN 'unsubstantiated' ELSE '' END, '', CASE WHEN outcome = 'withdrawn' THEN
        {pick("reporter person family other", "n", "withdrawn by")} ELSE '' END, '{{}}',
    CASE WHEN {draw("n", "at a site")} < 0.3 THEN (SELECT s.id FROM provinces_site s WHERE s.province_id = incident ORDER BY s.id LIMIT 1) END,
    CASE WHEN {draw("n", "number said")} < 0.45 OR listed + more = 0 THEN NULL ELSE listed + more END, listed, rescued, left_on_own, declined, not_found,
    deceased, unreported, unscreened, at, at + interval '10 days', at + interval '1 day',
    CASE WHEN is_merged THEN same_id END, CASE WHEN outcome = 'duplicate' THEN same_id END
FROM (SELECT one.*, coalesce(c.listed, 0) AS listed, coalesce(c.rescued, 0) AS rescued, coalesce(c.left_on_own, 0) AS left_on_own,
    coalesce(c.declined, 0) AS declined, coalesce(c.not_found, 0) AS not_found, coalesce(c.deceased, 0) AS deceased,
    coalesce(c.unreported, 0) AS unreported, coalesce(c.unscreened, 0) AS unscreened,
    CASE WHEN must_end OR is_merged OR channel = 'found_in_operation' THEN 0
        ELSE floor(power({draw("one.n", "more people")}, 3) * 12)::int END AS more
    FROM one LEFT JOIN counted c ON c.n = one.n) made""",
)
FILED = """INSERT INTO complaints_contact (id, channel, kind, received_at, logged_at, logged_by_id, complaint_id, province_id, handling,
    province_of_report_id, raw, narrative, version, updated_at, reference, status, status_at, urgency, turn, language)
"""


def _rest(number: str, status: str, at: str) -> str:
    """Return what every contact says after its place."""
    turn = f"200000000000 + floor(extract(epoch FROM {at}))::bigint"
    return f"'', '', 1, {at}, 'C-' || {number}, '{status}', {at}, '', {turn}, ''"


RELATIONS = "family self friend anonymous ngo witness embassy co_worker other_agency client officer"
TURNED_AWAY = "spam wrong_number enquiry list_of_names spam enquiry"
CAME = (
    # The first contact of each; that of a merged one stands with the one it went into.
    f"""{FILED}SELECT md5('k' || o.n)::uuid, o.channel, 'new_report', o.at, o.at, %(intake)s, t.id, t.p, t.h, o.report,
    {_rest("o.n", "filed", "o.at")} FROM one o JOIN one t ON t.id = CASE WHEN o.is_merged THEN o.same_id ELSE o.id END""",
    f"""{FILED}SELECT md5('m' || n)::uuid, {pick(CHANNELS, "n", "again by", 3)}, 'more', again, again, %(intake)s, id, p, h, report,
    {_rest("n || 'M'", "filed", "again")} FROM (SELECT *, least(at + interval '30 days' * {draw("n", "again at")}, now()) AS again FROM one
    WHERE NOT is_merged AND {draw("n", "again")} < 0.3) o""",
    f"""{FILED}SELECT md5('x' || n)::uuid, {pick(CHANNELS, "n", "turned away by", 4)}, kind, at, at, %(intake)s, NULL, '00', 'provincial',
    CASE WHEN {draw("n", "known from")} < 0.4 THEN {pick(PROVINCES, "n", "turned away from", 3)} END,
    {_rest("n || 'X'", "set_aside", "at")} FROM (SELECT n, at, {pick(TURNED_AWAY, "n", "turned away")} AS kind FROM one
    WHERE {draw("n", "no report")} < 0.25) o""",
    f"""INSERT INTO complaints_reporter (id, relation, name, phone, address, safe_contact, contact_id, key_version)
SELECT md5('r' || n)::uuid, {pick(RELATIONS, "n", "relation", 2)}, '', '', '', '', md5('k' || n)::uuid, 1 FROM one WHERE {draw("n", "reporter")} < 0.8""",
    f"""INSERT INTO complaints_reporteranswer (id, handling, told, way, note, happened_at, recorded_at, by_id, complaint_id, province_id)
SELECT md5('w' || n)::uuid, h, 'received', 'telephone', '', told, told, %(first)s, id, p
FROM (SELECT *, least(at + interval '12 days' * power({draw("n", "told at")}, 2), now()) AS told FROM one WHERE NOT is_merged AND {draw("n", "told")} < 0.4) o""",
    """INSERT INTO workflow_transition (id, object_type, object_id, reference, complaint_id, province_id, handling, field, by_id, recorded_at,
    step, before, after, note, late_why, happened_at)
SELECT gen_random_uuid(), 'complaints.complaint', id, 'KH-2022-' || n, id, p, h, 'status', %(first)s, w.at, w.step, w.source, w.target, '', '', w.at
FROM one CROSS JOIN LATERAL (VALUES (at, 'register', '', 'new', true), (acknowledged_at, 'acknowledge', 'new', 'acknowledged', status <> 'new'),
    (verified_at, 'start_verification', 'acknowledged', 'verifying', status NOT IN ('new', 'acknowledged')),
    (decided_at, 'record_outcome', 'verifying', 'decided', outcome <> ''),
    (closed_at, 'close', 'closing_proposed', 'closed', status = 'closed')) AS w (at, step, source, target, is_so) WHERE w.is_so""",
    f"""INSERT INTO workflow_transition (id, object_type, object_id, reference, complaint_id, province_id, handling, field, by_id, recorded_at,
    step, before, after, note, late_why, happened_at)
SELECT gen_random_uuid(), 'complaints.complaint', id, 'KH-2022-' || n, id, p, h, 'province', %(first)s, assigned, 'assign', '00', p, '', '', assigned
FROM (SELECT *, least(at + interval '2 days' * {draw("n", "assigned at")}, now()) AS assigned FROM one WHERE incident IS NULL AND p <> '00') o""",
)
