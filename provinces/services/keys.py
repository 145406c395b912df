"""Write search keys anew when the way they are made has changed (`core.text.KEY_VERSION`)."""

from django.db import transaction

from core.text import KEY_VERSION
from provinces.models import PlaceAlias, SiteAlias
from provinces.names import place_key, site_keys


@transaction.atomic
def reindex() -> int:
    """Bring the keys of places and sites to the present version; give how many rows were written."""
    places = list(PlaceAlias.objects.exclude(key_version=KEY_VERSION).select_for_update())
    for place in places:
        place.key, place.key_version = place_key(place.text), KEY_VERSION
    sites = list(SiteAlias.objects.exclude(key_version=KEY_VERSION).select_for_update())
    for site in sites:
        (site.key_km, site.key_lat), site.key_version = site_keys(site.text), KEY_VERSION
    PlaceAlias.objects.bulk_update(places, ["key", "key_version"], batch_size=1000)
    SiteAlias.objects.bulk_update(sites, ["key_km", "key_lat", "key_version"], batch_size=1000)
    return len(places) + len(sites)
