"""Addresses of the bell's list and of what could not be delivered."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.NotificationList.as_view(), name="list"),
    path("read/", views.MarkAllRead.as_view(), name="read_all"),
    path("<uuid:pk>/", views.OpenNotification.as_view(), name="open"),
    path("<uuid:pk>/read/", views.MarkRead.as_view(), name="read"),
    path("delivery/", views.DeliveryList.as_view(), name="deliveries"),
    path("delivery/<uuid:pk>/", views.DeliveryStep.as_view(), name="delivery_step"),
]
