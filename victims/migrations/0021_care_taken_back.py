"""A service is taken back with who and why; what was recorded stands."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from victims.sql import CARE_BEFORE, CARE_TAKEN_BACK


class Migration(migrations.Migration):
    dependencies = [("victims", "0020_repatriation_keys"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField(
            "care",
            "taken_back_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("care", "taken_back_why", models.CharField(blank=True, default="", max_length=500)),
        migrations.RunSQL(CARE_TAKEN_BACK, CARE_BEFORE),
    ]
