"""Have a set of tables frozen for signing: how far it is filled, for which year; another person signs it as a publication."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import Unprocessable
from core.forms import Rows
from core.typed import Words
from reports.handin.filling import Filling
from reports.handin.shown import tally
from reports.models import Finality, Publication
from reports.services import prepare, tables_asked
from reports.views.handin import HandInPages, year_word


class PrepareForm(forms.Form):
    """Whether the tables are final, and a note to who signs and who reads."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Finality.choices, widget=Rows(look="chips"))
    note = Words(label=gettext_lazy("Note"), widget=forms.Textarea({"rows": 3}))
    idempotency_key = Words(widget=forms.HiddenInput)

    def refuse(self, found: dict[str, Any]) -> None:
        """Put the service's messages at their fields."""
        for name, texts in found.items():
            self.add_error(name if name in self.fields else None, texts)


class HandInPrepare(HandInPages):
    """The form. It has no transaction of its own: what is frozen is read as at one moment, in one that has."""

    permission = "report.publish"
    atomic = False

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(self.filling(slug), PrepareForm(initial={"kind": Finality.PROVISIONAL}))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        filling, form = self.filling(slug), PrepareForm(request.POST)
        if not form.is_valid():
            return self.show(filling, form, status=400)
        said = form.cleaned_data
        asked = tables_asked(filling.made, filling.year, kind=said["kind"], note=said["note"])
        try:
            publication, made = prepare(asked, by=request.user, key=said["idempotency_key"].strip())
        except ValidationError as error:
            form.refuse(error.message_dict)
            return self.show(filling, form, status=400)
        except Unprocessable as error:
            form.add_error(None, error.message)
            return self.show(filling, form, status=422)
        words = _("Prepared: %(reference)s.") if made else _("Prepared: %(reference)s. It was done already.")
        messages.info(request, words % {"reference": publication.reference})
        return redirect("reports:publication", publication.reference)

    def show(self, filling: Filling, form: PrepareForm, *, status: int = 200) -> HttpResponse:
        """Render the form with what was typed, how far the tables are filled, and what they supersede."""
        self.audit(
            "list", None, detail={"page": "hand in", "set": filling.made.slug, "year": filling.year, "form": "sign"}
        )
        data = {
            "made": filling.made,
            "year": filling.year,
            "year_word": year_word(filling.made, filling.year),
            "tally": tally(filling.made, filling.year, self.request.user),
            "standing": Publication.objects.visible_to(self.request.user)
            .standing()
            .of_tables(filling.made.slug, filling.window.first)
            .first(),
            "form": form,
        }
        return self.render("reports/handin/prepare.html", data, status=status)
