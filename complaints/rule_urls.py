"""Addresses of the rules of urgency."""

from django.urls import path

from complaints.views.rules import ChangeRule, NewRule, Rules

app_name = "rules"
urlpatterns = [
    path("", Rules.as_view(), name="list"),
    path("new/", NewRule.as_view(), name="new"),
    path("<slug:code>/", ChangeRule.as_view(), name="detail"),
]
