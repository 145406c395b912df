"""What waits in the inbox: rules of urgency as rows, a clock of its own, lists of names."""

import uuid

import django.contrib.postgres.fields
import django.utils.timezone
from django.db import migrations, models

import complaints.models.rule
from complaints.models.rule import carried_rules


def rules(apps, schema_editor):
    rule = apps.get_model("complaints", "UrgencyRule")
    rule.objects.bulk_create(rule(**row) for row in carried_rules())


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0017_contacts_waiting"),
    ]

    operations = [
        migrations.CreateModel(
            name="UrgencyRule",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "code",
                    models.CharField(
                        default=complaints.models.rule.rule_code, editable=False, max_length=20, unique=True
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[("immediate", "Immediate danger"), ("high", "High"), ("normal", "Normal")],
                        max_length=10,
                        verbose_name="Urgency",
                    ),
                ),
                ("reason_km", models.CharField(max_length=120, verbose_name="Reason, in Khmer")),
                ("reason_en", models.CharField(max_length=120, verbose_name="Reason, in English")),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Words and phrases",
                    ),
                ),
                (
                    "exceptions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Phrases that do not count",
                    ),
                ),
                ("reads_ages", models.BooleanField(default=False, verbose_name="An age under 18 counts too")),
                ("is_active", models.BooleanField(default=True, verbose_name="In use")),
                ("place", models.PositiveSmallIntegerField(default=0, editable=False)),
            ],
            options={
                "ordering": ("place", "code"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("urgency", "normal"), _negated=True),
                        name="urgency_rule_speaks_for_haste",
                        violation_error_message="A rule proposes more than normal.",
                    )
                ],
            },
        ),
        migrations.RunPython(rules, migrations.RunPython.noop),
    ]
