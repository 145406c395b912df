"""A public report counts how often it was tried; rules nobody changed get Indonesian words, and communes that are no custody."""

from django.db import migrations, models

from complaints.models.rule import carried_rules


def words(apps, schema_editor):
    rule = apps.get_model("complaints", "UrgencyRule")
    for row in carried_rules():
        unchanged = rule.objects.filter(code=row["code"], version=1)
        unchanged.update(words=row["words"], exceptions=row["exceptions"])


class Migration(migrations.Migration):
    dependencies = [("complaints", "0023_held_apart")]

    operations = [
        migrations.AddField(model_name="publicreport", name="tries", field=models.PositiveSmallIntegerField(default=0)),
        migrations.AddField(model_name="publicreport", name="tried_at", field=models.DateTimeField(null=True)),
        migrations.RunPython(words, migrations.RunPython.noop),
    ]
