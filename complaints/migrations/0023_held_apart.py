"""Sealed reports of a flood stand apart; pairs no longer alike; by which way a reporter's number was hashed."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0022_listed_names_kept"),
        ("provinces", "0003_measure_sector"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="reporter",
            name="key_version",
            field=models.PositiveSmallIntegerField(db_default=0, default=1, editable=False),
        ),
        migrations.AlterField(
            model_name="pair",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "To be looked at"),
                    ("linked", "Both sides were told"),
                    ("joined", "Merged"),
                    ("dismissed", "Not the same"),
                    ("apart", "No longer alike"),
                ],
                default="open",
                max_length=12,
                verbose_name="State",
            ),
        ),
        migrations.AddIndex(
            model_name="publicmessage",
            index=models.Index(condition=models.Q(("kind", "money")), fields=["at"], name="publicmessage_demands"),
        ),
        migrations.AddIndex(
            model_name="reporter",
            index=models.Index(fields=["key_version", "id"], name="reporter_key_version"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("complaint__isnull", False),
                    models.Q(("handling", "sealed"), _negated=True),
                    ("status__in", ("held", "set_aside")),
                    _connector="OR",
                ),
                name="contact_sealed_stands_apart",
                violation_error_message="It says that an official takes part: let in, it becomes a sealed complaint.",
            ),
        ),
    ]
