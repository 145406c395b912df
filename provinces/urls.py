"""Addresses of sites and places."""

from django.urls import include, path

from provinces.views import places, sites, suggestions

SITES = [
    path("", sites.SiteList.as_view(), name="list"),
    path("new/", sites.SiteAdd.as_view(), name="new"),
    path("names/", suggestions.SiteNames.as_view(), name="names"),
    path("<slug:reference>/", sites.SiteDetail.as_view(), name="detail"),
    path("<slug:reference>/edit/", sites.SiteEdit.as_view(), name="edit"),
]
PLACES = [
    path("", places.PlaceList.as_view(), name="list"),
    path("districts/", suggestions.DistrictNames.as_view(), name="districts"),
    path("communes/", suggestions.CommuneNames.as_view(), name="communes"),
    path("<slug:code>/", places.PlaceDetail.as_view(), name="detail"),
    path("<slug:code>/names/<int:pk>/remove/", places.AliasRemove.as_view(), name="alias_remove"),
]
urlpatterns = [
    path("sites/", include((SITES, "sites"))),
    path("places/", include((PLACES, "places"))),
]
