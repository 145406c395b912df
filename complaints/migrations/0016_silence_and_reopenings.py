"""A silence keeps the limit it began with (decision 0024); what runs keeps the hours of today. An index of asked reopenings."""

from django.db import migrations, models

RUNNING = """
UPDATE complaints_complaint SET silent_due_at = status_at + make_interval(hours => coalesce(
    (SELECT number::int FROM complaints_limit WHERE name = 'silent_hours'), 72))
WHERE status = 'acknowledged';
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0015_search_key")]
    operations = [
        migrations.AddField("complaint", "silent_due_at", models.DateTimeField(blank=True, null=True)),
        migrations.RemoveIndex("complaint", "complaint_silent"),
        migrations.AddIndex(
            "complaint",
            models.Index(
                condition=models.Q(("status", "acknowledged")), fields=["silent_due_at", "id"], name="complaint_silent"
            ),
        ),
        migrations.AddIndex(
            "secondreading",
            models.Index(
                condition=models.Q(("finding", "reopen")), fields=["read_at", "id"], name="second_reading_asks"
            ),
        ),
        migrations.RunSQL(RUNNING, migrations.RunSQL.noop),
    ]
