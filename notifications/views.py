"""The bell's list, and what a supervisor does about a notice that may not have arrived."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.display import number
from core.paging import MAX_PAGE_SIZE, Sort, page_of
from core.views import Page
from notifications import services
from notifications.filters import DeliveryFilter
from notifications.kinds import targets
from notifications.models import Channel, Notification, NotificationQuerySet, State

SORTS = {"newest": Sort("created_at", True, gettext_lazy("Newest first"))}
LATELY = 20
WEEK = timedelta(days=7)


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
    """Notices by state, channel and kind; unless told, those that failed or of which nobody knows whether they arrived."""

    def get(self, request: HttpRequest) -> HttpResponse:
        filters = DeliveryFilter(request.GET, self.seen, request=request)
        page = page_of(filters.found, request.GET, SORTS)
        counts = table_of(Notification.objects.of_visible(request.user).counted(timezone.now() - WEEK))  # type: ignore[arg-type]
        self.audit("list", Notification, detail={"filters": sorted(filters.filters.keys() & request.GET)})
        data = {"page": page, "filter": filters, "tags": filters.on(), "counts": counts, "states": State.labels}
        return self.render("notifications/deliveries.html", data)


class DeliveryStep(Deliveries):
    """Send a notice again, or note that it arrived."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        step = services.STEPS.get(request.POST.get("step", ""))
        if step is None:
            raise ValidationError({"step": [_("Choose one of the steps on the page.")]})
        step(get_object_or_404(self.seen, pk=pk), by=request.user)  # type: ignore[arg-type]
        return redirect("notifications:deliveries")


class DeliverySteps(Deliveries):
    """Take one step about all that are ticked."""

    def post(self, request: HttpRequest) -> HttpResponse:
        ticked = read_keys(request.POST.getlist("pk"))
        done, left = services.settle(self.seen.filter(pk__in=ticked), request.POST.get("step", ""), by=request.user)  # type: ignore[arg-type]
        if not ticked:
            messages.warning(request, _("Tick at least one notice."))
        else:
            messages.success(request, said_of(done, left))
        return redirect("notifications:deliveries")


def read_keys(words: list[str]) -> list[UUID]:
    """Read what was ticked; raises ValidationError for what no page of ours sends."""
    try:
        return [UUID(word) for word in words[:MAX_PAGE_SIZE]]
    except ValueError:
        raise ValidationError({"pk": [_("Choose from the list.")]}) from None


def said_of(done: int, left: int) -> str:
    """Say what became of a step about many."""
    words = ngettext("Done for %(n)s notice.", "Done for %(n)s notices.", done) % {"n": number(done)}
    rest = _("Somebody has dealt with the others already.")
    return f"{words} {rest}" if left else words


def table_of(counts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Arrange counts as a table: a line for each channel, a cell for each state that leads to its notices."""
    found = {(row["channel"], row["state"]): row["n"] for row in counts}
    here = reverse("notifications:deliveries")
    return [
        {
            "label": channel.label,
            "cells": [
                {
                    "n": found.get((channel, state), 0),
                    "url": f"{here}?state={state}&channel={channel}",
                    "label": state.label,
                }
                for state in State
            ],
        }
        for channel in Channel
    ]
