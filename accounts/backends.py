"""Who may sign in with name and password, and how a request loads its user."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class ActiveUserBackend(AuthenticationBackend):
    """Check the password of active people; the system user and the deactivated look like a wrong password."""

    def _check_password(self, user: Any, password: str) -> Any:
        if user is None or not user.is_active or user.role == User.Role.SYSTEM:
            return None
        self._did_check_password = True
        return user if user.check_password(password) else None

    def get_user(self, user_id: Any) -> User | None:
        """Load the user of a session with today's provinces and second factor, in one query."""
        return User.objects.active().people().for_request().filter(pk=user_id).first()
