"""Calls of the hotline with their length, rings that stand for good, and what to say as rows an administrator keeps (decision 0033)."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import complaints.models.call
import core.sealed
from complaints.scripts import FIRST
from complaints.sql import NO_RINGS, RINGS


def first_words(apps, schema_editor):
    model = apps.get_model("complaints", "CallScript")
    model.objects.bulk_create(
        model(kind=kind, language=language, words=words) for (kind, language), words in FIRST.items()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0018_pairs"),
        ("provinces", "0003_measure_sector"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="seconds",
            field=models.PositiveIntegerField(editable=False, null=True, verbose_name="Length of the call"),
        ),
        migrations.CreateModel(
            name="CallScript",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("new_report", "New report"),
                            ("more", "More about one"),
                            ("enquiry", "Enquiry"),
                            ("held", "Threatened or held: cannot speak freely"),
                            ("child", "A child"),
                            ("money", "Somebody asks for money"),
                        ],
                        max_length=12,
                        verbose_name="Kind of call",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("km", "Khmer"),
                            ("vi", "Vietnamese"),
                            ("zh", "Chinese"),
                            ("th", "Thai"),
                            ("en", "English"),
                            ("lo", "Lao"),
                            ("my", "Burmese"),
                            ("id", "Indonesian"),
                            ("tl", "Tagalog"),
                            ("hi", "Hindi"),
                            ("bn", "Bengali"),
                        ],
                        max_length=2,
                        verbose_name="Language",
                    ),
                ),
                ("words", models.TextField(max_length=2000, verbose_name="What to say")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "language"),
                        name="call_script_once",
                        violation_error_message="There are words for this kind of call in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Interpreter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("km", "Khmer"),
                            ("vi", "Vietnamese"),
                            ("zh", "Chinese"),
                            ("th", "Thai"),
                            ("en", "English"),
                            ("lo", "Lao"),
                            ("my", "Burmese"),
                            ("id", "Indonesian"),
                            ("tl", "Tagalog"),
                            ("hi", "Hindi"),
                            ("bn", "Bengali"),
                        ],
                        max_length=2,
                        verbose_name="Language",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                ("phone", models.CharField(max_length=40, verbose_name="Telephone")),
                ("hours", models.CharField(blank=True, default="", max_length=120, verbose_name="When to ring")),
                ("is_active", models.BooleanField(default=True, verbose_name="Is offered on the hotline’s page")),
            ],
            options={
                "ordering": ("language", "name"),
                "indexes": [models.Index(fields=["language", "name"], name="interpreter_language")],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "reference",
                    models.CharField(
                        default=complaints.models.call.call_reference, editable=False, max_length=20, unique=True
                    ),
                ),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_at", models.DateTimeField(null=True)),
                ("handed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("became", models.CharField(blank=True, default="", max_length=24)),
                ("body", core.sealed.SealedTextField(blank=True, default=bytes, purpose="draft")),
                ("kept_at", models.DateTimeField(null=True)),
                (
                    "before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "began_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "handed_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["by"], name="call_going"),
                    models.Index(condition=models.Q(("ended_at", None)), fields=["handed_to"], name="call_handed"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ended_at", None), ("handed_to", None), _connector="OR"),
                        name="call_ended_is_handed_to_nobody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ring",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("handling", models.CharField(max_length=12)),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("duty", "On duty"),
                            ("lead", "Lead of the province"),
                            ("named", "Named to handle it"),
                            ("supervisor", "Supervisor"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("answered", "Answered"),
                            ("no_answer", "No answer"),
                            ("number_wrong", "The number is wrong"),
                        ],
                        max_length=16,
                        verbose_name="Result",
                    ),
                ),
                ("happened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rings", to="complaints.complaint"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="provinces.province"
                    ),
                ),
                (
                    "whom",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["complaint", "-happened_at"], name="ring_complaint")],
            },
        ),
        migrations.RunSQL(RINGS, NO_RINGS),
        migrations.RunPython(first_words, migrations.RunPython.noop),
    ]
