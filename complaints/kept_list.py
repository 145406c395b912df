"""The filters of this list can be kept by name."""

from django.utils.translation import gettext_lazy as _

from accounts.kept_lists import KeptList, register
from complaints.filters import ComplaintFilter
from complaints.models import Complaint

KEPT = register(
    KeptList(
        key="complaints",
        label=_("Complaints"),
        permission="complaint.read",
        route="complaints:list",
        model=Complaint,
        filterset=ComplaintFilter,
        allowed=(("officer", lambda value: value in {"me", "none"}),),
    )
)
