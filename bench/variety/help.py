"""What is done for people and to them: places, care, consent, referrals, returns, deportations, proceedings; measures and activities."""

from bench.variety.draws import ABROAD, PROVINCES, array, draw, pick

KINDS = "shelter ngo hospital legal_aid social_affairs embassy embassy embassy"
SERVICES = (
    "shelter medical psychosocial legal_aid interpreter food_clothing family_tracing travel_document immigration_fine_waiver "
    "education vocational financial reintegration witness_protection repatriation"
)
ACTS = "testified lawyer claimed awarded paid stay_granted fine_waived fined charged convicted"
OF = "h, %(first)s, md5('c' || n)::uuid, p, id"
FOUND = "(status = 'rescued' OR unreported)"
PARTNERS = f"""INSERT INTO partners_partner (id, version, updated_at, reference, kind, name_km, name_en, key_km, key_lat, sort_name, country, seated_in,
    nationalities, services, takes, languages, hours, email, note, address, is_active, created_at, province_id)
SELECT md5('partner' || i)::uuid, 1, now(), 'PT-' || i, kind, '', 'Partner ' || i, '', 'partner', 'partner', country, '',
    CASE WHEN kind = 'embassy' THEN ARRAY[country] ELSE '{{}}' END, '{{}}', '{{}}', '', '', '', '', '', true, now(), {pick(PROVINCES, "i", "seat", 3)}
FROM (SELECT i, kind, CASE WHEN kind = 'embassy' THEN {pick(ABROAD, "i", "embassy")} ELSE '' END AS country
    FROM (SELECT i, {pick(KINDS, "i", "kind of partner")} AS kind FROM generate_series(1::bigint, 60) AS i) k) made"""
# The day on which somebody was found, and how many days ago.
SINCE = f"(SELECT v.*, pg_temp.day(ended_at) AS day, pg_temp.day(now()) AS today, pg_temp.day(now()) - pg_temp.day(ended_at) AS ago FROM v WHERE {FOUND}) v"
STAYS = "shelter police immigration_detention hospital hotel home embassy prison unknown"
HELP = (
    f"""INSERT INTO victims_stay (handling, by_id, complaint_id, province_id, victim_id, id, kind, detail, since, until, recorded_at)
SELECT {OF}, gen_random_uuid(), {pick(STAYS, "r", "first place", 1.4)}, ''::bytea, day, CASE WHEN moved THEN day + least(ago, stay) END, ended_at
FROM (SELECT *, {draw("r", "moved on")} < 0.8 AS moved, 1 + floor({draw("r", "stay")} * 120)::int AS stay FROM {SINCE}) m
UNION ALL SELECT {OF}, gen_random_uuid(), {pick(STAYS, "r", "second place", 1.2)}, ''::bytea, day + stay, NULL, now()
FROM (SELECT *, 1 + floor({draw("r", "stay")} * 120)::int AS stay FROM {SINCE}) m WHERE {draw("r", "moved on")} < 0.8 AND stay <= ago""",
    f"""INSERT INTO victims_care (handling, by_id, complaint_id, province_id, victim_id, id, recorded_at, service, provider_id, provider_name, from_on, until_on, note,
    taken_back_at, taken_back_by_id, taken_back_why)
SELECT {OF}, gen_random_uuid(), now(), {pick(SERVICES, "r * 4 + g", "service", 1.5)},
    CASE WHEN listed THEN md5('partner' || 1 + floor({draw("r * 4 + g", "giver")} * 60)::int)::uuid END, CASE WHEN listed THEN '' ELSE 'A neighbour' END,
    day + begun, CASE WHEN {draw("r * 4 + g", "care ended")} < 0.8 THEN day + begun + floor({draw("r * 4 + g", "care for")} * 90)::int END, '',
    CASE WHEN is_back THEN now() END, CASE WHEN is_back THEN %(second)s::uuid END, ''
FROM (SELECT v.*, g, {draw("r * 4 + g", "in directory")} < 0.85 AS listed, floor({draw("r * 4 + g", "care from")} * least(ago, 60))::int AS begun,
    {draw("r * 4 + g", "care taken back")} < 0.03 AS is_back FROM {SINCE} CROSS JOIN generate_series(0, 3) AS g) c WHERE {draw("r * 4 + g", "cared for")} < 0.35""",
    f"""INSERT INTO victims_consent (handling, by_id, complaint_id, province_id, victim_id, id, recorded_at, purpose, answer, asked_on, asked_alone, asked_language, afraid, note)
SELECT {OF}, md5('consent' || r)::uuid, ended_at, 'embassy', 'yes', day, true, 'km', 'no', '' FROM {SINCE} WHERE {draw("r", "asked")} < 0.6""",
    f"""INSERT INTO victims_proceeding (handling, by_id, complaint_id, province_id, victim_id, id, recorded_at, kind, happened_on, court_id, authority, amount_riel, note)
SELECT {OF}, md5('act' || r || '.' || g)::uuid, now(), kind, day + floor({draw("r * 4 + g", "act on")} * least(ago, 400))::int,
    CASE WHEN {draw("r * 4 + g", "at court")} < 0.7 THEN 'C' || {pick(PROVINCES, "r * 4 + g", "court", 4)} END, '',
    CASE WHEN kind IN ('claimed', 'awarded', 'paid', 'fine_waived', 'fined') THEN 400000 END, ''
FROM (SELECT v.*, g, {pick(ACTS, "r * 4 + g", "act")} AS kind FROM {SINCE} CROSS JOIN generate_series(0, 2) AS g) a WHERE {draw("r * 4 + g", "acted")} < 0.12""",
    f"""INSERT INTO victims_proceeding (id, handling, by_id, complaint_id, province_id, victim_id, recorded_at, kind, happened_on, court_id, authority, amount_riel, note, takes_back_id)
SELECT gen_random_uuid(), handling, by_id, complaint_id, province_id, victim_id, recorded_at, kind, happened_on, court_id, authority, amount_riel, note, id
FROM victims_proceeding WHERE {draw("hashtextextended(id::text, 0)", "mistaken")} < 0.05""",
    f"""INSERT INTO victims_deportation (handling, recorded_by_id, complaint_id, province_id, victim_id, id, version, updated_at, reference, status, status_at, authority,
    order_number, ordered_on, reason, carried_out_on, decision_then)
SELECT {OF}, gen_random_uuid(), 1, now(), 'D-' || r, status, now(), 'Immigration', r::text, day, 'overstay', CASE WHEN status = 'carried_out'
    THEN day + floor({draw("r", "deported after")} * least(ago, 60))::int END, decision
FROM (SELECT r, id, n, p, h, day, ago, decision, {pick("carried_out carried_out stopped ordered", "r", "deportation")} AS status
    FROM {SINCE} WHERE {draw("r", "deported")} < 0.03) d""",
    PARTNERS,
)
STATES = "accepted completed completed in_progress returned recalled sent seen expired"
REFERRED = f"""
SELECT q, n, h, p, id, person_id, sent_at, settled, CASE WHEN settled THEN {pick("completed completed returned recalled accepted in_progress", "q", "closed state")}
    ELSE {pick(STATES, "q", "state")} END AS status, {draw("q", "receiver")} < 0.75 AS to_partner, by_partner
FROM (SELECT v.r * 2 AS q, v.n, v.h, v.p, v.id, md5('p' || v.person)::uuid AS person_id, v.settled, false AS by_partner,
        least(v.ended_at + interval '20 days' * {draw("v.r", "referred at")}, v.until) AS sent_at FROM v WHERE {draw("v.r", "referred")} < 0.25
    UNION ALL SELECT one.n * 64 + 1, one.n, one.h, one.p, NULL, NULL, one.settled, {draw("one.n", "of a partner")} < 0.2,
        least(one.at + interval '10 days' * {draw("one.n", "referred at")}, now()) FROM one WHERE NOT is_merged AND {draw("one.n", "referred")} < 0.08) made
"""
REFERRALS = (
    "ANALYZE victims_consent, victims_victim",
    f"""INSERT INTO referrals_referral (id, version, updated_at, reference, handling, kind, status, status_at, message, needs_tonight, language, health, papers, brought_by,
    contact, placement_paper, emergency, received_at, remind_at, due_at, escalate_at, answered_at, answered_by, in_time, return_reason, outcome, settled,
    complaint_id, from_partner_id, from_province_id, province_id, sent_by_id, to_partner_id, to_province_id, victim_id, is_repeated)
SELECT md5('ref' || q)::uuid, 1, sent_at, 'R-' || q, h, CASE WHEN victim IS NULL AND NOT to_partner AND NOT by_partner THEN 'transfer' ELSE 'referral' END, status, sent_at,
    '', '', '', '', '', '', '', '', false, sent_at, sent_at + interval '1 day', sent_at + interval '2 days', sent_at + interval '3 days', answered_at, '',
    CASE WHEN answered_at IS NOT NULL THEN answered_at <= sent_at + interval '2 days' END, CASE WHEN status = 'returned' THEN
        {pick("no_room not_ours unclear refused", "q", "returned why")} ELSE '' END, CASE WHEN status = 'completed' THEN {pick("helped partly left", "q", "helped")} ELSE '' END, true,
    md5('c' || n)::uuid, CASE WHEN by_partner THEN md5('partner1')::uuid END, p, p, %(first)s, CASE WHEN to_partner AND NOT by_partner THEN partner END,
    CASE WHEN by_partner THEN '00' WHEN NOT to_partner THEN {pick(PROVINCES, "q", "to province", 2)} END, victim, false
FROM (SELECT r.*, r.id AS victim, CASE WHEN status IN ('accepted', 'completed', 'in_progress', 'returned') OR status = 'recalled' AND {draw("q", "answered first")} < 0.4
    THEN least(sent_at + interval '4 days' * {draw("q", "answered at")}, now()) END AS answered_at,
    -- An embassy hears of nobody who was not asked; of no complaint.
    CASE WHEN {draw("q", "to embassy")} < 0.3 AND EXISTS (SELECT 1 FROM victims_consent k JOIN victims_victim w ON w.id = k.victim_id
        WHERE w.person_id = r.person_id) THEN embassies[1 + floor({draw("q", "which embassy")} * cardinality(embassies))::int]
        ELSE others[1 + floor({draw("q", "which partner")} * cardinality(others))::int] END AS partner
    FROM ({REFERRED}) r CROSS JOIN (SELECT array_agg(id ORDER BY reference) FILTER (WHERE kind = 'embassy') AS embassies,
        array_agg(id ORDER BY reference) FILTER (WHERE kind <> 'embassy') AS others FROM partners_partner WHERE reference ~ '^PT-[0-9]+$') t) made""",
)
WAYS = "asked_alone embassy_notified nationality_confirmed travel_document exit_clearance departure_agreed handed_over"
STEPS = f"({array(WAYS)})"
RETURNS = (
    # Out of Cambodia: step by step as far as it came, ended otherwise at times; w counts the steps.
    f"""CREATE TEMP TABLE back ON COMMIT DROP AS
SELECT r, md5('return' || r)::uuid AS id, id AS victim_id, n, p, h, day, ended_at, settled, ago, CASE WHEN ended < 0.2 THEN {pick("stays third_country ended declined", "r", "stays")} ELSE '' END AS other,
    least(1 + floor({draw("r", "steps of return")} * 12)::int, 7, 1 + greatest(ago - 1, 0) / 8) AS steps
FROM (SELECT v.*, {draw("r", "ended how")} AS ended FROM {SINCE} JOIN people_person u ON u.id = md5('p' || v.person)::uuid
    WHERE u.nationality <> 'KH' AND {draw("r", "returns")} < 0.3) v""",
    f"""INSERT INTO victims_repatriation (handling, complaint_id, province_id, victim_id, id, version, updated_at, reference, direction, country, status, status_at, begun_at,
    health_needed, papers_needed, letter_number, document_kind, document_number, fine, route, handed_over_on, handed_to, handed_where, paid_by, handover_record,
    declined_why, third_country, told_by, received_by, crossing, plan, embassy_id)
SELECT h, md5('c' || n)::uuid, p, victim_id, id, 1, now(), 'B-' || r, 'out_of_cambodia', {pick(ABROAD, "r", "home", 2)},
    CASE WHEN other <> '' AND steps < 7 THEN other ELSE {STEPS}[steps] END, ended_at + steps * interval '8 days', ended_at, '', '', '', '', '', '', '',
    CASE WHEN steps = 7 THEN day + 48 END, CASE WHEN steps = 7 THEN 'The embassy' ELSE '' END, '', CASE WHEN steps = 7 AND {draw("r", "known who paid")} < 0.9
        THEN {pick("embassy ministry organisation family person exploiter other", "r", "paid by", 1.5)} ELSE '' END, '', CASE WHEN other = 'declined' AND steps < 7 THEN 'afraid' ELSE '' END,
    '', '', '', '', '', NULL FROM back""",
    f"""INSERT INTO workflow_transition (id, object_type, object_id, reference, complaint_id, province_id, handling, field, by_id, recorded_at, step, before, after, note, late_why, happened_at)
SELECT gen_random_uuid(), 'victims.repatriation', id, 'B-' || r, md5('c' || n)::uuid, p, h, 'status', %(first)s, w.at, w.step, w.source, w.target, '', '', w.at
FROM back CROSS JOIN LATERAL (SELECT 'go_on' AS step, coalesce({STEPS}[i - 1], '') AS source, {STEPS}[i] AS target, ended_at + (i - 1) * interval '8 days' AS at FROM generate_series(1, steps) AS i
    UNION ALL SELECT 'end', {STEPS}[steps], other, least(ended_at + (steps - 1) * interval '8 days' + interval '3 hours', now()) WHERE other <> '' AND steps < 7) AS w""",
    # Cambodians from abroad: announced, received, helped on.
    f"""CREATE TEMP TABLE home ON COMMIT DROP AS
SELECT r, md5('home' || r)::uuid AS id, v.id AS victim_id, n, p, h, day, ended_at, least(1 + floor({draw("r", "steps home")} * 4)::int, 3, 1 + greatest(ago - 1, 0) / 10) AS steps
FROM {SINCE} JOIN people_person u ON u.id = md5('p' || v.person)::uuid WHERE u.nationality = 'KH' AND {draw("r", "returns")} < 0.5""",
    f"""INSERT INTO victims_repatriation (handling, complaint_id, province_id, victim_id, id, version, updated_at, reference, direction, country, status, status_at, begun_at,
    health_needed, papers_needed, letter_number, document_kind, document_number, fine, route, handed_to, handed_where, paid_by, handover_record,
    declined_why, third_country, told_by, received_on, received_by, crossing, plan)
SELECT h, md5('c' || n)::uuid, p, victim_id, id, 1, now(), 'H-' || r, 'into_cambodia', {pick(ABROAD, "r", "came from", 2)}, (ARRAY['notified_by_abroad', 'received', 'reintegration'])[steps],
    ended_at + (steps - 1) * interval '10 days', ended_at, '', '', '', '', '', '', '', '', '', '', '', '', '', '', CASE WHEN steps > 1 THEN day + 10 END, '',
    CASE WHEN steps > 1 AND {draw("r", "known crossing")} < 0.9 THEN {pick("poipet phnom_penh_airport bavet o_smach port cham_yeam", "r", "crossing", 1.5)} ELSE '' END, '' FROM home""",
    """INSERT INTO workflow_transition (id, object_type, object_id, reference, complaint_id, province_id, handling, field, by_id, recorded_at, step, before, after, note, late_why, happened_at)
SELECT gen_random_uuid(), 'victims.repatriation', id, 'H-' || r, md5('c' || n)::uuid, p, h, 'status', %(first)s, ended_at + (i - 1) * interval '10 days', 'go_on',
    coalesce((ARRAY['notified_by_abroad', 'received', 'reintegration'])[i - 1], ''), (ARRAY['notified_by_abroad', 'received', 'reintegration'])[i], '', '', ended_at + (i - 1) * interval '10 days'
FROM home CROSS JOIN LATERAL generate_series(1, steps) AS i""",
)
SECTORS = "gambling hotel entertainment property - construction factory recruitment farm fishing other"
APART = (
    f"""INSERT INTO provinces_measure (id, version, updated_at, kind, since_on, until_on, authority, note, site_id, sector)
SELECT gen_random_uuid(), 1, now(), {pick("warned suspended closed licence_withdrawn", "i", "measure")}, pg_temp.day(now() - interval '1461 days' * {draw("i", "measure at")}), NULL,
    'Provincial hall', '', md5('site' || 1 + floor({draw("i", "measure at site")} * 150)::int)::uuid, {pick(SECTORS, "i", "sector", 1.5)}
FROM generate_series(1::bigint, greatest(%(n)s / 60, 60)) AS i""",
    f"""INSERT INTO prevention_activity (id, version, updated_at, reference, kind, title, held_on, place, organisers, audience, subject, reached, reached_women, reach_source, note,
    created_at, made_by_id, province_id)
SELECT gen_random_uuid(), 1, now(), 'A-' || i, {pick("forum training campaign religious_service inspection", "i", "activity", 1.5)}, 'Activity', pg_temp.day(now() - interval '1461 days' * {draw("i", "held")}),
    '', ARRAY[{pick("ministry ncct province ngo religious_body", "i", "organiser", 1.5)}], CASE WHEN two THEN ARRAY['public', 'students'] ELSE ARRAY[{pick("police judges officials teachers workers", "i", "audience")}] END,
    '', reached, CASE WHEN {draw("i", "women counted")} < 0.5 THEN floor(reached * {draw("i", "women")})::int END, CASE WHEN reached IS NULL THEN '' ELSE 'counted' END, '',
    now(), %(first)s, {pick(PROVINCES, "i", "activity in", 2)}
FROM (SELECT i, {draw("i", "two audiences")} < 0.4 AS two, CASE WHEN {draw("i", "reached")} < 0.8 THEN floor({draw("i", "how many reached")} * 400)::int END AS reached
    FROM generate_series(1::bigint, greatest(%(n)s / 60, 60)) AS i) made""",
)
