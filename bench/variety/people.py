"""People of the complaints: every way a search ends, every decision, the same person in several, brought out twice, found unreported."""

from bench.variety.draws import COUNTRIES, PROVINCES, draw, pick

ENDS = "rescued rescued rescued rescued rescued left_on_own left_on_own declined not_found deceased"
OPEN_ENDS = "reported reported located rescued rescued rescued left_on_own declined not_found deceased"
DECISIONS = "trafficked trafficked trafficked presumed exploited_not_trafficked not_a_victim"
FOUND = "(status IN ('rescued', 'left_on_own', 'declined') OR unreported)"
ENDED = "(status IN ('rescued', 'left_on_own', 'deceased') OR (status IN ('declined', 'not_found') AND final))"

# r numbers a person's row: its complaint and its place there.
DRAWN = f"""
SELECT one.n * 32 + i AS r, one.n, i, i = one.people AS is_last, one.at, one.p, one.h, one.settled, one.must_end, one.operation, one.operation_at,
    CASE WHEN one.settled THEN one.closed_at ELSE now() END AS until,
    one.channel = 'found_in_operation' OR {draw("one.n * 32 + i", "unreported")} < 0.06 AND one.operation = 'done' AS unreported,
    CASE WHEN one.channel <> 'found_in_operation' THEN {draw("one.n * 32 + i", "again")} < 0.16 OR one.outcome = 'duplicate' ELSE false END AS again,
    one.status IN ('new', 'acknowledged') AS is_new, one.same_n, one.outcome = 'duplicate' AS is_duplicate
FROM one CROSS JOIN LATERAL generate_series(1, one.people) AS i
"""
ENDING = f"""
SELECT *, CASE WHEN unreported THEN {pick("rescued rescued rescued rescued declined", "r", "found")}
        WHEN must_end THEN {pick(ENDS, "r", "end")}
        WHEN is_new THEN {pick("reported reported reported located", "r", "new")} ELSE {pick(OPEN_ENDS, "r", "open end")} END AS status,
    must_end OR unreported OR {draw("r", "final")} < 0.5 AS final, operation = 'done' AND (unreported OR {draw("r", "met")} < 0.7) AS met
FROM ({DRAWN}) drawn
"""
# A rescue may lie before the day on which somebody asked for it.
TIMED = f"""
SELECT *, CASE WHEN met AND status IN ('rescued', 'declined') THEN operation_at
    WHEN status = 'rescued' AND NOT (again AND is_last) AND {draw("r", "early")} < 0.03 THEN at - interval '5 days'
    ELSE pg_temp.night(r, at + (until - at) * power({draw("r", "ended at")}, 1.5)) END AS ended_at
FROM ({ENDING}) ending
"""
DECIDED = f"""
SELECT *, CASE WHEN NOT {FOUND} THEN 'not_yet_screened'
        WHEN {draw("r", "screened")} < CASE WHEN settled AND (status = 'rescued' OR unreported) THEN 0 WHEN status = 'rescued' THEN 0.3
            WHEN unreported THEN 0.3 ELSE 0.7 END THEN 'not_yet_screened'
        ELSE {pick(DECISIONS, "r", "decision")} END AS decision,
    least(ended_at + interval '20 days' * power({draw("r", "decided at")}, 2), until) AS decided_at
FROM ({TIMED}) timed
"""
PEOPLE = (
    # `before`: what was decided first, where the decision is another one now.
    f"""CREATE TEMP TABLE v ON COMMIT DROP AS
SELECT r, md5('v' || r)::uuid AS id, n, i, again AND is_last AS again, is_duplicate, same_n, at, until, p, h, must_end, settled, unreported, status, final,
    CASE WHEN status IN ('reported', 'located') THEN least(at + interval '1 day', until) ELSE ended_at END AS ended_at,
    CASE WHEN met AND {FOUND} THEN md5('op' || n)::uuid END AS operation_id, decision,
    CASE WHEN decision <> 'not_yet_screened' THEN decided_at END AS decided_at,
    CASE WHEN decision = 'not_yet_screened' THEN CASE WHEN {FOUND} AND {draw("r", "undone")} < 0.03 THEN 'presumed' ELSE '' END
        WHEN {draw("r", "before")} < 0.25 THEN CASE decision WHEN 'presumed' THEN 'not_a_victim' ELSE 'presumed' END
        WHEN {draw("r", "before")} < 0.3 THEN CASE decision WHEN 'trafficked' THEN 'exploited_not_trafficked' ELSE 'trafficked' END ELSE '' END AS before,
    ended_at + (decided_at - ended_at) * {draw("r", "before at")} AS before_at, r AS person, NULL::uuid AS ended_by,
    CASE WHEN status = 'rescued' AND p <> '00' AND {draw("r", "known where")} < 0.96 THEN
        CASE WHEN {draw("r", "elsewhere")} < 0.1 THEN {pick(PROVINCES, "r", "where found", 2)} ELSE p END END AS rescued_in
FROM ({DECIDED}) decided""",
    "CREATE UNIQUE INDEX ON v (n, i)",
    # The first one of a complaint, asked for once more in a later one: the same search, or another after the rescue.
    f"""CREATE TEMP TABLE again ON COMMIT DROP AS
SELECT v.r, f.r AS first, f.status = 'rescued' AND pg_temp.day(f.ended_at) < pg_temp.day(v.at) AS is_second
FROM v JOIN v f ON f.i = 1 AND NOT f.again AND f.n = CASE WHEN v.is_duplicate THEN v.same_n ELSE v.n - 1 - floor({draw("v.r", "who again")} * 150)::bigint END
WHERE v.again AND NOT v.unreported""",
    f"""DELETE FROM again USING v, v f WHERE v.r = again.r AND f.r = again.first AND NOT again.is_second
    AND (f.ended_at > v.until OR f.status = 'rescued' AND f.decision = 'not_yet_screened' AND v.settled
    OR v.must_end AND NOT {ENDED.replace("status", "f.status").replace("final", "f.final")})""",
    # Once brought out and asked for again: one such search a person, brought out on another day if at all.
    """DELETE FROM again USING (SELECT again.r, row_number() OVER (PARTITION BY first ORDER BY v.at, v.r) AS place, v.status, v.ended_at, v.at FROM again
    JOIN v USING (r) WHERE is_second) s WHERE s.r = again.r AND (s.place > 1 OR s.ended_at < s.at)""",
    """UPDATE v SET person = again.first FROM again WHERE again.r = v.r AND again.is_second""",
    f"""UPDATE v SET person = f.r, unreported = false, status = f.status, final = f.final, operation_id = NULL, decision = f.decision,
    decided_at = f.decided_at, before = f.before, before_at = f.before_at, rescued_in = f.rescued_in, ended_by = CASE WHEN f.status = 'rescued' THEN f.id END,
    ended_at = CASE WHEN f.status = 'rescued' THEN f.ended_at ELSE least(greatest(f.ended_at, v.at) + interval '1 day' * {draw("v.r", "said again")}, v.until) END
FROM again JOIN v f ON f.r = again.first WHERE again.r = v.r AND NOT again.is_second""",
    """CREATE TEMP TABLE counted ON COMMIT DROP AS SELECT n, count(*) FILTER (WHERE NOT unreported)::int AS listed,
    count(*) FILTER (WHERE NOT unreported AND status = 'rescued')::int AS rescued,
    count(*) FILTER (WHERE NOT unreported AND status = 'left_on_own')::int AS left_on_own,
    count(*) FILTER (WHERE NOT unreported AND status = 'declined' AND final)::int AS declined,
    count(*) FILTER (WHERE NOT unreported AND status = 'not_found' AND final)::int AS not_found,
    count(*) FILTER (WHERE NOT unreported AND status = 'deceased')::int AS deceased, count(*) FILTER (WHERE unreported)::int AS unreported,
    count(*) FILTER (WHERE decision = 'not_yet_screened' AND (status = 'rescued' OR unreported))::int AS unscreened FROM v GROUP BY n""",
    "ANALYZE v",
)
AGED = f"""
SELECT person, least(min(seen), now()) AS seen, {draw("person", "kind of age")} AS kind, (3 + 75 * power({draw("person", "age")}, 1.3))::int AS age
FROM (SELECT person, at AS seen FROM v UNION ALL SELECT person, at FROM s) both_kinds GROUP BY person
"""
NAMES = """INSERT INTO people_personname (id, person_id, text, script, kind, key_km, key_lat, key_sound, key_version, added_at)
SELECT gen_random_uuid(), md5('p' || person)::uuid, named.text, named.script, '{}', named.km, named.lat, named.sound, 1, now()
FROM (SELECT DISTINCT person FROM (SELECT person FROM v UNION ALL SELECT person FROM s) b) people
JOIN bench_name named ON named.i = floor({} * %(names)s)::int WHERE {} < {} ON CONFLICT DO NOTHING"""
WRITTEN = (
    f"""INSERT INTO people_person (id, version, updated_at, sex, born_on, born_year, age, age_on, estimated, nationality)
SELECT md5('p' || person)::uuid, 1, now(), {pick("female male male female female male female male unknown other", "person", "sex", 1.3)},
    CASE WHEN kind < 0.3 THEN (seen - age * interval '1 year' - interval '1 year' * {draw("person", "birthday")})::date END,
    CASE WHEN kind BETWEEN 0.3 AND 0.4 THEN extract(year FROM seen)::int - age END, CASE WHEN kind BETWEEN 0.4 AND 0.88 THEN age END,
    CASE WHEN kind BETWEEN 0.4 AND 0.88 THEN (seen - interval '400 days' * {draw("person", "age said on")})::date END,
    kind BETWEEN 0.6 AND 0.88, CASE WHEN {draw("person", "stateless")} < 0.06 THEN '' ELSE {pick(COUNTRIES, "person", "nationality", 4)} END
FROM ({AGED}) aged""",
    NAMES.format("stated", draw("person", "name"), draw("person", "named"), 0.75),
    NAMES.format("alias", draw("person", "other name"), draw("person", "two names"), 0.08),
)
OPERATIONS = (
    f"""INSERT INTO victims_operation (id, version, updated_at, reference, handling, place, status, status_at, planned_for, done_at, result,
    found_under_id, lead_id, province_id, site_id)
SELECT md5('op' || n)::uuid, 1, operation_at, 'OP-' || n, h, 'Near the market', operation, operation_at, operation_at,
    CASE WHEN operation = 'done' THEN operation_at END, CASE WHEN operation <> 'done' THEN '' WHEN EXISTS (SELECT 1 FROM v WHERE v.n = one.n
        AND v.operation_id IS NOT NULL) THEN 'people_brought_out' ELSE {pick("nobody_there met_nobody_came_out no_entry", "n", "result")} END,
    id, %(first)s, p, CASE WHEN {draw("n", "operation at a site")} < 0.5 THEN (SELECT t.id FROM provinces_site t WHERE t.province_id = p ORDER BY t.id DESC LIMIT 1) END
FROM one WHERE operation <> ''""",
    """INSERT INTO victims_operationcomplaint (id, handling, complaint_id, operation_id, province_id)
SELECT gen_random_uuid(), h, id, md5('op' || n)::uuid, p FROM one WHERE operation <> ''""",
)
VICTIM = f"""INSERT INTO victims_victim (id, version, updated_at, reference, handling, found_unreported, rescue_status, status_at, rescued_on,
    rescued_in_id, place, left_how, moved_country, asked_by, asked_language, decision, decided_on, decided_by_id, recorded_by_id, final_by_id, final_at,
    received_at, due_at, complaint_id, person_id, province_id, operation_id, ended_by_id, merged_into_id)
SELECT {{id}}, 1, ended_at, {{reference}}, h, unreported, status, ended_at, CASE WHEN status = 'rescued' THEN pg_temp.day(ended_at) END,
    rescued_in, '', CASE WHEN status = 'left_on_own' AND {draw("r", "known how")} < 0.9 THEN
        {pick("escaped released ransom_paid brought_out_by_others", "r", "left how")} ELSE '' END, '', '', '', decision,
    CASE WHEN decision <> 'not_yet_screened' THEN pg_temp.day(decided_at) END, CASE WHEN decision <> 'not_yet_screened' THEN %(second)s::uuid END,
    %(first)s, CASE WHEN status IN ('declined', 'not_found') AND final THEN %(second)s::uuid END,
    CASE WHEN status IN ('declined', 'not_found') AND final THEN ended_at END, at + interval '1 hour' * {draw("r", "entered")}, at + interval '1 day',
    md5('c' || n)::uuid, md5('p' || person)::uuid, p, operation_id, {{ended_by}}, {{merged_into}} FROM v {{where}}"""
VICTIMS = (
    VICTIM.format(id="id", reference="'V-' || r", ended_by="ended_by", merged_into="NULL::uuid", where=""),
    # The second row of one person in one complaint, merged into the first.
    VICTIM.format(
        id="md5('absorbed' || r)::uuid",
        reference="'V-' || r || 'A'",
        ended_by="NULL::uuid",
        merged_into="id",
        where=f"WHERE {draw('r', 'absorbed')} < 0.01",
    ),
    """INSERT INTO workflow_transition (id, object_type, object_id, reference, complaint_id, province_id, handling, field, by_id, recorded_at,
    step, before, after, note, late_why, happened_at)
SELECT gen_random_uuid(), 'victims.victim', id, 'V-' || r, md5('c' || n)::uuid, p, h, w.field, %(first)s, w.at, w.step, w.source, w.target, '', '', w.at
FROM v CROSS JOIN LATERAL (VALUES (ended_at, 'rescue_status', 'record', 'reported', status, status <> 'reported'),
    (before_at, 'decision', 'decide', 'not_yet_screened', before, before <> ''),
    (coalesce(decided_at, before_at), 'decision', 'decide', coalesce(nullif(before, ''), 'not_yet_screened'), decision,
        before <> '' OR decision <> 'not_yet_screened')) AS w (at, field, step, source, target, is_so) WHERE w.is_so""",
)
