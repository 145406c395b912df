"""Charges, orders and hearings follow their complaint; what they say stands, and a status at court needs a charge."""

from django.db import migrations

from suspects.sql import CHARGED, KEY, NOT_CHARGED, NOT_STANDING, STANDING, UNKEY
from workflow.sql import guard, unguard

CHILDREN = ["suspects_charge", "suspects_restraint", "suspects_hearing"]


class Migration(migrations.Migration):
    dependencies = [("suspects", "0004_court"), ("complaints", "0002_keys"), ("workflow", "0002_guard")]
    operations = [
        *(migrations.RunSQL(KEY.format(table), UNKEY.format(table)) for table in CHILDREN),
        migrations.RunSQL(guard("suspects_hearing", "status", "hearing"), unguard("suspects_hearing", "status")),
        migrations.RunSQL(STANDING, NOT_STANDING),
        migrations.RunSQL(CHARGED, NOT_CHARGED),
    ]
