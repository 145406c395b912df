"""An attempt stands for good and follows its complaint; how much must be tried is data."""

from django.db import migrations

from complaints.models.attempt import FIRST_LIMITS
from complaints.sql import ATTEMPTS, NO_ATTEMPTS


def first_limits(apps, schema_editor):
    model = apps.get_model("complaints", "Limit")
    model.objects.bulk_create(model(name=name, number=number) for name, number in FIRST_LIMITS.items())


class Migration(migrations.Migration):
    dependencies = [("complaints", "0007_information")]
    operations = [
        migrations.RunSQL(ATTEMPTS, NO_ATTEMPTS),
        migrations.RunPython(first_limits, migrations.RunPython.noop),
    ]
