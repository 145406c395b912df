"""Every address of the system: the staff's surface and the public one."""

from django.urls import include, path

from config import urls_staff

urlpatterns = [
    path("report/", include("complaints.channels.public.urls")),
    *urls_staff.urlpatterns,
]

handler400 = urls_staff.handler400
handler403 = urls_staff.handler403
handler404 = urls_staff.handler404
handler500 = urls_staff.handler500
