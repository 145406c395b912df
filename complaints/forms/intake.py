"""The whole form of a new complaint: the story, the people, who tells us."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from complaints.contact_workflow import YES
from complaints.forms.came import CameForm
from complaints.forms.people import PeopleRows
from complaints.forms.reporter import ReporterForm
from complaints.forms.story import StoryForm
from complaints.models import Handling
from complaints.said import ComplaintSaid
from complaints.triage import proposal
from core.text import ascii_digits
from provinces.models import Site

# What the service calls differently than the page.
FIELDS = {"number": "number_reported", "idempotency_key": NON_FIELD_ERRORS}


class Intake:
    """What was typed, and what it says. `judge=False` shows it without a word of what is missing."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, judge: bool = True, key: str = "") -> None:
        self.key = key or form_key(data)
        self.story = StoryForm(data, judge=judge)
        self.people = PeopleRows(data, judge=judge)
        self.reporter = ReporterForm(data, judge=judge)
        self.came = CameForm(data, judge=judge)

    def is_valid(self) -> bool:
        """Say whether everything typed could be read; every part is asked."""
        return all([self.story.is_valid(), self.people.is_valid(), self.reporter.is_valid(), self.came.is_valid()])

    def said(self) -> ComplaintSaid:
        """Return what is said, unread parts left out."""
        told = {"reporter": self.reporter.reporter(), "people": self.people.said(), "came": self.came.came()}
        return ComplaintSaid(**self.story.values(), **told)

    def refuse(self, error: ValidationError) -> None:
        """Put what the service found at the fields it is about, where nothing is said yet."""
        found = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, messages in found.items():
            self._put(FIELDS.get(name, name), messages)

    def _put(self, name: str, messages: list[str]) -> None:
        if name == "people":
            self.people.general = [] if any(row.errors for row in self.people.forms) else messages
        elif name == "reporter":
            if not self.reporter.errors:
                self.reporter.add_error(None, ValidationError(messages))
        elif name in self.came.fields:
            if name not in self.came.errors:
                self.came.add_error(name, ValidationError(messages))
        elif name not in self.story.fields:
            self.story.add_error(None, ValidationError(messages))
        elif name not in self.story.errors:
            self.story.add_error(name, ValidationError(messages))

    @property
    def n_unnamed(self) -> int:
        """Return how many of the people sought have no row yet."""
        likely = ascii_digits(self.story.typed("number_reported")).strip()
        whole = int(likely) if likely.isascii() and likely.isdecimal() and len(likely) < 10 else 0
        return max(whole - self.people.n_said, 0)


def form_key(data: Mapping[str, Any] | None) -> str:
    """Return the key of a form in its one spelling; a new one where the form brought none."""
    typed = str((data or {}).get("idempotency_key", "")).strip()
    try:
        return str(UUID(typed))
    except ValueError:
        return typed or str(uuid4())


class Proposed(NamedTuple):
    """Who would handle the complaint and why, where it would go, and what the typed site means."""

    handling: Handling
    reasons: list[Any]
    button: str
    site: Site | None
    is_unknown_site: bool


def proposed(story: StoryForm, reader: Any) -> Proposed:
    """Read a story for what follows from it; rules are triage's.

    Which sites the ministry leads is no answer to the province: it would ask them one by one and leave no trace.
    """
    found = story.found_site
    said = ComplaintSaid(
        site=found.reference if reader.is_ministry else "",
        not_local_police=bool(story["not_local_police"].value()),
        names_official=bool(story["names_official"].value()) or story.typed("takes_part") == YES,
        official=story.typed("official").strip(),
    )
    rule = proposal(said)
    handling = story.typed("handling") or rule.handling
    unknown = bool(story.typed("site").strip()) and found.site is None and not found.is_several
    return Proposed(Handling(rule.handling), rule.reasons, button(story, handling, found.site), found.site, unknown)


def button(story: StoryForm, handling: str, site: Site | None) -> str:
    """Name what pressing the button does."""
    code = ascii_digits(story.typed("province_of_incident")) or (site.province_id if site else "")
    province = story.provinces.get(code)
    if handling != Handling.PROVINCIAL or province is None:
        return _("Register")
    return _("Register and send to %(province)s") % {"province": province}
