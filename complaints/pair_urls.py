"""Addresses of two that may be the same."""

from django.urls import path

from complaints.views.pairs import PairDetail, PairList, PairStep

app_name = "pairs"
urlpatterns = [
    path("", PairList.as_view(), name="list"),
    path("<slug:reference>/", PairDetail.as_view(), name="detail"),
    path("<slug:reference>/steps/<slug:step>/", PairStep.as_view(), name="step"),
]
