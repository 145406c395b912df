"""The shapes of what is typed about complaints."""

from complaints.forms.intake import Intake
from complaints.forms.reporter import safe_contact_words

__all__ = ["Intake", "safe_contact_words"]
