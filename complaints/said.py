"""What somebody said, as a form, an API call or an import hands it over; plain values, not yet checked."""

import datetime
from dataclasses import asdict, dataclass, field
from typing import Any

NEVER = "never"  # the way of who is not to be contacted


@dataclass(frozen=True)
class PersonSaid:
    """A person named (or only described) as held; every part may be missing. Age in years."""

    name: str = ""
    sex: str = ""
    age: int | None = None
    nationality: str = ""


@dataclass(frozen=True)
class ReporterSaid:
    """Who told us, and how to reach them safely; sealed as soon as it is stored."""

    name: str = ""
    phone: str = ""
    address: str = ""
    relation: str = "anonymous"
    safe_contact: dict[str, str] = field(default_factory=dict)

    @property
    def can_be_answered(self) -> bool:
        """Return whether there is a way to tell them something, and they did not forbid it."""
        way = self.safe_contact.get("way")
        return way != NEVER and bool(self.phone or self.address or way)


@dataclass(frozen=True)
class CameSaid:
    """What a letter, an e-mail, an official request or a visit has of its own; every part may be missing."""

    letter_number: str = ""
    dated_on: datetime.date | None = None
    office: str = ""
    post: str = ""
    subject: str = ""
    answer_by: datetime.date | None = None
    counter: str = ""
    accompanied_by: str = ""


@dataclass(frozen=True)
class ComplaintSaid:
    """A complaint as it came in. Codes are the API's; `number` is (lowest, likely, highest) or None.

    `contact` is the reference of the waiting contact that says it; that one becomes the complaint's. `call` is the key of
    the call of the hotline that it was said in, `call_kind` of which kind that was, `seconds` how long it lasted.
    `asks_official`: nobody said yet whether an official takes part, and whoever sends this can be asked; `asks_numbers` the
    same of whose telephone numbers and addresses stand in the words of a message.
    """

    channel: str = ""
    narrative: str = ""
    received_at: datetime.datetime | None = None
    province_of_report: str = ""
    country_of_report: str = ""
    province_of_incident: str = ""
    country_of_incident: str = ""
    district: str = ""
    commune: str = ""
    site: str = ""
    exact_spot: str = ""
    forms: tuple[str, ...] = ()
    number: tuple[int | None, int, int | None] | None = None
    urgency: str = "normal"
    handling: str = ""
    not_local_police: bool = False
    names_official: bool = False
    official: str = ""
    reporter: ReporterSaid | None = None
    people: tuple[PersonSaid, ...] = ()
    contact: str = ""
    language: str = ""
    call: str = ""
    call_kind: str = ""
    seconds: int | None = None
    asks_official: bool = False
    asks_numbers: bool = False
    came: CameSaid = field(default_factory=CameSaid)

    def body(self) -> dict[str, Any]:
        """Return everything said, for the digest of an idempotency key."""
        return body_of(self)


@dataclass(frozen=True)
class ContactSaid:
    """A call or message as it came in, of which nobody made a complaint yet. `urgency` is empty where nobody said."""

    kind: str = ""
    channel: str = ""
    narrative: str = ""
    received_at: datetime.datetime | None = None
    urgency: str = ""
    language: str = ""
    province_of_report: str = ""
    reporter: ReporterSaid | None = None
    call: str = ""
    seconds: int | None = None
    came: CameSaid = field(default_factory=CameSaid)

    def body(self) -> dict[str, Any]:
        """Return everything said, for the digest of an idempotency key."""
        return body_of(self)


UNSAID = {"seconds", "asks_official", "asks_numbers"}  # how it is sent: pressed again it took longer, and is the same
LATER = {"contact", "language", "call", "call_kind"}  # asked for since keys were kept: left empty they change no digest


def body_of(said: Any) -> dict[str, Any]:
    """Return what is said as a mapping, without how it is sent."""
    found = asdict(said)
    came = {name: value for name, value in found.pop("came", {}).items() if value}
    found |= {"came": came} if came else {}
    return {name: value for name, value in found.items() if name not in UNSAID and (name not in LATER or value)}


SAFE_CONTACT = (
    "way",
    "language",
    "hours",
    "answered_by",
    "say_who_we_are",
    "do_not_say",
    "code_word",
    "shared_with",
    "watched",
)
# What a paper or a visit tells of who tells us: sealed with the reporter, never a part of the safe-contact form.
CAME_SEALED = ("office", "post", "accompanied_by")
