"""Who may sign in with name and password, and how a request loads its user."""

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from accounts.models import User

NOBODY, NO_DAY = UUID(int=0), date.min  # stand for the user and today in what is kept


class ActiveUserBackend(AuthenticationBackend):
    """Check the password of active people; the system user and the deactivated look like a wrong password."""

    def _check_password(self, user: Any, password: str) -> Any:
        if user is None or not user.is_active or user.role == User.Role.SYSTEM:
            return None
        self._did_check_password = True
        return user if user.check_password(password) else None

    def get_user(self, user_id: Any) -> User | None:
        """Load the user of a session with today's provinces and second factor, in one query."""
        sql, params = _asked()
        said = {NOBODY: user_id, NO_DAY: timezone.localdate()}
        return next(iter(User.objects.raw(sql, [said.get(value, value) for value in params])), None)


@cache
def _asked() -> tuple[str, tuple[Any, ...]]:
    """Return what every request asks for its user; building it anew took longer than all the rest of finding them."""
    rows = User.objects.active().people().for_request(NO_DAY).filter(pk=NOBODY).order_by()
    sql, params = rows.query.sql_with_params()
    return sql, tuple(params)
