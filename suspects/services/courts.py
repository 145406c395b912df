"""Which courts may be chosen for a case file."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.roles import Branch
from suspects.models import CaseFile, Court


def courts_for(by: Any, file: CaseFile | None = None) -> QuerySet[Court]:
    """Return every court for a new file; for a change, of who works in provinces, only those there and the one it has.

    A file is its court's province's: one officer would take it out of the sight of everybody who works on it.
    """
    if file is None or by.table.branch != Branch.PROVINCES:
        return Court.objects.all()
    return Court.objects.filter(Q(province_id__in=sorted(by.posted_provinces)) | Q(pk=file.court_id))
