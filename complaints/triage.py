"""Rules that propose and never decide."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from complaints.models import Handling
from complaints.said import ComplaintSaid
from complaints.signs import Text, parts_of
from provinces.models import Site


class Proposal(NamedTuple):
    """Who should handle a complaint, and why; no reasons where nothing speaks against the province."""

    handling: str
    reasons: list[Any]


def _names_official(said: ComplaintSaid) -> bool:
    return said.names_official or bool(said.official)


def _at_led_site(said: ComplaintSaid) -> bool:
    return bool(said.site) and Site.objects.filter(reference=said.site, national_led=True).exists()


def _fears_local_police(said: ComplaintSaid) -> bool:
    return said.not_local_police


# Words by which somebody may speak of an official; who handles it is then asked, never taken for granted.
OFFICIALS = (
    *("ប៉ូលិស", "ប៉ូលីស", "នគរបាល", "អធិការ", "មេឃុំ", "មេភូមិ", "អភិបាល", "មន្ត្រី", "ទាហាន", "អាវុធហត្ថ", "មេប៉ុស្តិ៍"),
    *("ឧត្តមសេនីយ៍", "រដ្ឋមន្ត្រី", "ព្រះរាជអាជ្ញា", "ចៅក្រម"),
    *(
        "police",
        "policeman",
        "policemen",
        "officer",
        "officers",
        "official",
        "officials",
        "soldier",
        "soldiers",
        "military",
    ),
    *("governor", "general", "commune chief", "village chief", "prosecutor", "judge", "minister", "immigration"),
    *("công an", "cong an", "cảnh sát", "canh sat", "quan chức", "bộ đội"),
    *("警察", "公安", "官员", "官員", "军人", "軍人", "省长", "省長", "ตำรวจ", "ทหาร", "เจ้าหน้าที่", "ผู้ว่า"),
)


def may_name_official(words: str) -> bool:
    """Return whether words may speak of an official, to the last of them."""
    reads = map(Text, parts_of(words))
    return any(any(True for _place in read.places(word)) for read in reads for word in OFFICIALS)


# The strongest first.
RULES: tuple[tuple[Handling, Callable[[ComplaintSaid], bool], Any], ...] = (
    (Handling.SEALED, _names_official, _("an official or a unit is named")),
    (Handling.NATIONAL_LED, _at_led_site, _("the ministry leads everything about this site")),
    (Handling.NATIONAL_LED, _fears_local_police, _("the local police must not know of it")),
)


def proposal(said: ComplaintSaid) -> Proposal:
    """Propose who handles a complaint: sealed when an official is named, national-led when the site is or the
    reporter fears the local police, else provincial."""
    found = [(handling, reason) for handling, applies, reason in RULES if applies(said)]
    if not found:
        return Proposal(Handling.PROVINCIAL, [])
    strongest = found[0][0]
    return Proposal(strongest, [reason for handling, reason in found if handling == strongest])


def handling_for(said: ComplaintSaid, by: Any) -> str:
    """Return who handles a complaint: as said, else as proposed. Outside the ministry nobody chooses less than proposed."""
    proposed = proposal(said).handling
    if not said.handling:
        return proposed
    return said.handling if by.is_ministry else max(said.handling, proposed, key=Handling.values.index)
