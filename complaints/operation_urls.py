"""Addresses of operations."""

from django.urls import path

from complaints.views.change_operation import ChangeOperation
from complaints.views.operation_count import QuickCount, TakeBack
from complaints.views.operation_list import EnterList
from complaints.views.operations import (
    EndMember,
    Members,
    OperationDetail,
    OperationList,
    OperationStep,
    PlanOperation,
)
from complaints.views.readers import OperationReaders

app_name = "operations"
urlpatterns = [
    path("", OperationList.as_view(), name="list"),
    path("new/", PlanOperation.as_view(), name="new"),
    path("readers/", OperationReaders.as_view(), name="readers"),
    path("<slug:reference>/", OperationDetail.as_view(), name="detail"),
    path("<slug:reference>/change/", ChangeOperation.as_view(), name="change"),
    path("<slug:reference>/steps/<slug:step>/", OperationStep.as_view(), name="step"),
    path("<slug:reference>/members/", Members.as_view(), name="members"),
    path("<slug:reference>/members/<uuid:member>/end/", EndMember.as_view(), name="end_member"),
    path("<slug:reference>/count/", QuickCount.as_view(), name="count"),
    path("<slug:reference>/people/", EnterList.as_view(), name="people"),
    path("<slug:reference>/entries/<uuid:entry>/take-back/", TakeBack.as_view(), name="take_back"),
]
