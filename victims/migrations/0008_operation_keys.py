"""What Django cannot say: the guard of an operation's status, and the composite keys to its complaints."""

from django.db import migrations

from workflow.sql import guard, unguard

KEYS = {"victims_operation": "found_under_id", "victims_operationcomplaint": "complaint_id"}
KEY = (
    "ALTER TABLE {0} ADD CONSTRAINT {0}_complaint_scope FOREIGN KEY ({1}, province_id, handling) "
    "REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;"
)
UNKEY = "ALTER TABLE {0} DROP CONSTRAINT {0}_complaint_scope;"


class Migration(migrations.Migration):
    dependencies = [("victims", "0007_operations"), ("complaints", "0002_keys"), ("workflow", "0002_guard")]
    operations = [
        migrations.RunSQL(guard("victims_operation", "status", "operation"), unguard("victims_operation", "status")),
        *(migrations.RunSQL(KEY.format(table, column), UNKEY.format(table, column)) for table, column in KEYS.items()),
    ]
