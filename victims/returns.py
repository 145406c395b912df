"""What pages show of returns: rows, facts, the step line, the story, and the card on the page of the person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import display
from core.countries import country_name
from people.presenters import about, lang_of, names_of
from victims.board import days_of, state_of
from victims.guards import FOUND
from victims.models import Deportation, PlaceKind, Repatriation, ReturnStatus, Victim
from victims.models.repatriation import COMING, WAITING
from victims.repatriation_workflow import REPATRIATION
from victims.services.deportation import protects
from workflow.models import Edit, Transition
from workflow.services import available_steps
from workflow.story import as_items, edits_as_lines, line_of
from workflow.table import Step

S = ReturnStatus
WAY = (*WAITING, S.HANDED_OVER.value)
WAY_IN = (*COMING, S.REINTEGRATION.value)
# What is due where a step is over its limit.
DUE = {
    S.ASKED: gettext_lazy("Notify the embassy"),
    S.NOTIFIED: gettext_lazy("Remind the embassy"),
    S.CONFIRMED: gettext_lazy("Ask for the travel document"),
    S.DOCUMENT: gettext_lazy("Ask for the exit clearance"),
    S.CLEARED: gettext_lazy("Agree on a day"),
    S.AGREED: gettext_lazy("Hand over, or agree on another day"),
    S.ANNOUNCED: gettext_lazy("Ask when the person comes"),
    S.RECEIVED: gettext_lazy("Make the reintegration plan"),
    S.DECLINED: gettext_lazy("Find another way: stay, or a third country"),
}
LABELS = {
    "health_needed": gettext_lazy("Health needed for travel"),
    "papers_needed": gettext_lazy("Papers needed"),
}


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A return in a table, as flat strings."""

    reference: str
    url: str
    name: str
    name_lang: str
    about: str
    country: str
    status: str
    waiting: str
    state: str
    place: str
    next: str


def next_words(row: Repatriation, days: int, limit: int | None) -> str:
    """Say what is due: the act where the limit is over, else until when is waited."""
    due = str(DUE.get(S(row.status), ""))
    if not due or limit is None or days > limit:
        return due
    until = display.day_of(row.status_at) + timedelta(days=limit)
    return _("Wait until %(day)s") % {"day": display.day(until, "short")}


def waiting_words(days: int) -> str:
    """Say how many days somebody waits."""
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": display.number(days)}


def row_of(row: Repatriation, user: Any, known: Mapping[str, int]) -> ReturnRow:
    """Prepare one return; `place` is annotated, the person fetched along."""
    victim = row.victim
    name = names_of(victim.person, user)[0]
    days, limit = days_of(row.status_at), known.get(row.status)
    kind = getattr(row, "place", "")
    over = row.status in (*WAITING, *COMING, S.DECLINED)
    return ReturnRow(
        reference=row.reference,
        url=reverse("repatriations:detail", args=[row.reference]),
        name=name or (_("Name not known") if user.may("identity.read") else victim.reference),
        name_lang=lang_of(name),
        about=about(victim.person) or "—",
        country=country_name(row.country),
        status=str(row.get_status_display()),
        waiting=waiting_words(days) if over else display.day(row.status_at, "short"),
        state=state_of(days, limit),
        place=str(PlaceKind(kind).label) if kind else "—",
        next=next_words(row, days, limit),
    )


def line_of_steps(row: Repatriation, reached: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the step line: what is done with its day, where the return stands, what is still to come."""
    way = WAY_IN if row.direction == "into_cambodia" else WAY
    steps = [{"label": S(name).label, "note": display.day(reached.get(name), "short"), "state": "done"} for name in way]
    here = way.index(row.status) if row.status in way else len([name for name in way if name in reached])
    for place, step in enumerate(steps):
        if place == here and not row.is_over and row.status in way:
            step["state"] = "current"
        elif place > here or (place == here and row.status not in way):
            step |= {"state": "todo", "note": ""}
    return steps


def facts_of(row: Repatriation, user: Any) -> list[dict[str, Any]]:
    """Return what the steps wrote; only what has a value. Free text is for who may know identities."""
    identity = user.may("identity.read")
    return [
        {"key": _("Direction"), "value": row.get_direction_display()},
        {"key": _("Country"), "value": country_name(row.country)},
        *_papers(row, identity=identity),
        *_way_home(row, identity=identity),
        {"key": _("Why not?"), "value": row.get_declined_why_display() if row.declined_why else ""},
        {"key": _("To which country?"), "value": country_name(row.third_country) if row.third_country else ""},
        *_arrival(row, identity=identity),
        {"key": _("Reference"), "value": row.reference},
    ]


def _papers(row: Repatriation, *, identity: bool) -> list[dict[str, Any]]:
    """Return what the embassy and the immigration department settled."""
    amount = _("%(n)s US dollars") % {"n": display.number(row.fine_amount)} if row.fine_amount is not None else ""
    return [
        {"key": _("Embassy"), "value": str(row.embassy) if row.embassy else ""},
        {"key": _("Number of the letter"), "value": row.letter_number if identity else ""},
        {
            "key": _("Travel document"),
            "value": row.get_document_kind_display() if row.document_kind else "",
            "second": ", ".join(filter(None, (row.document_number * identity, display.day(row.document_until)))),
        },
        {"key": _("Fine for overstaying"), "value": row.get_fine_display() if row.fine else "", "second": amount},
    ]


def _way_home(row: Repatriation, *, identity: bool) -> list[dict[str, Any]]:
    """Return the journey and the hand-over."""
    return [
        {"key": _("Day of departure"), "value": display.day(row.departs_on), "second": row.route if identity else ""},
        {
            "key": _("Handed over on"),
            "value": display.day(row.handed_over_on),
            "second": ", ".join(filter(None, (row.handed_to, row.handed_where))) if identity else "",
        },
        {"key": _("Who paid"), "value": row.get_paid_by_display() if row.paid_by else ""},
        {"key": _("Hand-over record"), "value": row.handover_record if identity else ""},
    ]


def _arrival(row: Repatriation, *, identity: bool) -> list[dict[str, Any]]:
    """Return how somebody came back to Cambodia, and what follows."""
    return [
        {"key": _("Announced by"), "value": row.told_by if identity else ""},
        {
            "key": _("Received on"),
            "value": display.day(row.received_on),
            "second": row.received_by if identity else "",
        },
        {"key": _("Border or airport"), "value": row.get_crossing_display() if row.crossing else ""},
        {"key": _("Reintegration plan"), "value": row.plan if identity else ""},
    ]


def needs_of(row: Repatriation, user: Any) -> list[dict[str, Any]]:
    """Return what the embassy is told beside who the person is; for who may know identities."""
    if not user.may("identity.read"):
        return []
    return [{"key": label, "value": getattr(row, name)} for name, label in LABELS.items()]


def story_of(row: Any, user: Any, steps: list[Transition]) -> list[dict[str, Any]]:
    """Return steps and edits of a return or a deportation as lines, newest first; one query more."""
    notes = user.may("identity.read")
    lines = [line_of(step, notes=notes, people={}) for step in steps]
    labels = LABELS if notes else {}
    lines += edits_as_lines(Edit.objects.of(row).select_related("by"), labels, {})
    return as_items(sorted(lines, key=lambda line: line.recorded_at or line.at, reverse=True))


def button(row: Any, step: Step, route: str) -> dict[str, Any]:
    """Return a step as a link to its page."""
    return {"label": step.label, "url": reverse(route, args=[row.reference, step.name]), "aside": step.aside}


def buttons(row: Repatriation, user: Any) -> dict[str, Any]:
    """Return the step wanted next, and the others the reader may take."""
    found = [button(row, step, "repatriations:step") for step in available_steps(REPATRIATION, row, user)]
    wanted = next((one for one in found if not one["aside"]), None)
    return {"next": wanted, "others": [one for one in found if one is not wanted]}


def card_of(victim: Victim, user: Any) -> dict[str, Any]:
    """Return the returns and deportations for the page of the person, and what may be begun; two queries, three after an order."""
    if not user.may("repatriation.read") or (victim.rescue_status not in FOUND and not victim.found_unreported):
        return {} if victim.person.nationality != "KH" or not user.may("repatriation.write") else _coming(victim)
    rows = list(Repatriation.objects.filter(victim=victim).order_by("-begun_at"))
    orders = list(Deportation.objects.filter(victim=victim).order_by("-ordered_on", "-updated_at"))
    protected = any(row.status != "stopped" for row in orders) and protects(victim.person_id)
    return {
        "returns": [_said(row) for row in rows],
        "deportations": [_ordered(row, protected) for row in orders],
        "begin": _may_begin(victim, user, rows),
        "deport_url": _deport_url(victim, user, orders),
    }


def _coming(victim: Victim) -> dict[str, Any]:
    """Offer a Cambodian who is still sought abroad the announcement alone; what stands there is asked on its page."""
    rows = list(Repatriation.objects.filter(victim=victim).order_by("-begun_at"))
    links = [] if any(not row.is_over for row in rows) else [_link(victim, "announce")]
    return {"returns": [_said(row) for row in rows], "deportations": [], "begin": links, "deport_url": ""}


def _said(row: Repatriation) -> dict[str, Any]:
    since = _("since %(since)s") % {"since": display.day(row.status_at, "short")}
    url = reverse("repatriations:detail", args=[row.reference])
    return {"title": row.get_status_display(), "since": since, "country": country_name(row.country), "url": url}


def _ordered(row: Deportation, protected: bool) -> dict[str, Any]:
    url = reverse("deportations:detail", args=[row.reference])
    day = display.day(row.carried_out_on or row.ordered_on)
    loud = protected and row.status != "stopped"
    return {"title": row.get_status_display(), "day": day, "url": url, "loud": loud}


BEGIN = {
    "begin": gettext_lazy("Begin a return"),
    "unwilling": gettext_lazy("Record: does not want to return"),
    "announce": gettext_lazy("Record: announced from abroad"),
}


def _may_begin(victim: Victim, user: Any, rows: list[Repatriation]) -> list[dict[str, Any]]:
    if not user.may("repatriation.write") or any(not row.is_over for row in rows):
        return []
    ways = ("announce",) if victim.person.nationality == "KH" else ("begin", "unwilling")
    return [_link(victim, what) for what in ways]


def _link(victim: Victim, what: str) -> dict[str, Any]:
    return {"label": BEGIN[what], "url": reverse("victims:begin_return", args=[victim.reference, what])}


def _deport_url(victim: Victim, user: Any, orders: list[Deportation]) -> str:
    cambodian = victim.person.nationality == "KH"
    if cambodian or not user.may("deportation.record") or any(row.status == "ordered" for row in orders):
        return ""
    return reverse("victims:deportation", args=[victim.reference])
