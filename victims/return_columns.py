"""The columns of exports of returns and of orders to deport: steps and days by codes; numbers of papers and words stay behind."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.columns import complaint_seen, reference_seen
from core.columns import Moment, language_column
from core.csv import Column
from victims.models import Deportation, Repatriation, Victim


def return_columns(user: Any, *, shared: bool = False) -> list[Column]:
    """Return every column of a return, names of places in the reader's language."""
    return [
        Column("reference", _("Reference"), "reference"),
        *_whose(Repatriation, user, shared),
        Column("direction", _("Direction"), "direction"),
        Column("country", _("Country"), "country"),
        Column("status", _("Step"), "status"),
        Column("status_at", _("Status since"), Moment(F("status_at"))),
        Column("begun_at", _("Begun"), Moment(F("begun_at"))),
        Column("embassy", _("Embassy"), "embassy__reference"),
        Column("document_kind", _("Travel document"), "document_kind"),
        Column("document_until", _("Valid until"), "document_until", kind="day"),
        Column("fine", _("Fine for overstaying"), "fine"),
        Column("departs_on", _("Day of departure"), "departs_on", kind="day"),
        Column("handed_over_on", _("Handed over on"), "handed_over_on", kind="day"),
        Column("paid_by", _("Who paid"), "paid_by"),
        Column("received_on", _("Received on"), "received_on", kind="day"),
        Column("crossing", _("Border or airport"), "crossing"),
        Column("updated_at", _("Changed at"), Moment(F("updated_at"))),
    ]


def deportation_columns(user: Any, *, shared: bool = False) -> list[Column]:
    """Return every column of an order to deport, names of places in the reader's language."""
    return [
        Column("reference", _("Reference"), "reference"),
        *_whose(Deportation, user, shared),
        Column("status", _("Status"), "status"),
        Column("status_at", _("Status since"), Moment(F("status_at"))),
        Column("authority", _("Which authority ordered it?"), "authority", free_text=True),
        Column("ordered_on", _("Day of the order"), "ordered_on", kind="day"),
        Column("reason", _("Reason"), "reason"),
        Column("decision_then", _("Identification"), "decision_then"),
        Column("carried_out_on", _("Carried out on"), "carried_out_on", kind="day"),
        Column("updated_at", _("Changed at"), Moment(F("updated_at"))),
    ]


def _whose(model: Any, user: Any, shared: bool) -> list[Column]:
    """Return whose it is, and where."""
    return [
        Column("complaint", _("Complaint (reference)"), complaint_seen(model, user, shared=shared)),
        Column("person", _("Person (reference)"), reference_seen(Victim, "victim_id", user)),
        Column("sex", _("Sex"), "victim__person__sex"),
        Column("nationality", _("Nationality"), "victim__person__nationality"),
        Column("province", _("Responsible province (code)"), "province_id"),
        Column("province_name", _("Responsible province"), f"province__{language_column()}"),
        Column("handling", _("Handling"), "handling"),
    ]
