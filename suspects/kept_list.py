"""The filters of these lists can be kept by name."""

from django.utils.translation import gettext_lazy as _

from accounts.kept_lists import KeptList, register
from suspects.filters import CaseFileFilter, SuspectFilter
from suspects.hearing_filter import HearingFilter
from suspects.models import CaseFile, Hearing, Suspect

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
CASE_FILES = register(
    KeptList(
        key="case-files",
        label=_("Case files"),
        permission="casefile.read",
        route="case_files:list",
        model=CaseFile,
        filterset=CaseFileFilter,
    )
)
HEARINGS = register(
    KeptList(
        key="hearings",
        label=_("Hearings"),
        permission="suspect.read",
        route="hearings:list",
        model=Hearing,
        filterset=HearingFilter,
    )
)
