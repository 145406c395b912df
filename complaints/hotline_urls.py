"""Addresses of the hotline; those with a word of their own stand above the reference of a call."""

from django.urls import path

from complaints.views.hotline import Beside, CallPage, Hotline, TakeOver
from complaints.views.hotline_words import ChangeInterpreter, ChangeScript, HotlineWords, NewInterpreter, NewScript

app_name = "hotline"
urlpatterns = [
    path("", Hotline.as_view(), name="list"),
    path("words/", HotlineWords.as_view(), name="words"),
    path("words/new/", NewScript.as_view(), name="script_new"),
    path("words/<slug:code>/", ChangeScript.as_view(), name="script"),
    path("interpreters/new/", NewInterpreter.as_view(), name="interpreter_new"),
    path("interpreters/<uuid:pk>/", ChangeInterpreter.as_view(), name="interpreter"),
    path("<slug:reference>/", CallPage.as_view(), name="call"),
    path("<slug:reference>/beside/", Beside.as_view(), name="beside"),
    path("<slug:reference>/take/", TakeOver.as_view(), name="take"),
]
