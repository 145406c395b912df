"""What pages show of a list of names: who each may be before it is entered, and what is said of each afterwards."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.models import Complaint, Contact, ListedName, NameList
from complaints.names import RELATED, standing, states_of
from complaints.services.names import Named, Place
from complaints.sheet import Row
from core.display import number
from partners.models import Partner
from people.matching import Match, likely
from people.models import Person, Sex
from people.presenters import about, names_of
from provinces.services.mentions import provinces_in
from victims.models import Victim
from victims.similar import persons_for

MOST_LIKELY = 3
_PLACE = re.compile(r"place-\d{1,4}")


@dataclass
class NamePreview:
    """A row of the list, who it may be of those the reader sees, and what was chosen; nothing is chosen for them."""

    row: Row
    options: list[dict[str, str]] = field(default_factory=list)
    chosen: str = ""
    is_gone: bool = False  # somebody was chosen who is no longer among the likeliest

    @property
    def field(self) -> str:
        """Return the name of the select on the page."""
        return f"row-{self.row.line}"

    @property
    def names(self) -> str:
        """Return its names as one line."""
        return ", ".join(self.row.names)

    @property
    def said(self) -> str:
        """Say what the list says besides the name."""
        row = self.row
        on = timezone.localdate() if row.age is not None else None
        person = Person(sex=row.sex or Sex.UNKNOWN, age=row.age, nationality=row.nationality, age_on=on)
        person.born_on, person.born_year = row.born_on, row.born_year
        return ", ".join(part for part in (about(person), row.passport, row.place) if part)

    def named(self) -> Named:
        """Return what the service takes; ValidationError where who was chosen is no longer there to choose."""
        if self.is_gone:
            raise ValidationError(
                _("Line %(line)s: who was chosen is no longer among the likeliest. Choose again.")
                % {"line": number(self.row.line)}
            )
        return Named(self.row, self.chosen)


@dataclass(frozen=True)
class PlacePreview:
    """A place of the list: how many names it has, and where they go."""

    number: int
    place: str
    n: int
    to: Place


def name_previews(rows: Sequence[Row], sent: Mapping[str, Any], user: Any) -> list[NamePreview]:
    """Return the rows with who each may be; a constant number of queries."""
    found = likely([row.known() for row in rows], persons_for(user), most=MOST_LIKELY)
    ids = {match.person.pk for matches in found for match in matches}
    seen = Victim.objects.visible_to(user).live().filter(person_id__in=ids).select_related("complaint")
    of: dict[Any, list[Victim]] = {}
    for victim in seen.order_by("-received_at", "pk"):
        of.setdefault(victim.person_id, []).append(victim)
    return [_preview(row, matches, of, sent, user) for row, matches in zip(rows, found, strict=True)]


def _preview(
    row: Row, matches: list[Match], of: Mapping[Any, list[Victim]], sent: Mapping[str, Any], user: Any
) -> NamePreview:
    one = NamePreview(row)
    for match in matches:
        for victim in of.get(match.person.pk, []):
            name = names_of(match.person, user)[0]
            parts = (name, about(match.person), victim.complaint.reference, ", ".join(match.reasons))
            one.options.append({"value": victim.reference, "label": ", ".join(part for part in parts if part)})
    wanted = str(sent.get(one.field, ""))
    if sent.get(f"{one.field}-name", one.names) != one.names:
        wanted = ""  # the lines were edited: the choice was of another
    one.chosen = wanted if wanted in {option["value"] for option in one.options} else ""
    one.is_gone = wanted != one.chosen
    return one


def place_previews(rows: Sequence[NamePreview], sent: Mapping[str, Any]) -> list[PlacePreview]:
    """Return the places of the new names with where they go: as it was chosen, else as the words of the place propose."""
    fresh = [one for one in rows if not one.chosen and not one.row.errors]
    numbers = {str(sent[name]): name for name in sent if _PLACE.fullmatch(name)}
    found = []
    for n, place in enumerate(dict.fromkeys(one.row.place for one in fresh)):
        was = numbers.get(place, "")  # its number then: names that were found meanwhile shift the others
        province, complaint = sent.get(f"{was}-province"), str(sent.get(f"{was}-complaint", ""))
        if province is None:
            province, complaint = _proposed(place), ""
        names = sum(one.row.place == place for one in fresh)
        found.append(PlacePreview(n, place, names, Place(complaint.strip(), str(province))))
    return found


def _proposed(place: str) -> str:
    named = provinces_in(place) if place else []
    return named[0].code if len(named) == 1 else ""


def senders(user: Any, current: Partner | None = None) -> list[tuple[str, str]]:
    """Return who may have sent a list: embassies and organisations of the directory, and who is said to have sent it."""
    rows = list(Partner.objects.visible_to(user).active().of_kind("embassy", "ngo").order_by("sort_name"))
    if current is not None and current not in rows:
        rows.insert(0, current)
    return [("", _("Not in the directory")), *((row.reference, str(row)) for row in rows)]


def rows_of_list(made: NameList, user: Any) -> list[dict[str, Any]]:
    """Return the names of a list with their states, and the complaints of those the reader sees; a constant number of queries."""
    names = list(ListedName.objects.filter(list=made).select_related(*RELATED))
    states, ids = states_of(names), {standing(name.victim).complaint_id for name in names}
    seen = dict(Complaint.objects.visible_to(user).filter(pk__in=ids).values_list("pk", "reference"))
    return [_shown(name, states[name.pk], seen) for name in names]


def _shown(name: ListedName, state: Any, seen: Mapping[Any, str]) -> dict[str, Any]:
    reference = seen.get(standing(name.victim).complaint_id, name.reference)  # as it was, where it is out of sight now
    url = reverse("complaints:detail", args=[reference]) if reference else ""
    words = {"name": name.name, "place": name.place, "state": state.label, "code": str(state)}
    return {**words, "complaint": reference, "url": url, "line": name.line}


def list_of(row: Contact, user: Any) -> NameList | None:
    """Return the list of a message, for who reads identities; none where it has none."""
    if not user.may("identity.read"):
        return None
    return NameList.objects.visible_to(user).filter(contact=row).select_related("partner").first()
