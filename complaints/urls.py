"""Addresses of complaints; those with a word of their own stand above the reference."""

from django.urls import path

from complaints.views.answers import Answers
from complaints.views.assigning import AssignSeveral
from complaints.views.attempts import Attempts
from complaints.views.changes import Changes, ConfirmChange, SendBackChange
from complaints.views.detail import ComplaintDetail, ComplaintPeople, ComplaintSuspects
from complaints.views.evidence import EvidencePage
from complaints.views.export import ExportPage
from complaints.views.facts import ChangeFacts
from complaints.views.history import ComplaintHistory, FieldHistory
from complaints.views.intake import NewComplaint, Proposal, SimilarComplaints
from complaints.views.late import DigestPage, LatePage
from complaints.views.list import ComplaintList
from complaints.views.messages import ComplaintMessages
from complaints.views.operations_of import ComplaintOperations
from complaints.views.people import AddPeopleTo
from complaints.views.printing import PrintComplaint
from complaints.views.receipt import Receipt
from complaints.views.rings import Rings
from complaints.views.steps import ComplaintStep
from complaints.views.suspects import AddSuspectTo
from complaints.views.walls import EndNaming, Handlers, ShowReporter

app_name = "complaints"
urlpatterns = [
    path("", ComplaintList.as_view(), name="list"),
    path("assign/", AssignSeveral.as_view(), name="assign"),
    path("new/", NewComplaint.as_view(), name="new"),
    path("new/proposal/", Proposal.as_view(), name="proposal"),
    path("new/similar/", SimilarComplaints.as_view(), name="similar"),
    path("new/receipt/<slug:reference>/", Receipt.as_view(), name="receipt"),
    path("late/", LatePage.as_view(), name="late"),
    path("digest/<slug:reference>/", DigestPage.as_view(), name="digest"),
    path("export/", ExportPage.as_view(), name="export"),
    path("<slug:reference>/", ComplaintDetail.as_view(), name="detail"),
    path("<slug:reference>/print/", PrintComplaint.as_view(), name="print"),
    path("<slug:reference>/history/", ComplaintHistory.as_view(), name="history"),
    path("<slug:reference>/history/<slug:field>/", FieldHistory.as_view(), name="field_history"),
    path("<slug:reference>/people/", ComplaintPeople.as_view(), name="people"),
    path("<slug:reference>/people/add/", AddPeopleTo.as_view(), name="add_people"),
    path("<slug:reference>/suspects/", ComplaintSuspects.as_view(), name="suspects"),
    path("<slug:reference>/suspects/add/", AddSuspectTo.as_view(), name="add_suspect"),
    path("<slug:reference>/operations/", ComplaintOperations.as_view(), name="operations"),
    path("<slug:reference>/steps/<slug:step>/", ComplaintStep.as_view(), name="step"),
    path("<slug:reference>/facts/", ChangeFacts.as_view(), name="facts"),
    path("<slug:reference>/evidence/", EvidencePage.as_view(), name="evidence"),
    path("<slug:reference>/attempts/", Attempts.as_view(), name="attempts"),
    path("<slug:reference>/rings/", Rings.as_view(), name="rings"),
    path("<slug:reference>/answers/", Answers.as_view(), name="answers"),
    path("<slug:reference>/messages/", ComplaintMessages.as_view(), name="messages"),
    path("<slug:reference>/changes/", Changes.as_view(), name="changes"),
    path("<slug:reference>/changes/<uuid:pk>/confirm/", ConfirmChange.as_view(), name="change_confirm"),
    path("<slug:reference>/changes/<uuid:pk>/send-back/", SendBackChange.as_view(), name="change_send_back"),
    path("<slug:reference>/reporter/", ShowReporter.as_view(), name="reporter"),
    path("<slug:reference>/handlers/", Handlers.as_view(), name="handlers"),
    path("<slug:reference>/handlers/<uuid:grant>/end/", EndNaming.as_view(), name="handler_end"),
]
