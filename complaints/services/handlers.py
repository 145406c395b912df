"""Name who handles a national-led or sealed complaint: a Grant that widens, ended when it is taken back."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Grant, User
from accounts.roles import Branch
from audit.services import record
from complaints.models import Complaint, Handling, Status
from core.exceptions import Conflict
from notifications.services import notify
from workflow.models import Transition
from workflow.services import story_columns

HANDLERS = ("officer", "supervisor", "intake")


def named_handlers(complaint: Complaint) -> QuerySet[Grant]:
    """Return the namings of a complaint that run now, with their users."""
    grants = Grant.objects.active().filter(complaint_id=complaint.pk, kind=Grant.Kind.NAMING)
    return grants.select_related("user").order_by("from_at")


def _fetched(complaint: Complaint, by: Any) -> Complaint:
    """Lock it through the scope; who sees a sealed one is said by the integrity unit alone, not by who was named."""
    if not by.may("complaint.name_handler"):
        raise PermissionDenied(_("Your role does not name who handles a complaint."))
    row = Complaint.objects.visible_to(by).select_for_update(no_key=True, of=("self",)).filter(pk=complaint.pk).first()
    if row is None:
        raise Http404
    if row.handling == Handling.SEALED and by.table.branch == Branch.NATIONAL:
        raise PermissionDenied(_("Your role does not name who handles a complaint."))
    return row


@transaction.atomic
def name_handler(complaint: Complaint, user: User, *, by: Any) -> Grant:
    """Let a user see and handle a national-led or sealed complaint, and tell them."""
    row = _fetched(complaint, by)
    if row.handling == Handling.PROVINCIAL:
        raise Conflict(_("The province handles this complaint. Nobody is named for it."))
    if not user.is_active or user.role not in HANDLERS:
        raise ValidationError({"user": [_("Choose an officer, a supervisor or an intake officer.")]})
    if named_handlers(row).filter(user=user).exists():
        raise Conflict(_("This person is named already."))
    grant = Grant.objects.create(complaint_id=row.pk, user=user, kind=Grant.Kind.NAMING)
    if row.officer_id is None and row.status != Status.NEW and user.may("complaint.verify"):
        Complaint.objects.filter(pk=row.pk).update(officer=user)
    transition = _story(row, "name_handler", by)
    record("complaint.name_handler", by=by, about=row, detail={"user": str(user.pk)})
    notify([user], "named_handler", about=row, transition=transition)
    return grant


@transaction.atomic
def end_naming(complaint: Complaint, grant: Grant, *, by: Any) -> None:
    """Take a naming back; from the next request on the complaint does not exist for that user."""
    row = _fetched(complaint, by)
    if not named_handlers(row).filter(pk=grant.pk).update(until_at=timezone.now()):
        raise Conflict(_("This naming has ended already."))
    _story(row, "end_naming", by)
    record("complaint.end_naming", by=by, about=row, detail={"user": str(grant.user_id)})


def _story(row: Complaint, step: str, by: Any) -> Transition:
    columns = story_columns(row)
    line = Transition(**columns, field="handling", step=step, before=row.handling, after=row.handling, by=by)
    line.save(force_insert=True)
    return line
