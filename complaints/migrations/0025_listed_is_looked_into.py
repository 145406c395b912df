"""Whose list of names is entered is told that it is looked into, whatever became of the message itself."""

from django.db import migrations

from complaints.sql import STATE


class Migration(migrations.Migration):
    dependencies = [("complaints", "0024_reports_tried_and_words")]

    operations = [migrations.RunSQL(STATE, migrations.RunSQL.noop)]
