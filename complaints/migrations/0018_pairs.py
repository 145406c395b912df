"""Pairs of complaints that may be the same where no one reader sees both, and what is to be compared."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import complaints.models.pair
from complaints.sql import COMPARED_ONCE, NO_PAIRS, PAIRS
from workflow.sql import guard, unguard


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0002_guard"),
        ("complaints", "0017_contacts_waiting"),
        ("provinces", "0003_measure_sector"),
    ]

    operations = [
        migrations.CreateModel(
            name="Comparison",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("handling", models.CharField(max_length=12)),
                ("due_at", models.DateTimeField(null=True)),
                ("compared_at", models.DateTimeField(null=True)),
                ("seen_province", models.CharField(blank=True, default="", max_length=2)),
                ("seen_handling", models.CharField(blank=True, default="", max_length=12)),
                (
                    "complaint",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comparison",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "contact",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comparison",
                        to="complaints.contact",
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="provinces.province"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)), fields=["due_at", "id"], name="comparison_due"
                    ),
                    models.Index(
                        condition=models.Q(
                            models.Q(("province_id", models.F("seen_province")), _negated=True),
                            models.Q(("handling", models.F("seen_handling")), _negated=True),
                            _connector="OR",
                        ),
                        fields=["id"],
                        name="comparison_moved",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("complaint__isnull", True), ("contact__isnull", False)),
                            models.Q(("complaint__isnull", False), ("contact__isnull", True)),
                            _connector="OR",
                        ),
                        name="comparison_of_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "reference",
                    models.CharField(
                        default=complaints.models.pair.pair_reference, editable=False, max_length=20, unique=True
                    ),
                ),
                ("one_handling", models.CharField(max_length=12)),
                ("other_handling", models.CharField(max_length=12)),
                ("score", models.PositiveSmallIntegerField()),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                ("told", models.BinaryField(max_length=32)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be looked at"),
                            ("linked", "Both sides were told"),
                            ("joined", "Merged"),
                            ("dismissed", "Not the same"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="State",
                    ),
                ),
                ("state_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairs",
                        to="complaints.contact",
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairs_as_one",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "one_province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="provinces.province"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairs_as_other",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "other_province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="provinces.province"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-found_at", "-id"], name="pair_found"),
                    models.Index(fields=["-score", "-id"], name="pair_score"),
                    models.Index(condition=models.Q(("state", "open")), fields=["-found_at", "-id"], name="pair_open"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("one", "other"), name="pair_once"),
                    models.UniqueConstraint(fields=("contact", "other"), name="pair_of_contact_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact__isnull", False), ("one__isnull", True)),
                            models.Q(("contact__isnull", True), ("one__isnull", False)),
                            _connector="OR",
                        ),
                        name="pair_of_two",
                    ),
                ],
            },
        ),
        migrations.RunSQL(PAIRS, NO_PAIRS),
        migrations.RunSQL(guard("complaints_pair", "state", "pair"), unguard("complaints_pair", "state")),
        migrations.RunSQL(COMPARED_ONCE, migrations.RunSQL.noop),
    ]
