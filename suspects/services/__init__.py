"""The verbs about suspects and case files."""

from suspects.services.casefiles import change_file, join, open_file, part
from suspects.services.loading import load_law
from suspects.services.suspects import add_suspect, advance

__all__ = ["add_suspect", "advance", "change_file", "join", "load_law", "open_file", "part"]
