"""Hold in the database that integrity officers, administrators and partners have no posting and no duty."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_refuse_posting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT role FROM accounts_user WHERE id = NEW.user_id) IN ('integrity', 'admin', 'partner', 'system') THEN
        RAISE EXCEPTION 'this role has no posting' USING ERRCODE = 'check_violation', CONSTRAINT = 'role_has_no_posting';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER role_has_no_posting BEFORE INSERT OR UPDATE OF user_id, province_id, from_on ON accounts_posting
    FOR EACH ROW EXECUTE FUNCTION accounts_refuse_posting();
CREATE TRIGGER role_has_no_duty BEFORE INSERT OR UPDATE OF user_id, province_id, from_at ON accounts_duty
    FOR EACH ROW EXECUTE FUNCTION accounts_refuse_posting();

CREATE FUNCTION accounts_refuse_role() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.role IN ('integrity', 'admin', 'partner', 'system') AND EXISTS (
        SELECT 1 FROM accounts_posting WHERE user_id = NEW.id AND (until_on IS NULL OR until_on >= (now() AT TIME ZONE 'Asia/Phnom_Penh')::date)
    ) THEN
        RAISE EXCEPTION 'end the postings first' USING ERRCODE = 'check_violation', CONSTRAINT = 'role_keeps_no_posting';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER role_keeps_no_posting BEFORE UPDATE OF role ON accounts_user
    FOR EACH ROW WHEN (OLD.role IS DISTINCT FROM NEW.role) EXECUTE FUNCTION accounts_refuse_role();
"""
BACKWARD = """
DROP TRIGGER role_keeps_no_posting ON accounts_user;
DROP TRIGGER role_has_no_duty ON accounts_duty;
DROP TRIGGER role_has_no_posting ON accounts_posting;
DROP FUNCTION accounts_refuse_role();
DROP FUNCTION accounts_refuse_posting();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
