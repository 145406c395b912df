"""The work page: what waits for whoever signs in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.services import drafts
from complaints.presenters.hotline import calls_of
from complaints.presenters.waiting import waiting_rows
from complaints.waiting import besides_complaints
from core.templatetags.sangkroh import safe_url
from core.views import Page
from notifications.models import BELL_CAP, Notification
from reports import headings
from reports.boards import counts_of, held_of, inbox_of, unscreened_of
from reports.custody import count_of, custody_of
from reports.referred import own_beds, referred_of, sent_to
from reports.work import MOST, work_of

LATEST = 6
COUNTS = 4


class WorkPage(Page):
    """My work; 200 for every role. Custody that ends stands before all else, then what is new."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        now = timezone.now()
        reads = user.may("complaint.read")
        groups = work_of(user, now) if reads else []
        others = waiting_rows(besides_complaints(user, MOST))
        custody, held, unscreened = custody_of(user, now), held_of(user), unscreened_of(user, now)
        newest = Notification.objects.delivered_to(user).order_by("-created_at", "-id")[:LATEST]
        if reads:
            self.looked(groups, custody, held, unscreened)
        data = {
            "custody": custody,
            "held": held,
            "unscreened": unscreened,
            "groups": [self.heading(group, user) for group in groups],
            "others": others,
            "others_after": "decide" if user.may("complaint.confirm") else "unnamed",
            "counts": self.counts(groups, custody, held, unscreened, len(others)),
            "nothing_due": headings.nothing_due(groups),
            "waiting": headings.waiting(groups),
            "notices": newest.only_visible(user) if reads else [],
            "troubled": self.troubled(user),
            "referred": referred_of(user, now),
            "sent_to": sent_to(user),
            "own_beds": own_beds(user),
            "drafts": drafts.list_for(user)[:MOST] if user.may("draft.use") else [],
            "calls": calls_of(user),
            "may_create": user.may("complaint.create"),
        }
        return self.render("reports/work.html", data)

    def counts(self, groups: list[Any], custody: Any, held: Any, unscreened: Any, others: int) -> list[dict[str, Any]]:
        """Return the four counts at the top: custody, the boards, the groups, then the inbox."""
        user: Any = self.request.user
        boards, now = [*count_of(custody), *counts_of(held, unscreened)], timezone.now()
        return [*boards, *headings.counts(groups, user, now, others), *inbox_of(user, now)][:COUNTS]

    def looked(self, groups: list[Any], *boards: dict[str, Any] | None) -> None:
        """Record how many rows were seen, those of the boards apart."""
        seen = dict(
            zip(("held", "victims_held", "unscreened"), (len(b["rows"]) if b else 0 for b in boards), strict=True)
        )
        self.audit("list", None, detail={"page": "work", "rows": sum(len(group.rows) for group in groups), **seen})

    def heading(self, group: Any, user: Any) -> dict[str, Any]:
        """Return a group with its heading."""
        found = {"name": group.name, "rows": group.rows, "cut": group.cut, "count": headings.many(group)}
        return {**found, "title": headings.title_of(group, user), "url": headings.more_url(group)}

    def troubled(self, user: Any) -> dict[str, Any] | None:
        """Return how many notices failed or are uncertain, for who looks after deliveries."""
        url = safe_url("notifications:deliveries")
        if not url or not user.may("delivery.read"):
            return None
        n = len(Notification.objects.troubled().order_by("-created_at", "-id")[:BELL_CAP].only_visible(user))
        return {"n": n, "url": url} if n else None
