"""A measure says in which line of business it was taken; of earlier ones it is not stated."""

from django.db import migrations, models

import provinces.models.measure


class Migration(migrations.Migration):
    dependencies = [("provinces", "0002_measures")]
    operations = [
        migrations.AddField(
            "measure",
            "sector",
            models.CharField(
                blank=True,
                choices=provinces.models.measure.Sector.choices,
                default="",
                max_length=20,
                verbose_name="Line of business",
            ),
        )
    ]
