"""What is done about surveys and activities."""

from prevention.services.activities import add_activity, change_activity
from prevention.services.correcting import correct_respondent
from prevention.services.respondents import enter_respondent
from prevention.services.surveys import CauseSaid, add_survey, advance_survey, change_survey

__all__ = [
    "CauseSaid",
    "add_activity",
    "add_survey",
    "advance_survey",
    "change_activity",
    "change_survey",
    "correct_respondent",
    "enter_respondent",
]
