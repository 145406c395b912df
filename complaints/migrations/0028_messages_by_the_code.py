"""Messages by the code: who was shown them, what they wait in, how often they were tried, and whether somebody is in danger."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from complaints.models.words import Urgency
from complaints.sql import NO_SAY, SAY, SEEN_BEFORE


class Migration(migrations.Migration):
    dependencies = [("complaints", "0027_signs_kept")]

    operations = [
        migrations.AddField(
            model_name="publicmessage",
            name="contact",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="by_code",
                to="complaints.contact",
            ),
        ),
        migrations.AddField(
            model_name="publicmessage", name="danger", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddField(model_name="publicmessage", name="seen_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="publicmessage", name="tried_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="publicmessage", name="tries", field=models.PositiveSmallIntegerField(db_default=0, default=0)
        ),
        migrations.AddField(
            model_name="publicmessage",
            name="urgency",
            field=models.CharField(blank=True, choices=Urgency.choices, db_default="", default="", max_length=10),
        ),
        migrations.AddIndex(
            model_name="publicmessage",
            index=models.Index(
                condition=Q(("by", None), ("kind", "message"), ("seen_at", None)),
                fields=["report", "at"],
                name="publicmessage_unseen",
            ),
        ),
        migrations.RunSQL([SAY], [NO_SAY]),
        migrations.RunSQL([SEEN_BEFORE], migrations.RunSQL.noop),
    ]
