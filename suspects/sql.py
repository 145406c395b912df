"""What the database itself holds of the court: rows that stand for good, and nobody charged without an article."""

KEY = (
    "ALTER TABLE {0} ADD CONSTRAINT {0}_complaint_scope FOREIGN KEY (complaint_id, province_id, handling) "
    "REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;"
)
UNKEY = "ALTER TABLE {0} DROP CONSTRAINT {0}_complaint_scope;"


def _stands(table: str, columns: str) -> str:
    """Return the SQL that keeps what a row says; it follows its complaint and a merge, and is taken back once."""
    same = ", ".join(f"NEW.{name}" for name in columns.split())
    was = ", ".join(f"OLD.{name}" for name in columns.split())
    return f"""
CREATE OR REPLACE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR ({same}) IS DISTINCT FROM ({was})
        OR (OLD.taken_back_at IS NOT NULL AND NEW.taken_back_at IS DISTINCT FROM OLD.taken_back_at) THEN
        RAISE EXCEPTION '{table}: a row stands for good'
            USING ERRCODE = 'check_violation', CONSTRAINT = '{table}_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_guard();
"""


def _not_standing(table: str) -> str:
    return f"DROP TRIGGER {table}_guard ON {table};\nDROP FUNCTION {table}_guard();\n"


# Convicted needs a charge, a charge its article: whatever writes the status.
CHARGED = """
CREATE OR REPLACE FUNCTION suspects_charged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM suspects_charge c WHERE c.suspect_id = NEW.id AND c.taken_back_at IS NULL
            AND (NEW.status <> 'convicted' OR c.result = 'convicted')
    ) THEN
        RAISE EXCEPTION 'suspects: % needs a charge under an article', NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'suspects_charged';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER suspects_charged AFTER UPDATE OF status ON suspects_suspect FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.status IN ('charged', 'on_trial', 'convicted', 'acquitted'))
    EXECUTE FUNCTION suspects_charged();
"""
NOT_CHARGED = "DROP TRIGGER suspects_charged ON suspects_suspect;\nDROP FUNCTION suspects_charged();\n"
STANDING = _stands("suspects_charge", "id article_id charged_on is_lesser by_id recorded_at") + _stands(
    "suspects_restraint", "id kind since ordered_until by_id recorded_at"
)
NOT_STANDING = _not_standing("suspects_restraint") + _not_standing("suspects_charge")
