"""The same person or complaint runs once at a receiver; what was sent twice before is marked, and runs on."""

from django.db import migrations, models

REPEATED = """
UPDATE referrals_referral SET is_repeated = true WHERE id IN (
    SELECT id FROM (
        SELECT id, row_number() OVER (
            PARTITION BY coalesce(victim_id, complaint_id), to_partner_id, to_province_id, kind ORDER BY received_at, id
        ) AS place
        FROM referrals_referral WHERE status IN ('sent', 'seen', 'expired', 'accepted', 'in_progress')
    ) AS running WHERE place > 1
);
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0005_kept_bounds")]
    operations = [
        migrations.AddField(
            model_name="referral",
            name="is_repeated",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunSQL(REPEATED, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE;", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("is_repeated", False), ("status__in", ("sent", "seen", "expired", "accepted", "in_progress"))
                ),
                fields=("victim", "to_province"),
                name="referral_once_running_province",
                violation_error_message="This is referred there already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("is_repeated", False),
                    ("status__in", ("sent", "seen", "expired", "accepted", "in_progress")),
                    ("victim", None),
                ),
                fields=("complaint", "to_partner"),
                name="referral_complaint_once_partner",
                violation_error_message="This is referred there already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("is_repeated", False),
                    ("status__in", ("sent", "seen", "expired", "accepted", "in_progress")),
                    ("victim", None),
                    ("kind", "referral"),
                ),
                fields=("complaint", "to_province"),
                name="referral_complaint_once_province",
                violation_error_message="This is referred there already.",
            ),
        ),
    ]
