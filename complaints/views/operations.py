"""Operations: what I am named for, what was carried out; plan one, name people for it, record what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.lists import ScopedList
from accounts.models import User
from complaints.forms.operations import NameMember, PlanForm
from complaints.models import Complaint
from complaints.presenters import operations as words
from core.exceptions import Conflict, Unprocessable
from core.templatetags.sangkroh import safe_url
from core.views import Page
from victims.kept_list import OPERATIONS
from victims.models import Operation, OperationStatus
from victims.operation_filter import OperationFilter
from victims.operation_workflow import OPERATION
from victims.services.operations import advance_operation, end_member, name_member, plan_operation
from workflow.pages import StepPage
from workflow.services import submit_once

RELATED = ("province", "site", "lead")
MINE = 50


def may_be_named(user: Any) -> list[User]:
    """Return the people who may be named for an operation: whose role plans them, in the provinces of the writer or at the ministry."""
    people = User.objects.active().exclude(pk=user.pk).filter(role__in=("officer", "supervisor")).order_by("name", "pk")
    if user.is_ministry:
        return list(people)
    return [person for person in people if person.is_ministry or person.posted_provinces & user.posted_provinces]


class OperationList(ScopedList):
    """What the reader is named for and is not carried out yet; below it what was carried out, filtered."""

    permission = "operation.read"
    model = Operation
    filterset = OperationFilter
    template = "operations/list.html"
    export = "operations"
    views_of = OPERATIONS

    def branch(self, user: Any) -> Any:
        """Return the operations that were carried out, of the branch shown."""
        return (Operation.objects.shared_with(user) if self.shared else Operation.objects.of_own_provinces(user)).done()

    def rows(self, found: list[Operation], user: Any) -> list[Operation]:
        """Give each its title."""
        return [words.titled(operation, user) for operation in found]

    def render(self, template: str, data: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
        """Add what is planned for the reader; each is a look of its own, for who asks later who knew."""
        mine = Operation.objects.named_to(self.request.user).filter(status=OperationStatus.PLANNED).for_list()
        planned = list(mine.order_by("planned_for", "pk")[:MINE])
        for operation in planned:
            self.audit("read", operation, detail={"page": "list"})
            words.titled(operation, self.request.user)
        return super().render(template, {**(data or {}), "planned": planned}, status=status)


class OperationPage(Page):
    """A page of one operation."""

    permission = "operation.read"

    def fetch(self, reference: str) -> Operation:
        """Return the operation through the scope; out of it, it does not exist. Every look is recorded."""
        seen = Operation.objects.visible_to(self.request.user).select_related(*RELATED)  # type: ignore[arg-type]
        operation = get_object_or_404(seen, reference=reference.upper())
        self.audit("read", operation)
        return words.titled(operation, self.request.user)


class PlanOperation(Page):
    """Plan an operation, once for the key the form carries; from the page of a complaint it names that one."""

    permission = "operation.plan"

    def get(self, request: HttpRequest) -> HttpResponse:
        reference = request.GET.get("complaint", "")[:20].upper()
        seen = Complaint.objects.visible_to(request.user).select_related("site")  # type: ignore[arg-type]
        about = seen.filter(reference=reference).first()
        site = f"{about.site} ({about.site.reference})" if about and about.site else ""
        place = about.exact_spot if about and request.user.may("identity.read") else ""  # type: ignore[union-attr]
        initial = {"complaints": about.reference if about else "", "site": site, "place": place}
        return self.show(PlanForm(request.user, may_be_named(request.user), initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PlanForm(request.user, may_be_named(request.user), request.POST)
        if form.is_valid():
            try:
                made = self.once(form)
            except ValidationError as error:
                form.take_errors(error)
            except (Conflict, Unprocessable) as error:
                return self.show(form, status=409, why=error.message)
            else:
                messages.info(request, _("Planned: %(reference)s.") % {"reference": made.reference})
                return redirect("operations:detail", made.reference)
        return self.show(form, status=400)

    def once(self, form: PlanForm) -> Operation:
        """Plan it once."""
        user, said, complaints = self.request.user, form.said(), form.cleaned_data["complaints"]
        key = form.cleaned_data["idempotency_key"]

        def make() -> Operation:
            return plan_operation(complaints, by=user, **said)

        if not key:
            return make()
        body = {name: str(value) for name, value in {**said, "complaints": [row.pk for row in complaints]}.items()}
        seen = Operation.objects.visible_to(user)  # type: ignore[arg-type]
        find = lambda reference: seen.filter(reference=reference).first()  # noqa: E731
        made, _new = submit_once(key, by=user, route="operations.plan", body=body, make=make, find=find)
        return made

    def show(self, form: PlanForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form."""
        return self.render("operations/plan.html", {"form": form, **more}, status=status)


class OperationDetail(OperationPage):
    """Where it stands, who knows of it, whom it met, and what may be entered."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        operation, user = self.fetch(reference), request.user
        return self.render("operations/detail.html", detail_of(operation, user))


def detail_of(operation: Operation, user: Any, form: NameMember | None = None) -> dict[str, Any]:
    """Return what the page of an operation shows; constant queries."""
    people, suspects = words.people_of(operation, user), words.arrested_in(operation, user)
    done = operation.status == OperationStatus.DONE
    named = operation.members.filter(user_id=user.pk, until_at=None).exists()
    enters = done and user.may("victim.rescue")
    return {
        "operation": operation,
        "facts": words.facts_of(operation, user),
        "ledgers": words.ledgers_of(words.complaints_of(operation, user), user),
        "people": words.rows_of(people, user),
        "suspects": suspects,
        "terms": words.found_words(words.found(people, suspects)),
        "entries": words.entries_of(operation, may_undo=enters) if done else [],
        "members": words.members_of(operation, may_end=named),
        "member_form": (form or NameMember(may_be_named(user))) if named else None,
        "steps": words.buttons_of(operation, user),
        "timeline": words.story_of(operation, user),
        "enters": enters,
        "done": done,
        "may_refer": bool(people) and user.may("referral.send") and _answers_for(people, user),
        "readers_url": safe_url("operations:readers"),
    }


def _answers_for(people: list[Any], user: Any) -> bool:
    """Return whether the reader answers for the complaint of the first person, as the page that refers them asks."""
    first = min(people, key=lambda victim: victim.reference)
    return Complaint.objects.answered_for_by(user).filter(pk=first.complaint_id).exists()


class OperationStep(StepPage):
    """One step of an operation, asked on a page."""

    permission = "operation.read"
    model = Operation
    workflow = OPERATION
    service = staticmethod(advance_operation)
    template = "operations/step.html"
    route = "operations:detail"

    def seen(self) -> Any:
        """Return the operations the reader may know of, with what the page shows."""
        return super().seen().select_related(*RELATED)

    def besides(self, obj: Operation, step: Any) -> dict[str, Any]:
        """Return the operation and its facts."""
        user = self.request.user
        return {"operation": words.titled(obj, user), "facts": words.facts_of(obj, user)}


class Members(OperationPage):
    """Name somebody more for an operation."""

    permission = "operation.plan"

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        operation, form = self.fetch(reference), NameMember(may_be_named(request.user), request.POST)
        if form.is_valid():
            try:
                name_member(operation, form.cleaned_data["user"], by=request.user)
            except (ValidationError, Conflict) as error:
                form.add_error("user", getattr(error, "message", None) or error)
            else:
                messages.info(request, _("Named: %(name)s.") % {"name": form.cleaned_data["user"].display_name})
                return redirect("operations:detail", operation.reference)
        data = detail_of(operation, request.user, form)
        return self.render("operations/detail.html", data, status=400)


class EndMember(OperationPage):
    """Take a naming back."""

    permission = "operation.plan"

    def post(self, request: HttpRequest, reference: str, member: UUID) -> HttpResponse:
        operation = self.fetch(reference)
        found = get_object_or_404(operation.members.select_related("user"), pk=member)
        try:
            end_member(operation, found, by=request.user)
        except Conflict as error:
            messages.warning(request, error.message)
        else:
            messages.info(request, _("No longer named: %(name)s.") % {"name": found.user.display_name})
        if found.user_id == request.user.pk:
            return redirect("operations:list")
        return redirect("operations:detail", operation.reference)
