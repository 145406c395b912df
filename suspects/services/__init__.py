"""The verbs about suspects and case files."""

from suspects.services.casefiles import change_file, close_around, join, open_file, opened, part
from suspects.services.hearings import advance_hearing, set_hearing
from suspects.services.loading import load_law
from suspects.services.suspects import add_suspect, advance, change_suspect

__all__ = [
    "add_suspect",
    "advance",
    "advance_hearing",
    "change_file",
    "change_suspect",
    "close_around",
    "join",
    "load_law",
    "open_file",
    "opened",
    "part",
    "set_hearing",
]
