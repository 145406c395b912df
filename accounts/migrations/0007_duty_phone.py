"""The number of an office by which whoever is on duty is rung."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_deputy_references"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="duty_phone",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="Telephone on duty"),
        ),
    ]
