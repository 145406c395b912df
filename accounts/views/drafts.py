"""Saving a form while it is typed, going on with it, throwing it away."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Draft
from accounts.services import drafts
from core.display import hour
from core.exceptions import Conflict
from core.views import Page

# Where each kind of form is continued; the route belongs to a room above this one.
ROUTES = {Draft.Kind.COMPLAINT: "complaints:new"}
NOT_TYPED = {"csrfmiddlewaretoken", "draft_kind"}


def address(draft: Draft) -> str:
    """Return where a draft is continued."""
    return f"{reverse(ROUTES[Draft.Kind(draft.kind)])}?draft={draft.key}"


def typed(request: HttpRequest) -> drafts.Pairs:
    """Return what a form sent, field by field, in its order."""
    pairs = ((name, value) for name, values in request.POST.lists() for value in values)
    return [(name, value) for name, value in pairs if name not in NOT_TYPED and isinstance(value, str)]


class DraftPage(Page):
    """One draft. Opening its address leads to the form; posting a form to it keeps what was typed (JSON)."""

    permission = "draft.use"

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        draft, _typed = drafts.open_draft(key, by=request.user)
        return HttpResponseRedirect(address(draft))

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        kind = request.POST.get("draft_kind", "")
        if kind not in Draft.Kind.values:
            raise ValidationError(_("This form cannot be kept as a draft."))
        try:
            draft = drafts.save_draft(key, typed(request), kind=kind, by=request.user)
        except Conflict as conflict:
            return JsonResponse({"detail": conflict.message}, status=409)
        return JsonResponse({"saved_at": draft.updated_at.isoformat(), "time": hour(draft.updated_at)})


class ThrowAway(Page):
    """Ask before a draft is gone, then delete it."""

    permission = "draft.use"

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        draft, _typed = drafts.open_draft(key, by=request.user)
        return self.render("accounts/throw_away.html", {"draft": draft, "continue_url": address(draft)})

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        drafts.throw_away(key, by=request.user)
        messages.info(request, _("The draft is deleted."))
        return HttpResponseRedirect(reverse("work"))
