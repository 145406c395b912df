"""Addresses of lists of names, for who sent them."""

from django.urls import path

from complaints.views.name_lists import SentList, SentLists

app_name = "name_lists"
urlpatterns = [
    path("", SentLists.as_view(), name="list"),
    path("<slug:reference>/", SentList.as_view(), name="detail"),
]
