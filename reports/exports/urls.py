"""Exports: one's own, asking for one, and what becomes of it."""

from django.urls import path

from reports.exports.views import (
    AgainExport,
    CancelExport,
    DecideExport,
    Download,
    ExportDetail,
    ExportList,
    NewExport,
    ShowKey,
)

app_name = "exports"
urlpatterns = [
    path("", ExportList.as_view(), name="list"),
    path("new/<slug:key>/", NewExport.as_view(), name="new"),
    path("<slug:reference>/", ExportDetail.as_view(), name="detail"),
    path("<slug:reference>/cancel/", CancelExport.as_view(), name="cancel"),
    path("<slug:reference>/again/", AgainExport.as_view(), name="again"),
    path("<slug:reference>/decide/", DecideExport.as_view(), name="decide"),
    path("<slug:reference>/passphrase/", ShowKey.as_view(), name="passphrase"),
    path("<slug:reference>/download/", Download.as_view(), name="download"),
]
