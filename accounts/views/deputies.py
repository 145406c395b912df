"""Who stands in while one is away: named by oneself, for days."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import services
from accounts.forms import DeputyForm
from accounts.models import Deputy
from core.views import Page


class Deputies(Page):
    """Whom one named, and for whom one stands in."""

    permission = "approval.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(DeputyForm(people=services.candidates(request.user)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Name a deputy."""
        form = DeputyForm(request.POST, people=services.candidates(request.user))
        if form.is_valid():
            try:
                services.name_deputy(by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.take(error)
            else:
                messages.info(request, _("Named. What waits for you is shown to your deputy too."))
                return redirect("account:deputies")
        return self.show(form, status=400)

    def show(self, form: DeputyForm, *, status: int = 200) -> HttpResponse:
        """Render what runs and what comes."""
        user: Any = self.request.user
        coming = Deputy.objects.visible_to(user).filter(until_on__gte=timezone.localdate())
        rows = list(coming.select_related("user", "deputy").order_by("from_on", "id"))
        data = {
            "form": form,
            "named": [row for row in rows if row.user_id == user.pk],
            "stands_in": [row for row in rows if row.deputy_id == user.pk],
        }
        return self.render("account/deputies.html", data, status=status)


class EndDeputy(Page):
    permission = "approval.read"

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """End one's own."""
        row = get_object_or_404(Deputy.objects.filter(user_id=request.user.pk), pk=pk)
        services.end_deputy(row, by=request.user)
        messages.info(request, _("Ended."))
        return redirect("account:deputies")
