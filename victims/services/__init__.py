"""The verbs about people sought and found."""

from victims.services.identification import decide
from victims.services.people import add_victim
from victims.services.rescue import advance
from victims.services.who import change_who, may_change_who, require_who

__all__ = ["add_victim", "advance", "change_who", "decide", "may_change_who", "require_who"]
