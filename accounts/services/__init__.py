"""Verbs of this room; every one records what it did."""

from accounts.services.demo import DEMO_PASSWORD, ensure_demo_users
from accounts.services.roster import end_duty, end_posting, post, put_on_duty, require_roster
from accounts.services.tokens import make_token, revoke_token, revoke_tokens
from accounts.services.users import (
    choose_display,
    create_user,
    deactivate,
    edit_user,
    end_other_sessions,
    first_admin,
    new_password,
    reactivate,
    reset_password,
    reset_second_factor,
    system_user,
)

__all__ = [
    "DEMO_PASSWORD",
    "choose_display",
    "create_user",
    "deactivate",
    "edit_user",
    "end_duty",
    "end_other_sessions",
    "end_posting",
    "ensure_demo_users",
    "first_admin",
    "make_token",
    "new_password",
    "post",
    "put_on_duty",
    "reactivate",
    "require_roster",
    "reset_password",
    "reset_second_factor",
    "revoke_token",
    "revoke_tokens",
    "system_user",
]
