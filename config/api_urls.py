"""The API: one router; each room lists its collections in its `api.py`."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from provinces.api import COLLECTIONS as PLACES
from rest_framework.routers import SimpleRouter

router = SimpleRouter()
for prefix, view, name in PLACES:
    router.register(prefix, view, basename=name)

urlpatterns = [
    path("v1/", include(router.urls)),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
]
