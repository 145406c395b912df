"""Who may take a step of a publication."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from reports.models import Publication, PublicationStatus


def another(publication: Publication, by: Any) -> None:
    """Refuse who prepared it; and a publication that would supersede what was superseded meanwhile."""
    if publication.prepared_by_id == by.pk:
        raise PermissionDenied(_("You prepared this yourself. Another person signs."))
    earlier = publication.supersedes
    if earlier is not None and earlier.status != PublicationStatus.SIGNED:
        raise Conflict(_("What this supersedes was superseded meanwhile. Prepare it again."))
    if publication.hand_in and earlier is None:
        same = Publication.objects.of_tables(publication.hand_in, publication.first_on)
        if same.released().exists():
            raise Conflict(_("These tables were signed meanwhile. Prepare them again."))


def someone_else(publication: Publication, by: Any) -> None:
    """Refuse who prepared it: they withdraw it."""
    if publication.prepared_by_id == by.pk:
        raise PermissionDenied(_("You prepared this yourself. Withdraw it instead."))


def followed(publication: Publication, by: Any) -> None:
    """Refuse where nothing that was signed takes its place."""
    if not Publication.objects.released().filter(supersedes=publication).exists():
        raise Conflict(_("A publication is superseded by signing another in its place."))
