"""Who changed last is found by an index: the worker compares their complaints anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_sounds"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["updated_at"], name="person_updated"),
        ),
    ]
