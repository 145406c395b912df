"""What a checklist adds up to, in words: shown to who decides, never decided."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.models import Act, Complaint, Evidence, Means, Purpose, Sign
from core import display
from victims.models import Victim

ELEMENTS = {"act": Act, "means": Means, "purpose": Purpose}
WORDS: dict[str, dict[str, Any]] = {
    "act": dict(Act.choices),
    "means": dict(Means.choices),
    "purpose": dict(Purpose.choices),
    "signs_yes": dict(Sign.choices),
    "signs_no": dict(Sign.choices),
}


def a_child_among(complaint: Complaint, user: Any) -> bool:
    """Return whether one of the people is under 18 as far as known; one query."""
    rows = Victim.objects.visible_to(user).live().filter(complaint=complaint).select_related("person")
    return any(row.is_child for row in rows)


def said(name: str, codes: Iterable[str]) -> str:
    """Return the words of codes of a part."""
    return ", ".join(str(WORDS[name].get(code, code)) for code in codes)


def adds_up(kept: Evidence, child: bool) -> list[str]:
    """Return the sentences: which of act, means and purpose are there, what a child changes, how many signs."""
    there = {name: bool(getattr(kept, name)) for name in ELEMENTS}
    if kept.version == 0:
        return [_("Nothing is ticked yet.")]
    return [_elements(there, child), _signs(kept), _("The outcome is yours to record; this decides nothing.")]


def _elements(there: dict[str, bool], child: bool) -> str:
    needed = {name: there[name] for name in there if name != "means" or not child}
    names = {"act": _("act"), "means": _("means"), "purpose": _("purpose")}
    missing = [names[name] for name, found in needed.items() if not found]
    rest = _("A child is among them: no means are needed.") if child else _("No child is known to be among them.")
    if missing:
        return _("Not shown yet: %(what)s.") % {"what": ", ".join(missing)} + " " + rest
    return _("Everything that trafficking needs is ticked.") + " " + rest


def _signs(kept: Evidence) -> str:
    yes, no = len(kept.signs_yes), len(kept.signs_no)
    words = {
        "yes": display.number(yes),
        "all": display.number(len(Sign.values)),
        "no": display.number(no),
        "open": display.number(len(Sign.values) - yes - no),
    }
    return (
        ngettext(
            "Signs of forced labour: %(yes)s of %(all)s; %(no)s not there, %(open)s not known.",
            "Signs of forced labour: %(yes)s of %(all)s; %(no)s not there, %(open)s not known.",
            yes,
        )
        % words
    )


def lines(kept: Evidence, user: Any) -> list[dict[str, str]]:
    """Return the checklist as facts; the note for who reads identities."""
    found = [(kept._meta.get_field(name).verbose_name, said(name, getattr(kept, name))) for name in WORDS]  # type: ignore[union-attr]
    if user.may("identity.read"):
        found.append((kept._meta.get_field("evidence_note").verbose_name, kept.evidence_note))  # type: ignore[union-attr]
    return [{"key": str(key), "value": value or "—"} for key, value in found]
