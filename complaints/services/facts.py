"""Change the facts of a complaint. What shrinks an inquiry (fewer people, less urgent) is not an edit."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.checks import main_form
from complaints.models import Complaint, ExploitationForm, NumberRevision, Status, Urgency, is_more_urgent
from complaints.services.clock import reclock
from complaints.services.handling import hold_site, settle
from complaints.services.index import index
from core.exceptions import Conflict
from core.text import clean
from provinces.models import Commune, District, Site
from workflow.notes import in_source
from workflow.services import edit, lock

WITH_FACTS = gettext_lazy("Changed with the facts.")
EDITABLE = frozenset({"exact_spot", "site", "district", "commune", "forms", "urgency", "number_reported"})


def require_changeable(complaint: Complaint, by: Any) -> None:
    """Raise PermissionDenied for a role that changes no facts, Conflict where the complaint is closed."""
    if not (by.may("complaint.triage") or by.may("complaint.verify")):
        raise PermissionDenied(_("Your role does not change the facts of a complaint."))
    if complaint.status == Status.CLOSED:
        raise Conflict(_("The complaint is closed. Have it reopened to change it."))


def may_change_facts(complaint: Complaint, by: Any) -> bool:
    """Return whether `by` may change the facts now."""
    try:
        require_changeable(complaint, by)
    except (PermissionDenied, Conflict):
        return False
    return True


@transaction.atomic
def change_facts(complaint: Complaint, *, by: Any, version: int, changes: dict[str, Any]) -> Complaint:
    """Change facts under a version; raises Conflict when stale or closed, ValidationError by field.

    A site that the ministry leads takes the complaint to the ministry: `by` may not see it any more.
    """
    if changes.get("site"):
        changes = {**changes, "site": hold_site(changes["site"])}
    complaint = lock(complaint, by)
    require_changeable(complaint, by)
    unknown = set(changes) - EDITABLE
    if unknown:
        raise ValidationError({name: [_("This cannot be changed here.")] for name in sorted(unknown)})
    values = _checked(complaint, changes)
    before, urgency = complaint.number_reported, complaint.urgency
    row = reclock(edit(complaint, by=by, version=version, changes=values), urgency)
    if row.number_reported != before:
        revised(row, before, by, why=in_source(WITH_FACTS))
    if {"exact_spot", "site"} & set(values):
        index(row)
    return settle(row) if "site" in values else row


def _checked(complaint: Complaint, changes: dict[str, Any]) -> dict[str, Any]:
    values = dict(changes)
    if "exact_spot" in values:
        values["exact_spot"] = clean(values["exact_spot"])
    if "forms" in values:
        codes = list(dict.fromkeys(values["forms"]))
        if not set(codes) <= set(ExploitationForm.values):
            raise ValidationError({"forms": [_("Choose forms from the list.")]})
        values |= {"forms": codes, "main_form": main_form(codes)}
    _not_lower(complaint, values)
    _inside(complaint, values)
    return values


def _not_lower(complaint: Complaint, values: dict[str, Any]) -> None:
    urgency = values.get("urgency", complaint.urgency)
    if urgency not in Urgency.values:
        raise ValidationError({"urgency": [_("Choose how urgent it is.")]})
    if is_more_urgent(complaint.urgency, urgency):
        raise ValidationError({"urgency": [_("Lowering the urgency needs a second person. Propose it below.")]})
    number = values.get("number_reported", complaint.number_reported)
    if complaint.number_reported is not None and (number is None or number < complaint.number_reported):
        message = _("Lowering the number reported needs a second person. Propose it below.")
        raise ValidationError({"number_reported": [message]})
    if number is not None and number < max(complaint.n_people, 1):
        raise ValidationError({"number_reported": [_("More people stand in this complaint than are reported.")]})
    if number is not None and complaint.number_high is not None:
        values["number_high"] = max(complaint.number_high, number)


def _inside(complaint: Complaint, values: dict[str, Any]) -> None:
    province = complaint.province_of_incident_id
    site: Site | None = values.get("site")
    district: District | None = values.get("district", complaint.district)
    commune: Commune | None = values.get("commune", complaint.commune)
    if site and site.province_id != province:
        raise ValidationError({"site": [_("This site is in another province.")]})
    if district and district.province_id != province:
        raise ValidationError({"district": [_("This district is not in the province chosen.")]})
    if commune and (district is None or commune.district_id != district.pk):
        raise ValidationError({"commune": [_("This commune is not in the district chosen.")]})


def revised(row: Complaint, before: int | None, by: Any, *, why: str, approved_by: Any = None) -> None:
    """Keep who changed the number reported, when and why; lowering it needs `approved_by`."""
    NumberRevision.objects.create(
        complaint=row,
        province_id=row.province_id,
        handling=row.handling,
        before=before,
        after=row.number_reported,
        why=why,
        by=by,
        approved_by=approved_by,
    )
