"""Suspects as far as they came, some in several complaints, some victims themselves; case files, charges, judgments, reviews."""

from bench.variety.draws import PROVINCES, draw, pick

ARTICLES = "L08-10 L08-12 L08-15 L08-17 L08-19 L08-11 L08-13 L08-16 L08-25 L08-30 L08-21 L08-34"
OTHER_ARTICLES = "L08-24 L08-25 L08-30 L08-34"
# q numbers a suspect's row; what would come after today has not come.
DRAWN = f"""
SELECT one.n * 32 + 16 + j AS q, one.n, j, j = one.suspects AS is_last, one.at, one.p, one.h, one.operation = 'done'
        AND {draw("one.n * 32 + 16 + j", "in operation")} < 0.4 AS met, one.operation_at,
    floor({draw("one.n * 32 + 16 + j", "how far")} * 7)::int AS wanted, {draw("one.n * 32 + 16 + j", "arrested")} < 0.8 AS is_arrested
FROM one CROSS JOIN LATERAL generate_series(1, one.suspects) AS j
"""
TIMED = f"""
SELECT *, CASE WHEN met AND wanted > 0 THEN operation_at WHEN is_arrested AND wanted > 0 THEN
        pg_temp.night(q, least(at + interval '60 days' * power({draw("q", "arrested at")}, 2), now())) END AS arrested_at,
    CASE WHEN {draw("q", "questioned")} < 0.25 THEN pg_temp.night(q + 1, least(at + interval '60 days' * {draw("q", "questioned at")}, now())) END AS questioned_at
FROM ({DRAWN}) drawn
"""
DAYS = f"""
SELECT *, sent + floor({draw("q", "charged after")} * 30)::int AS charged, sent + 30 + floor({draw("q", "tried after")} * 120)::int AS tried,
    sent + 150 + floor({draw("q", "judged after")} * 90)::int AS judged
FROM (SELECT *, pg_temp.day(coalesce(arrested_at, questioned_at, at)) + 1 + floor({draw("q", "sent after")} * 15)::int AS sent FROM ({TIMED}) timed) s
"""
REACHED = """
SELECT *, least(wanted, CASE WHEN sent > today THEN 1 WHEN charged > today THEN 2 WHEN tried > today THEN 3 WHEN judged > today THEN 4 ELSE 6 END) AS reached
FROM (SELECT *, pg_temp.day(now()) AS today FROM ({}) days) d
"""
STATUS = f"""
SELECT *, CASE WHEN reached = 0 OR (reached = 1 AND arrested_at IS NULL) THEN {pick("named named wanted", "q", "named")}
    WHEN reached = 1 THEN CASE WHEN {draw("q", "released")} < 0.2 AND pg_temp.day(arrested_at) < today THEN 'released' ELSE 'arrested' END
    WHEN reached = 2 THEN 'sent_to_court' WHEN reached = 3 THEN 'charged' WHEN reached = 4 THEN 'on_trial'
    ELSE {pick("convicted convicted convicted convicted acquitted dismissed", "q", "judgment")} END AS status
FROM ({REACHED.format(DAYS)}) reached
"""
PEOPLE = (
    f"""CREATE TEMP TABLE s ON COMMIT DROP AS
SELECT q, md5('s' || q)::uuid AS id, n, j, at, p, h, status, arrested_at, questioned_at, met AND arrested_at IS NOT NULL AS met, today,
    CASE WHEN reached >= 2 THEN sent END AS sent, CASE WHEN reached >= 3 THEN charged END AS charged, CASE WHEN reached >= 4 THEN tried END AS tried,
    CASE WHEN reached >= 5 THEN judged END AS judged, -q AS person, is_last AND {draw("q", "again")} < 0.25 AS again FROM ({STATUS}) status""",
    "CREATE UNIQUE INDEX ON s (n, j)",
    f"""UPDATE s SET person = f.person FROM s f WHERE s.again AND f.j = 1 AND NOT f.again AND f.n = s.n - 1 - floor({draw("s.q", "who again")} * 60)::bigint""",
    # Somebody who was exploited there is charged: the second of a complaint, where one of its people was brought out.
    f"""UPDATE s SET person = v.person FROM v WHERE NOT s.again AND s.j = 2 AND v.n = s.n AND v.i = 1 AND {draw("s.q", "exploited too")} < 0.35""",
    "ANALYZE s",
)
SUSPECTS = (
    f"""INSERT INTO suspects_suspect (id, version, updated_at, reference, handling, roles, public_official, status, status_at, warrant_number,
    arrested_at, arrested_in_id, arrest_unit, arrest_kind, extension_number, sent_to_court_on, court_id, released_on, received_at, due_at, complaint_id,
    person_id, province_id, operation_id, first_contact_at, first_contact_kind, restraint, charged_on, on_trial_on, verdict_on, in_absentia, prison_months,
    suspended_months, fine_riel, confiscated, confiscated_riel, confiscated_usd, appealed_by, appealed_on, merged_into_id, recorded_by_id)
SELECT id, 1, at, 'S-' || q, h, ARRAY[{pick("exploiter recruiter_or_intermediary transporter", "q", "role")}], '', status, coalesce(arrested_at, at), '', arrested_at,
    CASE WHEN arrested_at IS NULL OR {draw("q", "known where")} < 0.05 THEN NULL WHEN p = '00' OR {draw("q", "arrested elsewhere")} < 0.1
        THEN {pick(PROVINCES, "q", "arrested in", 2)} ELSE p END,
    CASE WHEN arrested_at IS NULL THEN '' ELSE {pick("Anti-trafficking Provincial Border Criminal", "q", "unit", 2)} END,
    CASE WHEN arrested_at IS NULL THEN '' ELSE {pick("flagrante warrant", "q", "arrest kind")} END, '', sent, CASE WHEN sent IS NOT NULL THEN
        'C' || CASE WHEN p = '00' OR {draw("q", "court elsewhere")} < 0.1 THEN {pick(PROVINCES, "q", "court", 2)} ELSE p END END,
    CASE WHEN status = 'released' THEN pg_temp.day(arrested_at) + 1 END, at, at, md5('c' || n)::uuid, md5('p' || person)::uuid, p,
    CASE WHEN met THEN md5('op' || n)::uuid END, questioned_at, CASE WHEN questioned_at IS NULL THEN '' ELSE {pick("questioned cautioned", "q", "contact")} END,
    '', charged, CASE WHEN status = 'dismissed' AND {draw("q", "no trial")} < 0.5 THEN NULL ELSE tried END, judged,
    CASE WHEN status = 'convicted' THEN {draw("q", "in absentia")} < 0.1 END, CASE WHEN status = 'convicted' THEN months END,
    CASE WHEN status = 'convicted' AND {draw("q", "suspended")} < 0.2 THEN floor(months * least({draw("q", "suspended how long")} * 1.4, 1))::int END,
    CASE WHEN status = 'convicted' AND {draw("q", "fined")} < 0.4 THEN 4000000 END, '',
    CASE WHEN status = 'convicted' AND {draw("q", "riel")} < 0.2 THEN floor({draw("q", "how much")} * 9000000)::bigint END,
    CASE WHEN status = 'convicted' AND {draw("q", "dollars")} < 0.2 THEN floor({draw("q", "how many")} * 9000)::bigint END,
    CASE WHEN judged IS NOT NULL AND {draw("q", "appealed")} < 0.2 AND judged < today THEN 'defence' ELSE '' END,
    CASE WHEN judged IS NOT NULL AND {draw("q", "appealed")} < 0.2 AND judged < today THEN judged + 1 END, NULL, %(first)s
FROM (SELECT *, (ARRAY[NULL, 0, 6, 11, 12, 60, 83, 84, 120, 179, 180, 200, 240, 241, 300])[1 + floor({draw("q", "months")} * 15)::int] AS months FROM s) m""",
    f"""INSERT INTO suspects_charge (id, handling, recorded_at, taken_back_at, charged_on, is_lesser, result, article_id, by_id, complaint_id, province_id, suspect_id)
SELECT gen_random_uuid(), h, at, CASE WHEN i = 2 AND {draw("q", "charge taken back")} < 0.3 THEN at + interval '1 hour' END, charged,
    i = 2 AND {draw("q", "lesser")} < 0.2, CASE WHEN status = 'convicted' AND i = 1 THEN 'convicted' WHEN status IN ('convicted', 'acquitted') THEN 'acquitted'
        WHEN status = 'dismissed' THEN 'dismissed' ELSE '' END, CASE i WHEN 1 THEN {pick(ARTICLES, "q", "charge", 1.5)} ELSE {pick(OTHER_ARTICLES, "q", "second charge")} END,
    %(first)s, md5('c' || n)::uuid, p, id FROM s CROSS JOIN generate_series(1, 2) AS i
WHERE charged IS NOT NULL AND (i = 1 OR {draw("q", "two charges")} < 0.4)""",
    f"""INSERT INTO suspects_review (id, handling, finding, why, at, by_id, complaint_id, province_id, suspect_id)
SELECT gen_random_uuid(), h, {pick("may_proceed must_not overridden", "q", "review", 1.5)}, '', least(at + interval '40 days' * {draw("q", "reviewed at")}, now()),
    %(second)s, md5('c' || n)::uuid, p, id FROM s WHERE person > 0""",
    # Files of those sent to court, some of two complaints, some under other articles alone.
    f"""CREATE TEMP TABLE f ON COMMIT DROP AS
SELECT md5('f' || n)::uuid AS id, n, min(h) AS h, min(p) AS p, least(min(sent), min(today)) AS opened, min(today) AS today FROM s
WHERE sent IS NOT NULL AND {draw("n", "file")} < 0.8 GROUP BY n""",
    f"""INSERT INTO suspects_casefile (id, version, updated_at, reference, handling, province_id, court_id, police_number, court_number, unit, opened_on, closed_on,
    received_at, due_at, opened_by_id)
SELECT id, 1, now(), 'F-' || n, h, place, 'C' || place, n::text, '', {pick("Anti-trafficking Provincial Border Criminal", "n", "file unit", 2)}, opened,
    CASE WHEN {draw("n", "file closed")} < 0.6 THEN least(opened + floor({draw("n", "file closed after")} * 500)::int, today) END,
    opened, opened, %(first)s FROM (SELECT *, CASE WHEN p = '00' THEN {pick(PROVINCES, "n", "file court", 2)} ELSE p END AS place FROM f) files""",
    f"""INSERT INTO suspects_casefile_articles (casefile_id, article_id)
SELECT id, CASE WHEN {draw("n", "file of other articles")} < 0.15 THEN {pick(OTHER_ARTICLES, "n", "other article of file")}
    ELSE {pick(ARTICLES, "n", "article of file", 1.5)} END FROM f
UNION SELECT id, {pick(ARTICLES, "n", "second article of file")} FROM f WHERE {draw("n", "two articles of file")} < 0.3""",
    "INSERT INTO suspects_casefile_complaints (casefile_id, complaint_id) SELECT id, md5('c' || n)::uuid FROM f",
    f"""INSERT INTO suspects_casefile_suspects (casefile_id, suspect_id) SELECT f.id, s.id FROM f JOIN s USING (n)
UNION SELECT f.id, s.id FROM f JOIN s ON s.n = f.n - 1 AND s.j = 1 WHERE {draw("f.n", "file of two")} < 0.2""",
    f"""INSERT INTO suspects_casefile_victims (casefile_id, victim_id) SELECT f.id, v.id FROM f JOIN v USING (n) WHERE {draw("v.r", "in file")} < 0.5""",
)
