"""What pages show of people sought and found: names for those who may know them, coded facts for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import display, glyphs
from core.countries import country_name
from people.presenters import about, lang_of, names_of
from victims.guards import FOUND
from victims.models import Decision, LeftHow, RescueStatus, Stay, Victim

PENDING = {RescueStatus.DECLINED, RescueStatus.NOT_FOUND}
ORDER = {name: place for place, name in enumerate(glyphs.PERSON_STATUSES)}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a table, as flat strings."""

    reference: str
    url: str
    name: str
    name_lang: str
    other: str
    other_lang: str
    about: str
    glyph: SafeString
    status: str
    rescue: str
    decision: str
    place: str
    complaint: str
    complaint_url: str
    received: str
    pending: bool
    cleared: bool
    since: str


def is_pending(victim: Victim) -> bool:
    """Return whether "declined" or "not found" still waits for the second person: the search goes on."""
    return victim.rescue_status in PENDING and not victim.is_final


def drawn_as(victim: Victim) -> str:
    """Return the status a mark shows: who is still sought is drawn as sought."""
    return RescueStatus.REPORTED if is_pending(victim) else victim.rescue_status


def rescue_words(victim: Victim, *, identity: bool = True) -> str:
    """Say the rescue status with its day and place; the place is free text, so not for readers of coded data."""
    words = str(RescueStatus(victim.rescue_status).label)
    if is_pending(victim):
        return _("%(status)s, to be confirmed") % {"status": words}
    if victim.rescue_status in {RescueStatus.LOCATED, RescueStatus.REPORTED}:
        return f"{words}, {victim.place}" if victim.place and identity else words
    moment = victim.rescued_on or timezone.localtime(victim.status_at).date()
    return f"{words} {display.day(moment, 'short')}"


def row_of(victim: Victim, user: Any, *, complaint: bool = False) -> PersonRow:
    """Prepare one person; `complaint` adds the complaint they are sought in."""
    name, other = names_of(victim.person, user)
    identity = user.may("identity.read")
    shown = name or (_("Name not known") if identity else victim.reference)
    decision = "" if victim.decision == Decision.NOT_YET_SCREENED else str(Decision(victim.decision).label)
    return PersonRow(
        reference=victim.reference,
        url=reverse("victims:detail", args=[victim.reference]),
        name=shown,
        name_lang=lang_of(name),
        other=other,
        other_lang=lang_of(other),
        about=about(victim.person) or "—",
        glyph=glyphs.named(drawn_as(victim)),
        status=victim.rescue_status,
        rescue=rescue_words(victim, identity=identity),
        decision=decision or "—",
        place=(victim.place if identity else "") or "—",
        complaint=victim.complaint.reference if complaint else "",
        complaint_url=reverse("complaints:detail", args=[victim.complaint.reference]) if complaint else "",
        received=display.day(victim.received_at, "short"),
        pending=is_pending(victim),
        cleared=victim.cleared_proposed_by_id is not None,
        since=display.span(timezone.now() - victim.status_at),
    )


def marks_of(victims: Iterable[Victim], user: Any) -> list[dict[str, str]]:
    """Return the marks of a ledger: one a person whom somebody reported, each opens its person."""
    found = []
    for victim in victims:
        if victim.found_unreported:
            continue
        name = names_of(victim.person, user)[0] or (about(victim.person) or victim.reference)
        if is_pending(victim):
            name = f"{name}, {rescue_words(victim)}"
        url = reverse("victims:detail", args=[victim.reference])
        found.append({"status": drawn_as(victim), "name": name, "url": url})
    return found


def in_ledger_order(victims: Iterable[Victim]) -> list[Victim]:
    """Return people as the ledger counts them: found first, still sought last."""
    return sorted(victims, key=lambda victim: ORDER[drawn_as(victim)])


def _said(answer: bool | None) -> str:
    return "" if answer is None else (_("Yes") if answer else _("No"))


def elements_of(victim: Victim) -> str:
    """Say which elements of trafficking are there; shown beside a decision, never taken for one."""
    act, means, purpose = victim.has_act, victim.has_means, victim.has_purpose
    if act and purpose and victim.is_child:
        return _("Act and purpose are there. For a child no means is needed.")
    if act and means and purpose:
        return _("Act, means and purpose are there.")
    missing = [word for word, there in ((_("act"), act), (_("means"), means), (_("purpose"), purpose)) if not there]
    if victim.is_child and act and not purpose:
        missing = [_("purpose")]
    if act is means is purpose is None:
        return ""
    return _("Not shown: %(missing)s.") % {"missing": ", ".join(missing)}


def facts_of(victim: Victim, user: Any) -> list[dict[str, Any]]:
    """Return where a person stands; only what has a value."""
    identity = user.may("identity.read")
    left = str(LeftHow(victim.left_how).label) if victim.left_how else ""
    return [
        {"key": _("Identified"), "value": Decision(victim.decision).label, "second": elements_of(victim)},
        {"key": _("Brought out"), "value": brought_out(victim)},
        {"key": _("Place"), "value": victim.place if identity else ""},
        {"key": _("Left how"), "value": left},
        {"key": _("Moved or sold on to"), "value": moved_words(victim)},
        {"key": _("Child"), "value": _("Yes, under 18") if victim.is_child else ""},
        {"key": _("Asked by"), "value": victim.asked_by if identity else "", "second": victim.asked_language},
        {"key": _("Was the person asked alone?"), "value": _said(victim.asked_alone)},
        {"key": _("Was the person asked away from the site?"), "value": _said(victim.asked_away)},
        {"key": _("Confirmed by"), "value": victim.final_by.display_name if victim.final_by else ""},
        *also_suspect(victim, user),
        {"key": _("Counted"), "value": _("beside the ledger: nobody had reported them") * victim.found_unreported},
        {"key": _("Received"), "value": display.day(victim.received_at)},
        {"key": _("Reference"), "value": victim.reference},
    ]


def moved_words(victim: Victim) -> str:
    """Say where a person still sought was moved or sold to."""
    if victim.moved_country:
        return country_name(victim.moved_country)
    return str(victim.moved_province or "")


def brought_out(victim: Victim) -> str:
    """Say when and in which province somebody was brought out, also where that was recorded in another complaint."""
    if victim.rescued_on is None:
        return ""
    return ", ".join(part for part in (display.day(victim.rescued_on), str(victim.rescued_in or "")) if part)


def also_suspect(victim: Victim, user: Any) -> list[dict[str, Any]]:
    """Return where the same person is a suspect, of the rows the reader may see: one Person, two roles."""
    if not user.may("suspect.read"):
        return []
    rows = victim.person.suspects.visible_to(user).filter(merged_into=None).order_by("reference")  # type: ignore[attr-defined]
    return [
        {
            "key": _("Also a suspect"),
            "value": f"{row.reference}, {row.get_status_display()}",
            "url": reverse("suspects:detail", args=[row.reference]),
        }
        for row in rows
    ]


def place_of(victim: Victim, user: Any, stays: Iterable[Stay]) -> dict[str, Any]:
    """Return where the person is now and since when, with what the reader may do about it; nothing for nobody found.

    `stays` are the newest of the person: the one that has not ended is the last that was recorded.
    """
    stay = next((row for row in stays if row.until is None), None)
    if stay is None and victim.rescue_status not in FOUND and not victim.found_unreported:
        return {}
    args = [victim.reference]
    return {
        "kind": str(stay.get_kind_display()) if stay else "",
        "since": since_words(stay) if stay else "",
        "url": reverse("victims:place", args=args) if user.may("victim.rescue") else "",
        "show_url": reverse("victims:show_place", args=args)
        if stay and stay.detail and user.may("stay.reveal")
        else "",
    }


def since_words(stay: Stay) -> str:
    """Say since when, or from when to when."""
    words = {"since": display.day(stay.since), "until": display.day(stay.until) if stay.until else ""}
    return _("%(since)s to %(until)s") % words if stay.until else _("since %(since)s") % words


def stays_of(victim: Victim) -> list[dict[str, Any]]:
    """Return where the person was and is, latest first; kinds and days, never an address."""
    rows = Stay.objects.filter(victim=victim).select_related("by").order_by("-since", "-recorded_at")
    return [{"key": row.get_kind_display(), "value": since_words(row), "second": row.by.display_name} for row in rows]
