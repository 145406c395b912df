"""The address of the work page, which has no namespace, and those of the reports."""

from django.urls import include, path

from reports.papers import FORMS
from reports.views.causes import CausesPage
from reports.views.dashboard import Dashboard
from reports.views.handin import HandInList, HandInPaper, HandInSet, HandInWorkbook
from reports.views.handin_signing import HandInPrepare
from reports.views.indicators import IndicatorDetail, IndicatorList, IndicatorRecords
from reports.views.population import PopulationPage
from reports.views.public_tables import PublicTables
from reports.views.publication_new import PublicationNew
from reports.views.publications import (
    PublicationChanges,
    PublicationDetail,
    PublicationList,
    PublicationPaper,
    PublicationStep,
)
from reports.views.situation import SituationPage, SituationPaper
from reports.views.work import WorkPage

reports = [
    path("", Dashboard.as_view(), name="overview"),
    path("situation/", SituationPage.as_view(), name="situation"),
    *(path(f"situation/{form}/", SituationPaper.as_view(form=form), name=f"situation_{form}") for form in FORMS),
    path("causes/<slug:reference>/", CausesPage.as_view(), name="causes"),
    path("indicators/", IndicatorList.as_view(), name="indicators"),
    path("indicators/<slug:name>/", IndicatorDetail.as_view(), name="indicator"),
    path("indicators/<slug:name>/records/", IndicatorRecords.as_view(), name="records"),
    path("public-tables/", PublicTables.as_view(), name="public_tables"),
    path("hand-in/", HandInList.as_view(), name="hand_in"),
    path("hand-in/<slug:slug>/", HandInSet.as_view(), name="hand_in_set"),
    path("hand-in/<slug:slug>/sign/", HandInPrepare.as_view(), name="hand_in_prepare"),
    path("hand-in/<slug:slug>/xlsx/", HandInWorkbook.as_view(), name="hand_in_xlsx"),
    path("hand-in/<slug:slug>/pdf/", HandInPaper.as_view(), name="hand_in_pdf"),
    path("population/", PopulationPage.as_view(), name="population"),
    path("publications/", PublicationList.as_view(), name="publications"),
    path("publications/new/", PublicationNew.as_view(), name="publication_new"),
    path("publications/<slug:reference>/", PublicationDetail.as_view(), name="publication"),
    path("publications/<slug:reference>/changes/", PublicationChanges.as_view(), name="publication_changes"),
    *(
        path(f"publications/<slug:reference>/{form}/", PublicationPaper.as_view(form=form), name=f"publication_{form}")
        for form in FORMS
    ),
    path("publications/<slug:reference>/steps/<slug:step>/", PublicationStep.as_view(), name="publication_step"),
]
urlpatterns = [
    path("", WorkPage.as_view(), name="work"),
    path("reports/", include((reports, "reports"))),
]
