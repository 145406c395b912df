"""The counters of a ledger say what its people say, whoever writes them."""

from django.db import migrations

from victims.sql import COUNTED, NOT_COUNTED


class Migration(migrations.Migration):
    dependencies = [("victims", "0013_consent_keys"), ("complaints", "0003_complaint_n_unscreened")]
    operations = [migrations.RunSQL(COUNTED, NOT_COUNTED)]
