"""A stay follows its complaint to another province or handling."""

from django.db import migrations

KEY = (
    "ALTER TABLE victims_stay ADD CONSTRAINT victims_stay_complaint_scope "
    "FOREIGN KEY (complaint_id, province_id, handling) "
    "REFERENCES complaints_complaint (id, province_id, handling) ON UPDATE CASCADE;"
)


class Migration(migrations.Migration):
    dependencies = [("victims", "0010_stays"), ("complaints", "0002_keys")]
    operations = [
        migrations.RunSQL(KEY, "ALTER TABLE victims_stay DROP CONSTRAINT victims_stay_complaint_scope;"),
    ]
