"""A search row follows its complaint to another province or handling."""

from django.db import migrations

from complaints.sql import NO_SEARCH, NO_SHARED, SEARCH, SHARED


class Migration(migrations.Migration):
    dependencies = [("complaints", "0014_search_rows")]
    operations = [migrations.RunSQL(SEARCH, NO_SEARCH), migrations.RunSQL(SHARED, NO_SHARED)]
