"""Users, where they are posted, when they are on duty, and what was granted."""

from accounts.models.draft import Draft
from accounts.models.grant import Grant
from accounts.models.posting import Duty, Posting
from accounts.models.user import User

__all__ = ["Draft", "Duty", "Grant", "Posting", "User"]
