"""Addresses of complaints; those with a word of their own stand above the reference."""

from django.urls import path

from complaints.views.detail import ComplaintDetail, ComplaintHistory, ComplaintPeople, ComplaintSuspects
from complaints.views.export import ExportPage
from complaints.views.facts import ChangeFacts
from complaints.views.intake import NewComplaint, Proposal
from complaints.views.list import ComplaintList
from complaints.views.people import AddPeopleTo
from complaints.views.receipt import Receipt
from complaints.views.steps import ComplaintStep
from complaints.views.suspects import AddSuspectTo
from complaints.views.walls import EndNaming, Handlers, ShowReporter

app_name = "complaints"
urlpatterns = [
    path("", ComplaintList.as_view(), name="list"),
    path("new/", NewComplaint.as_view(), name="new"),
    path("new/proposal/", Proposal.as_view(), name="proposal"),
    path("new/receipt/<slug:reference>/", Receipt.as_view(), name="receipt"),
    path("export/", ExportPage.as_view(), name="export"),
    path("<slug:reference>/", ComplaintDetail.as_view(), name="detail"),
    path("<slug:reference>/history/", ComplaintHistory.as_view(), name="history"),
    path("<slug:reference>/people/", ComplaintPeople.as_view(), name="people"),
    path("<slug:reference>/people/add/", AddPeopleTo.as_view(), name="add_people"),
    path("<slug:reference>/suspects/", ComplaintSuspects.as_view(), name="suspects"),
    path("<slug:reference>/suspects/add/", AddSuspectTo.as_view(), name="add_suspect"),
    path("<slug:reference>/steps/<slug:step>/", ComplaintStep.as_view(), name="step"),
    path("<slug:reference>/facts/", ChangeFacts.as_view(), name="facts"),
    path("<slug:reference>/reporter/", ShowReporter.as_view(), name="reporter"),
    path("<slug:reference>/handlers/", Handlers.as_view(), name="handlers"),
    path("<slug:reference>/handlers/<uuid:grant>/end/", EndNaming.as_view(), name="handler_end"),
]
