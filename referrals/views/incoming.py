"""A partner refers people to the ministry."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.exceptions import Unprocessable
from core.views import Page
from referrals.forms import ReportForm
from referrals.services import report


class Report(Page):
    """What happened, to whom, where; how far it is stands on the page of the referral."""

    permission = "referral.report"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(ReportForm(initial={"idempotency_key": uuid4().hex}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ReportForm(request.POST)
        if not form.is_valid():
            return self.show(form, 400)
        said: dict[str, Any] = {name: form.cleaned_data[name] for name in ("narrative", "contact", "number")}
        try:
            referral = report(by=request.user, key=form.cleaned_data["idempotency_key"] or uuid4().hex, **said)
        except ValidationError as error:
            for name, texts in error.message_dict.items():
                form.add_error(name if name in said else None, texts)
            return self.show(form, 400)
        except Unprocessable as error:
            form.add_error(None, error.message)
            return self.show(form, 422)
        messages.info(request, _("Sent to the ministry: %(reference)s.") % {"reference": referral.reference})
        return redirect("referrals:detail", referral.reference)

    def show(self, form: ReportForm, status: int = 200) -> HttpResponse:
        """Render the form with what was typed."""
        return self.render("referrals/report.html", {"form": form}, status=status)
