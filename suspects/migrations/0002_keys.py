"""What Django cannot say: the status guard, the composite keys to the complaint, the first limits of custody."""

from django.db import migrations

from suspects.models.law import FIRST_LIMITS
from workflow.sql import guard, unguard

CHILDREN = ["suspects_suspect", "suspects_review"]
KEY = (
    "ALTER TABLE {0} ADD CONSTRAINT {0}_complaint_scope FOREIGN KEY (complaint_id, province_id, handling) "
    "REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;"
)
UNKEY = "ALTER TABLE {0} DROP CONSTRAINT {0}_complaint_scope;"


def first_limits(apps, schema_editor):
    limit = apps.get_model("suspects", "CustodyLimit")
    limit.objects.bulk_create(
        limit(kind=kind, hours=hours, warn_hours=warn) for kind, (hours, warn) in FIRST_LIMITS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("suspects", "0001_initial"), ("complaints", "0002_keys"), ("workflow", "0002_guard")]
    operations = [
        migrations.RunSQL(guard("suspects_suspect", "status", "suspect"), unguard("suspects_suspect", "status")),
        *(migrations.RunSQL(KEY.format(table), UNKEY.format(table)) for table in CHILDREN),
        migrations.RunPython(first_limits, migrations.RunPython.noop),
    ]
