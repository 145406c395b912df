"""The lists that can be taken along, by name: one table, so that a page, its API and its file hold the same rows.

A list's own page says what its branch, its filter and its orders are; nothing of it is written here a second time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from complaints.columns import columns as complaint_columns
from complaints.contact_columns import contact_columns
from complaints.models import Complaint, Contact
from complaints.views import export as of_complaints
from complaints.views.inbox import Inbox, order_for
from complaints.views.operations import OperationList
from core.csv import Column, coded_only
from core.paging import ordered
from people.columns import IDENTITY
from referrals.columns import referral_columns
from referrals.models import Referral
from referrals.views.list import ReferralList
from reports.exports import case
from reports.exports.models import CASE, Format
from suspects.columns import suspect_columns
from suspects.court_columns import file_columns, hearing_columns
from suspects.models import CaseFile, Hearing, Suspect
from suspects.views.casefiles import CaseFileList
from suspects.views.hearings import HearingList
from suspects.views.list import SuspectList
from victims.columns import operation_columns, victim_columns
from victims.models import Deportation, Operation, Repatriation, Victim
from victims.return_columns import deportation_columns, return_columns
from victims.views.board import ReturnList
from victims.views.deportation import DeportationList
from victims.views.list import VictimList

EXPORT = "complaint.export"
NOT_OF_THE_LIST = ("cursor", "page_size")
TABLES = (Format.CSV, Format.XLSX, Format.PDF)
Filtered = Callable[[QueryDict, Any], Any]


@dataclass(frozen=True)
class Listing:
    """A list: its words, who may open it, its rows as its page filters them, its columns, its formats."""

    key: str
    label: Any
    counted: Any
    permission: str
    route: str
    model: Any
    filtered: Filtered
    columns: Callable[..., list[Column]]
    formats: tuple[Format, ...] = TABLES
    defaults: Callable[[QueryDict, Any], None] = field(default=lambda params, user: None)

    def rows(self, params: QueryDict, user: Any) -> QuerySet[Any]:
        """Return the rows of the list in its order; raises ValidationError by field for a bad filter or sort."""
        filters = self.filtered(params, user)
        if not filters.is_valid():
            raise ValidationError({name: list(errors) for name, errors in filters.errors.items()})
        return ordered(filters.qs.live(), params, self.model.SORTS)

    def may(self, user: Any) -> bool:
        """Say whether somebody may take this list along."""
        return bool(user.may(EXPORT) and user.may(self.permission))

    def columns_of(self, user: Any, params: QueryDict, *, identities: bool) -> list[Column]:
        """Return the columns somebody may have; those that say who a person is only where identities leave."""
        found = self.columns(user, shared=params.get("shared") == "1")
        if not identities:
            return coded_only(found)
        return [column for column in found if column.permission is None or user.may(column.permission)]

    def has_identities(self, user: Any) -> bool:
        """Say whether there is anything here that says who a person is, and that somebody may know."""
        return user.may(IDENTITY) and (
            self.key == CASE or any(column.permission for column in self.columns(user, shared=False))
        )

    def clean(self, params: QueryDict, user: Any) -> QueryDict:
        """Return the address of the list without the place in it, and with what its page adds by itself."""
        said = params.copy()
        for name in NOT_OF_THE_LIST:
            said.pop(name, None)
        self.defaults(said, user)
        return said

    def coded(self, params: QueryDict, user: Any) -> dict[str, Any]:
        """Return the filter for the audit: codes as they are, of typed words only that there were some."""
        known = self.filtered(params, user).filters
        typed = {name for name, one in known.items() if isinstance(one, django_filters.CharFilter)}
        said = {name: [value for value in values if value] for name, values in params.lists()}
        said = {name: values for name, values in said.items() if values and name in {*known, "sort", "shared"}}
        return {name: "given" if name in typed else values for name, values in sorted(said.items())}


def of_page(page: Any) -> Filtered:
    """Return the filter of a list page over the branch the page shows."""

    def filtered(params: QueryDict, user: Any) -> Any:
        view = page()
        view.request = SimpleNamespace(GET=params, user=user, htmx=False)
        return view.filterset(params, view.branch(user), request=view.request)

    return filtered


def _status_of_the_inbox(params: QueryDict, user: Any) -> None:
    if not params.get("status"):
        params["status"] = str(order_for(user)[0])


LISTS: dict[str, Listing] = {
    one.key: one
    for one in (
        Listing(
            key="complaints",
            label=_("Complaints"),
            counted=ngettext_lazy("%(n)s complaint", "%(n)s complaints", "number"),
            permission="complaint.read",
            route="complaints:list",
            model=Complaint,
            filtered=of_complaints.filtered,
            columns=lambda user, shared=False: complaint_columns(),
        ),
        Listing(
            key="victims",
            label=_("Victims and persons sought"),
            counted=ngettext_lazy("%(n)s person", "%(n)s people", "number"),
            permission="victim.read",
            route="victims:list",
            model=Victim,
            filtered=of_page(VictimList),
            columns=victim_columns,
            formats=(*TABLES, Format.JSON),
        ),
        Listing(
            key="suspects",
            label=_("Suspects"),
            counted=ngettext_lazy("%(n)s suspect", "%(n)s suspects", "number"),
            permission="suspect.read",
            route="suspects:list",
            model=Suspect,
            filtered=of_page(SuspectList),
            columns=suspect_columns,
        ),
        Listing(
            key="operations",
            label=_("Operations"),
            counted=ngettext_lazy("%(n)s operation", "%(n)s operations", "number"),
            permission="operation.read",
            route="operations:list",
            model=Operation,
            filtered=of_page(OperationList),
            columns=operation_columns,
        ),
        Listing(
            key="contacts",
            label=_("Inbox"),
            counted=ngettext_lazy("%(n)s message", "%(n)s messages", "number"),
            permission="contact.read",
            route="contacts:list",
            model=Contact,
            filtered=of_page(Inbox),
            columns=contact_columns,
            defaults=_status_of_the_inbox,
        ),
        Listing(
            key="referrals",
            label=_("Referrals"),
            counted=ngettext_lazy("%(n)s referral", "%(n)s referrals", "number"),
            permission="referral.read",
            route="referrals:list",
            model=Referral,
            filtered=of_page(ReferralList),
            columns=referral_columns,
        ),
        Listing(
            key="case_files",
            label=_("Case files"),
            counted=ngettext_lazy("%(n)s case file", "%(n)s case files", "number"),
            permission="casefile.read",
            route="case_files:list",
            model=CaseFile,
            filtered=of_page(CaseFileList),
            columns=file_columns,
        ),
        Listing(
            key="hearings",
            label=_("Hearings"),
            counted=ngettext_lazy("%(n)s hearing", "%(n)s hearings", "number"),
            permission="suspect.read",
            route="hearings:list",
            model=Hearing,
            filtered=of_page(HearingList),
            columns=hearing_columns,
        ),
        Listing(
            key="returns",
            label=_("Returns"),
            counted=ngettext_lazy("%(n)s return", "%(n)s returns", "number"),
            permission="repatriation.read",
            route="repatriations:list",
            model=Repatriation,
            filtered=of_page(ReturnList),
            columns=return_columns,
        ),
        Listing(
            key="deportations",
            label=_("Deportations"),
            counted=ngettext_lazy("%(n)s order to deport", "%(n)s orders to deport", "number"),
            permission="repatriation.read",
            route="deportations:list",
            model=Deportation,
            filtered=of_page(DeportationList),
            columns=deportation_columns,
        ),
        Listing(
            key=CASE,
            label=_("Summary of a complaint"),
            counted=ngettext_lazy("%(n)s complaint", "%(n)s complaints", "number"),
            permission="complaint.read",
            route="complaints:list",
            model=Complaint,
            filtered=case.filtered,
            columns=case.no_columns,
            formats=(Format.PDF,),
        ),
    )
}


def listing(key: str) -> Listing:
    """Return a list by its name; 404 where there is none."""
    if key not in LISTS:
        raise Http404
    return LISTS[key]
