"""Whom a new referral is about: a complaint, or people, two hundred a page, first those not yet referred there."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404

from complaints.models import Complaint
from partners.models import Partner
from provinces.models import Province
from referrals.models import RUNNING, Referral
from victims.models import Operation, Victim

MOST = 200
Receiver = Partner | Province


@dataclass(frozen=True)
class Whom:
    """A complaint itself (`people` None), or people: of it, of an operation, or one of them."""

    complaint: Complaint
    people: Any = None
    n: int = 0

    @property
    def several(self) -> bool:
        """Return whether there is more than one to choose from."""
        return self.n > 1

    def chosen(self, references: list[str]) -> list[Victim]:
        """Return those of them that were ticked, on whatever page."""
        return list(self.people.filter(reference__in=references)) if self.n else []

    def nations(self) -> set[str]:
        """Return whose nationals they are."""
        return set(self.people.order_by().values_list("person__nationality", flat=True)) if self.n else set()

    def page(self, receiver: Receiver, number: str) -> tuple[list[Victim], dict[str, Any]]:
        """Return the people of a page, first who is not yet referred there, and the numbers of the pages beside it."""
        if not self.n:
            return [], {}
        to = {"to_partner": receiver} if isinstance(receiver, Partner) else {"to_province": receiver}
        there = Exists(Referral.objects.filter(victim_id=OuterRef("pk"), status__in=RUNNING, **to))
        pages = Paginator(self.people.order_by(there, "reference"), MOST)
        pages.count = self.n
        try:
            page = pages.page(number or 1)
        except InvalidPage:
            page = pages.page(1)
        rows = list(page.object_list)
        beside = {
            "number": page.number,
            "next": page.next_page_number() if page.has_next() else 0,
            "previous": page.previous_page_number() if page.has_previous() else 0,
        }
        return rows, {"n": self.n, "shown": len(rows), **beside}


def whom_of(reference: str, user: Any, *, people: bool) -> Whom:
    """Return whom a reference speaks of, through the scope; 404 where nothing is.

    It is a person's, an operation's (everybody met in it), or a complaint's: itself, or with `people` its people.
    """
    seen = Victim.objects.visible_to(user).live().select_related("person", "complaint")
    seen = seen.prefetch_related("person__names").order_by("reference")
    if reference.startswith("V-"):
        rows = seen.filter(reference=reference)
    elif reference.startswith("OP-"):
        rows = seen.filter(operation__in=Operation.objects.visible_to(user).filter(reference=reference))
    else:
        complaint = get_object_or_404(Complaint.objects.visible_to(user).live(), reference=reference)
        rows = seen.filter(complaint=complaint) if people else seen.none()
        n = rows.count() if people else 0
        return Whom(complaint, rows, n) if n else Whom(complaint)
    first, n = rows.first(), rows.count()
    if first is None:
        raise Http404
    return Whom(first.complaint, rows, n)
