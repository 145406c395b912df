"""The address of the work page, which has no namespace, and those of the reports."""

from django.urls import include, path

from reports.views.indicators import IndicatorDetail, IndicatorList, IndicatorRecords
from reports.views.publication_new import PublicationNew
from reports.views.publications import PublicationChanges, PublicationDetail, PublicationList, PublicationStep
from reports.views.situation import SituationPage
from reports.views.work import WorkPage

reports = [
    path("situation/", SituationPage.as_view(), name="situation"),
    path("indicators/", IndicatorList.as_view(), name="indicators"),
    path("indicators/<slug:name>/", IndicatorDetail.as_view(), name="indicator"),
    path("indicators/<slug:name>/records/", IndicatorRecords.as_view(), name="records"),
    path("publications/", PublicationList.as_view(), name="publications"),
    path("publications/new/", PublicationNew.as_view(), name="publication_new"),
    path("publications/<slug:reference>/", PublicationDetail.as_view(), name="publication"),
    path("publications/<slug:reference>/changes/", PublicationChanges.as_view(), name="publication_changes"),
    path("publications/<slug:reference>/steps/<slug:step>/", PublicationStep.as_view(), name="publication_step"),
]
urlpatterns = [
    path("", WorkPage.as_view(), name="work"),
    path("reports/", include((reports, "reports"))),
]
