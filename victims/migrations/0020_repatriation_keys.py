"""What Django cannot say of returns and deportations: the guards of their steps, the keys to the complaint, the first limits."""

from django.db import migrations

from victims.models.repatriation import FIRST_LIMITS
from victims.sql import NO_REVIEWS, REVIEWS
from workflow.sql import guard, unguard

TABLES = {"victims_repatriation": "repatriation", "victims_deportation": "deportation"}
KEY = (
    "ALTER TABLE {0} ADD CONSTRAINT {0}_complaint_scope FOREIGN KEY (complaint_id, province_id, handling) "
    "REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;"
)
UNKEY = "ALTER TABLE {0} DROP CONSTRAINT {0}_complaint_scope;"


def first_limits(apps, schema_editor):
    limit = apps.get_model("victims", "RepatriationLimit")
    limit.objects.bulk_create(limit(step=step, days=days) for step, days in FIRST_LIMITS.items())


class Migration(migrations.Migration):
    dependencies = [("victims", "0019_repatriation"), ("complaints", "0002_keys"), ("workflow", "0002_guard")]
    operations = [
        *(
            migrations.RunSQL(
                KEY.format(table) + guard(table, "status", name), unguard(table, "status") + UNKEY.format(table)
            )
            for table, name in TABLES.items()
        ),
        migrations.RunSQL(REVIEWS, NO_REVIEWS),
        migrations.RunPython(first_limits, migrations.RunPython.noop),
    ]
