"""The database's own reading of the tables of steps: one generic trigger, put on each status field by its room's migration."""

FUNCTION = """
CREATE OR REPLACE FUNCTION workflow_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_state text := '';
    new_state text;
BEGIN
    EXECUTE format('SELECT ($1).%I', TG_ARGV[1]) INTO new_state USING NEW;
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format('SELECT ($1).%I', TG_ARGV[1]) INTO old_state USING OLD;
        IF old_state = new_state THEN RETURN NEW; END IF;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM workflow_step WHERE workflow = TG_ARGV[0] AND source = old_state AND target = new_state
    ) THEN
        RAISE EXCEPTION 'workflow %: no step leads from "%" to "%"', TG_ARGV[0], old_state, new_state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'workflow_guard';
    END IF;
    RETURN NEW;
END $$;
"""


def guard(table: str, field: str, workflow: str) -> str:
    """Return the SQL that puts the guard on a status field; its name lets a bulk load disable it by name."""
    return (
        f"CREATE TRIGGER {table}_{field}_guard BEFORE INSERT OR UPDATE OF {field} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION workflow_guard('{workflow}', '{field}');"
    )


def unguard(table: str, field: str) -> str:
    """Return the SQL that takes the guard away again (reverse of a migration)."""
    return f"DROP TRIGGER {table}_{field}_guard ON {table};"
