from django.db import migrations

from workflow.sql import guard, unguard


class Migration(migrations.Migration):
    dependencies = [("prevention", "0001_initial"), ("workflow", "0004_openings")]

    operations = [
        migrations.RunSQL(guard("prevention_survey", "status", "survey"), unguard("prevention_survey", "status"))
    ]
