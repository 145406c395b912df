"""Whether what a court's sheet says beside a reference is said of that suspect: the name, the case file."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import key_number
from people.matching import LEAST, Known, match_of
from suspects.models import CaseFile, Suspect

NUMBERS = ("police_number", "court_number", "reference")


def require_same(suspect: Suspect, *, name: str, file: str, by: Any) -> None:
    """Raise ValidationError where a name, however written, or a case file is somebody else's; empty says nothing."""
    other_name = bool(name) and match_of(Known(names=(name,)), suspect.person).score < LEAST
    other_file = bool(file) and not _stands_in(suspect, file, by)
    if other_name and other_file:
        raise ValidationError(_("The reference names somebody else: the name and the case file differ."))
    if other_name:
        raise ValidationError(_("The reference names somebody else: the name differs."))
    if other_file:
        raise ValidationError(_("The reference names somebody else: they stand in no case file of this number."))


def _stands_in(suspect: Suspect, number: str, by: Any) -> bool:
    files = CaseFile.objects.visible_to(by).filter(suspects=suspect).values_list(*NUMBERS)
    return key_number(number) in {key_number(one) for row in files for one in row if one}
