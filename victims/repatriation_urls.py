"""Addresses of returns and of deportations, each with a namespace of its own."""

from django.urls import include, path

from victims.views.board import Limits, ReturnBoard, ReturnList
from victims.views.deportation import DeportationDetail, DeportationList, DeportationOverrides, DeportationStep
from victims.views.embassy import EmbassySheet
from victims.views.repatriation import ReturnDetail, ReturnNeeds, ReturnStep

repatriations = [
    path("", ReturnBoard.as_view(), name="board"),
    path("people/", ReturnList.as_view(), name="list"),
    path("limits/", Limits.as_view(), name="limits"),
    path("sheet/", EmbassySheet.as_view(), name="sheet"),
    path("<slug:reference>/", ReturnDetail.as_view(), name="detail"),
    path("<slug:reference>/needs/", ReturnNeeds.as_view(), name="needs"),
    path("<slug:reference>/steps/<slug:step>/", ReturnStep.as_view(), name="step"),
]
deportations = [
    path("", DeportationList.as_view(), name="list"),
    path("overrides/", DeportationOverrides.as_view(), name="overrides"),
    path("overrides/<slug:reference>/", DeportationOverrides.as_view(), name="override"),
    path("<slug:reference>/", DeportationDetail.as_view(), name="detail"),
    path("<slug:reference>/steps/<slug:step>/", DeportationStep.as_view(), name="step"),
]
urlpatterns = [
    path("repatriations/", include((repatriations, "repatriations"))),
    path("deportations/", include((deportations, "deportations"))),
]
