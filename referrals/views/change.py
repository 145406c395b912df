"""Correct and complete what was shared, while the referral runs; whoever was faster is shown beside."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core import display
from core.exceptions import Conflict
from referrals.forms import ChangeForm
from referrals.models import Referral
from referrals.services.change import change, may_change
from referrals.views.record import ReferralPage, frame
from workflow.models import Edit


class ChangeReferral(ReferralPage):
    """What the receiver reads, as a form under a version."""

    permission = "referral.send"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        referral = self.fetch(reference)
        if not referral.is_running:
            return redirect("referrals:detail", referral.reference)
        if not may_change(referral, request.user):
            raise PermissionDenied(_("Only the sender's side changes what was shared."))
        return self.form(referral, ChangeForm(referral))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        referral = self.fetch(reference)
        form = ChangeForm(referral, request.POST)
        if not form.is_valid():
            return self.form(referral, form, 400)
        try:
            version = form.cleaned_data["version"] or 0
            done, told = change(referral, by=request.user, version=version, changes=form.changes())
        except ValidationError as error:
            form.take(error.message_dict)
            return self.form(referral, form, 400)
        except Conflict as error:
            return self.conflict(self.fetch(reference), form, error)
        if told or done.version == version:
            messages.info(request, _("Saved: %(reference)s.") % {"reference": done.reference})
        else:
            words = _("Saved: %(reference)s. Nobody there is told by the application: ring them.")
            messages.info(request, words % {"reference": done.reference})
        return redirect("referrals:detail", done.reference)

    def conflict(self, now: Referral, form: ChangeForm, error: Conflict) -> HttpResponse:
        """Show theirs beside mine; saving again then saves mine."""
        rows = [
            {"label": form.fields[name].label, "theirs": said(getattr(now, name)), "mine": said(form.changes()[name])}
            for name in error.theirs
        ]
        mine = form.data.copy()
        mine["version"] = str(now.version)
        last = Edit.objects.of(now).select_related("by").first()
        more: dict[str, Any] = {"differences": rows if last else [], "last": last, "why": error.message}
        return self.form(now, ChangeForm(now, mine), 409, **more)

    def form(self, referral: Referral, form: ChangeForm, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form; it shows what was shared, which is a look."""
        self.audit("read", referral, detail={"part": "change"})
        data = {**frame(referral, self.request.user), "form": form, **more}
        return self.render("referrals/change.html", data, status=status)


def said(value: Any) -> str:
    """Say a value of the form."""
    return display.moment(value) if isinstance(value, datetime) else str(value or "—")
