"""The columns of an export of referrals: what was asked, by when and what came of it; what was written stays behind."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.columns import reference_seen
from core.columns import Moment, YesNo, language_column
from core.csv import Column
from referrals.models import Referral


def referral_columns(user: Any, *, shared: bool = False) -> list[Column]:
    """Return every column, names of places in the reader's language; a record that was not shared is not named."""
    language = language_column()
    about = {name: Referral._meta.get_field(name).related_model for name in ("complaint", "victim")}
    return [
        Column("reference", _("Reference"), "reference"),
        Column("complaint", _("Complaint (reference)"), reference_seen(about["complaint"], "complaint_id", user)),
        Column("person", _("Person (reference)"), reference_seen(about["victim"], "victim_id", user)),
        Column("kind", _("Kind"), "kind"),
        Column("status", _("Status"), "status"),
        Column("province", _("Responsible province (code)"), "province_id"),
        Column("province_name", _("Responsible province"), f"province__{language}"),
        Column("from_province", _("Sent by (province, code)"), "from_province_id"),
        Column("to_partner", _("Sent to (partner)"), "to_partner__reference"),
        Column("to_kind", _("Sent to (kind of partner)"), "to_partner__kind"),
        Column("to_province", _("Sent to (province, code)"), "to_province_id"),
        Column("emergency", _("Emergency"), YesNo(F("emergency"))),
        Column("received_at", _("Sent at"), Moment(F("received_at"))),
        Column("due_at", _("Answer due"), Moment(F("due_at"))),
        Column("seen_at", _("Seen at"), Moment(F("seen_at"))),
        Column("answered_at", _("Answered at"), Moment(F("answered_at"))),
        Column("in_time", _("Answered in time"), YesNo(F("in_time"))),
        Column("return_reason", _("Why it was returned"), "return_reason"),
        Column("outcome", _("Outcome"), "outcome"),
        Column("ended_at", _("Ended at"), Moment(F("ended_at"))),
    ]
