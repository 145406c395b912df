"""Fill a migrated database: N complaints over ten years, with people, suspects, transitions, contacts and audit, by plain INSERT … SELECT.

Constraints and composite keys stay on; the guards of single acts and the counters' triggers rest inside the transaction,
so the counters are written right from the start. Everything follows from its number: two runs make the same rows.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import django

django.setup()

from django.db import connection, transaction

from accounts.services import ensure_demo_users
from bench.names import load
from core.owner import as_owner

GUARDS = (
    ("complaints_complaint", "complaints_complaint_status_guard"),
    ("complaints_contact", "complaints_contact_status_guard"),
    ("victims_victim", "victims_victim_rescue_status_guard"),
    ("victims_victim", "victims_victim_decision_guard"),
    ("victims_victim", "victims_counters_insert"),
    ("suspects_suspect", "suspects_suspect_status_guard"),
)
# Row n of {n} complaints: the oldest first, as they would have been written; every second one is about 18 or 12, one
# in fifty is led by the nation, and of the last three months every third is open. Nine people are said to be held by an open one and by one
# in a hundred that closed for want of information; by any other closed one as many as it lists: nobody may then be still sought.
COMPLAINT = """
SELECT n, md5('c' || n)::uuid AS id, now() - (%(n)s - n) * (interval '3650 days' / %(n)s) AS at,
    CASE WHEN n %% 4 = 0 THEN '18' WHEN n %% 4 = 1 THEN '12' ELSE lpad((n %% 25 + 1)::text, 2, '0') END AS p,
    lpad((n / 7 %% 25 + 1)::text, 2, '0') AS report, CASE WHEN n %% 50 = 7 THEN 'national_led' ELSE 'provincial' END AS h,
    n > %(n)s - %(n)s / 40 AND n %% 3 = 0 AS is_open FROM generate_series(1, %(n)s) AS n
"""
# Person n stands in complaint n, the fifth part more in a second one; every second person was rescued, of the others those of
# closed complaints left on their own.
VICTIM = """
SELECT v, (v - 1) %% %(n)s + 1 AS n, v %% 2 = 0 AS rescued FROM generate_series(1, %(n)s + %(n)s / 5) AS v
"""
FILL = (
    f"""INSERT INTO complaints_complaint (id, reference, version, updated_at, province_id, handling, province_of_report_id,
    country_of_report, province_of_incident_id, country_of_incident, exact_spot, channel, received_at, logged_at,
    logged_by_id, narrative, forms, main_form, urgency, not_local_police, names_official, official, status, status_at,
    outcome, outcome_at, finding, proposed_outcome, proposed_finding, withdrawn_by, missing, number_reported, n_people, n_rescued, n_left, n_declined,
    n_not_found, n_deceased, n_found_unreported, n_unscreened, clock_from, due_at, acknowledge_due_at)
SELECT id, 'KH-2022-' || n, 1, at, p, h, report, '', p, '', '', (ARRAY['hotline', 'facebook_message', 'walk_in'])[n %% 3 + 1],
    at, at, (SELECT id FROM accounts_user WHERE username = 'intake'),
    'ពលករ ' || n || ' នាក់ ត្រូវបានឃុំ។ They want to leave the building on the sixth floor.', '{{forced_labour}}',
    (ARRAY['forced_labour', 'forced_criminality_online_scam'])[n %% 2 + 1], 'normal', false, false, '',
    CASE WHEN is_open THEN 'verifying' ELSE 'closed' END, least(at + interval '9 days', now()),
    CASE WHEN is_open THEN '' WHEN n %% 10 = 1 THEN 'unsubstantiated' WHEN n %% 100 = 3 THEN 'insufficient_information' ELSE 'substantiated' END,
    CASE WHEN is_open THEN NULL ELSE at + interval '6 days' END, '', '', '', '', '{{}}',
    CASE WHEN is_open OR n %% 100 = 3 THEN 9 ELSE CASE WHEN n <= %(n)s / 5 THEN 2 ELSE 1 END END, CASE WHEN n <= %(n)s / 5 THEN 2 ELSE 1 END,
    (n %% 2 = 0)::int + (n <= %(n)s / 5 AND (n + %(n)s) %% 2 = 0)::int,
    CASE WHEN is_open THEN 0 ELSE (n %% 2 = 1)::int + (n <= %(n)s / 5 AND (n + %(n)s) %% 2 = 1)::int END, 0, 0, 0, 0, 0,
    at, at + interval '1 day', at + interval '1 day'
FROM ({COMPLAINT}) made""",
    """INSERT INTO people_person (id, version, updated_at, sex, age, age_on, estimated, nationality)
SELECT md5('p' || n)::uuid, 1, now(), (ARRAY['male', 'female'])[n %% 2 + 1], 18 + n %% 30, '2022-01-01', false,
    (ARRAY['VN', 'CN', 'ID', 'TH', 'KH'])[n %% 5 + 1] FROM generate_series(1, %(n)s + %(n)s / 5 + %(n)s / 7) AS n""",
    """INSERT INTO people_personname (id, person_id, text, script, kind, key_km, key_lat, key_sound, key_version, added_at)
SELECT gen_random_uuid(), md5('p' || n)::uuid, named.text, named.script, 'stated', named.km, named.lat, named.sound, 1, now()
FROM generate_series(1, %(n)s) AS n JOIN bench_name named ON named.i = n::bigint * 7919 %% %(names)s""",
    f"""INSERT INTO victims_victim (id, version, updated_at, reference, handling, found_unreported, rescue_status, status_at, rescued_on,
    rescued_in_id, place, left_how, moved_country, asked_by, asked_language, decision, received_at, due_at, complaint_id, person_id, province_id)
SELECT md5('v' || v)::uuid, 1, c.at, 'V-' || v, c.h, false, CASE WHEN rescued THEN 'rescued' WHEN is_open THEN 'reported' ELSE 'left_on_own' END,
    least(c.at + interval '5 days', now()), CASE WHEN rescued THEN least(c.at + interval '5 days', now())::date END, CASE WHEN rescued THEN c.p END, '', CASE WHEN rescued OR is_open THEN '' ELSE 'escaped' END, '', '', '',
    CASE WHEN NOT rescued THEN 'not_yet_screened' WHEN v %% 3 = 0 THEN 'exploited_not_trafficked' ELSE 'trafficked' END,
    c.at, c.at + interval '1 day', c.id, md5('p' || v)::uuid, c.p
FROM ({VICTIM}) one JOIN ({COMPLAINT}) c USING (n)""",
    f"""INSERT INTO suspects_suspect (id, version, updated_at, reference, handling, roles, public_official, status, status_at, warrant_number,
    arrested_at, arrested_in_id, arrest_unit, arrest_kind, extension_number, sent_to_court_on, court_id, received_at, due_at, complaint_id,
    person_id, province_id, first_contact_kind, restraint, confiscated, appealed_by)
SELECT md5('s' || n)::uuid, 1, at, 'S-' || n, h, '{{exploiter}}', '', 'sent_to_court', at + interval '4 days', '', at + interval '2 days', p,
    'Office', 'flagrante', '', (at + interval '4 days')::date, 'C' || p, at, at, id, md5('p' || (%(n)s + %(n)s / 5 + n / 7))::uuid, p,
    '', '', '', ''
FROM ({COMPLAINT}) made WHERE n %% 7 = 0""",
    f"""INSERT INTO complaints_contact (id, channel, kind, received_at, logged_at, logged_by_id, complaint_id, province_id, handling,
    province_of_report_id, raw, narrative, version, updated_at, reference, status, status_at, urgency, turn, language)
SELECT gen_random_uuid(), 'hotline', 'new_report', at, at, (SELECT id FROM accounts_user WHERE username = 'intake'), id, p, h, report, '', '',
    1, at, 'C-' || n, 'filed', at, '', 200000000000 + floor(extract(epoch FROM at))::bigint, ''
FROM ({COMPLAINT}) made""",
    f"""INSERT INTO complaints_searchrow (complaint_id, province_id, handling, text, words, spot, numbers, key_version)
SELECT id, p, h, 'ពលករ ' || n || ' នាក់ ត្រូវបានឃុំ។ they want to leave ' || spot.text || ' w' || n %% 50000,
    ARRAY['ពលករ', n::text, 'នាក់', 'ត្រូវបាន', 'ឃុំ', 'they', 'want', 'to', 'leave', 'w' || n %% 50000] || string_to_array(spot.text, ' '),
    spot.text || ' ' || n %% 12, CASE WHEN n %% 5 = 0 THEN ARRAY['+8559' || lpad((n %% 10000000)::text, 7, '0')] ELSE '{{}}'::varchar[] END, 1
FROM ({COMPLAINT}) made JOIN bench_spot spot ON spot.i = n %% (SELECT count(*) FROM bench_spot)""",
    f"""INSERT INTO complaints_comparison (id, complaint_id, province_id, handling, compared_at, seen_province, seen_handling)
SELECT gen_random_uuid(), id, p, h, at, p, h FROM ({COMPLAINT}) made""",
    f"""INSERT INTO workflow_transition (id, object_type, object_id, reference, complaint_id, province_id, handling, field, by_id, recorded_at,
    step, before, after, note, late_why, happened_at)
SELECT gen_random_uuid(), 'complaints.complaint', id, 'KH-2022-' || n, id, p, h, 'status',
    (SELECT id FROM accounts_user WHERE username = 'supervisor'), at + w.place * interval '1 day', w.step, w.source, w.target, '', '',
    at + w.place * interval '1 day'
FROM ({COMPLAINT}) made CROSS JOIN (VALUES (0, 'register', '', 'new'), (1, 'acknowledge', 'new', 'acknowledged'),
    (2, 'start_verification', 'acknowledged', 'verifying')) AS w (place, step, source, target)""",
    f"""INSERT INTO audit_event (at, actor_id, verb, object_type, object_id, outcome, purpose, detail)
SELECT at + w.place * interval '1 hour', (SELECT id::text FROM accounts_user WHERE username = 'supervisor'), w.verb,
    'complaints.complaint', id::text, 'done', '', '{{}}'
FROM ({COMPLAINT}) made CROSS JOIN (VALUES (0, 'register'), (1, 'read'), (2, 'acknowledge')) AS w (place, verb)""",
)


INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE '%USING gin%'"


@contextmanager
def resting(cursor: Any, guards: Iterable[tuple[str, str]] = GUARDS) -> Iterator[None]:
    """Let the guards of single acts rest in the owner's transaction; the indexes of words are made once, at its end."""
    cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
    cursor.execute(INDEXES)
    indexes = cursor.fetchall()
    for name, _made in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    for table, trigger in guards:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for _name, made_again in indexes:
        cursor.execute(made_again)
    for table, trigger in guards:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")


def fill(cursor: Any, n: int) -> None:
    """Write everything for n complaints, in the owner's transaction."""
    with resting(cursor):
        made = {"n": n, "names": load(cursor)}
        for statement in FILL:
            cursor.execute(statement, made)


def generate(n: int, filled: Callable[[Any, int], None] = fill) -> None:
    """Write everything for n complaints as the owner, then let the planner know."""
    ensure_demo_users()
    with as_owner():
        with transaction.atomic(), connection.cursor() as cursor:
            filled(cursor, n)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def main() -> None:
    """Fill the database of DATABASE_URL; the argument is the number of complaints."""
    began = time.monotonic()
    generate(int(sys.argv[1]))
    print(
        f"{int(sys.argv[1]):>9,} complaints with people, suspects, contacts, stories in {time.monotonic() - began:.0f} s"
    )


if __name__ == "__main__":
    main()
