"""What happened to a record, as lines a person reads: steps and edits, who, when, and why so late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import display
from workflow.models import Edit, Transition
from workflow.table import REGISTRY

BORN = {
    "register": gettext_lazy("Received"),
    "add": gettext_lazy("Person added"),
    "add_suspect": gettext_lazy("Named as a suspect"),
    "set_hearing": gettext_lazy("Hearing set"),
    "name_handler": gettext_lazy("Named who handles it"),
    "end_naming": gettext_lazy("Ended a naming"),
    "begin_return": gettext_lazy("Return begun: the person, asked alone, wishes to go home"),
    "begin_unwilling": gettext_lazy("Does not want to return"),
    "announce_return": gettext_lazy("Announced from abroad"),
    "record_deportation": gettext_lazy("Deportation ordered"),
    "log_contact": gettext_lazy("Logged"),
    "find_pair": gettext_lazy("Found"),
    "write_survey": gettext_lazy("Survey written"),
    "release": gettext_lazy("Released: what was proposed, and what was decided"),
    "asked_for": gettext_lazy("A list of names asks for people of this complaint"),
    "plan": gettext_lazy("Operation planned"),
    "name_member": gettext_lazy("Named somebody for it"),
    "end_member": gettext_lazy("Ended a naming"),
    "count": gettext_lazy("Quick count entered"),
    "enter": gettext_lazy("List of people entered"),
    "take_back": gettext_lazy("Entry taken back"),
    "send": gettext_lazy("Referral sent"),
    "merged_person": gettext_lazy("Found to be the same person as another"),
    "parted_person": gettext_lazy("Found to be two persons after all"),
    "took_in": gettext_lazy("Another complaint was merged into this one"),
    "prepare": gettext_lazy("Prepared"),
    "gave_back": gettext_lazy("A merge was taken back"),
}


@dataclass
class Line:
    """One line of a story; `people` are the references and links of those it is about, `who` the references of rows."""

    title: Any
    by: str
    at: datetime
    note: str = ""
    about: str = ""
    step: str = ""
    by_id: Any = None
    n: int = 1
    people: list[tuple[str, str]] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    recorded_at: datetime | None = None

    @property
    def headline(self) -> Any:
        """Return what happened and to whom, with a link where it is one person."""
        return _title(self)


def word_of(transition: Transition) -> str:
    """Return how a step is called once it is taken."""
    if transition.step in BORN:
        return str(BORN[transition.step])
    for table in REGISTRY.values():
        if table.model.lower() == transition.object_type:
            for step in table.named(transition.step):
                if step.target in (None, transition.after):
                    return str(step.done or step.label)
    return transition.step


def lateness(transition: Transition, *, notes: bool) -> str:
    """Say by how much and (for who reads notes) why a step was recorded later; empty up to 24 hours."""
    if not transition.is_late or transition.step in BORN:
        return ""
    gap = display.span(transition.recorded_at - transition.happened_at)
    if not notes:
        return _("Recorded %(gap)s later") % {"gap": gap}
    return _("Recorded %(gap)s later: %(why)s") % {"gap": gap, "why": transition.late_why or _("not said")}


def line_of(transition: Transition, *, notes: bool, people: Mapping[Any, tuple[str, str]]) -> Line:
    """Turn a step into a line; `people` gives name and address by key of a person's row."""
    note = "\n".join(part for part in (transition.words if notes else "", lateness(transition, notes=notes)) if part)
    known = people.get(transition.object_id)
    return Line(
        title=word_of(transition),
        by=transition.by.display_name,
        at=transition.happened_at,
        note=note,
        about=transition.reference,
        step=f"{transition.object_type}.{transition.step}",
        by_id=transition.by_id,
        people=[known] if known else [],
        recorded_at=transition.recorded_at,
    )


def told(lines: Iterable[Line]) -> list[Line]:
    """Join neighbours that say the same of several people: "7 people: rescued"."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        alike = last and (last.step, last.by_id, last.note) == (line.step, line.by_id, line.note)
        if last and alike and line.people and display.here(last.at).date() == display.here(line.at).date():  # type: ignore[union-attr]
            last.n += 1
            last.people += line.people
        else:
            found.append(line)
    return found


def as_items(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Return the items of the component `timeline`."""
    return [{"title": line.headline, "by": line.by, "at": line.at, "note": line.note} for line in lines]


def _title(line: Line) -> Any:
    if line.n > 1:
        people = ngettext("%(n)s person", "%(n)s people", line.n) % {"n": display.number(line.n)}
        return _("%(what)s: %(whom)s") % {"what": line.title, "whom": people}
    if line.people:
        name, url = line.people[0]
        whom = format_html('<a href="{}">{}</a>', url, name)
        return format_html(_("{what}: {whom}"), what=line.title, whom=whom)
    return line.title


def edits_as_lines(edits: Iterable[Edit], labels: Mapping[str, Any], words: Mapping[str, Any]) -> list[Line]:
    """Join the edits of one save into a line; `labels` names fields, `words` says values (by field, then value)."""
    found: dict[tuple[Any, int], Line] = {}
    for edit in edits:
        key = (edit.object_id, edit.version)
        line = found.setdefault(
            key,
            Line(
                title=_("Facts changed"),
                by=edit.by.display_name,
                at=edit.recorded_at,
                about=edit.reference,
                recorded_at=edit.recorded_at,
            ),
        )
        if edit.field in labels:
            said = words.get(edit.field, str)
            line.changes.append((str(labels[edit.field]), said(edit.before), said(edit.after)))
    for line in found.values():
        line.note = "\n".join(
            _("%(what)s: %(whom)s") % {"what": label, "whom": f"{before or '—'} → {now or '—'}"}
            for label, before, now in line.changes
        )
    return list(found.values())
