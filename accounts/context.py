"""What every page shows in its head: navigation, scope and role."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.middleware import missing_setup

ITEMS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (_("My work"), "work", ()),
    (_("Approvals"), "approvals:list", ("approval.read",)),
    (_("Complaints"), "complaints:list", ("complaint.read",)),
    (_("Inbox"), "contacts:list", ("contact.read",)),
    (pgettext_lazy("navigation", "Hotline"), "hotline:list", ("contact.triage",)),
    (pgettext_lazy("navigation", "Hotline"), "hotline:words", ("hotline.manage",)),
    (_("Late and unanswered"), "complaints:late", ("complaint.confirm",)),
    (_("Likely the same"), "pairs:list", ("match.read",)),
    (_("New complaint"), "complaints:new", ("complaint.create",)),
    (_("Victims"), "victims:list", ("victim.read",)),
    (_("Operations"), "operations:list", ("operation.read",)),
    (_("Suspects"), "suspects:list", ("suspect.read",)),
    (_("Case files"), "case_files:list", ("casefile.read",)),
    (_("Hearings"), "hearings:list", ("suspect.court",)),
    (_("Overrides"), "suspects:overrides", ("override.read",)),
    (_("Sites"), "sites:list", ("site.read",)),
    (_("Places"), "places:list", ("place.manage",)),
    (_("Merging"), "merges:list", ("merge.read", "site.manage")),
    (_("Referrals"), "referrals:list", ("referral.read",)),
    (
        _("Lists of names"),
        "name_lists:list",
        ("list.read", "referral.report"),
    ),  # a partner's; the ministry has an inbox
    (pgettext_lazy("navigation", "Partners"), "partners:list", ("partner.read",)),
    (pgettext_lazy("navigation", "Repatriation"), "repatriations:board", ("repatriation.read",)),
    (_("Deported without a review"), "deportations:overrides", ("override.read",)),
    (_("Reports"), "reports:overview", ("report.read",)),
    (_("Law"), "law:list", ("law.manage",)),
    (_("Clocks"), "clocks:list", ("clock.manage",)),
    (_("Urgency rules"), "rules:list", ("rule.manage",)),
    (pgettext_lazy("navigation", "Languages"), "languages:list", ("language.sign",)),
    (_("Deliveries"), "notifications:deliveries", ("delivery.read",)),
    (_("Duty roster"), "roster:list", ("roster.read",)),
    (pgettext_lazy("navigation", "Users"), "users:list", ("user.manage",)),
    (_("Who read an operation"), "operations:readers", ("audit.read",)),
    (_("Audit"), "audit:list", ("audit.read",)),
)
# An entry that stands for several rooms: on their pages they are named below the navigation, in a phone's menu under it.
PARTS: dict[str, tuple[tuple[Any, str, tuple[str, ...]], ...]] = {
    "reports:overview": (
        (_("Overview"), "reports:overview", ("report.read",)),
        (_("Situation"), "reports:situation", ("report.read",)),
        (_("Indicators"), "reports:indicators", ("report.read",)),
        (_("Publications"), "reports:publications", ("publication.read",)),
        (_("Tables to hand in"), "reports:hand_in", ("handin.read",)),
        (_("Tables for the public"), "reports:public_tables", ("handin.read",)),
        (pgettext_lazy("navigation", "Surveys"), "surveys:list", ("survey.read",)),
        (pgettext_lazy("navigation", "Activities"), "activities:list", ("activity.read",)),
        (_("Population"), "reports:population", ("population.manage",)),
        (_("Exports"), "exports:list", ("export.read",)),
    ),
}
# These are about days: the days of one are kept on the way to the next.
KEEPS = frozenset({"reports:overview", "reports:situation", "reports:indicators"})
# An entry that opens one page of a room and stands for all of it.
ROOMS = {"reports:overview": "/reports/"}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give `nav`, `nav_open` (the current entry that has parts), `scope_label` and `role_label`; routes not built yet are left out."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": [], "nav_open": None, "scope_label": "", "role_label": ""}
    nav = entries(user, request.path) if missing_setup(user) is None else []
    return {
        "nav": nav,
        "nav_open": next((item for item in nav if item["current"] and item["parts"]), None),
        "scope_label": user.scope_label,
        "role_label": user.table.label,
    }


def entries(user: Any, path: str) -> list[dict[str, Any]]:
    """List what the role may open; the longest address that the path starts with is the current one, and so is what it is a part of.

    An entry with parts opens the first of them that the role may open; one part alone stands for itself.
    """
    found = [entry for item in ITEMS if (entry := entry_of(*item, user)) is not None]
    rooms = [
        (ROOMS.get(leaf["route"], leaf["url"]), leaf, item) for item in found for leaf in (item["parts"] or [item])
    ]
    under = [room for room in rooms if path == room[1]["url"] or (room[0] != "/" and path.startswith(room[0]))]
    if under:
        _room, leaf, item = max(under, key=lambda one: len(one[0]))
        leaf["current"] = item["current"] = True
    return found


def entry_of(label: Any, route: str, needs: tuple[str, ...], user: Any) -> dict[str, Any] | None:
    """Return an entry as far as the role may open it or a part of it, else None."""
    parts = [part for one in PARTS.get(route, ()) if (part := leaf_of(*one, user)) is not None]
    if not parts:
        return leaf_of(label, route, needs, user)
    return {**parts[0], "label": label, "route": route, "parts": parts} if len(parts) > 1 else parts[0]


def leaf_of(label: Any, route: str, needs: tuple[str, ...], user: Any) -> dict[str, Any] | None:
    """Return one link of the navigation, None where the role may not follow it."""
    url = address(route)
    if not url or not all(user.may(permission) for permission in needs):
        return None
    return {"label": label, "url": url, "route": route, "current": False, "keeps": route in KEEPS, "parts": []}


def address(route: str) -> str:
    """Give the address of a route, empty where its room is not built."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
