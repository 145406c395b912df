"""What is done with complaints: register, advance, add people, reveal a reporter, name who handles it."""

from complaints.services.facts import change_facts, may_change_facts, require_changeable
from complaints.services.handling import lead_at
from complaints.services.naming import end_naming, name_handler, named_handlers
from complaints.services.people import add_people
from complaints.services.register import register_complaint
from complaints.services.reveal import Revealed, reveal
from complaints.services.steps import advance, advance_victim, decide_victim
from complaints.services.suspects import name_suspect

__all__ = [
    "Revealed",
    "add_people",
    "advance",
    "advance_victim",
    "change_facts",
    "decide_victim",
    "end_naming",
    "lead_at",
    "may_change_facts",
    "name_handler",
    "name_suspect",
    "named_handlers",
    "register_complaint",
    "require_changeable",
    "reveal",
]
