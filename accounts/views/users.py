"""The administrator's pages: accounts, postings, first passwords, second factors."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts import services
from accounts.forms import EditUserForm, EndPostingForm, PostingForm, UserFilterForm, UserForm, WhyForm
from accounts.models import Posting, User
from core.views import Page
from provinces.models import Province

MOST = 200


class UsersPage(Page):
    permission = "user.manage"

    def find(self, username: str) -> User:
        """Give the account of that name, never the system's."""
        user = User.objects.people().for_request().filter(username=username).first()
        if user is None:
            raise Http404
        return user

    def show(self, user: User, *, status: int = 200, **forms: Any) -> HttpResponse:
        """Render an account with its postings; bound forms take the place of fresh ones."""
        data = {
            "account": user,
            "form": EditUserForm(instance=user, initial={"version": user.version}),
            "posting_form": PostingForm(),
            "why": WhyForm(),
            "postings": user.postings.select_related("province").order_by("-from_on"),
            "duties": user.duties.active().select_related("province"),
            "is_me": user.pk == self.request.user.pk,
        }
        response = self.render("accounts/user.html", data | forms, status=status)
        response["Cache-Control"] = "no-store"
        return response

    def back(self, user: User) -> HttpResponse:
        """Go to the account's page."""
        return HttpResponseRedirect(reverse("users:detail", args=[user.username]))


class Users(UsersPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """List accounts, filtered; the first 200 by name."""
        form = UserFilterForm(request.GET)
        users = User.objects.people().for_request().order_by("username")
        if form.is_valid():
            users = filtered(users, form.cleaned_data)
        rows = list(users[: MOST + 1])
        names = {province.pk: str(province) for province in Province.objects.all()}
        for row in rows:
            row.places = [names[code] for code in row.loaded_provinces]
        self.audit("list", User, detail={"rows": len(rows)})
        return self.render("accounts/users.html", {"form": form, "users": rows[:MOST], "more": len(rows) > MOST})


def filtered(users: Any, asked: dict[str, Any]) -> Any:
    """Apply the filters of the list."""
    if not asked["inactive"]:
        users = users.active()
    if asked["role"]:
        users = users.filter(role=asked["role"])
    if asked["q"]:
        users = users.filter(
            Q(username__icontains=asked["q"]) | Q(name__icontains=asked["q"]) | Q(name_km__contains=asked["q"])
        )
    return users


WRITTEN = ("name", "name_km", "email", "duty_phone", "role", "partner_id")


class NewUser(UsersPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self.render("accounts/new_user.html", {"form": UserForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make the account and show its first password, once."""
        form = UserForm(request.POST)
        if form.is_valid():
            values = {name: form.cleaned_data[name] for name in ("username", *WRITTEN)}
            try:
                user, password = services.create_user(by=request.user, **values)  # type: ignore[arg-type]
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return self.show(self.find(user.username), password=password)
        return self.render("accounts/new_user.html", {"form": form}, status=400)


class UserDetail(UsersPage):
    def get(self, request: HttpRequest, username: str) -> HttpResponse:
        """Show an account."""
        user = self.find(username)
        self.audit("read", user)
        return self.show(user)

    def post(self, request: HttpRequest, username: str) -> HttpResponse:
        """Save what was edited."""
        user = self.find(username)
        form = EditUserForm(request.POST, instance=self.find(username))
        if form.is_valid():
            values = {name: form.cleaned_data[name] for name in WRITTEN}
            version = form.cleaned_data["version"] or 0
            try:
                services.edit_user(user, by=request.user, version=version, **values)  # type: ignore[arg-type]
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return self.back(user)
        return self.show(user, form=form, status=400)


class UserAct(UsersPage):
    """One act on an account: deactivate, reactivate, a new first password."""

    def post(self, request: HttpRequest, username: str, act: str) -> HttpResponse:
        """Do it and show the account, with a new password where there is one."""
        user = self.find(username)
        verbs = {
            "deactivate": services.deactivate,
            "reactivate": services.reactivate,
            "password": services.reset_password,
        }
        answer = verbs[act](user, by=request.user)  # type: ignore[operator]
        if isinstance(answer, tuple):
            return self.show(self.find(username), password=answer[1])
        return self.back(user)


class ResetSecondFactor(UsersPage):
    def post(self, request: HttpRequest, username: str) -> HttpResponse:
        """Remove a lost authenticator; asks why."""
        user = self.find(username)
        form = WhyForm(request.POST)
        if not form.is_valid():
            return self.show(user, why=form, status=400)
        services.reset_second_factor(user, by=request.user, why=form.cleaned_data["why"])  # type: ignore[arg-type]
        return self.back(user)


class NewPosting(UsersPage):
    def post(self, request: HttpRequest, username: str) -> HttpResponse:
        """Post somebody to a province."""
        user = self.find(username)
        form = PostingForm(request.POST)
        if form.is_valid():
            asked = form.cleaned_data
            values = {"province_id": asked["province"].pk, "from_on": asked["from_on"]}
            values |= {"until_on": asked["until_on"], "lead": asked["lead"]}
            try:
                services.post(user, by=request.user, **values)
            except ValidationError as error:
                form.add_error(None, error.messages)  # type: ignore[arg-type]
            else:
                return self.back(user)
        return self.show(user, posting_form=form, status=400)


class EndPosting(UsersPage):
    def post(self, request: HttpRequest, username: str, pk: UUID) -> HttpResponse:
        """Set the last day of a posting."""
        user = self.find(username)
        posting = Posting.objects.filter(user=user, pk=pk).first()
        if posting is None:
            raise Http404
        form = EndPostingForm(request.POST)
        if form.is_valid():
            until_on = form.cleaned_data["until_on"]
            try:
                services.end_posting(posting, by=request.user, until_on=until_on)  # type: ignore[arg-type]
            except ValidationError as error:
                form.add_error(None, error.messages)  # type: ignore[arg-type]
            else:
                return self.back(user)
        return self.show(user, end_form=form, status=400)
