"""The API: one router; each room lists its collections in its `api.py`."""

from itertools import chain

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from accounts.api import COLLECTIONS as ACCOUNTS
from complaints.api import COLLECTIONS as COMPLAINTS
from complaints.approval_api import ApprovalApi
from complaints.clock_api import ClockApi, HolidayApi
from complaints.contact_api import COLLECTIONS as CONTACTS
from complaints.merge_api import COLLECTIONS as MERGES
from complaints.names_api import COLLECTIONS as NAME_LISTS
from complaints.operation_api import COLLECTIONS as OPERATIONS
from complaints.pair_api import COLLECTIONS as PAIRS
from complaints.reading_api import COLLECTIONS as READINGS
from complaints.rule_api import RuleApi
from config.api_schema import DocsPage, SchemaApi
from notifications.api import COLLECTIONS as NOTICES
from notifications.api import ROUTES as OWN_NOTICES
from partners.api import COLLECTIONS as PARTNERS
from prevention.api import COLLECTIONS as PREVENTION
from provinces.api import COLLECTIONS as PLACES
from referrals.api import COLLECTIONS as REFERRALS
from reports.api import COLLECTIONS as REPORTS
from reports.exports.api import COLLECTIONS as EXPORTS
from reports.handin_api import HandInApi
from reports.publication_api import COLLECTIONS as PUBLICATIONS
from reports.release_api import PublicTablesApi
from suspects.api import COLLECTIONS as SUSPECTS
from victims.repatriation_api import COLLECTIONS as RETURNS

router = SimpleRouter()
ROOMS = (
    ACCOUNTS,
    COMPLAINTS,
    CONTACTS,
    NAME_LISTS,
    OPERATIONS,
    MERGES,
    PAIRS,
    READINGS,
    RETURNS,
    SUSPECTS,
    REFERRALS,
    PREVENTION,
    PLACES,
    PARTNERS,
    NOTICES,
    REPORTS,
    EXPORTS,
    PUBLICATIONS,
)
for prefix, view, name in chain(*ROOMS):
    router.register(prefix, view, basename=name)

urlpatterns = [
    path("v1/approvals/", ApprovalApi.as_view({"get": "list"}), name="approval-list"),
    path("v1/clocks/", ClockApi.as_view({"get": "read", "patch": "partial_update"}), name="clock-list"),
    path("v1/clocks/holidays/", HolidayApi.as_view({"get": "of_year", "post": "create"}), name="holiday-list"),
    path(
        "v1/clocks/holidays/<slug:day>/",
        HolidayApi.as_view({"patch": "partial_update", "delete": "destroy"}),
        name="holiday-detail",
    ),
    path("v1/urgency-rules/", RuleApi.as_view({"get": "every", "post": "create"}), name="rule-list"),
    path("v1/urgency-rules/try/", RuleApi.as_view({"post": "attempt"}), name="rule-try"),
    path(
        "v1/urgency-rules/<slug:code>/",
        RuleApi.as_view({"get": "one", "patch": "partial_update"}),
        name="rule-detail",
    ),
    path("v1/public-tables/", PublicTablesApi.as_view({"get": "list"}), name="public-tables"),
    path("v1/hand-in/<slug:slug>/", HandInApi.as_view({"get": "retrieve"}), name="hand-in-detail"),
    path("v1/", include([*OWN_NOTICES, *router.urls])),
    path("schema/", SchemaApi.as_view(), name="schema"),
    path("docs/", DocsPage.as_view(), name="api_docs"),
]
