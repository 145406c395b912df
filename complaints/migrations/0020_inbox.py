"""What waits in the inbox: rules of urgency as rows, a clock of its own, lists of names."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import complaints.models.rule
from complaints.models.deadline import FIRST_INBOX
from complaints.models.escalation import FIRST_ESCALATION, Late
from complaints.models.rule import carried_rules


def rules(apps, schema_editor):
    rule = apps.get_model("complaints", "UrgencyRule")
    rule.objects.bulk_create(rule(**row) for row in carried_rules())


def hours(apps, schema_editor):
    deadline, told = (apps.get_model("complaints", name) for name in ("Deadline", "EscalationHours"))
    deadline.objects.bulk_create(
        deadline(stage="inbox", urgency=urgency, hours=n, office_hours=urgency != "immediate")
        for urgency, n in FIRST_INBOX.items()
    )
    told.objects.bulk_create(
        told(stage="inbox", level=level, hours=n) for level, n in enumerate(FIRST_ESCALATION[Late.INBOX], 1)
    )


# What waits already is due by hours of the clock: a working day of eight hours is one of twenty-four.
LIMITS = """
UPDATE complaints_contact SET due_at = received_at
    + make_interval(hours => CASE turn / 100000000000 WHEN 0 THEN 1 WHEN 1 THEN 12 ELSE 24 END)
WHERE status = 'waiting';
UPDATE complaints_contact SET turn = turn / 100000000000 * 100000000000 + floor(extract(epoch FROM due_at))::bigint
WHERE status = 'waiting';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0019_hotline"),
        ("partners", "0001_initial"),
        ("victims", "0021_care_taken_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
        migrations.AddField(
            model_name="contact",
            name="due_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="escalation",
            name="contact",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="escalations",
                to="complaints.contact",
            ),
        ),
        migrations.AlterField(
            model_name="deadline",
            name="stage",
            field=models.CharField(
                choices=[
                    ("acknowledge", "Acknowledge"),
                    ("verify", "Verify"),
                    ("rescue", "Rescue"),
                    ("inbox", "Deal with a message in the inbox"),
                ],
                max_length=12,
                verbose_name="Stage",
            ),
        ),
        migrations.AlterField(
            model_name="escalation",
            name="complaint",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="escalations",
                to="complaints.complaint",
            ),
        ),
        migrations.AlterField(
            model_name="escalation",
            name="stage",
            field=models.CharField(
                choices=[
                    ("acknowledge", "Not acknowledged"),
                    ("silent", "Acknowledged, nothing done since"),
                    ("verify", "Verification over its time"),
                    ("rescue", "Rescue over its time"),
                    ("answer", "Reporter without a word"),
                    ("inbox", "Message in the inbox not dealt with"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="escalationhours",
            name="stage",
            field=models.CharField(
                choices=[
                    ("acknowledge", "Not acknowledged"),
                    ("silent", "Acknowledged, nothing done since"),
                    ("verify", "Verification over its time"),
                    ("rescue", "Rescue over its time"),
                    ("answer", "Reporter without a word"),
                    ("inbox", "Message in the inbox not dealt with"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunPython(hours, migrations.RunPython.noop),
        migrations.RunSQL(LIMITS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(condition=models.Q(("status", "waiting")), fields=["due_at", "id"], name="contact_due"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "waiting"), _negated=True), ("due_at__isnull", False), _connector="OR"
                ),
                name="contact_waiting_has_a_limit",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(
                fields=("contact", "stage", "level", "due_at"), name="escalation_of_contact_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("complaint__isnull", False), ("contact__isnull", True)),
                    models.Q(("complaint__isnull", True), ("contact__isnull", False), ("stage", "inbox")),
                    _connector="OR",
                ),
                name="escalation_of_one_record",
            ),
        ),
        migrations.AlterField(
            model_name="contact",
            name="status",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("filed", "In a complaint"),
                    ("answered", "Answered"),
                    ("listed", "Its names are entered"),
                    ("set_aside", "Set aside"),
                ],
                default="waiting",
                max_length=12,
                verbose_name="Status",
            ),
        ),
        migrations.CreateModel(
            name="NameList",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(editable=False, max_length=20, unique=True)),
                ("received_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="name_list", to="complaints.contact"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.partner"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ListedName",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("line", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=500)),
                ("place", models.CharField(blank=True, default="", max_length=300)),
                (
                    "victim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="victims.victim"
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="names", to="complaints.namelist"
                    ),
                ),
            ],
            options={
                "ordering": ("line",),
                "constraints": [models.UniqueConstraint(fields=("list", "line"), name="listed_name_once")],
            },
        ),
    ]
