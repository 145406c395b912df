"""Two records side by side: what is said of each, what may be chosen, and what follows."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django_countries import countries

from complaints.models import Complaint, ExploitationForm
from core import display
from people.models import Person
from people.presenters import about, age_of, names_of
from provinces.models import Site
from suspects.models import Suspect
from victims.models import Victim
from victims.presenters import rescue_words
from workflow.merging import choosable, set_values, values_of
from workflow.models import Approval, Merge
from workflow.shapes import SHAPES, Group

SHORT = 40


@dataclass
class Line:
    """One line of the comparison; `name` is empty where nothing is to be chosen; `chosen` is "stays" or "goes"."""

    label: Any
    stays: str
    goes: str
    name: str = ""
    chosen: str = ""
    changed: bool = False


@dataclass
class Compared:
    """Two records: the lines that may be chosen, the lines that are only read, and what follows."""

    lines: list[Line] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    stays: str = ""
    goes: str = ""
    stays_url: str = ""
    goes_url: str = ""


def kind_word(label: str) -> str:
    """Say what is merged."""
    words = {"people.person": _("Persons"), "complaints.complaint": _("Complaints"), "provinces.site": _("Sites")}
    return words[label]


def state_of(merge: Merge) -> tuple[str, str]:
    """Return where a merge stands: a status glyph, and the word."""
    if merge.undone_at:
        return "left_on_own", _("Taken back")
    if merge.at:
        return "closed", _("Merged")
    if merge.approval.state == Approval.State.REFUSED:
        return "information_needed", _("Sent back")
    return "outcome_proposed", _("Waits for a second person")


def url_of(reference: str) -> str:
    """Return the page of a record by the beginning of its reference."""
    rooms = {"KH": "complaints:detail", "V": "victims:detail", "S": "suspects:detail", "ST": "sites:detail"}
    room = rooms.get(reference.partition("-")[0])
    return reverse(room, args=[reference]) if room else ""


def compare(stays: Any, goes: Any, references: tuple[str, str], user: Any, merge: Merge | None = None) -> Compared:
    """Lay two records side by side; of a merge that was made, with the values the survivor had before."""
    shape = SHAPES[stays._meta.label_lower]
    open_groups = {group.name for group in choosable(shape, stays, goes)}
    found = Compared(stays=references[0], goes=references[1])
    found.stays_url, found.goes_url = (url_of(reference) for reference in references)
    found.lines = READ[type(stays)](stays, goes, user)
    for group in shape.groups(stays, goes):
        found.lines.append(_line(group, stays, goes, merge, user, may=group.name in open_groups))
    if merge is None or merge.is_waiting:
        found.effects = EFFECTS[type(stays)](stays, goes)
    return found


def _line(group: Group, stays: Any, goes: Any, merge: Merge | None, user: Any, *, may: bool) -> Line:
    kept, changed = stays, False
    if merge is not None and merge.is_done and group.name in merge.before:
        changed = values_of(stays, group) != merge.after[group.name]
        kept = type(stays)._base_manager.get(pk=stays.pk)
        set_values(kept, merge.before[group.name])
    words = said(kept, group, user), said(goes, group, user)
    chosen = ""
    if merge is not None and merge.undone_at is None and words[0] != words[1]:
        taken = group.name in (merge.chosen if merge.is_waiting else merge.before)
        chosen = "goes" if taken else "stays"
    return Line(
        group.label, *words, name=group.name if may and words[0] != words[1] else "", chosen=chosen, changed=changed
    )


def said(row: Any, group: Group, user: Any) -> str:
    """Say the values of a group in words; what was told is for who may know identities."""
    if group.name == "narrative" and not user.may("identity.read"):
        return ""
    if group.name == "birth":
        born = display.day(row.born_on) if row.born_on else str(row.born_year or "")
        return ", ".join(part for part in (age_of(row), display.digits(born)) if part)
    if group.name == "number":
        numbers = [number for number in (row.number_low, row.number_reported, row.number_high) if number is not None]
        return "–".join(display.number(number) for number in dict.fromkeys(numbers))
    if group.name == "national_led":
        return _("National-led") if row.national_led else _("Provincial")
    words = [word_of(row, name) for name in group.fields if name != "main_form"]
    return ", ".join(word for word in words if word)


def word_of(row: Any, name: str) -> str:
    """Say one field."""
    value = getattr(row, name)
    if name in {"nationality", "country_of_report"}:
        return str(countries.name(value)) if value else ""
    if name == "forms":
        return ", ".join(str(ExploitationForm(form).label) for form in value)
    shown = getattr(row, f"get_{name}_display", None)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(shown() if shown else value if value is not None else "")


def _persons(stays: Person, goes: Person, user: Any) -> list[Line]:
    both = stays, goes
    names = (
        [" · ".join(name.text for name in one.names.all()) for one in both] if user.may("identity.read") else ["", ""]
    )
    lines = [Line(_("Names"), names[0] or "—", names[1] or "—")]
    rows = (
        Victim.objects.visible_to(user).live().filter(person__in=both).select_related("complaint", "province", "person")
    )
    sought: dict[Any, list[str]] = {one.pk: [] for one in both}
    for row in rows.order_by("received_at", "pk"):
        how = rescue_words(row, identity=user.may("identity.read"))
        sought[row.person_id].append(display.told(f"{row.complaint.reference}, {row.province}", how))
    lines.append(Line(_("Sought in"), "\n".join(sought[stays.pk]) or "—", "\n".join(sought[goes.pk]) or "—"))
    suspected: dict[Any, list[str]] = {one.pk: [] for one in both}
    if user.may("suspect.read"):
        found = Suspect.objects.visible_to(user).live().filter(person__in=both).select_related("complaint")
        for suspect in found.order_by("received_at", "pk"):
            said = display.told(suspect.complaint.reference, suspect.get_status_display())
            suspected[suspect.person_id].append(said)
    if any(suspected.values()):
        lines.append(
            Line(_("Suspected in"), "\n".join(suspected[stays.pk]) or "—", "\n".join(suspected[goes.pk]) or "—")
        )
    return lines


def _complaints(stays: Complaint, goes: Complaint, user: Any) -> list[Line]:
    def both(label: Any, say: Any) -> Line:
        return Line(label, str(say(stays)), str(say(goes)))

    return [
        both(_("Received"), lambda row: display.moment(row.received_at)),
        both(_("Channel"), lambda row: row.get_channel_display()),
        both(_("Responsible province"), lambda row: row.province),
        both(_("Handling"), lambda row: row.get_handling_display()),
        both(_("Status"), lambda row: row.get_status_display()),
        both(_("People listed"), lambda row: display.number(row.n_people + row.n_found_unreported)),
        both(_("Still sought"), lambda row: display.number(row.ledger["sought"])),
    ]


def _sites(stays: Site, goes: Site, user: Any) -> list[Line]:
    def both(label: Any, say: Any) -> Line:
        return Line(label, str(say(stays)), str(say(goes)))

    lines = [
        both(_("Other names"), lambda row: " · ".join(row.other_names) or "—"),
        both(_("Province"), lambda row: row.province),
    ]
    if user.may("complaint.read"):
        seen = Complaint.objects.visible_to(user).live()
        lines.append(both(_("Complaints"), lambda row: display.number(seen.filter(site=row).count())))
    return lines


def _effects_of_persons(stays: Person, goes: Person) -> list[str]:
    rows = list(Victim.objects.live().filter(person__in=[stays, goes]))
    rescued = {row.person_id: row.rescued_on for row in rows if row.rescued_on}
    searching = {row.person_id for row in rows if row.rescue_status in {"reported", "located", "declined", "not_found"}}
    found = [_("All names, papers, searches and suspicions become those of one person.")]
    if any(one in searching and other in rescued for one, other in ((stays.pk, goes.pk), (goes.pk, stays.pk))):
        found.append(_("Searches that a rescue came after end. They are given back if the merge is taken back."))
    if len(set(rescued.values())) > 1:
        found.append(_("They were brought out on two days: that stays two rescues."))
    complaints = [row.complaint_id for row in rows]
    if len(complaints) > len(set(complaints)):
        found.append(_("Where both stand in one complaint, one row leaves its ledger."))
    return found


def _effects_of_complaints(stays: Complaint, goes: Complaint) -> list[str]:
    found = [_("Contacts, people, suspects and files move. The other one becomes a duplicate that leads here.")]
    needed = stays.n_people + goes.n_people
    if stays.number_reported is not None and needed > stays.number_reported:
        words = {"n": display.number(needed)}
        found.append(_("The number reported rises to as many as %(n)s, to cover the people listed.") % words)
    return found


def _effects_of_sites(stays: Site, goes: Site) -> list[str]:
    found = [_("Names, complaints, companies and measures move. The old reference leads here.")]
    if goes.national_led and not stays.national_led:
        found.append(_("The ministry leads the site that stays from then on."))
    return found


READ: dict[Any, Any] = {Person: _persons, Complaint: _complaints, Site: _sites}
EFFECTS: dict[Any, Any] = {
    Person: _effects_of_persons,
    Complaint: _effects_of_complaints,
    Site: _effects_of_sites,
}


def title_of(row: Any, user: Any) -> str:
    """Name a record for the head of a page: a person's name only to who may know it."""
    if isinstance(row, Person):
        return names_of(row, user)[0] or about(row) or _("Name not known")
    return row.reference if isinstance(row, Complaint) else str(row)
