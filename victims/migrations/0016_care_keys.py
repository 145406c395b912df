"""Services follow their complaint and stand for good."""

from django.db import migrations

from victims.sql import CARE, NO_CARE


class Migration(migrations.Migration):
    dependencies = [("victims", "0015_care"), ("complaints", "0002_keys")]
    operations = [migrations.RunSQL(CARE, NO_CARE)]
