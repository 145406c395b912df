"""What pages show of a case file: its parts, of those the reader may see."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import display
from people.presenters import about, names_of
from suspects.models import CaseFile, Suspect
from suspects.presenters.court import next_words, sentence_of, with_court
from suspects.presenters.suspects import status_words
from workflow.models import Edit, Transition
from workflow.story import Line, as_items, edits_as_lines

ROUTES = {"complaints": "complaints:detail", "suspects": "suspects:detail", "victims": "victims:detail"}
TITLES = {
    "complaints": gettext_lazy("Complaints"),
    "suspects": gettext_lazy("Suspects"),
    "victims": gettext_lazy("Victims"),
}
NEEDS = {"complaints": "complaint.read", "suspects": "suspect.read", "victims": "victim.read"}


def kinds() -> dict[str, Any]:
    """Return the models whose rows a file joins, by the name of the join."""
    return {
        "complaints": Suspect._meta.get_field("complaint").related_model,
        "suspects": Suspect,
        "victims": Suspect._meta.get_field("victims").related_model,
    }


def named_part(reference: str, user: Any) -> Any:
    """Return the complaint, suspect or person of a reference that the reader may see; None for another."""
    for model in kinds().values():
        if found := model.objects.visible_to(user).live().filter(reference=reference.strip().upper()).first():
            return found
    return None


def held_part(reference: str, user: Any, field: str) -> Any:
    """Return what a file is to join; None where nothing is said. ValidationError at the field for what the reader may not see."""
    found = named_part(reference, user) if reference.strip() else None
    if reference.strip() and found is None:
        raise ValidationError({field: [_("Nothing of this reference is open to you.")]})
    return found


def seen_parts(file: CaseFile, name: str, user: Any) -> Any:
    """Return what a file joins of one kind, by reference, of what the reader may see; None for who reads none of it."""
    return getattr(file, name).visible_to(user).live().order_by("reference") if user.may(NEEDS[name]) else None


def parts_of(file: CaseFile, user: Any) -> list[dict[str, Any]]:
    """Return the complaints, suspects and people of a file; a part out of scope is neither shown nor counted."""
    found = []
    for name in ROUTES:
        rows = seen_parts(file, name, user)
        if rows is None:
            continue
        if name != "complaints":
            rows = rows.select_related("person").prefetch_related("person__names")
        if name == "suspects":
            rows = with_court(rows, user)
        found.append({"title": TITLES[name], "rows": [_part(name, row, user) for row in rows]})
    return found


def _part(name: str, row: Any, user: Any) -> dict[str, Any]:
    person = getattr(row, "person", None)
    shown = names_of(person, user)[0] if person else ""
    status = row.get_rescue_status_display() if name == "victims" else row.get_status_display()
    more = _at_court(row) if name == "suspects" else []
    return {
        "reference": row.reference,
        "url": reverse(ROUTES[name], args=[row.reference]),
        "name": shown,
        "about": about(person) if person else "",
        "status": status_words(row) if name == "suspects" else str(status),
        "more": more,
    }


def _at_court(row: Any) -> list[str]:
    """Return where a suspect stands at court: articles, how they are held, the verdict or the next hearing."""
    numbers = ", ".join(display.digits(charge.article.number) for charge in row.standing)
    said = [
        display.told(_("Articles"), numbers) if numbers else "",
        str(row.get_restraint_display()) if row.restraint else "",
        _("in absentia") if row.in_absentia else "",
        sentence_of(row),
        next_words(row.sittings),
    ]
    return [words for words in said if words]


LABELS = {
    "police_number": gettext_lazy("Number of the police"),
    "court_number": gettext_lazy("Number of the court"),
    "unit": gettext_lazy("Unit"),
    "opened_on": gettext_lazy("Opened on"),
    "closed_on": gettext_lazy("Closed on"),
    "articles": gettext_lazy("Articles"),
    "court": gettext_lazy("Court"),
}
STEPS = {"join": gettext_lazy("Joined"), "part": gettext_lazy("Taken out")}
LINES = 30


def story_of(file: CaseFile, user: Any) -> list[dict[str, Any]]:
    """Return the newest lines of a file's story; what was joined or taken out is told of what the reader may see."""
    moves = list(Transition.objects.of(file).select_related("by")[:LINES])
    seen = _seen({move.after for move in moves}, user)
    lines = [
        Line(
            title=_("%(what)s: %(whom)s") % {"what": STEPS[move.step], "whom": move.after},
            by=move.by.display_name,
            at=move.recorded_at,
        )
        for move in moves
        if move.after in seen and move.step in STEPS
    ]
    edits = Edit.objects.of(file).select_related("by")[:LINES]
    lines += edits_as_lines(edits, LABELS, {})
    lines.append(Line(title=_("Case file opened"), by=file.opened_by.display_name, at=file.received_at))
    return as_items(sorted(lines, key=lambda line: line.at, reverse=True))


def _seen(references: set[str], user: Any) -> set[str]:
    """Keep the references that the reader may see, whatever they name."""
    found: set[str] = set()
    for name, model in kinds().items():
        if references and user.may(NEEDS[name]):
            rows = model.objects.visible_to(user).filter(reference__in=references)
            found |= set(rows.values_list("reference", flat=True))
    return found
