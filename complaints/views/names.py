"""A list of names: paste or upload, see who each may be and where it goes, enter all with one press; and the paper for its sender."""

import hashlib
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from complaints.forms import places
from complaints.forms.fields import Choice, Words
from complaints.models import Contact, ContactStatus, NameList
from complaints.presenters.name_lists import MEANINGS
from complaints.presenters.names import name_previews, place_previews, rows_of_list, senders
from complaints.services.message_pages import mark_waiting_shown
from complaints.services.names import change_sender, enter_names
from complaints.sheet import WITH_PLACE, read_list
from complaints.views.contact import ContactPage, frame_of
from core.display import day, number
from core.exceptions import Conflict, Unprocessable
from core.sheets import sent_text


class NamesForm(forms.Form):
    """The list as text, or as a file that is turned into the text; and who sent it."""

    sheet = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX, or CSV in UTF-8"),
        required=False,
        allow_empty_file=True,
    )
    text = Words(
        label=gettext_lazy("Or paste the list"),
        help_text=gettext_lazy(
            "One person a line: name, sex, age, nationality, place, passport. A first line may name the columns."
        ),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )
    partner = Choice(
        label=gettext_lazy("Who sent it?"),
        help_text=gettext_lazy(
            "Only an embassy of the directory is told who is safe, and only of its nationals who agreed to that."
        ),
    )
    idempotency_key = Words(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["partner"].widget.choices = senders(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read the file into the text, then the text into rows."""
        values = super().clean() or self.cleaned_data
        try:
            values["text"] = sent_text(values.get("text", ""), values.get("sheet"))
        except ValidationError as error:
            self.add_error("sheet", error)
            return values
        try:
            values["rows"] = read_list(values["text"], WITH_PLACE)
        except ValidationError as error:
            self.add_error("text", error)
        return values


class EnterNames(ContactPage):
    """GET asks for the list; the first POST shows who each may be and where it goes, the second enters all."""

    permission = "contact.triage"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        row = self.fetch(reference)
        if row.status != ContactStatus.WAITING:
            return redirect("contacts:detail", row.reference)
        mark_waiting_shown(row, request.user)
        return self.show(row, NamesForm(user=request.user, initial={"text": row.narrative}))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        row, form = self.fetch(reference), NamesForm(request.POST, request.FILES, user=request.user)
        if not form.is_valid():
            return self.show(row, form, status=400)
        rows = name_previews(form.cleaned_data["rows"], request.POST, request.user)
        self.audit("search", NameList, detail={"page": "names", "rows": len(rows)})
        if "save" not in request.POST:
            return self.show(row, form, rows)
        if request.POST.get("read") != digest_of(form.cleaned_data["text"]):
            why = _("The list was changed after it was read. Look at it again, then enter it.")
            return self.show(row, form, rows, status=409, why=why)
        try:
            made = self.once(row, form, rows)
        except ValidationError as error:
            return self.show(row, form, rows, status=400, why=" ".join(dict.fromkeys(error.messages)))
        except (Conflict, Unprocessable) as error:
            return self.show(row, form, rows, status=409, why=error.message)
        n = made.names.count()
        messages.info(request, ngettext("%(n)s name entered.", "%(n)s names entered.", n) % {"n": number(n)})
        return redirect("contacts:detail", row.reference)

    def once(self, row: Contact, form: NamesForm, rows: list[Any]) -> NameList:
        """Enter the list, once for the key the form carries."""
        values = form.cleaned_data
        return enter_names(
            row,
            [one.named() for one in rows],
            {one.place: one.to for one in place_previews(rows, self.request.POST)},
            partner=values["partner"],
            by=self.request.user,
            key=values["idempotency_key"],
        )

    def show(
        self, row: Contact, form: NamesForm, rows: list[Any] | None = None, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        """Render the list with what would be done; `rows` None: it was not read yet."""
        found = {} if rows is None else {"places": place_previews(rows, self.request.POST)}
        data = {
            **frame_of(row, self.request.user),
            **found,
            "form": form,
            "rows": rows,
            "text": (text := form.cleaned_data.get("text", "") if form.is_bound else ""),
            "read": digest_of(text),
            "wrong": sum(bool(one.row.errors) for one in rows or ()),
            "provinces": places.province_options("", places.provinces()),
            **more,
        }
        answer = self.render("contacts/names.html", data, status=status)
        add_never_cache_headers(answer)
        return answer


def digest_of(text: str) -> str:
    """Return the digest of a list as it was read; a browser may end its lines otherwise."""
    return hashlib.sha256("\n".join(text.splitlines()).encode()).hexdigest()


class ChangeSender(ContactPage):
    """Say anew who sent a list, or nobody of the directory; from then on the one before reads nothing of it."""

    permission = "contact.triage"

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        row = self.fetch(reference)
        made = get_object_or_404(NameList.objects.visible_to(request.user), contact=row)  # type: ignore[arg-type]
        try:
            change_sender(made, request.POST.get("partner", ""), by=request.user)
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
        else:
            messages.info(request, _("Saved."))
        return redirect("contacts:detail", row.reference)


class NamesPaper(ContactPage):
    """The paper for the sender: each name with one of four words, and nothing else."""

    permission = "contact.triage"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        row = self.fetch(reference)
        made = get_object_or_404(NameList.objects.visible_to(request.user).select_related("partner"), contact=row)  # type: ignore[arg-type]
        self.audit("print", made, detail={"page": "names"})
        data = {
            **frame_of(row, request.user),
            "list": made,
            "rows": rows_of_list(made, request.user),
            "meanings": MEANINGS,
            "now_words": day(timezone.localdate()),
        }
        return self.render("contacts/names_paper.html", data)
