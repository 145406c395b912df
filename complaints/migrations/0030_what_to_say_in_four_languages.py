"""What to say on the hotline in Vietnamese, Chinese, Thai and Indonesian too, and who of their speakers read it (decision 0033)."""

from django.db import migrations, models

from complaints.scripts import FIRST, SAID_ALOUD


def more_words(apps, schema_editor):
    """Add what no administrator wrote yet; Khmer words as they were first shipped get the spelling used everywhere."""
    model = apps.get_model("complaints", "CallScript")
    there = set(model.objects.values_list("kind", "language"))
    model.objects.bulk_create(
        model(kind=kind, language=language, words=words)
        for (kind, language), words in SAID_ALOUD.items()
        if (kind, language) not in there
    )
    for row in model.objects.filter(language="km"):
        spelled = row.words.replace("ប៉ូលិស", "នគរបាល").replace("ឲ្យ", "ឱ្យ")
        if spelled != row.words and spelled == FIRST.get((row.kind, "km")):
            row.words = spelled
            row.save(update_fields=["words"])


class Migration(migrations.Migration):
    dependencies = [("complaints", "0029_what_is_held_and_how_it_came")]

    operations = [
        migrations.AddField(
            model_name="callscript",
            name="reader",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=120,
                verbose_name="Read by (a native speaker)",
            ),
        ),
        migrations.RunPython(more_words, migrations.RunPython.noop),
    ]
