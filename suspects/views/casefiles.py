"""Case files: list, page, open, change, join."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.exceptions import Conflict, Unprocessable
from core.paging import capped_count, page_of
from core.views import Page
from suspects.forms import CaseFileForm, JoinForm
from suspects.models import CaseFile
from suspects.presenters.casefiles import kinds, parts_of
from suspects.services import change_file, join, open_file, part
from workflow.models import Edit, Transition
from workflow.services import submit_once


class CaseFileList(Page):
    """Case files of the reader's branch, newest first; constant queries."""

    permission = "casefile.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = CaseFile.objects.of_own_provinces(request.user).select_related("court")  # type: ignore[arg-type]
        page = page_of(rows.prefetch_related("articles"), request.GET, CaseFile.SORTS)
        self.audit("list", CaseFile, detail={"rows": len(page.rows)})
        data = {"page": page, "rows": page.rows, "count": capped_count(rows), "may_write": may_write(request)}
        return self.render("suspects/file_list.html", data)


class NewCaseFile(Page):
    """Open a case file, once for the key the form carries."""

    permission = "casefile.write"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(CaseFileForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CaseFileForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=400)
        said = form.said()
        try:
            file, _made = submit_once(
                form.cleaned_data["idempotency_key"] or uuid4().hex,
                by=request.user,
                route="case_files:open",
                body={name: str(value) for name, value in said.items()},
                make=lambda: open_file(by=request.user, **said),
                find=lambda made: CaseFile.objects.visible_to(request.user).filter(reference=made).first(),  # type: ignore[arg-type]
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(form, status=400)
        except Unprocessable as error:
            return self.show(form, status=422, why=error.message)
        messages.info(request, _("Case file opened: %(reference)s.") % {"reference": file.reference})
        return redirect("case_files:detail", file.reference)

    def show(self, form: CaseFileForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form."""
        return self.render("suspects/file_form.html", {"form": form, **more}, status=status)


class CaseFilePage(Page):
    """A page of one case file."""

    def fetch(self, reference: str) -> CaseFile:
        """Return the file through the scope, or 404."""
        seen = CaseFile.objects.visible_to(self.request.user).select_related("court", "province")  # type: ignore[arg-type]
        return get_object_or_404(seen, reference=reference.upper())


class CaseFileDetail(CaseFilePage):
    """What a file holds, of what the reader may see; POST joins by reference or takes out."""

    permission = "casefile.read"
    permissions = {"post": "casefile.write"}

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.show(self.fetch(reference), JoinForm())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        file, form = self.fetch(reference), JoinForm(request.POST)
        if not form.is_valid():
            return self.show(file, form, status=400)
        said = form.cleaned_data["reference"].upper()
        what = self.named(said)
        if what is None:
            form.add_error("reference", _("Nothing of this reference is open to you."))
            return self.show(file, form, status=400)
        if request.POST.get("act") == "part":
            part(file, what, by=request.user)
            messages.info(request, _("Taken out: %(reference)s.") % {"reference": said})
        else:
            join(file, what, by=request.user)
            messages.info(request, _("Joined: %(reference)s.") % {"reference": said})
        seen = CaseFile.objects.visible_to(request.user).filter(pk=file.pk).exists()  # type: ignore[arg-type]
        return redirect("case_files:detail", file.reference) if seen else redirect("case_files:list")

    def named(self, reference: str) -> Any:
        """Return the complaint, suspect or person of a reference that the reader may see."""
        for model in kinds().values():
            if found := model.objects.visible_to(self.request.user).live().filter(reference=reference).first():
                return found
        return None

    def show(self, file: CaseFile, form: JoinForm, *, status: int = 200) -> HttpResponse:
        """Render the file with its parts and its story."""
        self.audit("read", file)
        data = {
            "file": file,
            "form": form,
            "articles": list(file.articles.all()),
            "parts": parts_of(file, self.request.user),
            "may_write": may_write(self.request),
        }
        return self.render("suspects/file.html", data, status=status)


class ChangeCaseFile(CaseFilePage):
    """The facts of a file as a form, under a version."""

    permission = "casefile.write"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        file = self.fetch(reference)
        self.audit("read", file)
        return self.show(file, CaseFileForm(file=file))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        file = self.fetch(reference)
        form = CaseFileForm(request.POST, file=file)
        if not form.is_valid():
            return self.show(file, form, status=400)
        try:
            change_file(file, by=request.user, version=form.cleaned_data["version"] or 0, **form.said())
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(file, form, status=400)
        except Conflict as error:
            return self.conflict(self.fetch(reference), form, error)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": file.reference})
        return redirect("case_files:list")

    def conflict(self, now: CaseFile, form: CaseFileForm, error: Conflict) -> HttpResponse:
        """Show theirs beside mine; saving again then saves mine."""
        rows = [
            {"label": form.fields[name].label, "theirs": theirs, "mine": form[name].value()}
            for name, theirs in error.theirs.items()
            if name in form.fields
        ]
        mine = form.data.copy()
        mine["version"] = str(now.version)
        last: Any = Edit.objects.of(now).select_related("by").first() or Transition.objects.of(now).first()
        return self.show(now, CaseFileForm(mine, file=now), status=409, differences=rows, last=last)

    def show(self, file: CaseFile, form: CaseFileForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form."""
        return self.render("suspects/file_form.html", {"form": form, "file": file, **more}, status=status)


def may_write(request: HttpRequest) -> bool:
    """Say whether the reader keeps case files."""
    user: Any = request.user
    if not user.is_authenticated:
        raise Http404
    return bool(user.may("casefile.write"))
