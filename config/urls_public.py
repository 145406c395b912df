"""The addresses of the public surface: the form, and what machines ask."""

from django.urls import include, path

from config import health

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("report/", include("complaints.channels.public.urls")),
]

handler400 = handler403 = "complaints.channels.public.views.broken"
handler404 = "complaints.channels.public.views.nothing_here"
handler500 = "core.errors.server_error"
