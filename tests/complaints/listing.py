"""What tests of lists of names say again and again."""

from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint, Contact, ListedName, NameList
from complaints.names import RELATED, SAME_FOR_ALL, states_of
from complaints.services.names import Named, Place, enter_names
from complaints.sheet import WITH_PLACE, read_list
from partners.models import Partner
from people.services import set_names
from victims.models import Consent, Victim

TEXT = "Ratna Dewi, F, 23, ID, Sihanoukville, X100200\nBudi Santoso, M, 31, ID, Sihanoukville, X100201\nAgus Salim, M, 16, ID,,X100202"


def enter(contact: Contact, by: User, partner: Partner | None = None, key: str = "k-1", **more: Any) -> NameList:
    rows = read_list(more.pop("text", TEXT), WITH_PLACE)
    named = [Named(row, more.get("known", {}).get(row.line, "")) for row in rows]
    places = more.get("places", {"Sihanoukville": Place(province="18")})
    return enter_names(contact, named, places, partner=partner.reference if partner else "", by=by, key=key)


def states(made: NameList, *, closed: bool = False, after: timedelta = SAME_FOR_ALL) -> list[str]:
    """Give the states once the list is a day old; `closed`: as if the complaints were, which takes two people and many steps."""
    names = list(ListedName.objects.filter(list=made).select_related(*RELATED))
    for name in names if closed else ():
        name.victim.complaint.status = "closed"
    with time_machine.travel(timezone.now() + after):
        found = states_of(names)
    return [str(found[name.pk]) for name in names]


def sought(complaint: Complaint) -> tuple[Victim, str]:
    """Give the person of a complaint a name, and return both."""
    known = complaint.victims.earliest("received_at")
    set_names(known.person, ["Siti Rahma Putri"])
    return known, "Siti Rahma Putri"


def found_safe(victim: Victim, by: User, **answer: Any) -> None:
    Victim.objects.filter(pk=victim.pk).update(rescue_status="rescued", rescued_on="2026-03-08")
    said = {"purpose": "embassy", "answer": "yes", "asked_alone": True, "afraid": "no", "asked_language": "Bahasa"}
    scope = {"complaint": victim.complaint, "province": victim.province, "handling": victim.handling}
    Consent.objects.create(victim=victim, by=by, asked_on="2026-03-09", **scope, **{**said, **answer})
