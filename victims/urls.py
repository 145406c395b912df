"""Addresses of people sought and found."""

from django.urls import path

from victims.views.list import VictimList
from victims.views.record import VictimDetail, VictimHistory, VictimIdentify, VictimStep

app_name = "victims"
urlpatterns = [
    path("", VictimList.as_view(), name="list"),
    path("<slug:reference>/", VictimDetail.as_view(), name="detail"),
    path("<slug:reference>/history/", VictimHistory.as_view(), name="history"),
    path("<slug:reference>/steps/<slug:step>/", VictimStep.as_view(), name="step"),
    path("<slug:reference>/identification/<slug:step>/", VictimIdentify.as_view(), name="identify"),
]
