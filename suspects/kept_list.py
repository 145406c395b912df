"""The filters of this list can be kept by name."""

from django.utils.translation import gettext_lazy as _

from accounts.kept_lists import KeptList, register
from suspects.filters import SuspectFilter
from suspects.models import Suspect

KEPT = register(
    KeptList(
        key="suspects",
        label=_("Suspects"),
        permission="suspect.read",
        route="suspects:list",
        model=Suspect,
        filterset=SuspectFilter,
    )
)
