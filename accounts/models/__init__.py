"""Users, where they are posted, when they are on duty, and what was granted."""

from accounts.models.deputy import Deputy
from accounts.models.draft import Draft
from accounts.models.grant import Grant
from accounts.models.posting import Duty, Posting
from accounts.models.user import User
from accounts.models.view import SavedView

__all__ = ["Deputy", "Draft", "Duty", "Grant", "Posting", "SavedView", "User"]
