"""Case files: list, page, open, change, join."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import TextInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.lists import ScopedList
from core.exceptions import Conflict, Unprocessable
from core.views import Page
from suspects.filters import CaseFileFilter
from suspects.forms import CaseFileForm, JoinForm
from suspects.kept_list import CASE_FILES
from suspects.models import CaseFile
from suspects.presenters.casefiles import held_part, named_part, parts_of, story_of
from suspects.services import change_file, join, open_file, opened, part
from workflow.models import Edit, Transition
from workflow.services import submit_once


class CaseFileList(ScopedList):
    """Case files of a branch, filtered; constant queries."""

    permission = "casefile.read"
    model = CaseFile
    filterset = CaseFileFilter
    template = "suspects/file_list.html"
    export = "case_files"
    views_of = CASE_FILES

    def rows(self, found: list[CaseFile], user: Any) -> list[CaseFile]:
        """Show the files as they are."""
        return found


class CaseFilePage(Page):
    """A page about case files."""

    def seen(self) -> Any:
        """Return the files the reader may know of."""
        return CaseFile.objects.visible_to(self.request.user)  # type: ignore[arg-type]

    def fetch(self, reference: str) -> CaseFile:
        """Return the file through the scope, or 404."""
        seen = self.seen().select_related("court", "province", "opened_by")
        return get_object_or_404(seen, reference=reference.upper())

    def saved(self, file: CaseFile, words: str, **more: str) -> HttpResponse:
        """Say what was done; a file that is another province's now, or more closed, is left for the list."""
        messages.info(self.request, words % {"reference": file.reference, **more})
        if self.seen().filter(pk=file.pk).exists():
            return redirect("case_files:detail", file.reference)
        messages.info(self.request, _("You do not see the file any more: its court or its handling is not yours."))
        return redirect("case_files:list")


class NewCaseFile(CaseFilePage):
    """Open a case file, once for the key the form carries; from the page of a suspect it joins them at once."""

    permission = "casefile.write"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(CaseFileForm(initial={"holds": request.GET.get("holds", "")[:20]}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CaseFileForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=400)
        try:
            file = self.once(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(form, status=400)
        except Unprocessable as error:
            return self.show(form, status=422, why=error.message)
        return self.saved(file, _("Case file opened: %(reference)s."))

    def once(self, form: CaseFileForm) -> CaseFile:
        """Open it once."""
        said, user = form.said(), self.request.user
        holds = form.cleaned_data["holds"]
        file, _made = submit_once(
            form.cleaned_data["idempotency_key"] or uuid4().hex,
            by=user,
            route="case_files:open",
            body={**{name: str(value) for name, value in said.items()}, "holds": holds},
            make=lambda: open_file(by=user, holds=held_part(holds, user, "holds"), **said),
            find=lambda reference: opened(reference, user),
        )
        return file

    def show(self, form: CaseFileForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form; what it joins is asked for where it is not open to the reader."""
        if "holds" in form.errors:
            form.fields["holds"].widget = TextInput()
        return self.render("suspects/file_form.html", {"form": form, **more}, status=status)


class CaseFileDetail(CaseFilePage):
    """What a file holds, of what the reader may see; POST joins by reference or takes out."""

    permission = "casefile.read"
    permissions = {"post": "casefile.write"}

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.show(self.fetch(reference), JoinForm())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        file, form = self.fetch(reference), JoinForm(request.POST)
        what = named_part(form.cleaned_data["reference"], request.user) if form.is_valid() else None
        if what is None:
            form.add_error("reference", _("Nothing of this reference is open to you."))
            return self.show(file, form, status=400)
        if request.POST.get("act") == "part":
            part(file, what, by=request.user)
            words = _("Taken out of %(reference)s: %(what)s.")
        else:
            join(file, what, by=request.user)
            words = _("Joined to %(reference)s: %(what)s.")
        return self.saved(file, words, what=what.reference)

    def show(self, file: CaseFile, form: JoinForm, *, status: int = 200) -> HttpResponse:
        """Render the file with its parts and its story."""
        self.audit("read", file)
        user: Any = self.request.user
        data = {
            "file": file,
            "form": form,
            "articles": list(file.articles.all()),
            "parts": parts_of(file, user),
            "timeline": story_of(file, user),
            "may_write": user.may("casefile.write"),
        }
        return self.render("suspects/file.html", data, status=status)


class ChangeCaseFile(CaseFilePage):
    """The facts of a file as a form, under a version."""

    permission = "casefile.write"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        file = self.fetch(reference)
        return self.show(file, CaseFileForm(file=file, by=request.user))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        file = self.fetch(reference)
        form = CaseFileForm(request.POST, file=file, by=request.user)
        if not form.is_valid():
            return self.show(file, form, status=400)
        try:
            change_file(file, by=request.user, version=form.cleaned_data["version"] or 0, **form.said())
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(file, form, status=400)
        except Conflict as error:
            return self.conflict(self.fetch(reference), form, error)
        return self.saved(file, _("Case file saved: %(reference)s."))

    def conflict(self, now: CaseFile, form: CaseFileForm, error: Conflict) -> HttpResponse:
        """Show theirs beside mine; saving again then saves mine."""
        theirs = CaseFileForm(file=now, by=self.request.user)
        rows = [
            {"label": form.fields[name].label, "theirs": theirs.shown(name), "mine": form.shown(name)}
            for name in error.theirs
            if name in form.fields
        ]
        mine = form.data.copy()
        mine["version"] = str(now.version)
        last: Any = Edit.objects.of(now).select_related("by").first() or Transition.objects.of(now).first()
        found = {"differences": rows, "last": last, "why": error.message}
        return self.show(now, CaseFileForm(mine, file=now, by=self.request.user), status=409, **found)

    def show(self, file: CaseFile, form: CaseFileForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form."""
        self.audit("read", file)
        return self.render("suspects/file_form.html", {"form": form, "file": file, **more}, status=status)
