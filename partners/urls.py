"""Addresses of the directory."""

from django.urls import path

from partners import views

app_name = "partners"
urlpatterns = [
    path("", views.PartnerList.as_view(), name="list"),
    path("new/", views.PartnerWrite.as_view(), name="new"),
    path("<slug:reference>/", views.PartnerDetail.as_view(), name="detail"),
    path("<slug:reference>/edit/", views.PartnerWrite.as_view(), name="edit"),
    path("<slug:reference>/beds/", views.SayBeds.as_view(), name="beds"),
    path("<slug:reference>/address/", views.ShowAddress.as_view(), name="address"),
    path("<slug:reference>/phones/", views.AddPhone.as_view(), name="add_phone"),
    path("<slug:reference>/phones/<uuid:pk>/confirm/", views.ConfirmPhone.as_view(), name="confirm_phone"),
    path("<slug:reference>/phones/<uuid:pk>/remove/", views.RemovePhone.as_view(), name="remove_phone"),
]
