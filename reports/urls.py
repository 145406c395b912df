"""The address of the work page; it has no namespace."""

from django.urls import path

from reports.views import WorkPage

urlpatterns = [
    path("", WorkPage.as_view(), name="work"),
]
