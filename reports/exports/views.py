"""The pages of exports: ask for one, see how far it is, note its passphrase once, take the file."""

from typing import Any
from uuid import uuid4

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from core import display
from core.exceptions import Conflict, Unprocessable
from core.paging import page_of
from core.views import Page
from reports.exports.forms import DecideForm, ExportForm
from reports.exports.handing import hand_over
from reports.exports.lists import CASE, EXPORT, listing
from reports.exports.models import APPROVE, OVERSEE, READ, ExportJob
from reports.exports.presenters import shown
from reports.exports.services import again, ask_export, cancel_export, decide_export, require_list, show_key
from workflow.openings import opened
from workflow.services import submit_once


def needs_code(request: HttpRequest) -> bool:
    """Say whether the code of the second factor is to be given once more."""
    return bool(settings.SECOND_FACTOR_REQUIRED) and not did_recently_reauthenticate(request)


class ExportList(Page):
    """One's own exports; who oversees them sees all, without their files. What waits for a second person comes first."""

    permission = READ

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        rows = ExportJob.objects.visible_to(user).select_related("by", "approval__decided_by")
        page = page_of(rows, request.GET, ExportJob.SORTS)
        waiting = ExportJob.objects.for_second(user).select_related("by", "approval__decided_by")
        data = {
            "page": page,
            "rows": [shown(job, user) for job in page.rows],
            "waiting": [shown(job, user) for job in waiting.order_by("asked_at", "pk")[:50]],
            "all": user.may(OVERSEE),
        }
        self.audit("list", ExportJob, detail={"rows": len(page.rows)})
        return self.render("exports/list.html", data)


class NewExport(Page):
    """Say what a file of a list would hold; ask for it once its purpose and who gets it are said."""

    permission = EXPORT

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        require_list(listing(key), request.user)
        if needs_code(request):
            raise ReauthenticationRequired
        return self.show(key, self.form(key))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        require_list(listing(key), request.user)
        if needs_code(request):
            return redirect(request.get_full_path())
        form = self.form(key, request.POST)
        if not form.is_valid():
            return self.show(key, form, status=400)
        try:
            job = self.once(key, form)
        except ValidationError as error:
            form.take_errors(error)
            return self.show(key, form, status=400)
        except (Conflict, Unprocessable) as error:
            return self.show(key, form, status=409, why=error.message)
        return redirect("exports:detail", job.reference)

    def params(self, key: str) -> QueryDict:
        """Return the address of the list, without the place in it."""
        return listing(key).clean(self.request.GET, self.request.user)

    def form(self, key: str, data: Any = None) -> ExportForm:
        """Return the form of a list."""
        initial = {"idempotency_key": str(uuid4())}
        return ExportForm(listing(key), self.params(key), self.request.user, data, initial=initial)

    def once(self, key: str, form: ExportForm) -> ExportJob:
        """Ask for it, once for the key the form carries."""
        user: Any = self.request.user
        said, params, sent = form.said(), self.params(key), form.cleaned_data["idempotency_key"]

        def make() -> ExportJob:
            return ask_export(listing(key), params, by=user, **said)

        if not sent:
            return make()
        body = {**said, "query": params.urlencode()}
        find = lambda found: ExportJob.objects.visible_to(user).filter(reference=found).first()  # noqa: E731
        job, _made = submit_once(sent, by=user, route=f"exports.new:{key}", body=body, make=make, find=find)
        return job

    def show(self, key: str, form: ExportForm, *, status: int = 200, why: str = "") -> HttpResponse:
        """Render the form: rows counted in words, the filter in words, what is left out."""
        one, params, user = listing(key), self.params(key), self.request.user
        count = one.rows(params, user).count()
        if key == CASE and not count:
            raise Http404
        on = [tag["label"] for tag in one.filtered(params, user).on()]
        back = reverse("complaints:detail", args=[params["reference"]]) if key == CASE else reverse(one.route)
        data = {
            "listing": one,
            "form": form,
            "count": count,
            "counted": one.counted % {"number": count, "n": display.number(count)},
            "filters": on,
            "shared": params.get("shared") == "1",
            "hours": settings.EXPORT_HOURS,
            "plain": reverse("complaints:export") + f"?{params.urlencode()}" if key == "complaints" else "",
            "list_url": back if key == CASE else f"{back}?{params.urlencode()}",
            "is_case": key == CASE,
            "why": why,
        }
        return self.render("exports/new.html", data, status=status)


class ExportPage(Page):
    """A page or an act about one export."""

    permission = READ
    own = False

    def fetch(self, reference: str) -> ExportJob:
        """Return the export through the scope, for what is its asker's alone only to them; else it does not exist."""
        user: Any = self.request.user
        seen = ExportJob.objects.visible_to(user).select_related("by", "approval__decided_by")
        seen = seen.filter(by=user) if self.own else seen
        job = seen.filter(reference=reference.upper()).first()
        if job is None:
            raise Http404
        return job

    def back(self, job: ExportJob) -> HttpResponse:
        """Return to the page of the export."""
        return redirect("exports:detail", job.reference)

    def show(self, job: ExportJob, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the page of the export."""
        job.refresh_from_db()
        data = {"job": shown(job, self.request.user), "form": DecideForm(), **more}
        answer = self.render("exports/detail.html", data, status=status)
        add_never_cache_headers(answer)
        return answer


class ExportDetail(ExportPage):
    """How far an export is; looked at again each two seconds while it is being made."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        job = self.fetch(reference)
        if not request.htmx:  # type: ignore[attr-defined]
            self.audit("read", job)
            if shown(job, request.user).may_decide:
                opened(job.approval_id, job, by=request.user)
        return self.show(job)


class Act(ExportPage):
    """A button of the page: one act, then the page again; what stands against it is said there."""

    def act(self, job: ExportJob, user: Any) -> ExportJob:
        """Do it; each button says what."""
        raise NotImplementedError

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        job = self.fetch(reference)
        try:
            return self.back(self.act(job, request.user))
        except Conflict as error:
            return self.show(job, status=409, why=error.message)


class CancelExport(Act):
    def act(self, job: ExportJob, user: Any) -> ExportJob:
        """Stop it."""
        return cancel_export(job, by=user)


class AgainExport(Act):
    permission = EXPORT
    own = True

    def act(self, job: ExportJob, user: Any) -> ExportJob:
        """Ask for the same once more."""
        return again(job, by=user)


class DecideExport(ExportPage):
    """Approve or refuse names, as the second person."""

    permission = APPROVE

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        job = self.fetch(reference)
        form, approve = DecideForm(request.POST), request.POST.get("act") == "approve"
        if not form.is_valid():
            return self.show(job, status=400, form=form)
        try:
            decide_export(job, by=request.user, approve=approve, note=form.cleaned_data["note"])
        except ValidationError as error:
            form.add_error("note", error.message_dict["note"])
            return self.show(job, status=400, form=form)
        except Conflict as error:
            return self.show(job, status=409, form=form, why=error.message)
        messages.info(request, _("Approved: it is being made.") if approve else _("Refused."))
        return redirect("approvals:list")


class WithCode(ExportPage):
    """A button that asks for the code of the second factor: its GET asks, and leads back to the page."""

    permission = EXPORT
    own = True

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        if needs_code(request):
            raise ReauthenticationRequired
        return self.back(self.fetch(reference))


class ShowKey(WithCode):
    """The passphrase, once, in the answer itself: nothing keeps it."""

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        job = self.fetch(reference)
        if needs_code(request):
            return redirect(request.path)
        try:
            passphrase = show_key(job, by=request.user)
        except Conflict as error:
            return self.show(job, status=409, why=error.message)
        return self.show(job, passphrase=passphrase)


class Download(WithCode):
    """The file itself; who asks and each row in it are looked at once more."""

    atomic = False

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        job = self.fetch(reference)
        if needs_code(request):
            return redirect(request.path)
        try:
            return hand_over(job, by=request.user)
        except Conflict as error:
            return self.show(job, status=409, why=error.message)
