"""Addresses of the bell's list and of what could not be delivered."""

from django.urls import path

from notifications import own_views, views

app_name = "notifications"
urlpatterns = [
    path("", views.NotificationList.as_view(), name="list"),
    path("read/", views.MarkAllRead.as_view(), name="read_all"),
    path("<uuid:pk>/", views.OpenNotification.as_view(), name="open"),
    path("<uuid:pk>/read/", views.MarkRead.as_view(), name="read"),
    path("own/", own_views.Own.as_view(), name="own"),
    path("own/devices/", own_views.AddDevice.as_view(), name="add_device"),
    path("own/devices/<uuid:pk>/remove/", own_views.RemoveDevice.as_view(), name="remove_device"),
    path("own/<slug:channel>/", own_views.OfferAddress.as_view(), name="offer_address"),
    path("own/<slug:channel>/confirm/", own_views.ConfirmAddress.as_view(), name="confirm_address"),
    path("own/<slug:channel>/remove/", own_views.RemoveAddress.as_view(), name="remove_address"),
    path("delivery/", views.DeliveryList.as_view(), name="deliveries"),
    path("delivery/steps/", views.DeliverySteps.as_view(), name="delivery_steps"),
    path("delivery/<uuid:pk>/", views.DeliveryStep.as_view(), name="delivery_step"),
]
