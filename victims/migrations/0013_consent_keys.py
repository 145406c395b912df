"""Consents and guardians follow their complaint; each row stands for good, only its words may be emptied."""

from django.db import migrations

from victims.sql import CONSENTS, NO_CONSENTS


class Migration(migrations.Migration):
    dependencies = [("victims", "0012_consent"), ("complaints", "0002_keys")]
    operations = [migrations.RunSQL(CONSENTS, NO_CONSENTS)]
