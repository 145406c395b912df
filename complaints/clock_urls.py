"""Addresses of the clocks."""

from django.urls import path

from complaints.views.clocks import ChangeHoliday, Clocks, Holidays, NewHoliday

app_name = "clocks"
urlpatterns = [
    path("", Clocks.as_view(), name="list"),
    path("holidays/", Holidays.as_view(), name="holidays"),
    path("holidays/new/", NewHoliday.as_view(), name="holiday_new"),
    path("holidays/<slug:day>/", ChangeHoliday.as_view(), name="holiday"),
]
