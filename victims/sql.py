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


# What a person agreed to, and who stood by a child, stands for good; a merge may move the row, erasure may empty its words.
def _for_good(table: str, columns: str, words: tuple[str, ...]) -> str:
    """Return the SQL that keeps the rows of a table as they were written, and lets them follow their complaint."""
    same = ", ".join(f"NEW.{name}" for name in columns.split())
    was = ", ".join(f"OLD.{name}" for name in columns.split())
    emptied = " OR ".join(f"NEW.{name} NOT IN (OLD.{name}, '')" for name in words)
    return f"""
ALTER TABLE {table} ADD CONSTRAINT {table}_complaint_scope FOREIGN KEY (complaint_id, province_id, handling)
    REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;
CREATE OR REPLACE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR ({same}) IS DISTINCT FROM ({was}) OR {emptied} THEN
        RAISE EXCEPTION '{table}: a row stands for good'
            USING ERRCODE = 'check_violation', CONSTRAINT = '{table}_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_guard();
"""


def _not_for_good(table: str) -> str:
    return f"""
DROP TRIGGER {table}_guard ON {table};
DROP FUNCTION {table}_guard();
ALTER TABLE {table} DROP CONSTRAINT {table}_complaint_scope;
"""


CONSENTS = _for_good(
    "victims_consent",
    "id purpose answer asked_on asked_alone asked_language afraid by_id recorded_at",
    ("note",),
) + _for_good("victims_guardian", "id kind since view_language by_id recorded_at", ("name", "own_view"))
REVIEWS = _for_good("victims_deportationreview", "id deportation_id finding by_id at", ("why",))
NO_REVIEWS = _not_for_good("victims_deportationreview")
NO_CONSENTS = _not_for_good("victims_guardian") + _not_for_good("victims_consent")


# An act stands for good; one that takes another back is of the same person, kind and day.
PROCEEDINGS = _for_good(
    "victims_proceeding",
    "id kind happened_on court_id case_file_id amount_riel takes_back_id by_id recorded_at",
    ("authority", "note"),
)
NO_PROCEEDINGS = _not_for_good("victims_proceeding")


# The counters change when people do and say what the people say: a number written by hand is refused.
COUNTED = """
CREATE OR REPLACE FUNCTION victims_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said int[];
BEGIN
    SELECT ARRAY[
        count(*) FILTER (WHERE NOT v.found_unreported),
        count(*) FILTER (WHERE NOT v.found_unreported AND v.rescue_status = 'rescued'),
        count(*) FILTER (WHERE NOT v.found_unreported AND v.rescue_status = 'left_on_own'),
        count(*) FILTER (WHERE NOT v.found_unreported AND v.rescue_status = 'declined' AND v.final_by_id IS NOT NULL),
        count(*) FILTER (WHERE NOT v.found_unreported AND v.rescue_status = 'not_found' AND v.final_by_id IS NOT NULL),
        count(*) FILTER (WHERE NOT v.found_unreported AND v.rescue_status = 'deceased'),
        count(*) FILTER (WHERE v.found_unreported)
    ]::int[] INTO said FROM victims_victim v WHERE v.complaint_id = NEW.id AND v.merged_into_id IS NULL;
    IF said IS DISTINCT FROM ARRAY[NEW.n_people, NEW.n_rescued, NEW.n_left, NEW.n_declined, NEW.n_not_found, NEW.n_deceased,
            NEW.n_found_unreported] THEN
        RAISE EXCEPTION 'victims: the ledger of a complaint is counted from its people, not written'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'victims_counted';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER victims_counted AFTER UPDATE ON complaints_complaint FOR EACH ROW
    WHEN ((OLD.n_people, OLD.n_rescued, OLD.n_left, OLD.n_declined, OLD.n_not_found, OLD.n_deceased, OLD.n_found_unreported)
        IS DISTINCT FROM
        (NEW.n_people, NEW.n_rescued, NEW.n_left, NEW.n_declined, NEW.n_not_found, NEW.n_deceased, NEW.n_found_unreported))
    EXECUTE FUNCTION victims_counted();
"""
NOT_COUNTED = """
DROP TRIGGER victims_counted ON complaints_complaint;
DROP FUNCTION victims_counted();
"""


# A service given stands; it may end, be taken back, follow its complaint, and lose its words.
def _care_guard(more: str = "") -> str:
    return f"""
CREATE OR REPLACE FUNCTION victims_care_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.id, NEW.service, NEW.provider_id, NEW.from_on, NEW.by_id, NEW.recorded_at)
        IS DISTINCT FROM (OLD.id, OLD.service, OLD.provider_id, OLD.from_on, OLD.by_id, OLD.recorded_at)
        OR NEW.note NOT IN (OLD.note, ''){more} THEN
        RAISE EXCEPTION 'victims: a service stands for good; take it back instead'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'victims_care_guard';
    END IF;
    RETURN NEW;
END $$;
"""


CARE = f"""
ALTER TABLE victims_care ADD CONSTRAINT victims_care_complaint_scope FOREIGN KEY (complaint_id, province_id, handling)
    REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;
{_care_guard()}
CREATE TRIGGER victims_care_guard BEFORE UPDATE OR DELETE ON victims_care
    FOR EACH ROW EXECUTE FUNCTION victims_care_guard();
"""
# Who else gave it stands too; and what was taken back stays so, with who and why.
CARE_TAKEN_BACK = _care_guard("""
        OR NEW.provider_name <> OLD.provider_name
        OR (OLD.taken_back_at IS NOT NULL AND ((NEW.taken_back_at, NEW.taken_back_by_id)
            IS DISTINCT FROM (OLD.taken_back_at, OLD.taken_back_by_id) OR NEW.taken_back_why NOT IN (OLD.taken_back_why, '')))""")
CARE_BEFORE = _care_guard()
NO_CARE = """
DROP TRIGGER victims_care_guard ON victims_care;
DROP FUNCTION victims_care_guard();
ALTER TABLE victims_care DROP CONSTRAINT victims_care_complaint_scope;
"""
