"""The API: one router; each room lists its collections in its `api.py`."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from complaints.api import COLLECTIONS as COMPLAINTS
from config.api_schema import DocsPage, SchemaApi
from provinces.api import COLLECTIONS as PLACES
from reports.api import COLLECTIONS as REPORTS
from suspects.api import COLLECTIONS as SUSPECTS

router = SimpleRouter()
for prefix, view, name in (*COMPLAINTS, *SUSPECTS, *PLACES, *REPORTS):
    router.register(prefix, view, basename=name)

urlpatterns = [
    path("v1/", include(router.urls)),
    path("schema/", SchemaApi.as_view(), name="schema"),
    path("docs/", DocsPage.as_view(), name="api_docs"),
]
