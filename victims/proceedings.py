"""What pages say of a person's part in proceedings, and of how they were penalised."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from core import display
from victims.models import Proceeding, ProceedingKind, Victim
from victims.models.proceeding import PENALTIES
from victims.services.proceedings import may_record_proceeding

MOST = 100


def riel(amount: int | None) -> str:
    """Say an amount; nothing where there is none."""
    return _("%(n)s riel") % {"n": display.number(amount)} if amount else ""


def proceeding_row(row: Proceeding, user: Any) -> dict[str, Any]:
    """Return an act as a line; free words are for who may know identities."""
    words = user.may("identity.read")
    where = row.court.name if row.court else (row.authority if words else "")
    return {
        "row": row,
        "kind": str(row.get_kind_display()),
        "day": display.day(row.happened_on),
        "amount": riel(row.amount_riel),
        "where": where,
        "note": row.note if words else "",
        "by": row.by.display_name,
        "is_penalty": row.kind in PENALTIES,
    }


def _rows(victim: Victim) -> Any:
    rows = Proceeding.objects.filter(victim=victim).select_related("court", "by", "case_file", "taken_back__by")
    return rows.order_by("-happened_on", "-recorded_at", "-id")


def acts_of_each() -> ArraySubquery:
    """Return the standing acts of each person as a column of the fetch that finds them, so that a page asks no more."""
    rows = Proceeding.objects.standing().filter(victim=OuterRef("pk")).order_by("-happened_on", "-recorded_at")
    court = {"court_km": "court__name_km", "court_en": "court__name_en"}
    said = JSONObject(kind="kind", day="happened_on", amount="amount_riel", authority="authority", **court)
    return ArraySubquery(rows.values_list(said)[:MOST])


def proceedings_of(victim: Any, user: Any) -> dict[str, Any]:
    """Return the card for the page of the person, fetched with `acts`: penalties first; nothing for nobody found."""
    may = may_record_proceeding(victim, user)
    if not (may or victim.rescued_on is not None or victim.found_unreported):
        return {}
    rows = [_act(said, user) for said in victim.acts]
    return {
        "penalties": [row for row in rows if row["is_penalty"]],
        "support": [row for row in rows if not row["is_penalty"]],
        "url": reverse("victims:proceedings", args=[victim.reference]) if may else "",
    }


def _act(said: dict[str, Any], user: Any) -> dict[str, Any]:
    court = said["court_km"] if display.in_khmer() else said["court_en"]
    return {
        "kind": ProceedingKind(said["kind"]).label,
        "day": display.day(date.fromisoformat(said["day"])),
        "amount": riel(said["amount"]),
        "where": court or (said["authority"] if user.may("identity.read") else ""),
        "is_penalty": said["kind"] in PENALTIES,
    }


def history_of(victim: Victim, user: Any) -> list[dict[str, Any]]:
    """Return every act, newest first, each with its taking back; one query. A case file is named to who may see it."""
    model: Any = Proceeding._meta.get_field("case_file").related_model
    acts = [row for row in _rows(victim)[:MOST] if row.takes_back_id is None]
    keys = {row.case_file_id for row in acts if row.case_file_id}
    seen = set(model.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    found = []
    for row in acts:
        back = getattr(row, "taken_back", None)
        line = proceeding_row(row, user)
        file = row.case_file if row.case_file_id in seen and user.may("casefile.read") else None
        may = back is None and (not line["is_penalty"] or user.may("victim.confirm"))
        url = reverse("victims:take_back_proceeding", args=[victim.reference, row.pk]) if may else ""
        found.append({**line, "back": proceeding_row(back, user) if back else None, "file": file, "back_url": url})
    return found
