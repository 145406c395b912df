from django.db import migrations

from workflow.sql import FUNCTION


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION workflow_guard();")]
