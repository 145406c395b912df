"""The ledger's counters also count who was found and is not screened: nothing may be closed over them."""

from django.db import migrations

from victims.sql import FIRST_RECOUNT, RECOUNT

AGAIN = "SELECT victims_recount(ARRAY(SELECT id FROM complaints_complaint));"


class Migration(migrations.Migration):
    dependencies = [("victims", "0004_identification_guard"), ("complaints", "0003_complaint_n_unscreened")]
    operations = [
        migrations.RunSQL(RECOUNT, FIRST_RECOUNT),
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
    ]
