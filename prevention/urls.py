"""Addresses of surveys and activities."""

from django.urls import include, path

from prevention.views import activities, correcting, entry, imports, surveys

SURVEYS = [
    path("", surveys.SurveyList.as_view(), name="list"),
    path("new/", surveys.SurveyWrite.as_view(), name="new"),
    path("<slug:reference>/", surveys.SurveyDetail.as_view(), name="detail"),
    path("<slug:reference>/edit/", surveys.SurveyWrite.as_view(), name="edit"),
    path("<slug:reference>/enter/", entry.EnterAnswers.as_view(), name="enter"),
    path("<slug:reference>/answers/", correcting.Corrections.as_view(), name="answers"),
    path("<slug:reference>/answers/<slug:entry>/", correcting.CorrectAnswers.as_view(), name="correct"),
    path("<slug:reference>/import/", imports.Sheets.as_view(), name="import"),
    path("<slug:reference>/import/template/", imports.SheetTemplate.as_view(), name="template"),
    path("<slug:reference>/import/<slug:entry>/", imports.SheetPage.as_view(), name="sheet"),
    path("<slug:reference>/import/<slug:entry>/begin/", imports.SheetBegin.as_view(), name="sheet_begin"),
    path("<slug:reference>/import/<slug:entry>/cancel/", imports.SheetCancel.as_view(), name="sheet_cancel"),
    path("<slug:reference>/steps/<slug:step>/", surveys.SurveyStep.as_view(), name="step"),
]
ACTIVITIES = [
    path("", activities.ActivityList.as_view(), name="list"),
    path("new/", activities.ActivityWrite.as_view(), name="new"),
    path("export/", activities.ActivityExport.as_view(), name="export"),
    path("<slug:reference>/", activities.ActivityDetail.as_view(), name="detail"),
    path("<slug:reference>/edit/", activities.ActivityWrite.as_view(), name="edit"),
]
urlpatterns = [
    path("surveys/", include((SURVEYS, "surveys"))),
    path("activities/", include((ACTIVITIES, "activities"))),
]
