"""Ask for an act that is no status, and decide it: two people, and what is decided is what was asked."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from core.text import clean
from workflow.models import Approval
from workflow.openings import decided

State = Approval.State
MINISTRY = "00"


def is_outside(by: Any, provinces: Iterable[str]) -> bool:
    """Return whether `by` may be a second person: at the ministry, and posted to none of the provinces concerned."""
    return bool(by.is_ministry) and not set(provinces) & (by.posted_provinces - {MINISTRY})


def digest(payload: Any) -> str:
    """Return what binds an approval to the words it was asked with."""
    text = json.dumps(payload, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def reason(text: str, field: str, most: int) -> str:
    """Return why something is asked for, sent back or undone; raises ValidationError at the field where it is empty or too long."""
    text = clean(text)
    if not text:
        raise ValidationError({field: [_("Write down why.")]})
    if len(text) > most:
        raise ValidationError({field: [_("This is longer than %(most)s characters.") % {"most": most}]})
    return text


def ask(kind: str, about: models.Model, payload: Any, *, by: Any) -> Approval:
    """Ask for an act; raises Conflict where the same act waits already."""
    row = Approval(
        kind=kind,
        object_type=about._meta.label_lower,
        object_id=about.pk,
        payload_sha256=digest(payload),
        requested_by=by,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("This is proposed already and waits for a second person.")) from error
    return row


@transaction.atomic
def decide(approval: Approval, payload: Any, *, by: Any, approve: bool, about: Any = None) -> Approval:
    """Approve or refuse what was asked, as another person; of two who decide at once one gets Conflict.

    Raises PermissionDenied to who asked, Conflict where it is decided, or is not what was asked any more.
    """
    row = Approval.objects.select_for_update(no_key=True, of=("self",)).get(pk=approval.pk)
    if row.state != State.ASKED:
        raise Conflict(_("Somebody decided this already. Load the page again."))
    if row.requested_by_id == by.pk:
        raise PermissionDenied(_("You proposed this yourself. Another person at the ministry decides."))
    if approve and row.payload_sha256 != digest(payload):
        raise Conflict(_("This is not what was proposed. Have it proposed again."))
    row.state, row.decided_by, row.decided_at = State.APPROVED if approve else State.REFUSED, by, timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    decided(row.pk, about, by=by, approve=approve)
    return row
