"""Addresses of the public pages."""

from django.urls import path

from complaints.channels.public.views import Clear, FollowUp, Start, Tell

app_name = "report"
urlpatterns = [
    path("", Start.as_view(), name="start"),
    path("form/", Tell.as_view(), name="form"),
    path("follow-up/", FollowUp.as_view(), name="follow_up"),
    path("clear/", Clear.as_view(), name="clear"),
]
