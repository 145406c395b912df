"""What Django cannot say: the status guard, the key to the complaint, the embassy's consent, closing, the first limits."""

from django.db import migrations

from referrals.models.limit import FIRST_LIMITS
from referrals.sql import CLOSING, EMBASSY, KEY, NO_CLOSING, NO_EMBASSY, NO_KEY
from workflow.sql import guard, unguard

TABLE = "referrals_referral"


def first_limits(apps, schema_editor):
    limit = apps.get_model("referrals", "ReferralLimit")
    limit.objects.bulk_create(
        limit(kind=kind, remind_hours=remind, hours=hours, escalate_hours=escalate)
        for kind, (remind, hours, escalate) in FIRST_LIMITS.items()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0001_initial"),
        ("complaints", "0002_keys"),
        ("victims", "0012_consent"),
        ("workflow", "0002_guard"),
    ]
    operations = [
        migrations.RunSQL(guard(TABLE, "status", "referral"), unguard(TABLE, "status")),
        migrations.RunSQL(KEY.format(TABLE), NO_KEY.format(TABLE)),
        migrations.RunSQL(EMBASSY, NO_EMBASSY),
        migrations.RunSQL(CLOSING, NO_CLOSING),
        migrations.RunPython(first_limits, migrations.RunPython.noop),
    ]
