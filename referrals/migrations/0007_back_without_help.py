"""The list of who nobody helps also holds what was completed without help."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_once_running")]
    operations = [
        migrations.RemoveIndex(model_name="referral", name="referral_back"),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(
                    models.Q(
                        ("status__in", ("returned", "recalled")),
                        models.Q(("outcome__in", ("not_helped", "left")), ("status", "completed")),
                        _connector="OR",
                    ),
                    ("settled", False),
                ),
                fields=["province", "id"],
                name="referral_back",
            ),
        ),
    ]
