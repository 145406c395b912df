"""What the queue says of each thing that waits for a second person."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Deputy
from complaints.models import Complaint, Handling, Outcome, ProposedChange, SecondReading, Status
from complaints.presenters.changes import provinces_of, said
from complaints.presenters.merging import kind_word
from partners.models import PartnerPhone
from victims.models import Deportation, Victim
from workflow.models import Merge


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what, about which record, who proposed it, since when, and the page that decides it."""

    kind: str
    word: Any
    what: str
    reference: str
    url: str
    by: str
    by_username: str
    since: datetime
    complaint: str = ""
    urgency: str = ""
    sealed: bool = False
    stands_for: tuple[Any, ...] = ()


KINDS = [
    "outcome",
    "closing",
    *(str(value) for value in ProposedChange.Field.values),
    "final_status",
    "not_a_victim",
    "merge",
    "second_reading",
    "reopening",
    "deportation_review",
    "partner_phone",
]


def waiting_rows(rows: Iterable[Any], away: Sequence[Deputy] = ()) -> list[Waiting]:
    """Return rows of `complaints.waiting` as lines of the queue; at most one query, for names of provinces.

    `away` are those for whom the reader stands in: a line says for whom it waits too, never for who proposed it, nor
    of what is sealed, where each is named apart.
    """
    found = list(rows)
    provinces = provinces_of(row for row in found if isinstance(row, ProposedChange))
    lines = [_row(row, provinces) for row in found]
    if not away:
        return lines
    return [line if line.sealed else replace(line, stands_for=_for_whom(line, away)) for line in lines]


def _for_whom(line: Waiting, away: Sequence[Deputy]) -> tuple[Deputy, ...]:
    return tuple(one for one in away if one.user.username != line.by_username)


def _row(row: Any, provinces: Mapping[str, str]) -> Waiting:
    if isinstance(row, ProposedChange):
        return _change(row, provinces)
    made: Waiting = WORDS[type(row)](row)
    return made


def _complaint(row: Any) -> Waiting:
    closing = row.status == Status.CLOSING_PROPOSED
    outcome = row.outcome if closing else row.proposed_outcome
    return Waiting(
        kind="closing" if closing else "outcome",
        word=_("Closing proposed") if closing else _("Outcome proposed"),
        what=str(Outcome(outcome).label) if outcome else "",
        url=reverse("complaints:step", args=[row.reference, "close" if closing else "confirm_outcome"]),
        **of(row.proposed_by, row.since),
        **_about(row),
    )


def _change(row: Any, provinces: Mapping[str, str]) -> Waiting:
    return Waiting(
        kind=row.field,
        word=ProposedChange.Field(row.field).label,
        what=f"{said(row.field, row.before, provinces)} → {said(row.field, row.after, provinces)}",
        url=reverse("complaints:changes", args=[row.complaint.reference]),
        **of(row.by, row.since),
        **_about(row.complaint),
    )


def _person(row: Any) -> Waiting:
    ended = row.to_be_final
    step, name = ("confirm_final", "victims:step") if ended else ("confirm_not_a_victim", "victims:identify")
    by = row.recorded_by if ended else row.cleared_proposed_by
    return Waiting(
        kind="final_status" if ended else "not_a_victim",
        word=_("To be final") if ended else _("“Not a victim” proposed"),
        what=str(row.get_rescue_status_display()),
        url=reverse(name, args=[row.reference, step]),
        **of(by, row.since),
        **{**_about(row.complaint), "reference": row.reference},
    )


def _reading(row: Any) -> Waiting:
    if row.reader_id:
        return _reopening(row)
    return Waiting(
        kind="second_reading",
        word=_("Second reading of a closing"),
        what=str(Outcome(row.complaint.outcome).label) if row.complaint.outcome else "",
        url=reverse("approvals:reading", args=[row.reference]),
        **of(row.closed_by, row.since),
        **_about(row.complaint),
    )


def _reopening(row: Any) -> Waiting:
    urls = {
        "reopen": reverse("complaints:step", args=[row.reference, "reopen"]),
        "name": reverse("complaints:handlers", args=[row.reference]),
        "read": reverse("approvals:reading", args=[row.reference]),
    }
    return Waiting(
        kind="reopening",
        word=_("Reopening is asked for: name who handles it") if row.act == "name" else _("Reopening is asked for"),
        what=str(Outcome(row.complaint.outcome).label) if row.complaint.outcome else "",
        url=urls[row.act],
        **of(row.reader, row.since),
        **_about(row.complaint),
    )


def _deportation(row: Any) -> Waiting:
    return Waiting(
        kind="deportation_review",
        word=_("Deportation: review"),
        what=str(row.get_reason_display()),
        url=reverse("deportations:step", args=[row.reference, "review"]),
        **of(row.recorded_by, row.since),
        **{**_about(row.complaint), "reference": row.reference},
    )


def _phone(row: Any) -> Waiting:
    return Waiting(
        kind="partner_phone",
        word=_("Telephone for codes: ring it and confirm"),
        what=str(row.partner),
        reference=row.partner.reference,
        url=reverse("partners:detail", args=[row.partner.reference]),
        **of(row.added_by, row.since),
    )


def _merge(row: Any) -> Waiting:
    return Waiting(
        kind="merge",
        word=_("Merging"),
        what=f"{kind_word(row.object_type)}: {row.absorbed_reference} → {row.survivor_reference}",
        reference=row.reference,
        url=reverse("merges:detail", args=[row.reference]),
        **of(row.by, row.since),
    )


def of(by: Any, since: datetime) -> dict[str, Any]:
    """Return who proposed it, and since when it waits."""
    return {"by": by.display_name if by else "", "by_username": by.username if by else "", "since": since}


def _about(complaint: Complaint) -> dict[str, Any]:
    return {
        "reference": complaint.reference,
        "complaint": complaint.reference,
        "urgency": complaint.urgency,
        "sealed": complaint.handling == Handling.SEALED,
    }


WORDS: dict[type, Any] = {
    Complaint: _complaint,
    Victim: _person,
    Merge: _merge,
    SecondReading: _reading,
    Deportation: _deportation,
    PartnerPhone: _phone,
}


def register(kind: str, model: type, words: Callable[[Any], Waiting]) -> None:
    """Add a kind from a room above; its rows join `complaints.waiting.ARMS`."""
    KINDS.append(kind)
    WORDS[model] = words
