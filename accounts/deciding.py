"""Who is asked to decide what another person proposed: one rule for every room."""

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from accounts.roles import ROLES
from workflow.approvals import is_outside


def who_decides(permission: str, rows: Any, *, provinces: Iterable[str], but: Any) -> list[User]:
    """Return who may decide about rows: who holds the permission at the ministry, outside the provinces, and sees them.

    `but` proposed it and never decides it.
    """
    holding = [name for name, role in ROLES.items() if permission in role.permissions and name != User.Role.SYSTEM]
    people = User.objects.active().filter(role__in=holding).exclude(pk=but.pk).for_request()
    return [user for user in people if is_outside(user, provinces) and rows.visible_to(user).exists()]
