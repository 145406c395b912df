"""What pages show of a partner."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import display
from core.countries import country_name
from partners.hours import is_always_open, is_open
from partners.models import Partner, Service, Takes

SERVICES, TAKES = dict(Service.choices), dict(Takes.choices)


def where(partner: Partner) -> str:
    """Return the province, or the country abroad where it sits."""
    return partner.province.name if partner.province else country_name(partner.seated_in)


def beds(partner: Partner) -> str:
    """Return the beds that are free and when that was said; empty where nobody said."""
    if partner.beds_free is None or partner.beds_said_at is None:
        return ""
    words = {"n": display.number(partner.beds_free), "when": display.moment(partner.beds_said_at, "short")}
    return _("%(n)s free, said %(when)s") % words


def offered(partner: Partner, now: datetime, holiday: str = "") -> str:
    """Name a partner to who chooses one: its beds with how long ago that was said, and whether its hours mean open now.

    On a public `holiday` only who is there day and night is said to be open.
    """
    known = []
    if partner.beds_free is not None and partner.beds_said_at is not None:
        words = {"n": display.number(partner.beds_free), "gap": display.span(now - partner.beds_said_at)}
        known.append(_("%(n)s beds free, said %(gap)s ago") % words)
    open_now = is_open(partner.hours, now)
    if open_now and holiday and not is_always_open(partner.hours):
        known.append(_("perhaps closed: %(holiday)s") % {"holiday": holiday})
    elif open_now is not None:
        known.append(_("open now") if open_now else _("closed now"))
    elif partner.hours:
        known.append(partner.hours)
    return f"{partner} ({'; '.join(known)})" if known else str(partner)


def row_of(partner: Partner) -> dict[str, Any]:
    """Return one row of the directory; no address is ever in it."""
    return {
        "partner": partner,
        "url": reverse("partners:detail", args=[partner.reference]),
        "where": where(partner),
        "serves": served(partner),
        "offers": ", ".join(str(SERVICES[code]) for code in partner.services if code in SERVICES),
        "phones": phones_of(partner),
        "beds": beds(partner),
    }


def served(partner: Partner) -> str:
    """Return the nationalities an embassy serves, or whom a shelter takes in."""
    if partner.nationalities:
        return ", ".join(country_name(code) for code in partner.nationalities)
    return ", ".join(str(TAKES[code]) for code in partner.takes if code in TAKES)


def phones_of(partner: Partner) -> list[Any]:
    """Return the telephones that were not taken out."""
    return [phone for phone in partner.phones.all() if phone.removed_at is None]


def facts_of(partner: Partner) -> list[dict[str, Any]]:
    """Return what is known, nothing empty."""
    serves = _("Nationalities it serves") if partner.nationalities else _("Whom it takes in")
    lines = [
        (_("Kind"), partner.get_kind_display()),
        (_("Embassy of"), country_name(partner.country) if partner.country else ""),
        (_("Place"), where(partner)),
        (serves, served(partner)),
        (_("What it offers"), row_of(partner)["offers"]),
        (_("Beds"), beds(partner)),
        (_("Languages"), partner.languages),
        (_("Hours"), partner.hours),
        (_("E-mail"), partner.email),
        (_("Note"), partner.note),
        (_("Use"), "" if partner.is_active else _("Resting")),
    ]
    return [{"key": key, "value": value} for key, value in lines if value]
