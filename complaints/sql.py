"""What the database holds of complaints: a number changes with its revision; revisions, attempts and answers stand for good."""

NUMBERS = """
CREATE OR REPLACE FUNCTION complaints_number_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said record;
BEGIN
    SELECT r.after INTO said FROM complaints_numberrevision r WHERE r.complaint_id = NEW.id
        AND r.after IS NOT DISTINCT FROM
            (SELECT c.number_reported FROM complaints_complaint c WHERE c.id = NEW.id)
        AND r.at = (SELECT max(m.at) FROM complaints_numberrevision m WHERE m.complaint_id = NEW.id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'complaints: the number reported changes only with a revision that says who and why'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaints_number_guard';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER complaints_number_guard AFTER UPDATE OF number_reported ON complaints_complaint
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.number_reported IS DISTINCT FROM NEW.number_reported) EXECUTE FUNCTION complaints_number_guard();

CREATE OR REPLACE FUNCTION complaints_revision_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.id, NEW.before, NEW.after, NEW.by_id, NEW.approved_by_id, NEW.at)
        IS DISTINCT FROM (OLD.id, OLD.before, OLD.after, OLD.by_id, OLD.approved_by_id, OLD.at)
        OR NEW.why NOT IN (OLD.why, '') THEN
        RAISE EXCEPTION 'complaints: a revision of the number stands for good'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaints_revision_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaints_revision_guard BEFORE UPDATE OR DELETE ON complaints_numberrevision
    FOR EACH ROW EXECUTE FUNCTION complaints_revision_guard();
"""
NO_NUMBERS = """
DROP TRIGGER complaints_revision_guard ON complaints_numberrevision;
DROP TRIGGER complaints_number_guard ON complaints_complaint;
DROP FUNCTION complaints_revision_guard();
DROP FUNCTION complaints_number_guard();
"""
KEY = """
ALTER TABLE complaints_proposedchange ADD CONSTRAINT complaints_proposedchange_complaint_scope
    FOREIGN KEY (complaint_id, province_id, handling)
    REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;
"""
NO_KEY = "ALTER TABLE complaints_proposedchange DROP CONSTRAINT complaints_proposedchange_complaint_scope;"

ATTEMPTS = """
ALTER TABLE complaints_contactattempt ADD CONSTRAINT complaints_contactattempt_complaint_scope
    FOREIGN KEY (complaint_id, province_id, handling)
    REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;
CREATE OR REPLACE FUNCTION complaints_attempt_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.id, NEW.way, NEW.whom, NEW.result, NEW.happened_at, NEW.recorded_at, NEW.by_id)
        IS DISTINCT FROM (OLD.id, OLD.way, OLD.whom, OLD.result, OLD.happened_at, OLD.recorded_at, OLD.by_id)
        OR NEW.note NOT IN (OLD.note, '') THEN
        RAISE EXCEPTION 'complaints: an attempt stands for good'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaints_attempt_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaints_attempt_guard BEFORE UPDATE OR DELETE ON complaints_contactattempt
    FOR EACH ROW EXECUTE FUNCTION complaints_attempt_guard();
"""
NO_ATTEMPTS = """
DROP TRIGGER complaints_attempt_guard ON complaints_contactattempt;
DROP FUNCTION complaints_attempt_guard();
ALTER TABLE complaints_contactattempt DROP CONSTRAINT complaints_contactattempt_complaint_scope;
"""
EVIDENCE = """
ALTER TABLE complaints_evidence ADD CONSTRAINT complaints_evidence_complaint_scope
    FOREIGN KEY (complaint_id, province_id, handling)
    REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;
"""
NO_EVIDENCE = "ALTER TABLE complaints_evidence DROP CONSTRAINT complaints_evidence_complaint_scope;"

ANSWERS = """
ALTER TABLE complaints_reporteranswer ADD CONSTRAINT complaints_reporteranswer_complaint_scope
    FOREIGN KEY (complaint_id, province_id, handling)
    REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;
ALTER TABLE complaints_escalation ADD CONSTRAINT complaints_escalation_complaint_scope
    FOREIGN KEY (complaint_id, province_id, handling)
    REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;
CREATE OR REPLACE FUNCTION complaints_answer_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.id, NEW.told, NEW.way, NEW.happened_at, NEW.recorded_at, NEW.by_id)
        IS DISTINCT FROM (OLD.id, OLD.told, OLD.way, OLD.happened_at, OLD.recorded_at, OLD.by_id)
        OR NEW.note NOT IN (OLD.note, '') THEN
        RAISE EXCEPTION 'complaints: a word to the reporter stands for good'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaints_answer_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaints_answer_guard BEFORE UPDATE OR DELETE ON complaints_reporteranswer
    FOR EACH ROW EXECUTE FUNCTION complaints_answer_guard();
CREATE OR REPLACE FUNCTION complaints_escalation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.id, NEW.stage, NEW.level, NEW.whom, NEW.due_at, NEW.told_at)
        IS DISTINCT FROM (OLD.id, OLD.stage, OLD.level, OLD.whom, OLD.due_at, OLD.told_at) THEN
        RAISE EXCEPTION 'complaints: who was told of a late complaint stands for good'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaints_escalation_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaints_escalation_guard BEFORE UPDATE OR DELETE ON complaints_escalation
    FOR EACH ROW EXECUTE FUNCTION complaints_escalation_guard();
"""
NO_ANSWERS = """
DROP TRIGGER complaints_escalation_guard ON complaints_escalation;
DROP TRIGGER complaints_answer_guard ON complaints_reporteranswer;
DROP FUNCTION complaints_escalation_guard();
DROP FUNCTION complaints_answer_guard();
ALTER TABLE complaints_escalation DROP CONSTRAINT complaints_escalation_complaint_scope;
ALTER TABLE complaints_reporteranswer DROP CONSTRAINT complaints_reporteranswer_complaint_scope;
"""
# The reporters of what is open wait from now on: nobody is late by a rule that did not exist.
ANSWERS_DUE = """
UPDATE complaints_complaint c SET answer_due_at = now() + interval '14 days'
    WHERE c.status <> 'closed' AND c.merged_into_id IS NULL AND EXISTS (
        SELECT 1 FROM complaints_reporter r JOIN complaints_contact k ON k.id = r.contact_id
        WHERE k.complaint_id = c.id AND (r.phone <> '' OR r.address <> '' OR r.safe_contact <> ''));
"""
READINGS = """
ALTER TABLE complaints_secondreading ADD CONSTRAINT complaints_secondreading_complaint_scope
    FOREIGN KEY (complaint_id, province_id, handling)
    REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;
CREATE OR REPLACE FUNCTION complaints_reading_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.id, NEW.complaint_id, NEW.drawn_at, NEW.proposed_by_id, NEW.closed_by_id)
        IS DISTINCT FROM (OLD.id, OLD.complaint_id, OLD.drawn_at, OLD.proposed_by_id, OLD.closed_by_id)
        OR OLD.reader_id IS NOT NULL AND ((NEW.reader_id, NEW.read_at, NEW.finding)
            IS DISTINCT FROM (OLD.reader_id, OLD.read_at, OLD.finding) OR NEW.words NOT IN (OLD.words, '')) THEN
        RAISE EXCEPTION 'complaints: a second reading is drawn once and read once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaints_reading_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaints_reading_guard BEFORE UPDATE OR DELETE ON complaints_secondreading
    FOR EACH ROW EXECUTE FUNCTION complaints_reading_guard();
"""
NO_READINGS = """
DROP TRIGGER complaints_reading_guard ON complaints_secondreading;
DROP FUNCTION complaints_reading_guard();
ALTER TABLE complaints_secondreading DROP CONSTRAINT complaints_secondreading_complaint_scope;
"""
SEARCH = """
ALTER TABLE complaints_searchrow ADD CONSTRAINT complaints_searchrow_complaint_scope
    FOREIGN KEY (complaint_id, province_id, handling)
    REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;
ALTER TABLE complaints_searchrow ALTER COLUMN words SET STATISTICS 300;  -- 3,000 common words, not 1,000
"""
NO_SEARCH = "ALTER TABLE complaints_searchrow DROP CONSTRAINT complaints_searchrow_complaint_scope;"
SHARED = """
CREATE FUNCTION words_shared(these text[], those text[]) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT count(*)::integer FROM (SELECT unnest(these) INTERSECT SELECT unnest(those)) AS shared $$;
"""
NO_SHARED = "DROP FUNCTION words_shared(text[], text[]);"
# What hung on a complaint is filed; of the rest, noise was set aside and an enquiry waits for somebody to say what became of it.
CONTACT_STATES = """
UPDATE complaints_contact SET
    status = CASE WHEN complaint_id IS NOT NULL THEN 'filed' WHEN kind IN ('spam', 'wrong_number') THEN 'set_aside'
        ELSE 'waiting' END,
    status_at = logged_at, updated_at = logged_at,
    turn = 200000000000 + floor(extract(epoch FROM received_at))::bigint;
"""
# Eight signs of the alphabet of references, drawn anew for those that came out alike.
CONTACT_REFERENCES = """
DO $$
BEGIN
    LOOP
        UPDATE complaints_contact c SET reference = 'C-' || (
            SELECT string_agg(substr('23456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + floor(random() * 30)::int, 1), '')
            FROM generate_series(1, 8) AS place WHERE c.id IS NOT NULL
        ) WHERE c.reference = '' OR EXISTS (
            SELECT 1 FROM complaints_contact o WHERE o.reference = c.reference AND o.id < c.id
        );
        EXIT WHEN NOT FOUND;
    END LOOP;
END $$;
"""
PAIRS = """
ALTER TABLE complaints_pair ADD CONSTRAINT complaints_pair_one_scope
    FOREIGN KEY (one_id, one_province_id, one_handling)
    REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;
ALTER TABLE complaints_pair ADD CONSTRAINT complaints_pair_other_scope
    FOREIGN KEY (other_id, other_province_id, other_handling)
    REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;
ALTER TABLE complaints_comparison ADD CONSTRAINT complaints_comparison_complaint_scope
    FOREIGN KEY (complaint_id, province_id, handling)
    REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;
"""
NO_PAIRS = """
ALTER TABLE complaints_comparison DROP CONSTRAINT complaints_comparison_complaint_scope;
ALTER TABLE complaints_pair DROP CONSTRAINT complaints_pair_other_scope;
ALTER TABLE complaints_pair DROP CONSTRAINT complaints_pair_one_scope;
"""
# What is open or waits today is compared once, in the background; what is closed when it is next added to.
COMPARED_ONCE = """
INSERT INTO complaints_comparison (id, complaint_id, province_id, handling, due_at, seen_province, seen_handling)
    SELECT gen_random_uuid(), id, province_id, handling, logged_at, '', '' FROM complaints_complaint
    WHERE status <> 'closed' AND merged_into_id IS NULL;
INSERT INTO complaints_comparison (id, contact_id, province_id, handling, due_at, seen_province, seen_handling)
    SELECT gen_random_uuid(), id, province_id, handling, logged_at, '', '' FROM complaints_contact WHERE status = 'waiting';
"""
RINGS = """
ALTER TABLE complaints_ring ADD CONSTRAINT complaints_ring_complaint_scope
    FOREIGN KEY (complaint_id, province_id, handling)
    REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;
CREATE OR REPLACE FUNCTION complaints_ring_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.id, NEW.whom_id, NEW.place, NEW.result, NEW.happened_at, NEW.recorded_at, NEW.by_id)
        IS DISTINCT FROM (OLD.id, OLD.whom_id, OLD.place, OLD.result, OLD.happened_at, OLD.recorded_at, OLD.by_id) THEN
        RAISE EXCEPTION 'complaints: that somebody was rung stands for good'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaints_ring_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaints_ring_guard BEFORE UPDATE OR DELETE ON complaints_ring
    FOR EACH ROW EXECUTE FUNCTION complaints_ring_guard();
"""
NO_RINGS = """
DROP TRIGGER complaints_ring_guard ON complaints_ring;
DROP FUNCTION complaints_ring_guard();
ALTER TABLE complaints_ring DROP CONSTRAINT complaints_ring_complaint_scope;
"""
# What the public surface may ask, with the right code and no other: the one rule of what a reporter is told. Whose names
# are entered is looked into for as long as the list stands, whatever became of the message itself. All that
# `sangkroh_intake` has besides is INSERT on the reports themselves (config/grants.py).
STATE = """
CREATE OR REPLACE FUNCTION public_report_state(receipt bytea) RETURNS TABLE (state text, received_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN n.id IS NULL AND (c.status IN ('answered', 'set_aside') OR k.status = 'closed') THEN 'closed'
        WHEN m.asks = 'call' THEN 'call_us'
        WHEN m.asks = 'know' OR k.status = 'information_needed' THEN 'need_to_know'
        WHEN n.id IS NOT NULL OR k.status IS NOT NULL AND k.status <> 'new' THEN 'looked_into'
        ELSE 'received' END, r.received_at
    FROM complaints_publicreport r
    LEFT JOIN complaints_contact c ON c.id = r.contact_id
    LEFT JOIN complaints_complaint k ON k.id = c.complaint_id
    LEFT JOIN complaints_namelist n ON n.contact_id = c.id
    LEFT JOIN LATERAL (
        SELECT asks FROM complaints_publicmessage WHERE report_id = r.id AND kind = 'message' ORDER BY at DESC LIMIT 1
    ) m ON true
    WHERE r.receipt_hash = receipt
$$;
"""
PUBLIC = """
CREATE FUNCTION public_report_messages(receipt bytea) RETURNS TABLE (id uuid, words bytea, ours boolean, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.id, m.words, m.by_id IS NOT NULL, m.at
    FROM complaints_publicreport r JOIN complaints_publicmessage m ON m.report_id = r.id
    WHERE r.receipt_hash = receipt AND m.kind = 'message' ORDER BY m.at DESC LIMIT 50
$$;
CREATE FUNCTION public_report_say(receipt bytea, message uuid, kind text, words bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO complaints_publicmessage (id, report_id, kind, asks, words, at)
    SELECT message, r.id, CASE kind WHEN 'money' THEN 'money' ELSE 'message' END, '', words, clock_timestamp()
    FROM complaints_publicreport r WHERE r.receipt_hash = receipt
    ON CONFLICT DO NOTHING
$$;
REVOKE EXECUTE ON FUNCTION public_report_state(bytea), public_report_messages(bytea),
    public_report_say(bytea, uuid, text, bytea) FROM PUBLIC;
"""
NO_PUBLIC = """
DROP FUNCTION public_report_state(bytea);
DROP FUNCTION public_report_messages(bytea);
DROP FUNCTION public_report_say(bytea, uuid, text, bytea);
"""
# A message says too whether somebody is in danger now.
SAY = """
DROP FUNCTION public_report_say(bytea, uuid, text, bytea);
CREATE FUNCTION public_report_say(receipt bytea, message uuid, kind text, words bytea, danger boolean) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO complaints_publicmessage (id, report_id, kind, asks, words, at, danger, urgency, tries)
    SELECT message, r.id, CASE kind WHEN 'money' THEN 'money' ELSE 'message' END, '', words, clock_timestamp(), danger, '', 0
    FROM complaints_publicreport r WHERE r.receipt_hash = receipt
    ON CONFLICT DO NOTHING
$$;
REVOKE EXECUTE ON FUNCTION public_report_say(bytea, uuid, text, bytea, boolean) FROM PUBLIC;
"""
NO_SAY = """
DROP FUNCTION public_report_say(bytea, uuid, text, bytea, boolean);
CREATE FUNCTION public_report_say(receipt bytea, message uuid, kind text, words bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO complaints_publicmessage (id, report_id, kind, asks, words, at)
    SELECT message, r.id, CASE kind WHEN 'money' THEN 'money' ELSE 'message' END, '', words, clock_timestamp()
    FROM complaints_publicreport r WHERE r.receipt_hash = receipt
    ON CONFLICT DO NOTHING
$$;
REVOKE EXECUTE ON FUNCTION public_report_say(bytea, uuid, text, bytea) FROM PUBLIC;
"""
# What was taken in before this was kept has been shown: nobody finds it again as new.
SEEN_BEFORE = """
UPDATE complaints_publicmessage SET seen_at = taken_at WHERE by_id IS NULL AND taken_at IS NOT NULL;
"""
