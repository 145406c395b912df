"""What the database holds of referrals: consent before an embassy learns of anybody, no closing over an open one."""

KEY = (
    "ALTER TABLE {0} ADD CONSTRAINT {0}_complaint_scope FOREIGN KEY (complaint_id, province_id, handling) "
    "REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;"
)
NO_KEY = "ALTER TABLE {0} DROP CONSTRAINT {0}_complaint_scope;"
# As the second migration made it; EMBASSY_OF_PERSON replaces the function.
EMBASSY = """
CREATE OR REPLACE FUNCTION referrals_embassy_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said record;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM partners_partner p WHERE p.id = NEW.to_partner_id AND p.kind = 'embassy') THEN
        RETURN NEW;
    END IF;
    IF NEW.victim_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT c.answer, c.asked_alone, c.afraid INTO said FROM victims_consent c
        WHERE c.victim_id = NEW.victim_id AND c.purpose = 'embassy' ORDER BY c.recorded_at DESC, c.id DESC LIMIT 1;
    IF NOT FOUND OR said.answer <> 'yes' OR NOT said.asked_alone OR said.afraid <> 'no' THEN
        RAISE EXCEPTION 'referrals: an embassy learns of a person only with the consent of one asked alone and unafraid'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'referrals_embassy_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referrals_embassy_guard BEFORE INSERT ON referrals_referral
    FOR EACH ROW EXECUTE FUNCTION referrals_embassy_guard();
"""
NO_EMBASSY = """
DROP TRIGGER referrals_embassy_guard ON referrals_referral;
DROP FUNCTION referrals_embassy_guard();
"""
# The person's newest answer anywhere; and no complaint without a person.
EMBASSY_OF_PERSON = """
CREATE OR REPLACE FUNCTION referrals_embassy_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said record;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM partners_partner p WHERE p.id = NEW.to_partner_id AND p.kind = 'embassy') THEN
        RETURN NEW;
    END IF;
    SELECT c.answer, c.asked_alone, c.afraid INTO said FROM victims_consent c JOIN victims_victim v ON v.id = c.victim_id
        WHERE c.purpose = 'embassy' AND v.person_id = (SELECT w.person_id FROM victims_victim w WHERE w.id = NEW.victim_id)
        ORDER BY c.recorded_at DESC, c.id DESC LIMIT 1;
    IF NOT FOUND OR said.answer <> 'yes' OR NOT said.asked_alone OR said.afraid <> 'no' THEN
        RAISE EXCEPTION 'referrals: an embassy learns of a person only with the consent of one asked alone and unafraid'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'referrals_embassy_guard';
    END IF;
    RETURN NEW;
END $$;
"""
CLOSING = """
CREATE OR REPLACE FUNCTION referrals_closing_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM referrals_referral r WHERE r.complaint_id = NEW.id AND r.status IN ('sent', 'seen', 'expired')) THEN
        RAISE EXCEPTION 'referrals: a complaint with a referral that is not answered is not closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'referrals_closing_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referrals_closing_guard BEFORE UPDATE OF status ON complaints_complaint FOR EACH ROW
    WHEN (OLD.status <> 'closed' AND NEW.status = 'closed') EXECUTE FUNCTION referrals_closing_guard();
"""
NO_CLOSING = """
DROP TRIGGER referrals_closing_guard ON complaints_complaint;
DROP FUNCTION referrals_closing_guard();
"""
