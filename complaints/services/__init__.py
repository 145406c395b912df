"""What is done with complaints: register, advance, add people, reveal a reporter, name who handles it."""

from complaints.services.answers import record_answer
from complaints.services.contacts import add_contact
from complaints.services.escalate import escalate
from complaints.services.facts import change_facts, may_change_facts, require_changeable
from complaints.services.handlers import end_naming, name_handler, named_handlers
from complaints.services.handling import lead_at
from complaints.services.inbox import advance_contact, log_contact
from complaints.services.lowering import (
    confirm_change,
    may_decide_change,
    open_change,
    propose_change,
    send_back_change,
)
from complaints.services.merges import confirm_merge, propose_merge, send_back_merge, undo_merge
from complaints.services.people import add_known, add_people
from complaints.services.register import register_complaint
from complaints.services.reveal import Revealed, reveal, reveal_teller
from complaints.services.steps import advance, advance_victim, decide_victim
from complaints.services.suspects import name_suspect

__all__ = [
    "Revealed",
    "add_contact",
    "add_known",
    "add_people",
    "advance",
    "advance_contact",
    "advance_victim",
    "change_facts",
    "confirm_change",
    "confirm_merge",
    "decide_victim",
    "end_naming",
    "escalate",
    "lead_at",
    "log_contact",
    "may_change_facts",
    "may_decide_change",
    "name_handler",
    "name_suspect",
    "named_handlers",
    "open_change",
    "propose_change",
    "propose_merge",
    "record_answer",
    "register_complaint",
    "require_changeable",
    "reveal",
    "reveal_teller",
    "send_back_change",
    "send_back_merge",
    "undo_merge",
]
