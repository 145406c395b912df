"""What Django cannot say: the status guard, and the composite keys by which one UPDATE moves a complaint's family."""

from django.db import migrations

from complaints.models.deadline import FIRST
from workflow.sql import guard, unguard

CHILDREN = ["complaints_contact", "complaints_numberrevision", "workflow_transition", "workflow_edit"]
KEY = (
    "ALTER TABLE {0} ADD CONSTRAINT {0}_complaint_scope FOREIGN KEY (complaint_id, province_id, handling) "
    "REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;"
)
UNKEY = "ALTER TABLE {0} DROP CONSTRAINT {0}_complaint_scope;"
GRANT = (
    "ALTER TABLE accounts_grant ADD CONSTRAINT accounts_grant_complaint FOREIGN KEY (complaint_id) "
    "REFERENCES complaints_complaint (id);"
)


def first_deadlines(apps, schema_editor):
    rows = [
        apps.get_model("complaints", "Deadline")(stage=stage, urgency=urgency, hours=hours)
        for (stage, urgency), hours in FIRST.items()
    ]
    apps.get_model("complaints", "Deadline").objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0001_initial"),
        ("workflow", "0002_guard"),
        ("accounts", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(
            guard("complaints_complaint", "status", "complaint"), unguard("complaints_complaint", "status")
        ),
        *(migrations.RunSQL(KEY.format(table), UNKEY.format(table)) for table in CHILDREN),
        migrations.RunSQL(GRANT, "ALTER TABLE accounts_grant DROP CONSTRAINT accounts_grant_complaint;"),
        migrations.RunPython(first_deadlines, migrations.RunPython.noop),
    ]
