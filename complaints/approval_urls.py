"""Addresses of what waits for a second person."""

from django.urls import path

from complaints.views.approvals import Approvals
from complaints.views.readings import Reading, Readings

app_name = "approvals"
urlpatterns = [
    path("", Approvals.as_view(), name="list"),
    path("readings/", Readings.as_view(), name="readings"),
    path("readings/<slug:reference>/", Reading.as_view(), name="reading"),
]
