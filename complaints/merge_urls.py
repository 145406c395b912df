"""Addresses of merging: one shape for persons, complaints and sites."""

from django.urls import path

from complaints.views.merging import MergeConfirm, MergeDetail, MergeList, MergeNew, MergeSendBack, MergeUndo

app_name = "merges"
urlpatterns = [
    path("", MergeList.as_view(), name="list"),
    path("new/", MergeNew.as_view(), name="new"),
    path("<slug:reference>/", MergeDetail.as_view(), name="detail"),
    path("<slug:reference>/confirm/", MergeConfirm.as_view(), name="confirm"),
    path("<slug:reference>/send-back/", MergeSendBack.as_view(), name="send_back"),
    path("<slug:reference>/undo/", MergeUndo.as_view(), name="undo"),
]
