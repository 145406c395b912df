"""The number reported changes only with its revision, which stands for good; a proposed change follows its complaint."""

from django.db import migrations

from complaints.sql import KEY, NO_KEY, NO_NUMBERS, NUMBERS


class Migration(migrations.Migration):
    dependencies = [("complaints", "0005_proposed_changes")]
    operations = [migrations.RunSQL(KEY, NO_KEY), migrations.RunSQL(NUMBERS, NO_NUMBERS)]
