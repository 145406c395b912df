"""Where a call of the hotline leads once it has ended, and where somebody reads what it became."""

from typing import Any

from django.urls import reverse

from complaints.models import Call, Complaint, Contact
from complaints.services import hotline
from complaints.services.register import ROUTE
from workflow.models import Submission

CONTACT_MARK = "C-"  # of the reference of a contact


def address_of(call: Call, user: Any) -> str:
    """Return what comes after a call: whom to ring about a complaint, its receipt where it is out of sight, or the hotline."""
    to_read = "" if call.became.startswith(CONTACT_MARK) else read_at(call, user)
    return to_read or reverse("hotline:list")


def read_at(call: Call, user: Any) -> str:
    """Return where somebody reads what a call became; nothing where they may not know it, or it is out of the sight of who added to it."""
    if not call.became or not hotline.may_know(call, user):
        return ""
    if call.became.startswith(CONTACT_MARK):
        seen = Contact.objects.visible_to(user).filter(reference=call.became).exists()
        return reverse("contacts:detail", args=[call.became]) if seen else ""
    if Complaint.objects.visible_to(user).filter(reference=call.became).exists():
        return reverse("complaints:rings", args=[call.became])
    mine = Submission.objects.filter(user=user, route=ROUTE, reference=call.became)
    return reverse("complaints:receipt", args=[call.became]) if mine.exists() else ""
