"""The bell's list, and what a supervisor does about a notice that may not have arrived."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.paging import Sort, page_of
from core.views import Page
from notifications import services
from notifications.kinds import targets
from notifications.models import Notification, NotificationQuerySet

SORTS = {"newest": Sort("created_at", True, gettext_lazy("Newest first"))}
LATELY = 20


class Mine(Page):
    """A page of the signed-in user's own notices; there are no others."""

    @property
    def mine(self) -> NotificationQuerySet:
        return Notification.objects.for_recipient(self.request.user)  # type: ignore[arg-type]


class NotificationList(Mine):
    """Unread notices, newest first, and under them the last ones read."""

    def get(self, request: HttpRequest) -> HttpResponse:
        read = request.GET.get("show") == "read"
        rows = self.mine.exclude(read_at=None) if read else self.mine.unread()
        lately = self.mine.exclude(read_at=None).order_by("-created_at", "-id")[:LATELY] if not read else []
        data = {"page": page_of(rows, request.GET, SORTS), "read": read, "unread_rows": not read, "lately": lately}
        return self.render("notifications/list.html", {**data, "views": self.views(read)})

    def views(self, read: bool) -> list[dict[str, Any]]:
        """Say the two tabs of the list."""
        here = reverse("notifications:list")
        return [
            {"label": _("Unread"), "url": here, "current": not read},
            {"label": _("Read"), "url": f"{here}?show=read", "current": read},
        ]


class OpenNotification(Mine):
    """Go to the record and mark the notice as read."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row = get_object_or_404(self.mine, pk=pk)
        services.mark_read(self.mine.filter(pk=pk))
        return redirect(targets()[row.object_type].route, row.reference)


class MarkRead(Mine):
    """Mark one notice as read without opening its record."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row = get_object_or_404(self.mine, pk=pk)
        services.mark_read(self.mine.filter(pk=row.pk))
        return redirect("notifications:list")


class MarkAllRead(Mine):
    """Mark everything in the bell as read."""

    def post(self, request: HttpRequest) -> HttpResponse:
        services.mark_read(self.mine)
        return redirect("notifications:list")


class Deliveries(Page):
    """A page about notices to others: of records that the reader sees, and never more than step and reference."""

    permission = "delivery.read"

    @property
    def seen(self) -> NotificationQuerySet:
        return Notification.objects.of_visible(self.request.user).select_related("recipient")  # type: ignore[arg-type]


class DeliveryList(Deliveries):
    """Notices that failed, or of which nobody knows whether they arrived."""

    def get(self, request: HttpRequest) -> HttpResponse:
        page = page_of(self.seen.troubled(), request.GET, SORTS)
        self.audit("list", Notification)
        return self.render("notifications/deliveries.html", {"page": page})


class DeliveryStep(Deliveries):
    """Send a notice again, or note that it arrived."""

    steps = {"send_again": services.send_again, "it_arrived": services.it_arrived}

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        step = self.steps.get(request.POST.get("step", ""))
        if step is None:
            raise ValidationError({"step": [_("Choose one of the steps on the page.")]})
        step(get_object_or_404(self.seen, pk=pk), by=request.user)  # type: ignore[arg-type]
        return redirect("notifications:deliveries")
