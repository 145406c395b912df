"""What courts did with a person follows their complaint; each row stands for good, only its words may be emptied."""

from django.db import migrations

from victims.sql import NO_PROCEEDINGS, PROCEEDINGS


class Migration(migrations.Migration):
    dependencies = [("victims", "0017_proceedings"), ("complaints", "0002_keys")]
    operations = [migrations.RunSQL(PROCEEDINGS, NO_PROCEEDINGS)]
