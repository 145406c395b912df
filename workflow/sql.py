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


# Two people and what they said stand for good: a decided approval changes no more, nor does a merge that was done, save for
# its undoing; what a merge keeps of the fields may be emptied (erasure).
APPROVALS = """
CREATE OR REPLACE FUNCTION workflow_approval_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'asked' OR (NEW.kind, NEW.object_type, NEW.object_id, NEW.payload_sha256, NEW.requested_by_id)
        IS DISTINCT FROM (OLD.kind, OLD.object_type, OLD.object_id, OLD.payload_sha256, OLD.requested_by_id) THEN
        RAISE EXCEPTION 'workflow: an approval is decided once, and never asked with other words'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'workflow_approval_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER workflow_approval_guard BEFORE UPDATE ON workflow_approval
    FOR EACH ROW EXECUTE FUNCTION workflow_approval_guard();

CREATE OR REPLACE FUNCTION workflow_merge_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    same boolean := (NEW.object_type, NEW.survivor_id, NEW.absorbed_id, NEW.approval_id, NEW.by_id, NEW.chosen)
        IS NOT DISTINCT FROM (OLD.object_type, OLD.survivor_id, OLD.absorbed_id, OLD.approval_id, OLD.by_id, OLD.chosen);
BEGIN
    IF NEW.at IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM workflow_approval a WHERE a.id = NEW.approval_id AND a.state = 'approved'
            AND a.decided_by_id = NEW.approved_by_id AND a.requested_by_id = NEW.by_id
    ) THEN
        same := false;
    END IF;
    IF OLD.at IS NOT NULL THEN
        same := same AND (NEW.at, NEW.approved_by_id, NEW.moved, NEW.also)
                IS NOT DISTINCT FROM (OLD.at, OLD.approved_by_id, OLD.moved, OLD.also)
            AND (NEW.before = OLD.before OR NEW.before = '{}') AND (NEW.after = OLD.after OR NEW.after = '{}');
    END IF;
    IF OLD.undone_at IS NOT NULL THEN
        same := same AND (NEW.undone_at, NEW.undone_by_id) IS NOT DISTINCT FROM (OLD.undone_at, OLD.undone_by_id);
    END IF;
    IF NOT same THEN
        RAISE EXCEPTION 'workflow: a merge is what two people decided'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'workflow_merge_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER workflow_merge_guard BEFORE UPDATE ON workflow_merge
    FOR EACH ROW EXECUTE FUNCTION workflow_merge_guard();

CREATE OR REPLACE FUNCTION workflow_merge_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.at IS NOT NULL OR NEW.undone_at IS NOT NULL THEN
        RAISE EXCEPTION 'workflow: a merge is proposed before it is done'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'workflow_merge_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER workflow_merge_born BEFORE INSERT ON workflow_merge
    FOR EACH ROW EXECUTE FUNCTION workflow_merge_born();
"""
NO_APPROVALS = """
DROP TRIGGER workflow_merge_born ON workflow_merge;
DROP TRIGGER workflow_merge_guard ON workflow_merge;
DROP TRIGGER workflow_approval_guard ON workflow_approval;
DROP FUNCTION workflow_merge_born();
DROP FUNCTION workflow_merge_guard();
DROP FUNCTION workflow_approval_guard();
"""
# When a proposal was opened, and what was then decided, is said once.
OPENINGS = """
CREATE OR REPLACE FUNCTION workflow_opening_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.decided_at IS NOT NULL OR (NEW.proposal, NEW.user_id, NEW.opened_at)
        IS DISTINCT FROM (OLD.proposal, OLD.user_id, OLD.opened_at) THEN
        RAISE EXCEPTION 'workflow: when a proposal was opened stands for good'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'workflow_opening_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER workflow_opening_guard BEFORE UPDATE ON workflow_opening
    FOR EACH ROW EXECUTE FUNCTION workflow_opening_guard();
"""
NO_OPENINGS = """
DROP TRIGGER workflow_opening_guard ON workflow_opening;
DROP FUNCTION workflow_opening_guard();
"""
