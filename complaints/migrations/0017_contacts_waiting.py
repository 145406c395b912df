"""A contact has a reference and a status of its own: filed where it belongs to a complaint, else it waits."""

import django.utils.timezone
from django.db import migrations, models

import complaints.models.contact
from complaints.sql import CONTACT_REFERENCES, CONTACT_STATES
from workflow.sql import guard, unguard

STATUSES = [
    ("waiting", "Waiting"),
    ("filed", "In a complaint"),
    ("answered", "Answered"),
    ("set_aside", "Set aside"),
]
URGENCIES = [("immediate", "Immediate danger"), ("high", "High"), ("normal", "Normal")]


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0016_silence_and_reopenings"),
        ("workflow", "0002_guard"),
    ]

    operations = [
        migrations.AddField("contact", "version", models.PositiveIntegerField(default=1, editable=False)),
        migrations.AddField(
            "contact", "updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)
        ),
        migrations.AddField(
            "contact", "reference", models.CharField(default="", editable=False, max_length=20), preserve_default=False
        ),
        migrations.AddField(
            "contact",
            "status",
            models.CharField(choices=STATUSES, default="waiting", max_length=12, verbose_name="Status"),
        ),
        migrations.AddField("contact", "status_at", models.DateTimeField(default=django.utils.timezone.now)),
        migrations.AddField(
            "contact", "urgency", models.CharField(blank=True, choices=URGENCIES, default="", max_length=10)
        ),
        migrations.AddField("contact", "turn", models.BigIntegerField(default=0, editable=False)),
        migrations.AddField("contact", "language", models.CharField(blank=True, default="", max_length=40)),
        migrations.RunSQL(CONTACT_STATES, migrations.RunSQL.noop),
        migrations.RunSQL(CONTACT_REFERENCES, migrations.RunSQL.noop),
        migrations.AlterField(
            "contact",
            "reference",
            models.CharField(
                default=complaints.models.contact.contact_reference, editable=False, max_length=20, unique=True
            ),
        ),
        migrations.AddIndex(
            "contact",
            models.Index(condition=models.Q(("status", "waiting")), fields=["turn", "id"], name="contact_waiting"),
        ),
        migrations.AddIndex("contact", models.Index(fields=["turn", "id"], name="contact_turn")),
        migrations.AddIndex("contact", models.Index(fields=["-received_at", "-id"], name="contact_received_all")),
        migrations.AddConstraint(
            "contact",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("complaint__isnull", False), ("status", "filed")),
                    models.Q(models.Q(("status", "filed"), _negated=True), ("complaint__isnull", True)),
                    _connector="OR",
                ),
                name="contact_filed_in_a_complaint",
                violation_error_message="A contact is filed when it belongs to a complaint, and only then.",
            ),
        ),
        migrations.RunSQL(guard("complaints_contact", "status", "contact"), unguard("complaints_contact", "status")),
    ]
