"""The languages of the public pages, for the administrator: which a native speaker has read, and signing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.forms.fields import Typed, Words
from complaints.services.language_readings import languages, sign_language
from core.views import Page


class SignForm(Typed):
    """Who read it."""

    reader = Words(
        label=gettext_lazy("Which native speaker has read it?"),
        help_text=gettext_lazy("Name and office: Trần Thị Lan, embassy. It is kept with your name and today."),
    )


class Languages(Page):
    """All languages that staff do not read themselves."""

    permission = "language.sign"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        code, form = request.POST.get("language", ""), SignForm(request.POST)
        if not form.is_valid():
            return self.show(code, form, status=400)
        try:
            sign_language(code, reader=form.said("reader"), by=request.user)
        except ValidationError as error:
            form.add_error(None if "language" in error.message_dict else "reader", error.messages)
            return self.show(code, form, status=400)
        messages.info(request, _("Signed."))
        return redirect("languages:list")

    def show(self, code: str = "", form: SignForm | None = None, *, status: int = 200) -> HttpResponse:
        """Render the languages, each with its form."""
        rows: list[dict[str, Any]] = [
            {"language": one, "form": form if form and one.code == code else SignForm(auto_id=f"{one.code}_%s")}
            for one in languages()
        ]
        lost = form if form is not None and code not in {one["language"].code for one in rows} else None
        return self.render("complaints/languages.html", {"rows": rows, "lost": lost}, status=status)
