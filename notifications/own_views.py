"""The page where somebody settles how notices reach them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from core.sealed import open_sealed
from core.views import Page
from notifications import gateway, own, push
from notifications.forms import AddressForm, ChoiceForm, CodeForm
from notifications.models import Channel, Device, Proof, Reach
from notifications.models.reach import FIELDS
from notifications.reaching import OUTSIDE, can_reach


class OwnPage(Page):
    """What the page shows, and its forms."""

    def show(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        """Render the page with bound forms in place of fresh ones."""
        user: Any = self.request.user
        reach = own.reach_of(user)
        data = {
            "ways": [self.way(reach, channel, forms) for channel in FIELDS],
            "devices": Device.objects.filter(user=user).order_by("-made_at"),
            "push_key": push.public_key(),
            "email": user.email,
            "choice": forms.get("choice") or self.choice(reach),
        }
        shown = [forms[name] for name in forms if name != "choice"]
        return self.render("notifications/own.html", {**data, "bound": shown}, status=status)

    def choice(self, reach: Reach, *args: Any) -> ChoiceForm:
        """Make the form of what comes where, with the channels that lead to this user."""
        user: Any = self.request.user
        return ChoiceForm(reach, [one for one in OUTSIDE if can_reach(user, reach, one)], *args)

    def way(self, reach: Reach, channel: Channel, forms: dict[str, Any]) -> dict[str, Any]:
        """Say how one channel of the two that need a code stands."""
        proof = Proof.objects.filter(user=self.request.user, channel=channel).first()  # type: ignore[misc]
        proved = reach.proved_at(channel)
        return {
            "channel": channel,
            "set_up": gateway.is_set_up(channel),
            "proved": proved,
            "ends_with": open_sealed(reach, FIELDS[channel])[-3:] if proved else "",
            "waits": proof is not None and proof.waits(timezone.now()),
            "address": forms.get(f"address_{channel}") or AddressForm(channel),
            "code": forms.get(f"code_{channel}") or CodeForm(channel),
        }

    def back(self) -> HttpResponse:
        """Go back to the page."""
        return redirect(reverse("notifications:own"))


class Own(OwnPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """Show how notices reach the reader."""
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store what comes where, and the quiet hours."""
        user: Any = request.user
        form = self.choice(own.reach_of(user), request.POST)
        if form.is_valid():
            hours = {name: form.cleaned_data.get(name) for name in ("quiet_from", "quiet_until")}
            try:
                own.choose(user, muted=form.muted, **hours)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Saved."))
                return self.back()
        return self.show(status=400, choice=form)


class OfferAddress(OwnPage):
    atomic = False  # what was asked for counts, whatever is answered

    def post(self, request: HttpRequest, channel: str) -> HttpResponse:
        """Send a code to a telephone or chat."""
        if channel not in FIELDS:
            raise Http404
        form, status = AddressForm(channel, request.POST), 400
        if form.is_valid():
            try:
                own.offer_address(request.user, channel, form.cleaned_data["value"])  # type: ignore[arg-type]
            except ValidationError as error:
                form.add_error(None, error)
            except Conflict as error:
                form.add_error("value", error.message)
                status = 409
            else:
                messages.success(request, _("A code is on its way. Type it here within 10 minutes."))
                return self.back()
        return self.show(status=status, **{f"address_{channel}": form})


class ConfirmAddress(OwnPage):
    def post(self, request: HttpRequest, channel: str) -> HttpResponse:
        """Take the code; a wrong one counts, so the answer is no error that would undo it."""
        if channel not in FIELDS:
            raise Http404
        form = CodeForm(channel, request.POST)
        if not form.is_valid():
            return self.show(status=400, **{f"code_{channel}": form})
        try:
            taken = own.confirm_address(request.user, channel, form.cleaned_data["code"])  # type: ignore[arg-type]
        except Conflict as error:
            form.add_error("code", error.message)
            return self.show(status=409, **{f"code_{channel}": form})
        if taken:
            messages.success(request, _("It is yours: notices come there from now on."))
        else:
            messages.error(request, _("This is not the code. Look again; after five tries ask for a new one."))
        return self.back()


class RemoveAddress(OwnPage):
    def post(self, request: HttpRequest, channel: str) -> HttpResponse:
        """Forget a telephone or chat."""
        if channel not in FIELDS:
            raise Http404
        own.remove_address(request.user, channel)  # type: ignore[arg-type]
        return self.back()


class AddDevice(OwnPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        """Let this browser take notices."""
        said = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")}
        own.add_device(request.user, **said)  # type: ignore[arg-type]
        messages.success(request, _("This browser takes notices from now on."))
        return self.back()


class RemoveDevice(OwnPage):
    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Forget a browser."""
        if not own.remove_device(request.user, pk):  # type: ignore[arg-type]
            raise Http404
        return self.back()
