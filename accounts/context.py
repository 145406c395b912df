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
    (pgettext_lazy("navigation", "Surveys"), "surveys:list", ("survey.read",)),
    (pgettext_lazy("navigation", "Activities"), "activities:list", ("activity.read",)),
    (_("Population"), "reports:population", ("population.manage",)),
    (_("Exports"), "exports:list", ("export.read",)),
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
# An entry that opens one page of a room and stands for all of it.
ROOMS = {"reports:overview": "/reports/"}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give `nav`, `scope_label` and `role_label`; routes that are not built yet are left out."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": [], "scope_label": "", "role_label": ""}
    return {
        "nav": entries(user, request.path) if missing_setup(user) is None else [],
        "scope_label": user.scope_label,
        "role_label": user.table.label,
    }


def entries(user: Any, path: str) -> list[dict[str, Any]]:
    """List what the role may open; the longest address that the path starts with is the current one."""
    found = []
    for label, route, needs in ITEMS:
        url = address(route)
        if url and all(user.may(permission) for permission in needs):
            found.append({"label": label, "url": url, "route": route, "current": False})
    rooms = [(ROOMS.get(item["route"], item["url"]), item) for item in found]
    under = [(room, item) for room, item in rooms if path == item["url"] or (room != "/" and path.startswith(room))]
    if under:
        max(under, key=lambda found: len(found[0]))[1]["current"] = True
    return found


def address(route: str) -> str:
    """Give the address of a route, empty where its room is not built."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
