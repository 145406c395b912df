"""A person's own page: language, digits, password, second factor, tokens, sessions."""

from typing import Any

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from knox.models import AuthToken

from accounts import services
from accounts.forms import DisplayForm, TokenForm
from core.views import Page


class OwnPage(Page):
    """What the page of one's own account shows, and its forms."""

    def show(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        """Render the page with bound forms in place of fresh ones."""
        user: Any = self.request.user
        data = {
            "display": DisplayForm(initial={"language": user.language, "digits": user.digits}),
            "token_form": TokenForm(),
            "tokens": AuthToken.objects.filter(user=user).order_by("-created"),
            "postings": user.postings.active().select_related("province"),
            "second_factor_required": settings.SECOND_FACTOR_REQUIRED,
        }
        return self.render("account/home.html", data | forms, status=status)


class Home(OwnPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one's own account."""
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store language and digits."""
        form = DisplayForm(request.POST)
        if not form.is_valid():
            return self.show(display=form, status=400)
        services.choose_display(request.user, **form.cleaned_data)  # type: ignore[arg-type]
        response = HttpResponseRedirect(reverse("account:home"))
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response


class MakeToken(OwnPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        """Make a token and show it, once."""
        form = TokenForm(request.POST)
        if form.is_valid():
            try:
                token = services.make_token(request.user, days=form.cleaned_data["days"])  # type: ignore[arg-type]
            except ValidationError as error:
                form.add_error(None, error)
            else:
                response = self.show(token=token)
                response["Cache-Control"] = "no-store"
                return response
        return self.show(token_form=form, status=400)


class RevokeToken(OwnPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        """Revoke one of one's own tokens."""
        if not services.revoke_token(request.user, key=request.POST.get("token", "")):  # type: ignore[arg-type]
            raise Http404
        return HttpResponseRedirect(reverse("account:home"))


class EndSessions(OwnPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        """End every other session of one's own."""
        user = services.end_other_sessions(request.user)  # type: ignore[arg-type]
        update_session_auth_hash(request, user)
        return HttpResponseRedirect(reverse("account:home"))
