"""The filters of this list can be kept by name."""

from django.utils.translation import gettext_lazy as _

from accounts.kept_lists import KeptList, register
from victims.filters import VictimFilter
from victims.models import Victim

KEPT = register(
    KeptList(
        key="victims",
        label=_("Victims"),
        permission="victim.read",
        route="victims:list",
        model=Victim,
        filterset=VictimFilter,
    )
)
