"""The filters of these lists can be kept by name."""

from django.utils.translation import gettext_lazy as _

from accounts.kept_lists import KeptList, register
from victims.filters import VictimFilter
from victims.models import Operation, Repatriation, Victim
from victims.operation_filter import OperationFilter
from victims.repatriation_filter import RepatriationFilter

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
RETURNS = register(
    KeptList(
        key="returns",
        label=_("Returns"),
        permission="repatriation.read",
        route="repatriations:list",
        model=Repatriation,
        filterset=RepatriationFilter,
    )
)
OPERATIONS = register(
    KeptList(
        key="operations",
        label=_("Operations"),
        permission="operation.read",
        route="operations:list",
        model=Operation,
        filterset=OperationFilter,
    )
)
