"""Addresses of the languages of the public pages."""

from django.urls import path

from complaints.views.languages import Languages

app_name = "languages"
urlpatterns = [path("", Languages.as_view(), name="list")]
