"""An embassy learns of a person by the newest answer they gave anywhere, and of no complaint."""

from django.db import migrations

from referrals.sql import EMBASSY_OF_PERSON


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_back"), ("victims", "0013_consent_keys")]
    operations = [migrations.RunSQL(EMBASSY_OF_PERSON, migrations.RunSQL.noop)]
