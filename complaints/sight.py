"""In what complaints are compared: what a reader may see, or what the one who typed may not."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Exists, OuterRef, Q

from accounts.scope import STRICTNESS
from complaints.models import Handling
from people.models import Person
from victims.models import Victim
from victims.similar import persons_for


class Sight(Protocol):
    """Rows that are compared; every table that is asked carries its complaint's province and handling."""

    @property
    def reveals(self) -> bool:
        """Say whether reporters are compared."""
        ...

    def of(self, rows: Any, complaint: str = "complaint_id") -> Any:
        """Keep the rows inside; `complaint` is the column of their complaint."""
        ...

    def persons(self) -> Any:
        """Return the persons who stand in a row inside."""
        ...


@dataclass(frozen=True)
class Reader:
    """What somebody may see."""

    user: Any

    @property
    def reveals(self) -> bool:
        """Say whether they may open a reporter's identity."""
        return bool(self.user.may("reporter.reveal"))

    def of(self, rows: Any, complaint: str = "complaint_id") -> Any:
        """Keep what they may see."""
        return rows.visible_to(self.user)

    def persons(self) -> Any:
        """Return the persons whose row they may open."""
        return persons_for(self.user)


@dataclass(frozen=True)
class Alone:
    """One complaint and nothing else, for the worker: whether the other side of a pair is still like it."""

    user: Any  # the system
    complaint: Any

    reveals = True

    def of(self, rows: Any, complaint: str = "complaint_id") -> Any:
        """Keep the rows of that complaint."""
        return rows.visible_to(self.user).filter(**{complaint: self.complaint})

    def persons(self) -> Any:
        """Return the persons sought there."""
        rows = self.of(Victim.objects.live()).filter(person_id=OuterRef("pk"))
        return Person.objects.filter(Exists(rows))


@dataclass(frozen=True)
class Beyond:
    """What lies beyond the province and handling of a complaint (or of a message at the ministry), for the worker alone.

    Who reads a provincial complaint sees those of its province; so of a provincial one the others are compared, of a
    stricter one all. A message is read by who sees every province: for it only what is sealed lies beyond.
    """

    user: Any  # the system
    province: str
    handling: str
    complaint: Any = None
    only: tuple[str, ...] = STRICTNESS

    reveals = True

    def of(self, rows: Any, complaint: str = "complaint_id") -> Any:
        """Keep the rows of other complaints beyond."""
        rows = rows.visible_to(self.user).filter(handling__in=self.only)
        if self.complaint is not None:
            rows = rows.exclude(**{complaint: self.complaint})
        if self.handling == Handling.PROVINCIAL:
            rows = rows.exclude(Q(province_id=self.province, handling=Handling.PROVINCIAL))
        return rows

    def persons(self) -> Any:
        """Return the persons sought beyond."""
        rows = self.of(Victim.objects.live()).filter(person_id=OuterRef("pk"))
        return Person.objects.filter(Exists(rows))
