"""What Django cannot say: the rescue guard, the composite key to the complaint, the counters."""

from django.db import migrations

from victims.sql import COUNT, FIRST_RECOUNT, UNCOUNT
from workflow.sql import guard, unguard

KEY = (
    "ALTER TABLE victims_victim ADD CONSTRAINT victims_victim_complaint_scope "
    "FOREIGN KEY (complaint_id, province_id, handling) "
    "REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;"
)
GRANT = (
    "ALTER TABLE accounts_grant ADD CONSTRAINT accounts_grant_victim FOREIGN KEY (victim_id) "
    "REFERENCES victims_victim (id);"
)


class Migration(migrations.Migration):
    dependencies = [("victims", "0001_initial"), ("complaints", "0002_keys")]
    operations = [
        migrations.RunSQL(
            guard("victims_victim", "rescue_status", "rescue"), unguard("victims_victim", "rescue_status")
        ),
        migrations.RunSQL(KEY, "ALTER TABLE victims_victim DROP CONSTRAINT victims_victim_complaint_scope;"),
        migrations.RunSQL(FIRST_RECOUNT + COUNT, UNCOUNT),
        migrations.RunSQL(GRANT, "ALTER TABLE accounts_grant DROP CONSTRAINT accounts_grant_victim;"),
    ]
