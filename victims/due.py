"""What is due of returns: who has stood in a step for longer than its limit."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications.due import register_own
from victims.models import Repatriation
from victims.repatriation_filter import limits, over


def _returns(user: Any, now: datetime) -> Any:
    return Repatriation.objects.open().filter(over(limits())) if user.may("repatriation.write") else None


register_own(
    "returns",
    _("Returns over the limit of their step"),
    "repatriations:list",
    "view=over",
    _returns,
)
