"""What stands in a story besides steps and edits: calls and messages, attempts, words told, changes of the number. One query for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from complaints.models import (
    AttemptResult,
    AttemptWay,
    AttemptWhom,
    Channel,
    Complaint,
    Contact,
    ContactAttempt,
    NumberRevision,
    Place,
    ReporterAnswer,
    Ring,
    RingResult,
    Told,
)
from core import display
from workflow.notes import in_words
from workflow.story import Line

ALL = ("contact", "attempt", "answer", "revision", "ring")
TEXTS = ("one", "two", "three", "words")
PEOPLE = ("whom", "approved_by")
COLUMNS = ("what", "one", "two", "three", "words", "happened", "recorded", "name_en", "name_km")


@dataclass(frozen=True)
class Arm:
    """Which columns of a table tell a line: three codes (the third may be a person), words, when it happened and was told, and who told it."""

    model: Any
    codes: tuple[str, str, str]
    words: str
    happened: str
    told: str
    who: str


ARMS = {
    "contact": Arm(Contact, ("channel", "kind", ""), "narrative", "received_at", "logged_at", "logged_by"),
    "attempt": Arm(ContactAttempt, ("way", "whom", "result"), "note", "happened_at", "recorded_at", "by"),
    "answer": Arm(ReporterAnswer, ("way", "told", ""), "", "happened_at", "recorded_at", "by"),
    "revision": Arm(NumberRevision, ("before", "after", "approved_by"), "why", "at", "at", "by"),
    "ring": Arm(Ring, ("place", "result", "whom"), "", "happened_at", "recorded_at", "by"),
}


def besides(
    complaint: Complaint,
    user: Any,
    kinds: Iterable[str],
    most: int,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Line]:
    """Return the newest lines of these kinds, told at or after `since` and before `until`; one query, none without kinds."""
    arms = [_rows(kind, complaint, user, since, until) for kind in kinds]
    if not arms:
        return []
    rows = arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]
    identity = user.may("identity.read")
    return [_line(dict(zip(COLUMNS, row, strict=True)), identity) for row in rows.order_by("-recorded")[:most]]


def contact_lines(rows: Iterable[Contact], identity: bool) -> list[Line]:
    """Return calls and messages, fetched with who logged them, as lines; their words to who reads identities."""
    return [
        _line(
            {
                "what": "contact",
                "one": row.channel,
                "two": row.kind,
                "words": row.narrative,
                "happened": row.received_at,
                "recorded": row.logged_at,
                "name_en": row.logged_by.name,
                "name_km": row.logged_by.name_km,
            },
            identity=identity,
        )
        for row in rows
    ]


def _rows(kind: str, complaint: Complaint, user: Any, since: datetime | None, until: datetime | None) -> QuerySet[Any]:
    arm = ARMS[kind]
    rows = arm.model.objects.visible_to(user).filter(complaint=complaint).order_by()
    if since:
        rows = rows.filter(**{f"{arm.told}__gte": since})
    if until:
        rows = rows.filter(**{f"{arm.told}__lt": until})
    texts = {name: _text(column) for name, column in zip(TEXTS, (*arm.codes, arm.words), strict=True)}
    if arm.codes[2] in PEOPLE:
        texts["three"] = _name(arm.codes[2])
    found: QuerySet[Any] = rows.annotate(
        what=Value(kind, output_field=TextField()),
        **texts,
        happened=F(arm.happened),
        recorded=F(arm.told),
        name_en=_text(f"{arm.who}__name"),
        name_km=_text(f"{arm.who}__name_km"),
    ).values_list(*COLUMNS)
    return found


def _text(column: str) -> Any:
    nothing = Value("", output_field=TextField())
    return Coalesce(Cast(F(column), TextField()), nothing) if column else nothing


def _name(who: str) -> Any:
    """Return somebody's name in the reader's script, as `User.display_name` does."""
    latin = _text(f"{who}__name")
    return (
        Coalesce(NullIf(_text(f"{who}__name_km"), Value("", output_field=TextField())), latin)
        if get_language() == "km"
        else latin
    )


def _line(row: dict[str, Any], identity: bool) -> Line:
    title, note = TELL[row["what"]](row)
    words = (
        row["words"] if row["what"] == "contact" else in_words(row["words"].split("\n"))
    )  # a caller's are nobody's msgids
    return Line(
        title=title,
        by=row["name_km"] if row["name_km"] and get_language() == "km" else row["name_en"],
        at=row["happened"],
        recorded_at=row["recorded"],
        note="\n".join(part for part in (note, words if identity else "") if part),
    )


def _contact(row: dict[str, Any]) -> tuple[str, str]:
    kinds = dict(Contact.Kind.choices)
    return _("%(what)s: %(whom)s") % {"what": _("Call or message"), "whom": Channel(row["one"]).label}, str(
        kinds.get(row["two"], row["two"])
    )


def _attempt(row: dict[str, Any]) -> tuple[str, str]:
    tried = f"{AttemptWay(row['one']).label}, {AttemptWhom(row['two']).label}"
    return _("%(what)s: %(whom)s") % {"what": _("Attempt"), "whom": tried}, str(AttemptResult(row["three"]).label)


def _answer(row: dict[str, Any]) -> tuple[str, str]:
    told = Told(row["two"]).label
    return _("%(what)s: %(whom)s") % {"what": _("Told the reporter"), "whom": told}, str(AttemptWay(row["one"]).label)


def _revision(row: dict[str, Any]) -> tuple[str, str]:
    numbers = [display.number(int(text)) if text else "—" for text in (row["one"], row["two"])]
    second = _("second person: %(who)s") % {"who": row["three"]} if row["three"] else ""
    return display.told(_("People reported"), " → ".join(numbers)), second


def _ring(row: dict[str, Any]) -> tuple[str, str]:
    whom = f"{row['three']}, {Place(row['one']).label}"
    return _("%(what)s: %(whom)s") % {"what": _("Rang"), "whom": whom}, str(RingResult(row["two"]).label)


TELL = {"contact": _contact, "attempt": _attempt, "answer": _answer, "revision": _revision, "ring": _ring}
