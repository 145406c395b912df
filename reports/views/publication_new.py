"""Prepare a publication: choose, look at what one may see oneself, have the system count."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.exceptions import Unprocessable
from core.views import Page
from reports.indicators import Look
from reports.models import Publication
from reports.presets import presets
from reports.publication_forms import PublicationForm, filled
from reports.services import prepare
from reports.units import said


class PublicationNew(Page):
    """The form. It has no transaction of its own: what is published is read as at one moment, in one that has."""

    permission = "report.publish"
    atomic = False

    def get(self, request: HttpRequest) -> HttpResponse:
        earlier = self.superseded(request.GET.get("supersedes", ""))
        return self.show(PublicationForm(initial=filled(request.GET, earlier)))

    def superseded(self, reference: str) -> Publication | None:
        """Return the publication that is to be superseded; 404 where it cannot be."""
        if not reference:
            return None
        rows = Publication.objects.visible_to(self.request.user).standing().filter(hand_in="")
        return get_object_or_404(rows, reference=reference.upper())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PublicationForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=400)
        if request.POST.get("act") == "preview":
            return self.show(form, preview=self.preview(form))
        key = form.cleaned_data["idempotency_key"].strip()
        try:
            publication, made = prepare(form.asked(), by=request.user, key=key)
        except ValidationError as error:
            form.refuse(error.message_dict)
            return self.show(form, status=400)
        except Unprocessable as error:
            form.add_error(None, error.message)
            return self.show(form, status=422)
        words = _("Prepared: %(reference)s.") if made else _("Prepared: %(reference)s. It was done already.")
        messages.info(request, words % {"reference": publication.reference})
        return redirect("reports:publication", publication.reference)

    def preview(self, form: PublicationForm) -> list[dict[str, Any]]:
        """Return the chosen figures as the reader may see them: what is published is counted by the system."""
        asked = form.asked()
        self.audit("list", None, detail={"page": "publication_preview", "figures": len(asked.indicators)})
        found = []
        for indicator in asked.indicators:
            look = Look(self.request.user, asked.window, asked.province if indicator.needs_province else "")
            found.append({"label": indicator.label, "said": said(indicator, indicator.figure(look))})
        return found

    def show(self, form: PublicationForm, *, status: int = 200, preview: Any = None) -> HttpResponse:
        """Render the form with what was chosen."""
        links = presets(self.request.GET, None) if self.request.method == "GET" else []
        data = {"form": form, "presets": links, "preview": preview, "supersedes": form["supersedes"].value() or ""}
        return self.render("reports/publications/new.html", data, status=status)
