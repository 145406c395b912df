"""Name a suspect in a complaint: a new person, or one who is listed in it already (victim and suspect: one Person)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.services import system_user
from complaints.checks import checked_person
from complaints.models import Complaint, Handling, Status
from complaints.said import PersonSaid
from complaints.services.steps import advance
from core.exceptions import Conflict
from core.text import clean
from people.services import make_person
from suspects.models import Suspect
from suspects.services import add_suspect
from victims.models import Victim
from workflow.notes import in_source
from workflow.services import lock

OFFICIAL_NAMED = gettext_lazy("An official is named as a suspect.")


@transaction.atomic
def name_suspect(
    complaint: Complaint,
    said: PersonSaid,
    *,
    by: Any,
    roles: Iterable[str] = (),
    same_as: Victim | None = None,
    harmed: Sequence[Victim] = (),
    public_official: str = "",
) -> Suspect:
    """Name a suspect; `same_as` is a person of this complaint who is suspected too, `harmed` whom the suspect harmed.

    Naming a public official seals the complaint, so that `by` may not see it any more. Raises PermissionDenied without
    `suspect.add`, Conflict on a closed complaint, ValidationError by field.
    """
    if not by.may("suspect.add"):
        raise PermissionDenied(_("Your role does not name suspects."))
    row = lock(complaint, by)
    if row.status == Status.CLOSED:
        raise Conflict(_("The complaint is closed. Have it reopened to name a suspect."))
    if any(victim.complaint_id != row.pk for victim in (*harmed, *((same_as,) if same_as else ()))):
        raise ValidationError({"harmed": [_("Choose persons of this complaint.")]})
    official = clean(public_official)
    suspect = add_suspect(row, _person(said, same_as), by=by, roles=roles, public_official=official)
    suspect.victims.set(harmed)
    if official and row.handling != Handling.SEALED:
        Complaint.objects.visible_to(by).filter(pk=row.pk).update(names_official=True)
        advance(row, "seal", by=system_user(), note=in_source(OFFICIAL_NAMED))
    return suspect


def _person(said: PersonSaid, same_as: Victim | None) -> Any:
    if same_as is not None:  # fetched anew: while the complaint was waited for, persons may have been merged
        return Victim.objects.select_related("person").get(pk=same_as.pk).person
    person = checked_person(said)
    return make_person(name=person.name, sex=person.sex, age=person.age, nationality=person.nationality)
