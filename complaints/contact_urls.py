"""Addresses of the inbox; those with a word of their own stand above the reference."""

from django.urls import path

from complaints.views.contact import AcceptProposals, ContactDetail, ContactStep, ShowTeller
from complaints.views.held import SeveralHeld
from complaints.views.inbox import Inbox, NewContact
from complaints.views.messages import ContactMessages
from complaints.views.names import ChangeSender, EnterNames, NamesPaper
from complaints.views.whole import WholeWords

app_name = "contacts"
urlpatterns = [
    path("", Inbox.as_view(), name="list"),
    path("new/", NewContact.as_view(), name="new"),
    path("several/", SeveralHeld.as_view(), name="several"),
    path("<slug:reference>/", ContactDetail.as_view(), name="detail"),
    path("<slug:reference>/reporter/", ShowTeller.as_view(), name="reporter"),
    path("<slug:reference>/whole/", WholeWords.as_view(), name="whole"),
    path("<slug:reference>/accept/", AcceptProposals.as_view(), name="accept"),
    path("<slug:reference>/names/", EnterNames.as_view(), name="names"),
    path("<slug:reference>/names/sender/", ChangeSender.as_view(), name="names_sender"),
    path("<slug:reference>/names/paper/", NamesPaper.as_view(), name="names_paper"),
    path("<slug:reference>/messages/", ContactMessages.as_view(), name="messages"),
    path("<slug:reference>/steps/<slug:step>/", ContactStep.as_view(), name="step"),
]
