"""What waits about referrals on the work page: our answer, an answer that is late, people who came back without help."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.forms import BedsForm
from partners.models import Partner, PartnerKind
from partners.presenters import beds
from referrals.models import Referral
from referrals.presenters import row_of, visible_complaints

MOST, SHOWN = 20, 100


def referred_of(user: Any, now: datetime) -> list[dict[str, Any]]:
    """Return what waits, as lines with a number (at most a hundred) and an address; one query for all of them."""
    if not user.may("referral.answer") or user.role == "partner":
        return []
    address = reverse("referrals:list")
    ours, theirs = Referral.objects.of_own_provinces(user), Referral.objects.shared_with(user)
    lines = [
        (
            _("Sent to us, to be answered"),
            theirs.unanswered().exclude(sent_by=user),
            f"{address}?shared=1&waits=answer",
        ),
        (_("Not answered in time"), ours.overdue(now), f"{address}?waits=late"),
        (_("Came back: nobody helps now"), ours.homeless(), f"{address}?waits=another"),
        (
            _("Came back, of complaints you are named for"),
            theirs.named_for(user).homeless(),
            f"{address}?shared=1&waits=another",
        ),
    ]
    arms = [
        rows.order_by().annotate(arm=Value(place, output_field=IntegerField())).values_list("arm", "pk")[:SHOWN]
        for place, (_title, rows, _url) in enumerate(lines)
    ]
    found = Counter(place for place, _pk in arms[0].union(*arms[1:], all=True))
    return [
        {"title": title, "n": found[place], "url": url}
        for place, (title, _rows, url) in enumerate(lines)
        if found[place]
    ]


def sent_to(user: Any) -> list[Any]:
    """Return what a partner has to answer or to go on with, due first; nothing for others."""
    if user.role != "partner":
        return []
    rows = Referral.objects.shared_with(user).running().exclude(to_partner=None).for_list().order_by("due_at", "id")
    found = list(rows[:MOST])
    return [row_of(referral, user, visible_complaints(found, user)) for referral in found]


def own_beds(user: Any) -> dict[str, Any] | None:
    """Return where a shelter says its beds; None for everybody else."""
    if user.role != "partner":
        return None
    shelter = Partner.objects.visible_to(user).of_kind(PartnerKind.SHELTER).first()
    return {"partner": shelter, "beds": beds(shelter), "beds_form": BedsForm()} if shelter else None
