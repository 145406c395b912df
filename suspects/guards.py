"""What the steps of a suspect insist on beyond role and state."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
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


def _insist(holds: bool, words: str) -> None:
    if not holds:
        raise Conflict(words)


def not_met_yet(suspect: Any, by: Any) -> None:
    """Keep the first contact: there is only one."""
    _insist(suspect.first_contact_at is None, _("A first contact is recorded already."))


def met_before(suspect: Any, by: Any) -> None:
    """Take back only what is there."""
    _insist(suspect.first_contact_at is not None, _("No first contact is recorded."))


def is_restrained(suspect: Any, by: Any) -> None:
    """Take back an order only where there is one."""
    _insist(bool(suspect.restraint), _("No detention or supervision is recorded."))


def never_charged(suspect: Any, by: Any) -> None:
    """Go back to the prosecutor where there was no charge."""
    _insist(suspect.charged_on is None, _("There was a charge."))


def charged_not_tried(suspect: Any, by: Any) -> None:
    """Go back to the charge where no trial was opened."""
    _insist(suspect.charged_on is not None and suspect.on_trial_on is None, _("It was not dismissed after a charge."))


def was_tried(suspect: Any, by: Any) -> None:
    """Go back to the trial where there was one."""
    _insist(suspect.on_trial_on is not None, _("There was no trial."))


def not_settled(suspect: Any, by: Any) -> None:
    """Note a settlement once."""
    _insist(suspect.settled_on is None, _("A settlement is noted already."))


def was_settled(suspect: Any, by: Any) -> None:
    """Take back only what is there."""
    _insist(suspect.settled_on is not None, _("No settlement is noted."))


def not_appealed(suspect: Any, by: Any) -> None:
    """Note an appeal once."""
    _insist(suspect.appealed_on is None, _("An appeal is noted already."))


def was_appealed(suspect: Any, by: Any) -> None:
    """Take back only what is there."""
    _insist(suspect.appealed_on is not None, _("No appeal is noted."))


def has_begun(hearing: Any, by: Any) -> None:
    """Record what was decided once the hour has come."""
    _insist(hearing.at <= timezone.now(), _("The hearing has not begun yet."))
