"""The columns of an export of suspects: codes and dates; who they are only where identities leave."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.columns import complaint_seen
from core.columns import Joined, Moment, language_column
from core.csv import Column
from people.columns import coded_columns, naming_columns
from suspects.models import Suspect


def suspect_columns(user: Any, *, shared: bool = False) -> list[Column]:
    """Return every column, names of places in the reader's language."""
    language = language_column()
    return [
        Column("reference", _("Reference"), "reference"),
        *naming_columns(),
        Column("complaint", _("Complaint (reference)"), complaint_seen(Suspect, user, shared=shared)),
        *coded_columns(),
        Column("province", _("Responsible province (code)"), "province_id"),
        Column("province_name", _("Responsible province"), f"province__{language}"),
        Column("handling", _("Handling"), "handling"),
        Column("roles", _("Role in the process"), Joined(F("roles"))),
        Column("status", _("Status"), "status"),
        Column("arrested_at", _("Arrested at"), Moment(F("arrested_at"))),
        Column("arrested_in", _("Arrested in (province, code)"), "arrested_in_id"),
        Column("custody_ends_at", _("Custody ends at"), Moment(F("custody_ends_at"))),
        *_court(),
        Column("received_at", _("Received at"), Moment(F("received_at"))),
        Column("updated_at", _("Changed at"), Moment(F("updated_at"))),
    ]


def _court() -> list[Column]:
    return [
        Column("sent_to_court_on", _("Sent to court on"), "sent_to_court_on", kind="day"),
        Column("court", _("Court (code)"), "court_id"),
        Column("restraint", _("Held by the court"), "restraint"),
        Column("charged_on", _("Charged on"), "charged_on", kind="day"),
        Column("on_trial_on", _("On trial since"), "on_trial_on", kind="day"),
        Column("verdict_on", _("Verdict on"), "verdict_on", kind="day"),
        Column("prison_months", _("Prison, months"), "prison_months", kind="number"),
        Column("suspended_months", _("Of these suspended, months"), "suspended_months", kind="number"),
        Column("fine_riel", _("Fine, riel"), "fine_riel", kind="number"),
        Column("compensation_riel", _("Compensation, riel"), "compensation_riel", kind="number"),
        Column("released_on", _("Released on"), "released_on", kind="day"),
    ]
