"""What the clocks run by, as rows; what runs keeps its limit, the hours of high and normal are translated (decision 0024)."""

from django.db import migrations

from complaints.models.attempt import CLOCK_LIMITS
from complaints.models.calendar import FIRST_HOURS, carried_holidays
from complaints.models.deadline import translated
from complaints.models.escalation import FIRST_ESCALATION
from complaints.sql import ANSWERS, ANSWERS_DUE, NO_ANSWERS

# A running clock began as long before its limit as its stage was allowed; the first limit ran from receipt.
CLOCKS = """
UPDATE complaints_complaint c SET
    clock_from = greatest(c.received_at, c.due_at - make_interval(hours => coalesce(
        (SELECT d.hours FROM complaints_deadline d WHERE d.urgency = c.urgency AND d.stage = CASE c.status
            WHEN 'new' THEN 'acknowledge' WHEN 'acknowledged' THEN 'verify' WHEN 'verifying' THEN 'verify'
            WHEN 'information_needed' THEN 'verify' WHEN 'outcome_proposed' THEN 'verify' ELSE 'rescue' END), 24))),
    acknowledge_due_at = c.received_at + make_interval(hours => coalesce(
        (SELECT d.hours FROM complaints_deadline d WHERE d.urgency = c.urgency AND d.stage = 'acknowledge'), 24));
"""


def rows(apps, schema_editor):
    deadline, hours, holiday = (apps.get_model("complaints", name) for name in ("Deadline", "OfficeHours", "Holiday"))
    for row in deadline.objects.exclude(urgency="immediate"):
        row.hours, row.office_hours = translated(row.hours), True
        row.save(update_fields=["hours", "office_hours"])
    hours.objects.bulk_create(hours(weekday=day, opens=opens, closes=closes) for day, opens, closes in FIRST_HOURS)
    holiday.objects.bulk_create(holiday(**row) for row in carried_holidays())
    limit, told = (apps.get_model("complaints", name) for name in ("Limit", "EscalationHours"))
    limit.objects.bulk_create(limit(name=name, number=number) for name, number in CLOCK_LIMITS.items())
    told.objects.bulk_create(
        told(stage=stage, level=level, hours=n)
        for stage, all_hours in FIRST_ESCALATION.items()
        if stage != "inbox"  # of a later migration
        for level, n in enumerate(all_hours, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("complaints", "0011_clocks")]
    operations = [
        migrations.RunSQL(CLOCKS + ANSWERS_DUE, migrations.RunSQL.noop),
        migrations.RunSQL(ANSWERS, NO_ANSWERS),
        migrations.RunPython(rows, migrations.RunPython.noop),
    ]
