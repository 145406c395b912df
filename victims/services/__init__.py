"""The verbs about people sought and found."""

from victims.services.identification import decide
from victims.services.people import add_victim
from victims.services.rescue import advance

__all__ = ["add_victim", "advance", "decide"]
