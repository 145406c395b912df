"""What the database holds of publications: what was released stands for good."""

# A draft's days, moment, figures and preparer never change; signing and withdrawing write who and when, once. What was
# signed changes in one way: another takes its place.
PUBLICATIONS = """
CREATE OR REPLACE FUNCTION reports_publication_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['status', 'version', 'updated_at'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.status = 'draft' THEN
            moving := moving || ARRAY['signed_off_by_id', 'signed_name', 'signed_title', 'signed_at'];
        END IF;
        IF (OLD.status = 'draft' OR OLD.status = 'signed' AND NEW.status = 'superseded')
            AND to_jsonb(NEW) - moving IS NOT DISTINCT FROM to_jsonb(OLD) - moving THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'reports: a publication is superseded, never altered'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'reports_publication_guard';
END $$;
CREATE TRIGGER reports_publication_guard BEFORE UPDATE OR DELETE ON reports_publication
    FOR EACH ROW EXECUTE FUNCTION reports_publication_guard();

CREATE OR REPLACE FUNCTION reports_published_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    state text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF TG_TABLE_NAME = 'reports_publishedfigure' THEN
            SELECT p.status INTO state FROM reports_publication p WHERE p.id = NEW.publication_id;
        ELSE
            SELECT p.status INTO state FROM reports_publishedfigure f JOIN reports_publication p ON p.id = f.publication_id
                WHERE f.id = NEW.figure_id;
        END IF;
        IF state = 'draft' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'reports: what was published stands for good'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'reports_published_guard';
END $$;
"""
# Many keys are written at once: they are judged by statement, each table's figures of one publication.
KEPT_ROWS = """
CREATE TRIGGER reports_published_guard BEFORE INSERT OR UPDATE OR DELETE ON {0}
    FOR EACH ROW EXECUTE FUNCTION reports_published_guard();
"""
NO_KEPT_ROWS = "DROP TRIGGER reports_published_guard ON {0};"
RECORDS = """
CREATE OR REPLACE FUNCTION reports_records_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM (SELECT DISTINCT figure_id FROM made) m
        JOIN reports_publishedfigure f ON f.id = m.figure_id JOIN reports_publication p ON p.id = f.publication_id
        WHERE p.status <> 'draft'
    ) THEN
        RAISE EXCEPTION 'reports: what was published stands for good'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'reports_published_guard';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER reports_records_made AFTER INSERT ON reports_publishedrecord
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION reports_records_guard();
CREATE TRIGGER reports_records_kept BEFORE UPDATE OR DELETE ON reports_publishedrecord
    FOR EACH ROW EXECUTE FUNCTION reports_published_guard();
"""
NO_RECORDS = """
DROP TRIGGER reports_records_kept ON reports_publishedrecord;
DROP TRIGGER reports_records_made ON reports_publishedrecord;
DROP FUNCTION reports_records_guard();
"""
NO_PUBLICATIONS = """
DROP TRIGGER reports_publication_guard ON reports_publication;
DROP FUNCTION reports_published_guard();
DROP FUNCTION reports_publication_guard();
"""
TABLES = """
CREATE OR REPLACE FUNCTION reports_tables_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    state text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF TG_TABLE_NAME = 'reports_publishedtable' THEN
            SELECT p.status INTO state FROM reports_publication p WHERE p.id = NEW.publication_id;
        ELSE
            SELECT p.status INTO state FROM reports_publishedtable t JOIN reports_publication p ON p.id = t.publication_id
                WHERE t.id = NEW.table_id;
        END IF;
        IF state = 'draft' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'reports: what was published stands for good'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'reports_published_guard';
END $$;
CREATE TRIGGER reports_tables_guard BEFORE INSERT OR UPDATE OR DELETE ON reports_publishedtable
    FOR EACH ROW EXECUTE FUNCTION reports_tables_guard();
CREATE TRIGGER reports_tables_guard BEFORE INSERT OR UPDATE OR DELETE ON reports_publishedcell
    FOR EACH ROW EXECUTE FUNCTION reports_tables_guard();
"""
NO_TABLES = """
DROP TRIGGER reports_tables_guard ON reports_publishedcell;
DROP TRIGGER reports_tables_guard ON reports_publishedtable;
DROP FUNCTION reports_tables_guard();
"""
