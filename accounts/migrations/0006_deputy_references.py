"""A deputy's reference begins with DY: DP is a deportation."""

from django.db import migrations

FROM_TO = "UPDATE accounts_deputy SET reference = '{1}' || substr(reference, 3) WHERE reference LIKE '{0}-%'"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_saved_views")]
    operations = [migrations.RunSQL(FROM_TO.format("DP", "DY"), FROM_TO.format("DY", "DP"))]
