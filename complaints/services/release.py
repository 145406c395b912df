"""The release of what was proposed of a message: a step of its own in the story, with what was proposed and what was decided."""

import dataclasses
from typing import Any

from django.utils.translation import gettext as _

from complaints.models import Complaint, Contact, Handling, Urgency
from complaints.said import ComplaintSaid
from complaints.signs import ProposedUrgency, proposed_urgency
from complaints.triage import proposal
from complaints.workflow import COMPLAINT
from core.sealed import open_sealed
from provinces.models import Province
from provinces.services.mentions import provinces_in
from workflow.services import begin


def record_release(complaint: Complaint, said: ComplaintSaid, contact: Contact, by: Any) -> None:
    """Write into the story who released a complaint that a message became, what was proposed and what was decided."""
    words = open_sealed(contact, "raw")
    urgency, provinces = proposed_urgency(words), provinces_in(words)
    handling = Handling(proposal(dataclasses.replace(said, handling="")).handling)
    lines = [
        _urgency(urgency, Urgency(complaint.urgency)),
        _province(provinces, complaint),
        _said(_("Handling"), str(handling.label), Handling(complaint.handling).label, handling == complaint.handling),
    ]
    begin(COMPLAINT, complaint, by=by, step="release", note="\n".join(lines))


def _urgency(proposed: ProposedUrgency, decided: Urgency) -> str:
    why = f" ({'; '.join(proposed.reasons)})" if proposed.reasons else ""
    return _said(_("Urgency"), f"{proposed.urgency.label}{why}", decided.label, proposed.urgency == decided)


def _province(proposed: list[Province], complaint: Complaint) -> str:
    names = ", ".join(map(str, proposed)) or _("none")
    decided, single = complaint.province_of_incident, proposed[0] if len(proposed) == 1 else None
    return _said(_("Province of incident"), names, str(decided or _("none")), decided == single)


def _said(what: Any, proposed: str, decided: Any, is_same: bool) -> str:
    said = {"what": what, "proposed": proposed, "decided": decided}
    if is_same:
        return _("%(what)s: proposed %(proposed)s, accepted") % said
    return _("%(what)s: proposed %(proposed)s, decided %(decided)s") % said
