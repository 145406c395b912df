"""Move a complaint to the ministry, or seal it, when a rule of triage says so after it was registered."""

from typing import Any

from django.db import transaction

from accounts.scope import is_stricter
from accounts.services import system_user
from complaints.models import Complaint, Handling
from complaints.said import ComplaintSaid
from complaints.services.steps import advance
from complaints.triage import proposal
from provinces.models import Site
from provinces.services.sites import when_led
from workflow.notes import in_source

STEP_TO = {Handling.NATIONAL_LED: "lead_nationally", Handling.SEALED: "seal"}


def hold_site(site: Site | None) -> Site | None:
    """Keep who leads a site as it is until this transaction ends; before the complaint is locked, as `lead_at` does.

    Returns the site it is now: one that was merged into another leads there.
    """
    while site is not None:
        site = Site.objects.select_for_update(no_key=True).get(pk=site.pk)
        if site.merged_into_id is None:
            break
        site = site.merged_into
    return site


def settle(complaint: Complaint) -> Complaint:
    """Hand a complaint to who should handle it by what triage says of its site, if that is stricter; the system's act.

    What else triage asks was answered at intake, where the ministry may have decided otherwise.
    """
    wanted = proposal(ComplaintSaid(site=complaint.site.reference if complaint.site else ""))
    if not is_stricter(wanted.handling, complaint.handling):
        return complaint
    note = in_source(*wanted.reasons)
    return advance(complaint, STEP_TO[Handling(wanted.handling)], by=system_user(), note=note)


@transaction.atomic
def lead_at(site: Site) -> int:
    """Hand every provincial complaint about a site to the ministry, also closed ones; return how many."""
    system = system_user()
    here = Complaint.objects.visible_to(system).live().filter(site=site, handling=Handling.PROVINCIAL).order_by("pk")
    rows = list(here.select_for_update(no_key=True, of=("self",)))
    for row in rows:
        settle(row)
    return len(rows)


def follow_site(site: Site, _by: Any) -> None:
    """Do what follows when a site is marked as national-led."""
    lead_at(site)


when_led(follow_site)
