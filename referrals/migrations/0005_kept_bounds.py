"""Odd moments are no moments; a transfer that was accepted has ended; how a reporting partner is reached stands sealed elsewhere."""

import datetime

from django.db import migrations, models

BROUGHT = (
    "UPDATE referrals_referral SET brought_at = NULL WHERE brought_at < '1990-01-01' OR brought_at >= '2200-01-01';"
)
MOVED = (
    "UPDATE referrals_referral SET status = 'completed', ended_at = coalesce(ended_at, answered_at, status_at) "
    "WHERE kind = 'transfer' AND status IN ('accepted', 'in_progress');"
)
SEALED = "UPDATE referrals_referral SET contact = '' WHERE from_partner_id IS NOT NULL;"
FIRST, LAST = (datetime.datetime(year, 1, 1, tzinfo=datetime.UTC) for year in (1990, 2200))


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_embassy_of_person")]
    operations = [
        migrations.RunSQL(BROUGHT, migrations.RunSQL.noop),
        migrations.RunSQL(MOVED, migrations.RunSQL.noop),
        migrations.RunSQL(SEALED, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE;", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("brought_at", None),
                    models.Q(("brought_at__gte", FIRST), ("brought_at__lt", LAST)),
                    _connector="OR",
                ),
                name="referral_brought_in_our_time",
                violation_error_message="Give a day from yesterday on, and at most thirty days ahead.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_partner", None), ("contact", ""), _connector="OR"),
                name="referral_reporter_stays_sealed",
                violation_error_message="How a partner that reports is reached stands sealed with its complaint.",
            ),
        ),
    ]
