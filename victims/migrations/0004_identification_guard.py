"""What Django cannot say: the identification moves only along its table of steps."""

from django.db import migrations

from workflow.sql import guard, unguard


class Migration(migrations.Migration):
    dependencies = [("victims", "0003_rescue_and_identification"), ("workflow", "0002_guard")]
    operations = [
        migrations.RunSQL(guard("victims_victim", "decision", "identification"), unguard("victims_victim", "decision")),
    ]
