"""What the steps of a suspect insist on beyond role and state."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from core.exceptions import Conflict


def extended_once(suspect: Any, by: Any) -> None:
    """Refuse a second extension of custody: the law allows one."""
    if suspect.extension_number:
        raise Conflict(_("Custody was extended already; the law allows it once."))


def outside_the_unit(suspect: Any, by: Any) -> None:
    """Insist that the review is by somebody at the ministry who did not record the arrest."""
    if suspect.arrest_recorded_by_id == by.pk:
        raise PermissionDenied(_("You recorded the arrest. Another person at the ministry reviews it."))
    arresting = {suspect.province_id, suspect.arrested_in_id}
    if not by.is_ministry or arresting & (by.posted_provinces - {"00"}):
        raise PermissionDenied(_("A person at the ministry, outside the arresting unit, reviews this."))


def was_arrested(suspect: Any, by: Any) -> None:
    """Go back to "arrested" where there was an arrest."""
    if suspect.arrested_at is None:
        raise Conflict(_("There was no arrest."))


def never_arrested(suspect: Any, by: Any) -> None:
    """Go back to "named" where there was none."""
    if suspect.arrested_at is not None:
        raise Conflict(_("There was an arrest."))
