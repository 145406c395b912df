"""The columns of an export of the inbox: what came when by which way and what became of it; nobody's words, no reporter."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.columns import complaint_seen
from complaints.models import Contact
from core.columns import Moment
from core.csv import Column


def contact_columns(user: Any, *, shared: bool = False) -> list[Column]:
    """Return every column of a contact."""
    return [
        Column("reference", _("Reference"), "reference"),
        Column("status", _("Status"), "status"),
        Column("kind", _("Kind"), "kind"),
        Column("channel", _("Channel"), "channel"),
        Column("urgency", _("Urgency"), "urgency"),
        Column("received_at", _("Received at"), Moment(F("received_at"))),
        Column("logged_at", _("Logged at"), Moment(F("logged_at"))),
        Column("due_at", _("Due"), Moment(F("due_at"))),
        Column("status_at", _("Status since"), Moment(F("status_at"))),
        Column("province_of_report", _("Province of report (code)"), "province_of_report_id"),
        Column("complaint", _("Complaint (reference)"), complaint_seen(Contact, user, shared=True)),
        Column("dated_on", _("Dated on"), "dated_on", kind="day"),
        Column("answer_by", _("Answer due"), "answer_by", kind="day"),
        Column("seconds", _("Length of the call"), "seconds", kind="number"),
    ]
