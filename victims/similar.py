"""Who may be the same person as somebody spoken of, of the rows the reader may see: shown while typing, and before saving."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.urls import reverse

from core.countries import country_code
from core.forms import read_day
from core.text import ascii_digits, clean
from people.matching import Known, Match, likely
from people.models import Person
from people.presenters import about, lang_of, names_of
from victims.models import Victim

MOST = 5
LONGEST = 200
_LIST = re.compile(r"(names|phones|documents)-[0-9]{1,3}-(?:text|number)")


@dataclass(frozen=True)
class Similar:
    """A person who may be the same, by the row of theirs the reader may see; `complaint` is empty where that one is hidden."""

    reference: str
    url: str
    name: str
    name_lang: str
    other: str
    about: str
    status: str
    complaint: str
    score: int
    reasons: list[str]
    is_here: bool = False


def similar(
    known: Sequence[Known], user: Any, *, most: int = MOST, but: Any = None, complaint: Any = None
) -> list[list[Similar]]:
    """Return who may be meant, for each in the same order; `but` is a person to leave out, `complaint` marks who is in it.

    Asks the same number of queries however many are known.
    """
    persons = persons_for(user)
    answers = likely(known, persons.exclude(pk=but.pk) if but else persons, most)
    rows = _rows_of({match.person.pk for matches in answers for match in matches}, user)
    seen = _seen(rows.values(), user)
    here = getattr(complaint, "pk", None)
    return [
        [shown(match, rows[match.person.pk], user, seen, here) for match in matches if match.person.pk in rows]
        for matches in answers
    ]


def persons_for(user: Any) -> Any:
    """Keep the persons whose row the reader may open: of a role that reads no suspects, those sought alone."""
    persons = Person.objects.all()
    if user.may("suspect.read"):
        return persons.visible_to(user)
    return persons.filter(Exists(Victim.objects.visible_to(user).filter(person_id=OuterRef("pk"))))


def _rows_of(people: Iterable[Any], user: Any) -> dict[Any, Any]:
    """Return one row of each person: the newest search, else the newest suspicion."""
    keys = list(people)
    if not keys:
        return {}
    suspects: Any = Person._meta.get_field("suspects").related_model
    rows: dict[Any, Any] = {}
    if user.may("suspect.read"):
        found = suspects.objects.visible_to(user).filter(person_id__in=keys, merged_into=None)
        rows = {row.person_id: row for row in found.select_related("complaint").order_by("received_at", "pk")}
    sought = Victim.objects.visible_to(user).live().filter(person_id__in=keys).select_related("complaint")
    return rows | {row.person_id: row for row in sought.order_by("received_at", "pk")}


def _seen(rows: Iterable[Any], user: Any) -> set[Any]:
    """Return the complaints of rows that the reader may see: a row shared alone does not tell of its own."""
    complaints: Any = Victim._meta.get_field("complaint").related_model
    keys = {row.complaint_id for row in rows}
    return set(complaints.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def shown(match: Match, row: Any, user: Any, seen: set[Any], here: Any) -> Similar:
    """Prepare one person for a page."""
    name, other = names_of(match.person, user)
    sought = isinstance(row, Victim)
    return Similar(
        reference=row.reference,
        url=reverse("victims:detail" if sought else "suspects:detail", args=[row.reference]),
        name=name or row.reference,
        name_lang=lang_of(name),
        other=other,
        about=about(match.person),
        status=str(row.get_rescue_status_display() if sought else row.get_status_display()),
        complaint=row.complaint.reference if row.complaint_id in seen else "",
        score=match.score,
        reasons=match.reasons,
        is_here=sought and row.complaint_id == here,
    )


def merge_with(victim: Victim | None, user: Any) -> str:
    """Return the reference a merge is proposed with, empty for who proposes none."""
    return victim.reference if victim is not None and user.may("merge.propose") else ""


def row_named(reference: str, user: Any) -> Any:
    """Return the live row of a reference, of those the reader may see: a search or a suspicion; None for another."""
    reference = reference.strip().upper()
    if reference.startswith("S-"):
        suspects: Any = Person._meta.get_field("suspects").related_model
        rows = suspects.objects.visible_to(user) if user.may("suspect.read") else suspects.objects.none()
    else:
        rows = Victim.objects.visible_to(user)
    return rows.filter(reference=reference, merged_into=None).select_related("person").first()


def known_from(data: Mapping[str, Any]) -> Known:
    """Read what stands in a form while somebody types; what cannot be read is left out."""
    lists: dict[str, list[str]] = {"names": [], "phones": [], "documents": []}
    for key in data:
        if found := _LIST.fullmatch(key):
            lists[found[1]].append(_text(data, key))
    way = data.get("way")
    return Known(
        names=_said([_text(data, "name"), *lists["names"]]),
        sex=_text(data, "sex"),
        age=_number(data, "age") if way in (None, "age") else None,
        born_year=_number(data, "born_year") if way == "born_year" else None,
        born_on=_read(read_day, _text(data, "born_on")) if way == "born_on" else None,
        nationality=_read(country_code, _text(data, "nationality")) or "",
        documents=_said(lists["documents"]),
        phones=_said(lists["phones"]),
    )


def _said(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _text(data: Mapping[str, Any], name: str) -> str:
    return (_read(clean, str(data.get(name, ""))) or "")[:LONGEST]


def _number(data: Mapping[str, Any], name: str) -> int | None:
    text = ascii_digits(_text(data, name))
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None


def _read(reader: Any, text: str) -> Any:
    try:
        return reader(text) if text else None
    except ValidationError:
        return None
