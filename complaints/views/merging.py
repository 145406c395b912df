"""Pages of merging, of persons, complaints and sites alike: propose, look at both, decide, take back."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.forms.merging import Decide, OtherRecord, ProposeMerge
from complaints.presenters import merging as words
from complaints.services import confirm_merge, propose_merge, send_back_merge, undo_merge
from complaints.services.merges import open_merge, record_of
from core.exceptions import Conflict, Unprocessable
from core.paging import Sort, page_of
from core.views import Page
from workflow import merging
from workflow.models import Merge
from workflow.services import submit_once
from workflow.shapes import SHAPES

SORTS = {"asked": Sort("asked_at", True, gettext_lazy("Proposed, latest first"))}


class MergeList(Page):
    """What waits for a second person first, then everything that was decided."""

    permission = "merge.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        seen = Merge.objects.visible_to(request.user).select_related("approval", "by")
        everything = request.GET.get("all") == "1"
        page = page_of(seen if everything else seen.waiting(), request.GET, SORTS)
        self.audit("list", Merge, detail={"rows": len(page.rows)})
        rows = [
            {"merge": row, "state": words.state_of(row), "kind": words.kind_word(row.object_type)} for row in page.rows
        ]
        url = reverse("merges:list")
        tabs = [
            {"label": _("Waits for a second person"), "url": url, "current": not everything},
            {"label": _("All"), "url": f"{url}?all=1", "current": everything},
        ]
        return self.render("merges/list.html", {"rows": rows, "page": page, "tabs": tabs, "everything": everything})


class MergeNew(Page):
    """Two records side by side, the choice of values, and why they are one."""

    permission = "merge.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request.GET, None)

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request.POST, request.POST)

    def answer(self, said: Any, typed: Any) -> HttpResponse:
        """Ask for the other record, then for the choices; propose what was chosen."""
        one, other = (said.get(name, "").strip().upper() for name in ("one", "other"))
        form = OtherRecord(said if "other" in said else None, initial={"one": one})
        if not one:
            return self.render("merges/other.html", {"form": form, "one": ""})
        stays = self.record(one)
        if not other:
            return self.render("merges/other.html", {"form": form, "one": one, "back": words.url_of(one)})
        try:
            goes = self.record(other)
            if type(goes) is not type(stays):
                raise Http404
            merging.refuse_unfit(SHAPES[stays._meta.label_lower], stays, goes, self.request.user)
        except (Http404, Conflict, PermissionDenied) as error:
            why = _("There is no record of this reference that fits.")
            form.add_error(
                "other", str(getattr(error, "message", "") or (error if isinstance(error, PermissionDenied) else why))
            )
            data = {"form": form, "one": one, "back": words.url_of(one)}
            return self.render("merges/other.html", data, status=400 if isinstance(error, Http404) else 409)
        return self.choose(stays, goes, (one, other), typed)

    def record(self, reference: str) -> Any:
        """Return a record whose merging this role may propose."""
        row = record_of(reference, self.request.user)
        if not self.request.user.may(SHAPES[row._meta.label_lower].propose):  # type: ignore[union-attr]
            raise PermissionDenied(_("Your role does not propose this. Ask your supervisor."))
        return row

    def choose(self, stays: Any, goes: Any, references: tuple[str, str], typed: Any) -> HttpResponse:
        """Show both and take the proposal."""
        user: Any = self.request.user
        compared = words.compare(stays, goes, references, user)
        form, status, why = ProposeMerge(compared, typed, initial={"idempotency_key": uuid4().hex}), 200, ""
        if typed is not None and form.is_valid():
            try:
                return self.propose(stays, goes, references, form)
            except ValidationError as error:
                form.add_error(None if "why" not in error.message_dict else "why", error.messages)
            except (Conflict, Unprocessable) as error:
                why, status = error.message, 409
        if form.errors:
            status = 400
        for row in (stays, goes):
            self.audit("read", row, detail={"part": "merge"})
        data = {"form": form, "compared": compared, "why": why, "one": references[0], "other": references[1]}
        return self.render("merges/new.html", {**data, "kind": words.kind_word(stays._meta.label_lower)}, status=status)

    def propose(self, stays: Any, goes: Any, references: tuple[str, str], form: ProposeMerge) -> HttpResponse:
        """Propose once for the key the form carries."""
        user, chosen, why = self.request.user, form.chosen(), form.cleaned_data["why"]
        merge, _made = submit_once(
            form.cleaned_data["idempotency_key"] or uuid4().hex,
            by=user,
            route="merges.propose",
            body={"records": references, "chosen": chosen, "why": why},
            make=lambda: propose_merge(stays, goes, by=user, why=why, references=references, chosen=chosen),
            find=lambda reference: Merge.objects.visible_to(user).filter(reference=reference).first(),
        )
        messages.info(
            self.request, _("Proposed: %(reference)s. A second person decides.") % {"reference": merge.reference}
        )
        return redirect("merges:detail", merge.reference)


class MergePage(Page):
    """One merge: both records side by side, what is chosen, and the decision for who may take it."""

    permission = "merge.read"

    def fetch(self, reference: str) -> Merge:
        """Return a merge through the scope of its records, or 404."""
        seen = Merge.objects.visible_to(self.request.user).select_related("approval", "by", "approved_by", "undone_by")
        return get_object_or_404(seen, reference=reference.upper())

    def show(self, merge: Merge, form: Decide, *, status: int = 200, why: str = "") -> HttpResponse:
        """Render both records."""
        user: Any = self.request.user
        shape = SHAPES[merge.object_type]
        stays, goes = merging.both(shape, merge.survivor_id, merge.absorbed_id)
        self.audit("read", merge)
        compared = words.compare(stays, goes, (merge.survivor_reference, merge.absorbed_reference), user, merge)
        decides = user.may(shape.confirm)
        data = {
            "merge": merge,
            "form": form,
            "why": why,
            "compared": compared,
            "kind": words.kind_word(merge.object_type),
            "state": words.state_of(merge),
            "seen": merging.state_of(stays, goes),
            "may_decide": merge.is_waiting and decides and merge.by_id != user.pk,
            "own": merge.is_waiting and merge.by_id == user.pk,
            "may_undo": merge.is_done and decides,
            "kept": [line.label for line in compared.lines if line.name and line.name in merge.kept.get("fields", [])],
        }
        return self.render("merges/detail.html", data, status=status)


class MergeDetail(MergePage):
    """Look at a merge."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        merge = self.fetch(reference)
        open_merge(merge, request.user)
        return self.show(merge, Decide())


class MergeAct(MergePage):
    """One decision: it is taken, or the page comes back with why not."""

    done: Any = ""

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Take the decision."""
        merge, form = self.fetch(reference), Decide(request.POST)
        if not form.is_valid():
            return self.show(merge, form, status=400)
        try:
            self.take(merge, form)
        except ValidationError as error:
            form.add_error("note", error.messages)
            return self.show(self.fetch(reference), form, status=400)
        except Conflict as error:
            return self.show(self.fetch(reference), form, status=409, why=error.message)
        messages.info(request, str(self.done) % {"reference": merge.reference})
        still = (
            Merge.objects.visible_to(request.user).filter(pk=merge.pk).exists()
        )  # what is parted may be out of sight
        return redirect("merges:detail", merge.reference) if still else redirect("merges:list")

    def take(self, merge: Merge, form: Decide) -> None:
        """Call the service; a subclass says which."""
        raise NotImplementedError


class MergeConfirm(MergeAct):
    done = gettext_lazy("Merged: %(reference)s.")

    def take(self, merge: Merge, form: Decide) -> None:
        """Do what was proposed."""
        confirm_merge(merge, by=self.request.user, seen=self.request.POST.get("seen", ""))


class MergeSendBack(MergeAct):
    done = gettext_lazy("Sent back: %(reference)s.")

    def take(self, merge: Merge, form: Decide) -> None:
        """Refuse it."""
        send_back_merge(merge, by=self.request.user, note=form.cleaned_data["note"])


class MergeUndo(MergeAct):
    done = gettext_lazy("Taken back: %(reference)s.")

    def take(self, merge: Merge, form: Decide) -> None:
        """Take it back."""
        undo_merge(merge, by=self.request.user, why=form.cleaned_data["note"])
