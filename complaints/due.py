"""What is due of complaints: one's own, what one decides, where nobody acted, and the words owed to reporters."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Branch
from complaints.contact_workflow import HELD, TRIAGE
from complaints.models import Call, Complaint, Contact, Handling, Pair, PublicMessage, PublicReport
from complaints.models.call import LEADS
from complaints.models.pair import READ as PAIRS
from complaints.services.rings import untold
from complaints.waiting import READ, arms_of
from core.filters import tonight
from core.paging import counted
from notifications.context import WAITING, Waiting
from notifications.due import CAP, Due, register, register_both, register_own
from provinces.models import MINISTRY

LIST = "complaints:list"


def _mine(user: Any, now: datetime) -> Any:
    return Complaint.objects.overdue(tonight(now)).filter(officer=user)


def _late(user: Any, now: datetime) -> Any:
    if not user.may("complaint.confirm") and user.table.branch != Branch.SEALED:
        return None
    return Complaint.objects.overdue(tonight(now))


def _new(user: Any, now: datetime) -> Any:
    if not user.may("complaint.acknowledge") or user.may("complaint.confirm"):
        return None
    return Complaint.objects.unacknowledged().filter(due_at__lt=tonight(now))


def _unassigned(user: Any, now: datetime) -> Any:
    if not user.may("reporter.reveal"):
        return None
    return Complaint.objects.unacknowledged().filter(province=MINISTRY, handling=Handling.PROVINCIAL)


def _answers(user: Any, now: datetime) -> Any:
    return Complaint.objects.answer_due(tonight(now)) if user.may("reporter.reveal") else None


def _messages(user: Any, now: datetime) -> Any:
    return Contact.objects.waiting() if user.may(TRIAGE) else None


def _pairs(user: Any, now: datetime) -> Any:
    return Pair.objects.open() if user.may(PAIRS) else None


def _pairs_waiting(user: Any) -> dict[str, Any]:
    rows = _pairs(user, timezone.now())
    return {} if rows is None else {"n": counted(rows.of_own_provinces(user), CAP)}


def _untold(user: Any, now: datetime) -> Any:
    return untold(Complaint.objects.all()) if user.may(TRIAGE) else None


def _calls(user: Any) -> dict[str, Any]:
    rows = _untold(user, timezone.now())
    if rows is None:
        return {}
    return {"n": counted(rows.of_own_provinces(user), CAP), "left": counted(Call.objects.left_to(user), CAP)}


def _late_messages(user: Any, now: datetime) -> Any:
    return Contact.objects.waiting().late(tonight(now)) if user.may(TRIAGE) else None


def _late_held(user: Any, now: datetime) -> Any:
    return Contact.objects.held().late(tonight(now)) if user.may(HELD) else None


def _aside(user: Any, now: datetime) -> Any:
    return Contact.objects.aside_lately(now) if user.may(TRIAGE) and user.may(LEADS) else None


def _held(user: Any, now: datetime) -> Any:
    return Contact.objects.held() if user.may(HELD) else None


def _waiting(user: Any) -> dict[str, Any]:
    """Count what waits in the inbox; for who looks through sealed reports alone, those that are held apart."""
    now = timezone.now()
    rows = _messages(user, now) if user.may(TRIAGE) else _held(user, now)
    return {} if rows is None else {"n": counted(rows.of_own_provinces(user), CAP)}


register(
    Due(
        "decide",
        _("Waiting for your decision"),
        "approvals:list",
        "",
        lambda user, _now: arms_of(user) if user.may(READ) else [],
    )
)
register_both(
    "mine", _("Yours, due by tonight"), _("Shared with you, due by tonight"), LIST, "officer=me&clock=due", _mine
)
register_own("new", _("Not acknowledged, due by tonight"), LIST, "status=new&clock=due", _new)
register_own("late", _("Everybody's, due by tonight"), LIST, "clock=due", _late)
register_own("inbox", _("Messages that wait in the inbox"), "contacts:list", "", _messages)
register_own("inbox_late", _("Messages to deal with by tonight"), "contacts:list", "late=due", _late_messages)
register_own(
    "held_late",
    _("Held apart, perhaps a danger, to look at by tonight"),
    "contacts:list",
    "status=held&late=due",
    _late_held,
)
register_own(
    "aside",
    _("Messages set aside in the last three days, to look at once more"),
    "contacts:list",
    "status=set_aside&aside=lately",
    _aside,
)
register_own("held", _("Reports of a flood, held apart"), "contacts:list", "status=held", _held)
register(
    Due(
        "stuck",
        _("Public reports and messages by the code that could not be taken in; tell the administrator"),
        "contacts:list",
        "",
        lambda user, _now: (
            [model.objects.stuck() for model in (PublicReport, PublicMessage)] if user.may(TRIAGE) else []
        ),
    )
)
register_own("unassigned", _("Waiting for a province"), LIST, "tray=1", _unassigned)
register_own("answers", _("A word to the reporter, due by tonight"), LIST, "clock=answer", _answers)
register_own("pairs", _("Likely the same, beyond a province"), "pairs:list", "", _pairs)
WAITING["pairs:list"] = Waiting(_pairs_waiting, lambda _user, found: found.get("n", 0))
register_own("untold", _("Immediate danger by telephone, nobody was told"), "hotline:list", "", _untold)
register(
    Due(
        "calls_left",
        _("Calls that nobody goes on with"),
        "hotline:list",
        "",
        lambda user, now: [Call.objects.left_to(user, now)] if user.may(LEADS) else [],
    )
)
WAITING["hotline:list"] = Waiting(_calls, lambda _user, found: sum(found.values()))
WAITING["contacts:list"] = Waiting(_waiting, lambda _user, found: found.get("n", 0))
