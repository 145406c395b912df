"""Rules that propose and never decide."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from complaints.languages import own_name
from complaints.models import Handling
from complaints.said import ComplaintSaid
from complaints.signs import Parts
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
    *("cop", "cops", "army", "colonel", "captain", "commander"),
    *("công an", "cong an", "cảnh sát", "canh sat", "quan chức", "quan chuc", "bộ đội", "bo doi", "quân đội"),
    *(
        "警察",
        "公安",
        "官员",
        "官員",
        "军人",
        "軍人",
        "军队",
        "軍隊",
        "省长",
        "省長",
        "村长",
        "村長",
        "法官",
        "部长",
        "部長",
        "移民局",
    ),
    *("ตำรวจ", "ทหาร", "เจ้าหน้าที่", "ผู้ว่า", "ตรวจคนเข้าเมือง", "ผู้ใหญ่บ้าน", "กำนัน", "นายอำเภอ", "อัยการ", "ผู้พิพากษา", "รัฐมนตรี"),
    *(
        "polisi",
        "kepolisian",
        "polres",
        "tentara",
        "militer",
        "pejabat",
        "aparat",
        "oknum",
        "petugas",
        "imigrasi",
        "jaksa",
    ),
    *("hakim", "gubernur", "bupati", "camat", "kepala desa", "menteri", "jenderal", "jendral", "kolonel", "perwira"),
)


LANGUAGES = frozenset(own_name(code) for code in ("km", "en", "vi", "zh", "th", "id"))  # whose words are in the lists
_UNREAD = re.compile(
    r"[^\W\d_\u0000-\u024f\u0300-\u036f\u1e00-\u1eff\u1780-\u17ff\u0e00-\u0e7f\u3400-\u9fff\uf900-\ufaff]"
)


def may_name_official(words: str, language: str = "", parts: Parts | None = None) -> bool:
    """Return whether words may speak of an official, to the last of them; `parts` where they were made ready to be read before.

    In a language or script that no list has words of, or of a text too long to be read to its end, nobody can say no.
    """
    if is_unread(language) or _UNREAD.search(words):
        return True
    parts = Parts(words) if parts is None else parts
    return not parts.is_whole or any(True for read in parts for word in OFFICIALS for _place in read.places(word))


def is_unread(language: str) -> bool:
    """Return whether no list has words of a language."""
    return bool(language) and language not in LANGUAGES


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
