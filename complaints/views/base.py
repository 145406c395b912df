"""What every page of one complaint shares: fetched through the scope, named by its reference."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.models import Complaint
from complaints.presenters.next_step import buttons
from complaints.presenters.rows import headline_of, language_of
from core.templatetags.sangkroh import safe_url
from core.views import Page

RELATED = ("province", "province_of_incident", "province_of_report", "district", "commune", "site", "officer")


class RecordPage(Page):
    """A page of one complaint."""

    permission = "complaint.read"
    part = ""
    request: HttpRequest

    def fetch(self, reference: str) -> Complaint:
        """Return the complaint through the scope; out of it, it does not exist. Looking at it is recorded."""
        complaint: Complaint = get_object_or_404(self.seen(), reference=reference.upper())
        if self.request.method == "GET":
            self.looked(complaint)
        return complaint

    def seen(self) -> Any:
        """Return the complaints the reader may see, with what the bar shows."""
        user: Any = self.request.user
        return Complaint.objects.visible_to(user).select_related(*RELATED)

    def looked(self, complaint: Complaint) -> None:
        """Record a look at the complaint."""
        self.audit("read", complaint, detail={"part": self.part} if self.part else None)

    def frame(self, complaint: Complaint, part: str, n_suspects: int | None = None) -> dict[str, Any]:
        """Return what the bar above every page of the complaint shows; a form come back shows it too, which is a look."""
        if self.request.method == "POST":
            self.looked(complaint)
        return frame_of(complaint, self.request.user, part, n_suspects)


def frame_of(complaint: Complaint, user: Any, part: str, n_suspects: int | None = None) -> dict[str, Any]:
    """Return identity bar, sub-navigation and buttons of a complaint; `n_suspects` where they were counted already."""
    headline = headline_of(complaint, user)
    step, more = buttons(complaint, user)
    return {
        "complaint": complaint,
        "headline": headline,
        "headline_lang": language_of(headline),
        "next": step,
        "more": more,
        "parts": _parts(complaint, user, part, n_suspects),
        "reads_identity": user.may("identity.read"),
    }


def suspects_of(complaint: Complaint, user: Any) -> Any:
    """Return the suspects of a complaint, with their names; two queries."""
    return complaint.suspects.visible_to(user).for_list()  # type: ignore[attr-defined]


def _parts(complaint: Complaint, user: Any, current: str, n_suspects: int | None) -> list[dict[str, Any]]:
    if n_suspects is None and user.may("suspect.read"):
        n_suspects = suspects_of(complaint, user).count()
    n = complaint.n_people + complaint.n_found_unreported
    parts = [
        ("detail", _("Overview"), None),
        ("people", _("Victims"), n),
        *([("suspects", _("Suspects"), n_suspects)] if user.may("suspect.read") else []),
        *([("operations", _("Operations"), None)] if user.may("operation.read") else []),
        ("evidence", _("Evidence"), None),
        ("history", _("History"), None),
    ]
    shown = [
        {
            "label": label,
            "count": count,
            "current": name == current,
            "url": reverse(f"complaints:{name}", args=[complaint.reference]),
        }
        for name, label, count in parts
    ]
    if user.may("referral.read") and (url := safe_url("referrals:list")):
        to = {"label": _("Referrals"), "count": None, "current": False, "url": f"{url}?complaint={complaint.reference}"}
        shown.insert(-1, to)
    return shown
