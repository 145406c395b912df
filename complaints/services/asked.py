"""What a list of names asks of complaints that are there: a line in the story of each, and word to who handles it.

The line says what the list says of each name, never who sent it: who handles a complaint answers to the ministry. It is kept as
codes, for each reader in their language, and shown like every note to who reads identities.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.services import record
from complaints.models import Complaint, NameList
from complaints.services.hearers import hearers_of
from complaints.sheet import Row
from notifications.kinds import Sort
from notifications.kinds import register as register_kind
from notifications.services import notify
from people.models import Person, Sex
from people.presenters import about
from victims.models import Victim
from workflow.models import Transition
from workflow.notes import WRITERS
from workflow.services import story_columns

STEP = "asked_for"
FIELD = "names"  # no status moves by it
SAID = ("age", "born_on", "born_year", "nationality", "passport", "place", "sex")
ASKED = register_kind("names_asked", gettext_lazy("A list of names asks for people of a complaint"), sort=Sort.WORK)


def tell_asked(made: NameList, asked: Iterable[tuple[Row, Victim]], *, by: Any) -> None:
    """Write into the story of each complaint which of its people a list asks for, and tell who is to know of it."""
    of: dict[Any, list[dict[str, Any]]] = {}
    for row, victim in asked:
        of.setdefault(victim.complaint_id, []).append(_kept(row, victim))
    for complaint in Complaint._base_manager.filter(pk__in=of).select_related("officer").order_by("pk"):
        note = json.dumps({"list": made.reference, "asked": of[complaint.pk]}, ensure_ascii=False)
        columns = story_columns(complaint)
        line = Transition(**columns, field=FIELD, step=STEP, before="", after=made.reference, note=note, by=by)
        line.save(force_insert=True)
        record(f"complaint.{STEP}", by=by, about=complaint, detail={"list": made.reference})
        told = [user for user in hearers_of(complaint) if user.pk != by.pk]
        notify(told, ASKED.name, about=complaint, transition=line)


def _kept(row: Row, victim: Victim) -> dict[str, Any]:
    said = {name: str(value) for name in SAID if (value := getattr(row, name)) not in ("", None)}
    return {"person": victim.reference, "names": list(row.names), **said, "on": timezone.localdate().isoformat()}


def written(note: str) -> str:
    """Return which list it is and what it says of the people of a complaint, a line each, in the language of its reader."""
    try:
        kept = json.loads(note)
    except ValueError:
        return note  # emptied by erasure
    lines = [_("%(what)s: %(whom)s") % {"what": _("List of names"), "whom": kept["list"]}, *map(_line, kept["asked"])]
    return "\n".join(lines)


def _line(one: Mapping[str, Any]) -> str:
    person = Person(sex=one.get("sex", Sex.UNKNOWN), nationality=one.get("nationality", ""))
    for name in ("age", "born_year"):
        if name in one:
            setattr(person, name, int(one[name]))
    person.age_on = person._meta.get_field("age_on").to_python(one["on"]) if "age" in one else None
    person.born_on = person._meta.get_field("born_on").to_python(one.get("born_on"))
    parts = (", ".join(one["names"]), about(person), one.get("passport"), one.get("place"))
    said = ", ".join(part for part in parts if part)
    return _("%(what)s: %(whom)s") % {"what": one["person"], "whom": said}


WRITERS[f"complaints.complaint.{STEP}"] = written
