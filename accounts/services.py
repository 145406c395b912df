"""Verbs of this room that other rooms need: who the system is, who is on the demonstration."""

from accounts.models import User


def system_user() -> User:
    """Give the named user that scheduled work and bulk loads act as; it never signs in."""
    user, _made = User.objects.get_or_create(
        role=User.Role.SYSTEM,
        defaults={"username": "system", "name": "System", "name_km": "ប្រព័ន្ធ", "password": "!"},
    )
    return user
