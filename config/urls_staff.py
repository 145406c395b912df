"""The addresses of the staff's surface: pages by room, the API, health, and what kept libraries bring."""

from django.urls import include, path

from complaints.views.site import SiteCases
from config import health
from core.style import StylePage

urlpatterns = [
    path("style/", StylePage.as_view(), name="style"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("accounts.urls")),
    path("sites/<slug:reference>/cases/", SiteCases.as_view(), name="site_cases"),
    path("", include("provinces.urls")),
    path("partners/", include("partners.urls")),
    path("notifications/", include("notifications.urls")),
    path("", include("reports.urls")),
    path("complaints/", include("complaints.urls")),
    path("contacts/", include("complaints.contact_urls")),
    path("name-lists/", include("complaints.name_list_urls")),
    path("hotline/", include("complaints.hotline_urls")),
    path("rules/", include("complaints.rule_urls")),
    path("clocks/", include("complaints.clock_urls")),
    path("languages/", include("complaints.language_urls")),
    path("approvals/", include("complaints.approval_urls")),
    path("pairs/", include("complaints.pair_urls")),
    path("merges/", include("complaints.merge_urls")),
    path("victims/", include("victims.urls")),
    path("", include("victims.repatriation_urls")),
    path("operations/", include("complaints.operation_urls")),
    path("", include("suspects.urls")),
    path("", include("referrals.urls")),
    path("", include("prevention.urls")),
    path("exports/", include("reports.exports.urls")),
    path("api/", include("config.api_urls")),
]

handler400 = "core.errors.bad_request"
handler403 = "core.errors.permission_denied"
handler404 = "core.errors.not_found"
handler500 = "core.errors.server_error"
