"""The columns of exports of people sought and found, and of operations that were carried out."""

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.columns import complaint_seen
from core.columns import Moment, YesNo, language_column
from core.csv import Column
from people.columns import coded_columns, naming_columns
from victims.models import Victim


def victim_columns(user: Any, *, shared: bool = False) -> list[Column]:
    """Return every column of a person sought or found, names of places in the reader's language."""
    language = language_column()
    return [
        Column("reference", _("Reference"), "reference"),
        *naming_columns(),
        Column("complaint", _("Complaint (reference)"), complaint_seen(Victim, user, shared=shared)),
        *coded_columns(),
        Column("province", _("Responsible province (code)"), "province_id"),
        Column("province_name", _("Responsible province"), f"province__{language}"),
        Column("handling", _("Handling"), "handling"),
        Column("rescue_status", _("Rescue status"), "rescue_status"),
        Column("status_at", _("Status since"), Moment(F("status_at"))),
        Column("found_unreported", _("Found without having been reported"), YesNo(F("found_unreported"))),
        Column("rescued_on", _("Rescued on"), "rescued_on", kind="day"),
        Column("rescued_in", _("Rescued in (province, code)"), "rescued_in_id"),
        Column("left_how", _("Left how"), "left_how"),
        Column("decision", _("Identification"), "decision"),
        Column("decided_on", _("Identified on"), "decided_on", kind="day"),
        Column("has_act", _("Act"), YesNo(F("has_act"))),
        Column("has_means", _("Means"), YesNo(F("has_means"))),
        Column("has_purpose", _("Purpose"), YesNo(F("has_purpose"))),
        Column("received_at", _("Received at"), Moment(F("received_at"))),
        Column("due_at", _("Due"), Moment(F("due_at"))),
        Column("updated_at", _("Changed at"), Moment(F("updated_at"))),
    ]


def operation_columns(user: Any, *, shared: bool = False) -> list[Column]:
    """Return every column of an operation; whom it met stands in the lists of people."""
    language = language_column()
    met = Victim.objects.live().filter(operation=OuterRef("pk")).order_by().values("operation")
    return [
        Column("reference", _("Reference"), "reference"),
        Column("status", _("Status"), "status"),
        Column("province", _("Responsible province (code)"), "province_id"),
        Column("province_name", _("Responsible province"), f"province__{language}"),
        Column("handling", _("Handling"), "handling"),
        Column("site", _("Site (reference)"), "site__reference"),
        Column("planned_for", _("Planned for"), Moment(F("planned_for"))),
        Column("done_at", _("Carried out at"), Moment(F("done_at"))),
        Column("result", _("Result"), "result"),
        Column("people", _("People met"), _count(met), kind="number"),
        Column("lead", _("Lead (user name)"), "lead__username"),
        Column("updated_at", _("Changed at"), Moment(F("updated_at"))),
    ]


def _count(rows: Any) -> Any:
    """Count the people of an operation, each once however many complaints sought them."""
    counted = Subquery(rows.annotate(n=Count("person", distinct=True)).values("n")[:1], output_field=IntegerField())
    return Coalesce(counted, 0)
