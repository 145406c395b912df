"""The ledger, held by the database: counters of a complaint recounted whenever its people change."""

# As the first migration made it; RECOUNT below replaces it.
FIRST_RECOUNT = """
CREATE OR REPLACE FUNCTION victims_recount(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- NO KEY: a plain FOR UPDATE deadlocks with the foreign-key checks of racers. In order of id, for the same reason.
    PERFORM 1 FROM complaints_complaint WHERE id = ANY(ids) ORDER BY id FOR NO KEY UPDATE;
    UPDATE complaints_complaint c SET
        n_people = s.people, n_rescued = s.rescued, n_left = s.left_on_own, n_declined = s.declined,
        n_not_found = s.not_found, n_deceased = s.deceased, n_found_unreported = s.unreported
    FROM (
        SELECT i.id,
            count(v.id) FILTER (WHERE NOT v.found_unreported) AS people,
            count(v.id) FILTER (WHERE NOT v.found_unreported AND v.rescue_status = 'rescued') AS rescued,
            count(v.id) FILTER (WHERE NOT v.found_unreported AND v.rescue_status = 'left_on_own') AS left_on_own,
            count(v.id) FILTER (WHERE NOT v.found_unreported AND v.rescue_status = 'declined'
                AND v.final_by_id IS NOT NULL) AS declined,
            count(v.id) FILTER (WHERE NOT v.found_unreported AND v.rescue_status = 'not_found'
                AND v.final_by_id IS NOT NULL) AS not_found,
            count(v.id) FILTER (WHERE NOT v.found_unreported AND v.rescue_status = 'deceased') AS deceased,
            count(v.id) FILTER (WHERE v.found_unreported) AS unreported
        FROM unnest(ids) AS i(id)
        LEFT JOIN victims_victim v ON v.complaint_id = i.id AND v.merged_into_id IS NULL
        GROUP BY i.id
    ) s
    WHERE c.id = s.id AND (c.n_people, c.n_rescued, c.n_left, c.n_declined, c.n_not_found, c.n_deceased,
        c.n_found_unreported) IS DISTINCT FROM (s.people::int, s.rescued::int, s.left_on_own::int, s.declined::int,
        s.not_found::int, s.deceased::int, s.unreported::int);
END $$;
"""
RECOUNT = """
CREATE OR REPLACE FUNCTION victims_recount(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- NO KEY: a plain FOR UPDATE deadlocks with the foreign-key checks of racers. In order of id, for the same reason.
    PERFORM 1 FROM complaints_complaint WHERE id = ANY(ids) ORDER BY id FOR NO KEY UPDATE;
    UPDATE complaints_complaint c SET
        n_people = s.people, n_rescued = s.rescued, n_left = s.left_on_own, n_declined = s.declined,
        n_not_found = s.not_found, n_deceased = s.deceased, n_found_unreported = s.unreported,
        n_unscreened = s.unscreened
    FROM (
        SELECT i.id,
            count(v.id) FILTER (WHERE NOT v.found_unreported) AS people,
            count(v.id) FILTER (WHERE NOT v.found_unreported AND v.rescue_status = 'rescued') AS rescued,
            count(v.id) FILTER (WHERE NOT v.found_unreported AND v.rescue_status = 'left_on_own') AS left_on_own,
            count(v.id) FILTER (WHERE NOT v.found_unreported AND v.rescue_status = 'declined'
                AND v.final_by_id IS NOT NULL) AS declined,
            count(v.id) FILTER (WHERE NOT v.found_unreported AND v.rescue_status = 'not_found'
                AND v.final_by_id IS NOT NULL) AS not_found,
            count(v.id) FILTER (WHERE NOT v.found_unreported AND v.rescue_status = 'deceased') AS deceased,
            count(v.id) FILTER (WHERE v.found_unreported) AS unreported,
            count(v.id) FILTER (WHERE v.decision = 'not_yet_screened'
                AND (v.rescue_status = 'rescued' OR v.found_unreported)) AS unscreened
        FROM unnest(ids) AS i(id)
        LEFT JOIN victims_victim v ON v.complaint_id = i.id AND v.merged_into_id IS NULL
        GROUP BY i.id
    ) s
    WHERE c.id = s.id AND (c.n_people, c.n_rescued, c.n_left, c.n_declined, c.n_not_found, c.n_deceased,
        c.n_found_unreported, c.n_unscreened) IS DISTINCT FROM (s.people::int, s.rescued::int, s.left_on_own::int, s.declined::int,
        s.not_found::int, s.deceased::int, s.unreported::int, s.unscreened::int);
END $$;
"""
COUNT = """
CREATE OR REPLACE FUNCTION victims_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM victims_recount(ARRAY(SELECT DISTINCT complaint_id FROM changed));
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION victims_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM victims_recount(ARRAY(SELECT complaint_id FROM gone UNION SELECT complaint_id FROM changed));
    RETURN NULL;
END $$;

CREATE TRIGGER victims_counters_insert AFTER INSERT ON victims_victim REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION victims_changed();
CREATE TRIGGER victims_counters_update AFTER UPDATE ON victims_victim REFERENCING OLD TABLE AS gone NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION victims_moved();
CREATE TRIGGER victims_counters_delete AFTER DELETE ON victims_victim REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION victims_changed();
"""

UNCOUNT = """
DROP TRIGGER victims_counters_insert ON victims_victim;
DROP TRIGGER victims_counters_update ON victims_victim;
DROP TRIGGER victims_counters_delete ON victims_victim;
DROP FUNCTION victims_changed();
DROP FUNCTION victims_moved();
DROP FUNCTION victims_recount(uuid[]);
"""
