"""Addresses of people sought and found."""

from django.urls import path

from victims.views.assistance import TakeBackService, VictimServices
from victims.views.consent import VictimConsent, VictimGuardian
from victims.views.deportation import RecordDeportation
from victims.views.list import VictimList
from victims.views.place import ShowPlace, VictimPlace
from victims.views.proceedings import TakeBackProceeding, VictimProceedings
from victims.views.record import VictimDetail, VictimHistory, VictimIdentify, VictimStep
from victims.views.repatriation import BeginReturn
from victims.views.similar import SimilarPersons
from victims.views.who import WhoItIs

app_name = "victims"
urlpatterns = [
    path("", VictimList.as_view(), name="list"),
    path("similar/", SimilarPersons.as_view(), name="similar"),
    path("<slug:reference>/", VictimDetail.as_view(), name="detail"),
    path("<slug:reference>/history/", VictimHistory.as_view(), name="history"),
    path("<slug:reference>/person/", WhoItIs.as_view(), name="person"),
    path("<slug:reference>/consent/", VictimConsent.as_view(), name="consent"),
    path("<slug:reference>/guardian/", VictimGuardian.as_view(), name="guardian"),
    path("<slug:reference>/place/", VictimPlace.as_view(), name="place"),
    path("<slug:reference>/place/show/", ShowPlace.as_view(), name="show_place"),
    path("<slug:reference>/services/", VictimServices.as_view(), name="services"),
    path("<slug:reference>/services/<uuid:pk>/", TakeBackService.as_view(), name="take_back_service"),
    path("<slug:reference>/proceedings/", VictimProceedings.as_view(), name="proceedings"),
    path("<slug:reference>/proceedings/<uuid:pk>/", TakeBackProceeding.as_view(), name="take_back_proceeding"),
    path("<slug:reference>/return/<slug:what>/", BeginReturn.as_view(), name="begin_return"),
    path("<slug:reference>/deportation/", RecordDeportation.as_view(), name="deportation"),
    path("<slug:reference>/steps/<slug:step>/", VictimStep.as_view(), name="step"),
    path("<slug:reference>/identification/<slug:step>/", VictimIdentify.as_view(), name="identify"),
]
