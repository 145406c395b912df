"""Verbs of this room; every one records what it did."""

from accounts.services.demo import DEMO_PASSWORD, ensure_demo_users
from accounts.services.deputies import candidates, end_deputy, name_deputy
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
from accounts.services.views import delete_view, levels_of, move_view, rename_view, save_view

__all__ = [
    "DEMO_PASSWORD",
    "candidates",
    "choose_display",
    "create_user",
    "deactivate",
    "delete_view",
    "edit_user",
    "end_deputy",
    "end_duty",
    "end_other_sessions",
    "end_posting",
    "ensure_demo_users",
    "first_admin",
    "levels_of",
    "make_token",
    "move_view",
    "name_deputy",
    "new_password",
    "post",
    "put_on_duty",
    "reactivate",
    "rename_view",
    "require_roster",
    "reset_password",
    "reset_second_factor",
    "revoke_token",
    "revoke_tokens",
    "save_view",
    "system_user",
]
