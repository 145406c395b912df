"""Addresses of sites and places."""

from django.urls import include, path

from provinces.views import measures, places, sites, suggestions

SITES = [
    path("", sites.SiteList.as_view(), name="list"),
    path("new/", sites.SiteAdd.as_view(), name="new"),
    path("names/", suggestions.SiteNames.as_view(), name="names"),
    path("<slug:reference>/", sites.SiteDetail.as_view(), name="detail"),
    path("<slug:reference>/edit/", sites.SiteEdit.as_view(), name="edit"),
    path("<slug:reference>/companies/new/", measures.CompanyPage.as_view(), name="company_new"),
    path("<slug:reference>/companies/<uuid:pk>/", measures.CompanyPage.as_view(), name="company"),
    path("<slug:reference>/companies/<uuid:pk>/part/", measures.CompanyPart.as_view(), name="company_part"),
    path("<slug:reference>/measures/new/", measures.MeasurePage.as_view(), name="measure_new"),
    path("<slug:reference>/measures/<uuid:pk>/", measures.MeasurePage.as_view(), name="measure"),
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
