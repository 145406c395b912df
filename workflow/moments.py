"""When something happened, as it was said: not in the future, not before what it follows."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from core import display

FUTURE = datetime.timedelta(minutes=10)


def moment_of(happened_at: datetime.datetime | None) -> datetime.datetime:
    """Return when it happened, now unless said; raises ValidationError for the future and the far past."""
    now = timezone.now()
    if happened_at is None:
        return now
    if happened_at > now + FUTURE:
        raise ValidationError({"happened_at": [_("This lies in the future. Give the time it happened.")]})
    if happened_at.year < 1990:
        raise ValidationError({"happened_at": [_("This lies too far back. Write the year as 20xx.")]})
    return happened_at


def not_before(moment: datetime.datetime, began: datetime.datetime) -> None:
    """Raise ValidationError for a moment before `began`, when the thing came in; compared to the minute."""
    if moment < began.replace(second=0, microsecond=0):
        said = _("This lies before it came in, on %(at)s. Give the time it happened.")
        raise ValidationError({"happened_at": [said % {"at": display.moment(began)}]})
