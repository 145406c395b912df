"""What is held apart is counted on every page of the inbox: found without reading all contacts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0025_listed_is_looked_into")]

    operations = [
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(condition=models.Q(("status", "held")), fields=["turn", "id"], name="contact_held"),
        ),
    ]
