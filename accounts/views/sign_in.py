"""Signing in: allauth's page with our form."""

from typing import Any

from allauth.account.views import LoginView
from django.http import HttpResponse


class SignIn(LoginView):  # type: ignore[misc]
    """The two fields; what nobody types (NUL bytes, a megabyte) answers 400."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again, without the password."""
        response: HttpResponse = super().form_invalid(form)
        if form.is_broken:
            response.status_code = 400
        return response
