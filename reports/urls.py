"""The address of the work page, which has no namespace, and those of the reports."""

from django.urls import include, path

from reports.views.indicators import IndicatorDetail, IndicatorList, IndicatorRecords
from reports.views.public_tables import PublicTables
from reports.views.situation import SituationPage
from reports.views.work import WorkPage

reports = [
    path("situation/", SituationPage.as_view(), name="situation"),
    path("indicators/", IndicatorList.as_view(), name="indicators"),
    path("indicators/<slug:name>/", IndicatorDetail.as_view(), name="indicator"),
    path("indicators/<slug:name>/records/", IndicatorRecords.as_view(), name="records"),
    path("public-tables/", PublicTables.as_view(), name="public_tables"),
]
urlpatterns = [
    path("", WorkPage.as_view(), name="work"),
    path("reports/", include((reports, "reports"))),
]
