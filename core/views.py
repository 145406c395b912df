"""The base of every page: signed in, allowed, in context, rendered inside the transaction, recorded."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic import View

from audit.services import event
from core import context
from core.kept import hand_back, holds_words


def require(user: Any, permission: str | None) -> None:
    """Raise PermissionDenied unless the user's role holds the permission (None: any signed-in user)."""
    if permission is not None and not user.may(permission):
        raise PermissionDenied(_("Your role does not allow this. Ask your supervisor."))


class Page(View):
    """A page of ours. `permission` names what the role must hold; `public` pages need no sign-in.

    Everything is rendered before the view returns, because the scope ends with its transaction; an answer
    of 400 or more rolls the transaction back. What was typed comes back also when the session has ended (`core.kept`).
    A page that is not `atomic` has no transaction of its own: its service keeps what it counts, whatever is answered.
    """

    permission: ClassVar[str | None] = None
    permissions: ClassVar[dict[str, str]] = {}
    public: ClassVar[bool] = False
    atomic: ClassVar[bool] = True

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """Return the view, outside of the request's transaction where the page is not atomic."""
        view = super().as_view(**initkwargs)
        return view if cls.atomic else transaction.non_atomic_requests(view)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.public and not request.user.is_authenticated:
            if request.method == "POST" and self.words(request):
                return self.kept(request, 401)
            # An address that only takes forms is no place to come back to.
            return redirect_to_login(request.get_full_path() if hasattr(self, "get") else settings.LOGIN_REDIRECT_URL)
        context.enter(request.user)
        if not self.public:
            require(request.user, self.permissions.get((request.method or "").lower(), self.permission))
        response = super().dispatch(request, *args, **kwargs)
        if hasattr(response, "render") and callable(response.render):
            response = response.render()
        if self.atomic and response.status_code >= 400:
            transaction.set_rollback(True)
        return response

    @classmethod
    def words(cls, request: HttpRequest) -> bool:
        """Say whether a person typed anything into what was sent."""
        return holds_words(request)

    @classmethod
    def kept(cls, request: HttpRequest, status: int = 403) -> HttpResponse:
        """Hand back what was typed by somebody signed out, or into a page whose token is old."""
        return hand_back(request, status)

    def render(self, template: str, data: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
        """Render a template now, inside the transaction."""
        return render(self.request, template, data or {}, status=status)

    def audit(self, verb: str, about: Any = None, **rest: Any) -> None:
        """Queue a look (read, list, search, export …); the middleware writes it after the transaction."""
        queue_event(self.request, verb, about, **rest)


def queue_event(request: Any, verb: str, about: Any = None, **rest: Any) -> None:
    """Queue an audit event on a request, for the middleware to write."""
    by = request.user if request.user.is_authenticated else None
    request.audit_queue.append(event(verb, by=by, about=about, **rest))
