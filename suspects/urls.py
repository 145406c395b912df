"""Addresses of suspects, of case files and of the law's tables, each with a namespace of its own."""

from django.urls import include, path

from suspects.views.casefiles import CaseFileDetail, CaseFileList, ChangeCaseFile, NewCaseFile
from suspects.views.facts import ChangeSuspect
from suspects.views.hearings import HearingList, HearingStep, SuspectHearings
from suspects.views.law import ChangeArticle, ChangeCourt, Law, NewArticle
from suspects.views.list import Overrides, SuspectList
from suspects.views.record import SuspectDetail, SuspectHistory, SuspectStep
from suspects.views.results import Results

suspects = [
    path("", SuspectList.as_view(), name="list"),
    path("overrides/", Overrides.as_view(), name="overrides"),
    path("overrides/<slug:reference>/", Overrides.as_view(), name="override"),
    path("results/", Results.as_view(), name="results"),
    path("<slug:reference>/", SuspectDetail.as_view(), name="detail"),
    path("<slug:reference>/facts/", ChangeSuspect.as_view(), name="facts"),
    path("<slug:reference>/hearings/", SuspectHearings.as_view(), name="hearings"),
    path("<slug:reference>/history/", SuspectHistory.as_view(), name="history"),
    path("<slug:reference>/steps/<slug:step>/", SuspectStep.as_view(), name="step"),
]
case_files = [
    path("", CaseFileList.as_view(), name="list"),
    path("new/", NewCaseFile.as_view(), name="new"),
    path("<slug:reference>/", CaseFileDetail.as_view(), name="detail"),
    path("<slug:reference>/edit/", ChangeCaseFile.as_view(), name="edit"),
]
hearings = [
    path("", HearingList.as_view(), name="list"),
    path("<slug:reference>/steps/<slug:step>/", HearingStep.as_view(), name="step"),
]
law = [
    path("", Law.as_view(), name="list"),
    path("new/", NewArticle.as_view(), name="new"),
    path("courts/<slug:code>/", ChangeCourt.as_view(), name="court"),
    path("<slug:code>/", ChangeArticle.as_view(), name="article"),
]
urlpatterns = [
    path("suspects/", include((suspects, "suspects"))),
    path("case-files/", include((case_files, "case_files"))),
    path("hearings/", include((hearings, "hearings"))),
    path("law/", include((law, "law"))),
]
