"""Name who stands in while one is away, and end it."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Deputy, User
from audit.services import record
from core.exceptions import Conflict

MOST_DAYS = 366


def candidates(by: Any) -> Any:
    """Return who may stand in for `by`: everybody else of the same role, at the ministry."""
    people = User.objects.active().filter(role=by.role).exclude(pk=by.pk).order_by("username")
    return people if by.is_ministry else people.none()


@transaction.atomic
def name_deputy(*, by: Any, deputy: User, from_on: date, until_on: date) -> Deputy:
    """Name who stands in for `by`, both days included; ValidationError by field, also where days overlap."""
    if not by.is_ministry:
        raise PermissionDenied(_("Only people at the ministry name a deputy."))
    if until_on < timezone.localdate():
        raise ValidationError({"until_on": [_("This day is past already.")]})
    if until_on < from_on:
        raise ValidationError({"until_on": [_("The last day lies before the first.")]})
    if until_on - from_on > timedelta(days=MOST_DAYS):
        raise ValidationError({"until_on": [_("Name a deputy for a year at most.")]})
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two forms at once: the second is told of the first
    row = Deputy(user=by, deputy=deputy, from_on=from_on, until_on=until_on)
    row.full_clean()
    row.save(force_insert=True)
    record("deputy_named", by=by, about=row, detail={"deputy": str(deputy.pk)})
    return row


@transaction.atomic
def end_deputy(row: Deputy, *, by: Any) -> None:
    """End it as of yesterday; one that has not begun is taken away. Only who named the deputy does."""
    held = Deputy.objects.select_for_update(no_key=True).filter(pk=row.pk).first()
    today = timezone.localdate()
    if held is None or held.until_on < today:
        raise Conflict(_("This has ended already."))
    if held.user_id != by.pk:
        raise PermissionDenied(_("Only who named the deputy ends it."))
    record("deputy_ended", by=by, about=held)
    if held.from_on >= today:
        held.delete()
        return
    held.until_on = today - timedelta(days=1)
    held.save(update_fields=["until_on"])
