"""What to say on the hotline and who interprets, for the administrator."""

from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from complaints.forms.hotline_words import InterpreterForm, NewScriptForm, ScriptForm
from complaints.models import CallKind, CallScript, Interpreter
from complaints.services.hotline_words import keep_interpreter, keep_script
from core.display import told
from core.views import Page


class HotlineWords(Page):
    """All of it on one page: the words by kind of call, the interpreters by language."""

    permission = "hotline.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        order = list(CallKind)
        scripts = sorted(
            CallScript.objects.all(), key=lambda row: (order.index(CallKind(row.kind)), row.language != "km")
        )
        return self.render("hotline/words.html", {"scripts": scripts, "interpreters": Interpreter.objects.all()})


class RowPage(Page):
    """One row as a form."""

    permission = "hotline.manage"

    def show(self, form: Any, title: str, *, status: int = 200) -> HttpResponse:
        """Render the form."""
        return self.render("hotline/row.html", {"form": form, "title": title}, status=status)

    def keep(self, form: Any, title: str, row: Any, service: Any) -> HttpResponse:
        """Write the row the form says; an error keeps what was typed."""
        if form.is_valid():
            try:
                service(copy(row), by=self.request.user, said=form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, ValidationError(error.messages))
            else:
                messages.info(self.request, _("Saved. Whoever takes the next call sees it."))
                return redirect("hotline:words")
        return self.show(form, title, status=400)


class NewScript(RowPage):
    """Words for a kind of call in a language that has none."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(NewScriptForm(), _("Add words"))

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.keep(NewScriptForm(request.POST), _("Add words"), CallScript(), keep_script)


class ChangeScript(RowPage):
    """The words of one kind of call in one language."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        row = self.fetch(code)
        return self.show(ScriptForm(instance=row), self.title(row))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        row = self.fetch(code)
        return self.keep(ScriptForm(request.POST, instance=copy(row)), self.title(row), row, keep_script)

    def fetch(self, code: str) -> CallScript:
        """Return the words of a code like new_report-km."""
        kind, _dash, language = code.rpartition("-")
        return get_object_or_404(CallScript, kind=kind[:12], language=language[:2])

    def title(self, row: CallScript) -> str:
        """Return the heading."""
        return told(row.get_kind_display(), row.get_language_display())


class NewInterpreter(RowPage):
    """Somebody who interprets by telephone."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(InterpreterForm(), _("Add an interpreter"))

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.keep(InterpreterForm(request.POST), _("Add an interpreter"), Interpreter(), keep_interpreter)


class ChangeInterpreter(RowPage):
    """One interpreter."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row = get_object_or_404(Interpreter, pk=pk)
        return self.show(InterpreterForm(instance=row), row.name)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row = get_object_or_404(Interpreter, pk=pk)
        return self.keep(InterpreterForm(request.POST, instance=copy(row)), row.name, row, keep_interpreter)
