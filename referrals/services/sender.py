"""Who may send: whoever answers for the complaint. A province that was only asked to help passes nobody on."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from complaints.models import Complaint


def may_refer(complaint: Complaint, by: Any) -> bool:
    """Return whether `by` may send a complaint or its people on: of its province, of the ministry, or named for it."""
    return by.may("referral.send") and Complaint.objects.answered_for_by(by).filter(pk=complaint.pk).exists()


def require_sender(complaint: Complaint, by: Any) -> None:
    """Raise PermissionDenied for a province that helps: what a grant opens is to read and to answer, not to hand on."""
    if not may_refer(complaint, by):
        raise PermissionDenied(_("Only the responsible province or the ministry refers. Ask them to."))


def hold_complaints(keys: Iterable[Any]) -> None:
    """Lock the complaints of many people in order of id, before any of the people: so no two who send many can deadlock."""
    rows = Complaint._base_manager.filter(pk__in=set(keys)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))
