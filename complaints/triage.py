"""Rules that propose and never decide."""

from complaints.models import Handling
from complaints.said import ComplaintSaid
from provinces.models import Site


def propose_handling(said: ComplaintSaid) -> str:
    """Propose who handles a complaint: sealed when an official is named, national-led when the site is or the
    reporter fears the local police, else provincial."""
    if said.names_official or said.official:
        return Handling.SEALED
    led = bool(said.site) and Site.objects.filter(reference=said.site, national_led=True).exists()
    return Handling.NATIONAL_LED if led or said.not_local_police else Handling.PROVINCIAL
