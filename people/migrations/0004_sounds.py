"""Write how each name sounds, the key that matching finds persons by."""

from typing import Any

from django.db import migrations

from people.sounds import key_sound

BATCH = 2000


def write(apps: Any, schema_editor: Any) -> None:
    """Fill the key of the names there are."""
    names = apps.get_model("people", "PersonName").objects
    rows = []
    for row in names.filter(key_sound="").only("pk", "text", "key_sound").iterator(chunk_size=BATCH):
        row.key_sound = key_sound(row.text)
        rows.append(row)
        if len(rows) == BATCH:
            names.bulk_update(rows, ["key_sound"])
            rows = []
    names.bulk_update(rows, ["key_sound"])


class Migration(migrations.Migration):
    dependencies = [("people", "0003_who_it_is")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
