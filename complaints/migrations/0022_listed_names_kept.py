"""A listed name keeps what was said of it before a seal, and the reference of its complaint as it was."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def references(apps, schema_editor):
    name, victim = apps.get_model("complaints", "ListedName"), apps.get_model("victims", "Victim")
    of = victim.objects.filter(pk=OuterRef("victim_id")).values("complaint__reference")[:1]
    name.objects.exclude(victim__complaint__handling="sealed").update(reference=Subquery(of))


class Migration(migrations.Migration):
    dependencies = [("complaints", "0021_public_reports")]

    operations = [
        migrations.AddField(
            model_name="listedname",
            name="kept",
            field=models.CharField(
                blank=True,
                choices=[
                    ("received", "Received"),
                    ("sought", "Being looked for"),
                    ("safe", "Safe"),
                    ("closed", "Closed"),
                ],
                default="",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="listedname",
            name="reference",
            field=models.CharField(blank=True, default="", editable=False, max_length=20),
        ),
        migrations.RunPython(references, migrations.RunPython.noop),
    ]
