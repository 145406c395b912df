"""What stands beside a call while somebody types: what to say, who interprets, who called before, what looks the same."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from complaints.contact_workflow import TRIAGE
from complaints.languages import SPOKEN
from complaints.models import Call, CallKind, CallScript, Complaint, Contact, Interpreter, Status
from complaints.services.codes import Looked
from core import display
from core.phones import e164
from core.sealed import keyed_hash
from notifications.due import CAP

EARLIER = 5
FIRST_LANGUAGE = "km"


@dataclass(frozen=True)
class ToSay:
    """What to say, in one language; `is_unread`: no native speaker read it."""

    language: str
    name: str
    words: str
    is_unread: bool


def to_say(kind: str, spoken: str) -> list[ToSay]:
    """Return what to say in the caller's language, in Khmer and in the reader's, as far as there are words; one query."""
    if kind not in CallKind.values:
        return []
    wanted = [code for code in dict.fromkeys((spoken, FIRST_LANGUAGE, (get_language() or "")[:2])) if code in SPOKEN]
    rows = {row.language: row for row in CallScript.objects.filter(kind=kind, language__in=wanted)}
    return [ToSay(code, SPOKEN[code][0], rows[code].words, rows[code].is_unread) for code in wanted if code in rows]


def interpreters(spoken: str) -> list[Interpreter]:
    """Return who interprets the caller's language; nobody is needed for Khmer."""
    return list(Interpreter.objects.for_language(spoken)) if spoken in SPOKEN and spoken != FIRST_LANGUAGE else []


@dataclass(frozen=True)
class Earlier:
    """A call or message that came from the same number, of those the reader may see."""

    when: str
    kind: str
    channel: str
    reference: str
    url: str
    state: str
    complaint: str
    is_closed: bool
    messages_url: str = ""


def called_before(phone: str, user: Any) -> list[Earlier]:
    """Return what came from this number before, the newest first; only of what the reader may see, and who may open reporters."""
    number = e164(phone) if phone and user.may("reporter.reveal") else ""
    if not number:
        return []
    seen = Contact.objects.visible_to(user).filter(reporter__phone_hash=keyed_hash("phone", number))
    newest = seen.select_related("complaint").defer("raw", "narrative").order_by("-received_at", "-pk")
    rows = list(newest[:EARLIER])
    complaints = _open_to(rows, user)
    return _offered_once([_earlier(row, complaints) for row in rows])


def _offered_once(rows: list[Earlier]) -> list[Earlier]:
    """Leave each complaint to the newest call about it: a key that two buttons have presses neither."""
    newest: dict[str, Earlier] = {}
    for row in rows:
        newest.setdefault(row.complaint, row)
    return [row if newest[row.complaint] is row else replace(row, complaint="") for row in rows]


def of_code(looked: Looked, user: Any) -> Earlier | None:
    """Return the report that a code belongs to, or the complaint it is in now; and where its messages stand."""
    row = looked.contact
    if row is None:
        return None
    found = _earlier(row, _open_to([row], user))
    room = "complaints:messages" if found.complaint else "contacts:messages"
    return replace(found, messages_url=reverse(room, args=[found.reference]))


def _open_to(rows: list[Contact], user: Any) -> dict[Any, Complaint]:
    """Return the complaints that contacts belong to now, of those the reader may see: one that was merged stands for none."""
    keys = {key for row in rows if row.complaint for key in (row.complaint.pk, row.complaint.merged_into_id) if key}
    return {one.pk: one for one in Complaint.objects.visible_to(user).live().filter(pk__in=keys)} if keys else {}


def _earlier(row: Contact, seen: dict[Any, Complaint]) -> Earlier:
    of = seen.get(row.complaint.merged_into_id or row.complaint.pk) if row.complaint else None
    name = "complaints:detail" if of else "contacts:detail"
    reference = of.reference if of else row.reference
    return Earlier(
        when=display.moment(row.received_at, "short"),
        kind=str(row.get_kind_display()),
        channel=str(row.get_channel_display()),
        reference=reference,
        url=reverse(name, args=[reference]),
        state=str(of.get_status_display() if of else row.get_status_display()),
        complaint=reference if of else "",
        is_closed=of is not None and of.status == Status.CLOSED,
    )


def length(seconds: int) -> str:
    """Write how long a call lasted: "2:41"."""
    return display.digits(f"{seconds // 60}:{seconds % 60:02}")


@dataclass(frozen=True)
class GoingCall:
    """A call that goes on, as the lists show it."""

    reference: str
    url: str
    take_url: str
    began: datetime.datetime
    lasts: str
    who: str
    is_handed: bool
    waits_for: str
    is_left: bool


def calls_of(user: Any) -> list[GoingCall] | None:
    """Return the calls handed to somebody, those they have, and to supervisors those that nobody goes on with.

    None where the role answers no call. One query.
    """
    if not user.may(TRIAGE):
        return None
    found = Call.objects.of_page(user).select_related("by", "handed_to").defer("body")
    return sorted(_going(found[:CAP], user), key=lambda call: not call.is_handed)


def _going(rows: Iterable[Any], user: Any) -> list[GoingCall]:
    now = timezone.now()
    return [
        GoingCall(
            reference=row.reference,
            url=reverse("hotline:call", args=[row.reference]),
            take_url=reverse("hotline:take", args=[row.reference]),
            began=row.began_at,
            lasts=length(row.length(now)),
            who=row.by.display_name,
            is_handed=row.handed_to_id == user.pk,
            waits_for=row.handed_to.display_name if row.handed_to and row.by_id == user.pk else "",
            is_left=row.is_left,
        )
        for row in rows
    ]


def words_typed(typed: Any) -> list[dict[str, Any]]:
    """Return what is typed in a call as labels and words, for who is asked to take it over."""
    forms = (typed.call, typed.intake.story, *typed.intake.people.forms, typed.intake.reporter)
    return [{"key": bound.label, "value": words} for form in forms for bound in form if (words := _shown(bound))]


HIDDEN = ("to", "contact", "idempotency_key", "received_at")


def _shown(bound: Any) -> str:
    value = bound.value()
    if bound.name in HIDDEN or value in (None, "", [], False):
        return ""
    if value is True or value == "on":
        return _("Yes")
    names = {str(code): str(label) for code, label in getattr(bound.field.widget, "choices", ())}
    values = value if isinstance(value, (list, tuple)) else [value]
    return ", ".join(names.get(str(one), str(one)) for one in values)
