"""Bring reporters that were stored by older rules to the rules of today: by what they are found, and that no clock presses for
who is not to be contacted. Part of `manage.py reindex`; `migrate` does it where the keys are.
"""

import logging
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from complaints.models import Complaint, Reporter
from complaints.services.filing import hash_of_phone, is_never_contacted, opened
from core.phones import KEY_VERSION
from core.sealed import open_sealed

logger = logging.getLogger(__name__)
BATCH = 500


def mend_reporters() -> int:
    """Make the hashes of reporters' telephones anew where they are of an older way; return how many. May be stopped and run again.

    Where there is no key nothing is done; a row that this key does not open is left, and named in the log by its own key.
    """
    done, old = 0, Reporter.objects.exclude(key_version=KEY_VERSION).select_related("contact").order_by("pk")
    rows = old
    try:
        while batch := list(rows[:BATCH]):
            with transaction.atomic():
                done += sum(map(_mend, batch))
            rows = old.filter(pk__gt=batch[-1].pk)
    except ImproperlyConfigured:
        logger.warning(
            "reporters are found as before: there is no key here to open their telephones; run reindex there"
        )
    return done


def _mend(row: Reporter) -> bool:
    try:
        found, is_never = hash_of_phone(open_sealed(row, "phone")), is_never_contacted(row)
    except ValueError:
        logger.exception("reporter %s could not be opened", row.pk)
        return False
    stays = Reporter.objects.filter(pk=row.pk, key_version=row.key_version)
    if is_never:
        _end_clock(row.contact.complaint_id)
    return bool(stays.update(phone_hash=found, key_version=KEY_VERSION))


def _end_clock(complaint: Any) -> None:
    """End the clock of a complaint whose reporters cannot be told anything, or do not want it."""
    tellers = Reporter.objects.filter(contact__complaint=complaint)
    if complaint and not any(opened(one).can_be_answered for one in tellers):
        Complaint._base_manager.filter(pk=complaint).exclude(answer_due_at=None).update(answer_due_at=None)
