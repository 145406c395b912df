"""Postings and the duty roster."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Duty, Posting, User
from accounts.scope import may_edit_roster
from accounts.services.users import refuse_oneself
from audit.services import record
from core.exceptions import Conflict


@transaction.atomic
def post(
    user: User, *, by: User, province_id: str, from_on: date, until_on: date | None = None, lead: bool = False
) -> Posting:
    """Post somebody to a province, both days included; ValidationError for an overlap or a role without postings."""
    refuse_oneself(user, by)
    _in_order(until_on is not None and until_on < from_on, "until_on", _("The last day lies before the first."))
    posting = Posting(user=user, province_id=province_id, lead=lead, from_on=from_on, until_on=until_on)
    posting.full_clean()
    posting.save(force_insert=True)
    record("posting_made", by=by, about=user, detail={"province": province_id, "lead": lead})
    return posting


@transaction.atomic
def end_posting(posting: Posting, *, by: User, until_on: date) -> Posting:
    """Set a posting's last day; the person's duties there end with it when that day is past."""
    posting = Posting.objects.select_for_update(no_key=True).get(pk=posting.pk)
    refuse_oneself(posting.user, by)
    _in_order(until_on < posting.from_on, "until_on", _("The last day lies before the first."))
    posting.until_on = until_on
    posting.full_clean()
    posting.save(update_fields=["until_on"])
    if until_on < timezone.localdate():
        Duty.objects.filter(user_id=posting.user_id, province_id=posting.province_id).active().update(
            until_at=timezone.now()
        )
    record("posting_ended", by=by, about=posting.user, detail={"province": posting.province_id})
    return posting


@transaction.atomic
def put_on_duty(user: User, *, by: User, province_id: str, from_at: datetime, until_at: datetime | None = None) -> Duty:
    """Put somebody who serves there on the roster; PermissionDenied unless `by` leads it or manages rosters."""
    require_roster(by, province_id)
    _in_order(until_at is not None and until_at <= from_at, "until_at", _("The end lies before the start."))
    duty = Duty(user=user, province_id=province_id, from_at=from_at, until_at=until_at)
    duty.full_clean()
    duty.save(force_insert=True)
    record("duty_made", by=by, about=user, detail={"province": province_id})
    return duty


@transaction.atomic
def end_duty(duty: Duty, *, by: User) -> None:
    """End a duty now; one that has not begun is taken from the roster."""
    require_roster(by, duty.province_id)
    now = timezone.now()
    duty = Duty.objects.select_for_update(no_key=True).get(pk=duty.pk)
    if duty.until_at is not None and duty.until_at <= now:
        raise Conflict(_("This duty has ended already."))
    if duty.from_at >= now:
        duty.delete()
    else:
        duty.until_at = now
        duty.save(update_fields=["until_at"])
    record("duty_ended", by=by, about=duty.user, detail={"province": duty.province_id})


def require_roster(by: Any, province_id: str) -> None:
    """Raise PermissionDenied unless this person writes that roster."""
    if not may_edit_roster(by, province_id):
        raise PermissionDenied(_("The roster of a province is written by its lead, a supervisor or an administrator."))


def _in_order(is_wrong: bool, field: str, words: str) -> None:
    """Refuse an end before its beginning with words: asked whether it overlaps another, the database knows no such range."""
    if is_wrong:
        raise ValidationError({field: [words]})
