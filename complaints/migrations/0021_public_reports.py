"""The public report: what came in, messages both ways, what its code opens; who read the pages of a language."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.sealed
from complaints.sql import NO_PUBLIC, PUBLIC, STATE


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0020_inbox"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    ("held", "Held apart"),
                ],
                default="waiting",
                max_length=12,
                verbose_name="Status",
            ),
        ),
        migrations.CreateModel(
            name="PublicReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("receipt_hash", models.BinaryField(max_length=32, unique=True)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("said", core.sealed.SealedTextField(blank=True, default=bytes, purpose="contact")),
                ("words_hash", models.BinaryField(max_length=32)),
                ("taken_at", models.DateTimeField(null=True)),
                (
                    "contact",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_report",
                        to="complaints.contact",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublicMessage",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("message", "Message"), ("money", "Somebody asked for money")],
                        default="message",
                        max_length=8,
                    ),
                ),
                (
                    "asks",
                    models.CharField(
                        blank=True,
                        choices=[("", "Nothing"), ("know", "That they tell us more"), ("call", "That they call us")],
                        default="",
                        max_length=4,
                    ),
                ),
                ("words", core.sealed.SealedTextField(blank=True, default=bytes, purpose="contact")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="complaints.publicreport",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LanguageReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=8)),
                ("words_sha256", models.CharField(max_length=64)),
                ("reader", models.CharField(max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["language", "-at"], name="languagereading_newest")],
            },
        ),
        migrations.AddIndex(
            model_name="publicreport",
            index=models.Index(
                condition=models.Q(("taken_at", None)), fields=["received_at", "id"], name="publicreport_to_take"
            ),
        ),
        migrations.AddIndex(
            model_name="publicreport",
            index=models.Index(fields=["received_at"], name="publicreport_received"),
        ),
        migrations.AddIndex(
            model_name="publicreport",
            index=models.Index(fields=["words_hash", "received_at"], name="publicreport_words"),
        ),
        migrations.AddConstraint(
            model_name="publicreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken_at__isnull", True), ("contact__isnull", False), _connector="OR"),
                name="publicreport_taken_has_contact",
            ),
        ),
        migrations.AddIndex(
            model_name="publicmessage",
            index=models.Index(fields=["report", "at"], name="publicmessage_of_report"),
        ),
        migrations.AddIndex(
            model_name="publicmessage",
            index=models.Index(
                condition=models.Q(("by", None), ("taken_at", None)), fields=["at", "id"], name="publicmessage_to_take"
            ),
        ),
        migrations.RunSQL([STATE, PUBLIC], NO_PUBLIC),
    ]
