"""The checklist follows its complaint to another province or handling."""

from django.db import migrations

from complaints.sql import EVIDENCE, NO_EVIDENCE


class Migration(migrations.Migration):
    dependencies = [("complaints", "0009_evidence")]
    operations = [migrations.RunSQL(EVIDENCE, NO_EVIDENCE)]
