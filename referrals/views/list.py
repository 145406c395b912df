"""The list of referrals: sent by us, sent to us; a partner's own."""

import re
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.lists import ScopedList
from accounts.roles import Branch
from referrals.filters import filter_for
from referrals.kept_list import KEPT
from referrals.models import Referral
from referrals.presenters import row_of, visible_complaints
from referrals.services.sender import may_refer
from referrals.whom import whom_of

REFERENCE = re.compile(r"[A-Z0-9-]{1,20}")


class ReferralList(ScopedList):
    """Who was referred where, and what waits for an answer; 8 queries however many rows."""

    permission = "referral.read"
    model = Referral
    template = "referrals/list.html"
    export = "referrals"
    views_of = KEPT
    folded = ("kind", "to_kind", "province", "sent_from", "sent_to_day", "complaint", "operation", "person")

    @property
    def filterset(self) -> Any:
        """Return the filter of this reader."""
        return filter_for(self.request.user)

    @property
    def shared(self) -> bool:
        """Return whether what was sent to us is shown; a partner has nothing else."""
        return super().shared or self.request.user.role == "partner"  # type: ignore[union-attr]

    def rows(self, found: list[Referral], user: Any) -> list[Any]:
        """Prepare the rows."""
        seen = visible_complaints(found, user)
        return [row_of(referral, user, seen) for referral in found]

    def besides(self, user: Any) -> dict[str, Any]:
        """Return where a new referral of the person, complaint or operation listed begins, for who sends."""
        asked = [self.request.GET.get(name, "").strip().upper() for name in ("person", "complaint", "operation")]
        about = next((value for value in asked if REFERENCE.fullmatch(value)), "")
        return {"about": reverse("referrals:new", args=[about]) if about and self.may_send(about, user) else ""}

    @staticmethod
    def may_send(about: str, user: Any) -> bool:
        """Return whether the reader may refer whom this is about: what the page it leads to asks."""
        if not user.may("referral.send"):
            return False
        try:
            return may_refer(whom_of(about, user, people=False).complaint, user)
        except Http404:
            return False

    def tabs(self, user: Any) -> list[dict[str, Any]]:
        """Return the two sides as tabs; none for a partner."""
        if user.role == "partner":
            return []
        own = {Branch.PROVINCES: _("From our province"), Branch.SEALED: _("Of sealed complaints")}
        label = own.get(user.table.branch, _("All provinces"))
        return [
            {"label": label, "url": "?", "current": not self.shared},
            {"label": _("Sent to us"), "url": "?shared=1", "current": self.shared},
        ]
