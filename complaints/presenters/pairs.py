"""Two that may be the same, as far as the reader sees each: the one out of sight is not named and not described."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.scope import is_stricter
from complaints.likeness import WHY
from complaints.models import Complaint, Handling, Pair, PairState, Status
from complaints.models.complaint import first_words
from complaints.pair_workflow import PAIR
from complaints.presenters.merging import Line, compare
from complaints.presenters.rows import language_of
from core import display
from people.presenters import names_of
from victims.models import Victim
from workflow.services import available_steps

CALLER = "number_called"
GLYPHS = {
    PairState.OPEN: "outcome_proposed",
    PairState.LINKED: "verifying",
    PairState.JOINED: "closed",
    PairState.DISMISSED: "left_on_own",
    PairState.APART: "left_on_own",
}


@dataclass(frozen=True)
class Side:
    """One of the two; `complaint` is None where the reader does not see it."""

    complaint: Complaint | None
    reference: str
    url: str
    words: str
    words_lang: str
    where: str


@dataclass(frozen=True)
class PairRow:
    """A pair as a row of the list."""

    pair: Pair
    sides: list[Side]
    reasons: list[str]
    state: tuple[str, str]
    found: str


def row_of(pair: Any, user: Any) -> PairRow:
    """Prepare a pair that was fetched `with_sight`; no query."""
    return PairRow(
        pair=pair,
        sides=sides_of(pair, user),
        reasons=reasons_of(pair, user),
        state=state_of(pair),
        found=display.moment(pair.found_at, "short"),
    )


def state_of(pair: Pair) -> tuple[str, str]:
    """Return where it stands: a status glyph, and the word."""
    return GLYPHS[PairState(pair.state)], str(pair.get_state_display())


def sides_of(pair: Any, user: Any) -> list[Side]:
    """Return both sides, those out of sight without a name."""
    unseen = _("a message that you do not see") if pair.contact_id else _("a complaint that you do not see")
    one = _side(pair.one, pair.one_province, user) if pair.sees_one else Side(None, "", "", unseen, "", "")
    unseen = _("a complaint that you do not see")
    other = _side(pair.other, pair.other_province, user) if pair.sees_other else Side(None, "", "", unseen, "", "")
    return [one, other]


def _side(row: Complaint, province: Any, user: Any) -> Side:
    words = first_words(row.narrative) if user.may("identity.read") else ""
    where = str(province) if row.handling == Handling.PROVINCIAL else str(row.get_handling_display())
    return Side(
        row, row.reference, reverse("complaints:detail", args=[row.reference]), words, language_of(words), where
    )


def codes_of(pair: Pair, user: Any) -> list[str]:
    """Return the codes of why; that it is about who told us is for who may open a reporter's identity."""
    return [code for code in pair.reasons if code != CALLER or user.may("reporter.reveal")]


def reasons_of(pair: Pair, user: Any) -> list[str]:
    """Say why they may be the same."""
    found = [str(WHY[code]) for code in codes_of(pair, user) if code in WHY]
    if CALLER in pair.reasons and not user.may("reporter.reveal"):
        found.append(_("something about who told us, which you do not read"))
    return found


def lines_of(sides: list[Side], user: Any) -> list[Line]:
    """Lay both side by side, as merging does, with who is sought; what is out of sight stays empty."""
    one, other = (side.complaint for side in sides)
    shown: Any = one or other
    if shown is None:
        return []
    found = compare(one or shown, other or shown, (sides[0].reference, sides[1].reference), user).lines
    names = [_names(row, user) if row is not None else "" for row in (one, other)]
    found.append(Line(_("People sought"), names[0], names[1]))
    for line in found:
        line.stays = line.stays if one is not None else ""
        line.goes = line.goes if other is not None else ""
    return found


def _names(row: Complaint, user: Any) -> str:
    sought = Victim.objects.visible_to(user).live().filter(complaint=row).select_related("person")
    names = [names_of(victim.person, user)[0] for victim in sought.prefetch_related("person__names")[:20]]
    return " · ".join(name for name in names if name) or "—"


def join_url(sides: list[Side], user: Any, pair: Pair) -> str:
    """Return where their merge is proposed, the stricter one staying, else the open one, else the older; empty where it is not."""
    one, other = (side.complaint for side in sides)
    if one is None or other is None or pair.state not in (PairState.OPEN, PairState.LINKED):
        return ""
    if not user.may("merge.propose") or not user.may("merge.across"):
        return ""
    return f"{reverse('merges:new')}?one={_stays(one, other).reference}&other={_goes(one, other).reference}"


def _stays(one: Complaint, other: Complaint) -> Complaint:
    if one.handling != other.handling:
        return one if is_stricter(one.handling, other.handling) else other
    return min((one, other), key=lambda row: (row.status == Status.CLOSED, row.received_at))


def _goes(one: Complaint, other: Complaint) -> Complaint:
    return other if _stays(one, other) is one else one


def acts_of(pair: Pair, user: Any) -> list[dict[str, Any]]:
    """Return the steps that may be taken now: by one press, or on a page of their own."""
    return [
        {
            "name": step.name,
            "label": step.label,
            "url": reverse("pairs:step", args=[pair.reference, step.name]),
            "at_once": not step.asks and not step.note_required,
        }
        for step in available_steps(PAIR, pair, user)
    ]
