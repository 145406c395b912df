"""Write search keys that are missing or made in an older way."""

from typing import Any

from django.core.management.base import BaseCommand

from complaints.services import index
from complaints.services.mending import mend_reporters
from provinces.services import reindex as reindex_places


class Command(BaseCommand):
    help = "Write the keys places, sites, complaints and reporters are found by, where they are missing or of an older version."

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring every key to the present version; may be stopped and run again."""
        places, complaints, reporters = reindex_places(), index.reindex(), mend_reporters()
        self.stdout.write(f"{places} names of places and sites, {complaints} complaints, {reporters} reporters")
