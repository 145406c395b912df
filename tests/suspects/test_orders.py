"""The last day of an order of the court that holds somebody: told a week before, and found in the list."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from notifications.models import Notification
from suspects.models import Suspect
from suspects.services import advance
from suspects.services.orders import remind_of_ends
from tests.factories.cases import SuspectFactory
from tests.suspects import HOUR, Browser, at_court

DAY = 24 * HOUR


@pytest.fixture
def sent(suspect: Suspect, officer_psh: User) -> Suspect:
    return at_court(suspect, officer_psh)


def told(kind: str) -> list[str]:
    rows = Notification.objects.filter(kind=kind, channel="in_app").order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


def held_until(row: Suspect, by: User, days: int) -> Suspect:
    """Somebody in provisional detention by an order that ends in some days."""
    if row.status == "sent_to_court":
        row = advance(row, "charge", by=by, articles=["L08-10"])
    until = timezone.localdate() + timedelta(days=days)
    return advance(row, "restrain", by=by, restraint="provisional_detention", ordered_until=until)


def shown(client: Any, narrowed: str) -> set[str]:
    return {row.reference for row in client.get(f"/suspects/?order_ends={narrowed}").context["rows"]}


def test_officers_are_told_once_a_week_before_an_order_that_holds_somebody_is_over(
    sent: Suspect, officer_psh: User, officer_pp: User
) -> None:
    held_until(sent, officer_psh, 20)
    now = timezone.now()
    assert [remind_of_ends(now + days * DAY) for days in (12, 13, 14, 25)] == [0, 1, 0, 0]
    assert told("order_ending") == [officer_psh.username]
    held_until(Suspect.objects.get(pk=sent.pk), officer_psh, 30)
    assert [remind_of_ends(now + days * DAY) for days in (21, 23, 24)] == [0, 1, 0]
    assert officer_pp.username not in told("order_ending")


def test_who_is_held_by_an_order_that_ends_is_found_in_the_list_and_by_the_api(
    browser: Browser, sent: Suspect, officer_psh: User, program: Any
) -> None:
    others = [at_court(row, officer_psh) for row in SuspectFactory.create_batch(3, complaint=sent.complaint)]
    held_until(sent, officer_psh, 7)
    held_until(others[0], officer_psh, 8)
    free = held_until(others[1], officer_psh, 2)
    advance(free, "restrain", by=officer_psh, restraint="at_liberty")
    client = browser(officer_psh)
    assert (shown(client, "soon"), shown(client, "over")) == ({sent.reference}, set())
    found = program(officer_psh).get("/api/v1/suspects/?order_ends=soon").json()["results"]
    assert [row["reference"] for row in found] == [sent.reference]
    with time_machine.travel(timezone.now() + 7 * DAY, tick=False):
        assert shown(browser(officer_psh), "over") == set()  # the last day still counts
    with time_machine.travel(timezone.now() + 8 * DAY, tick=False):
        client = browser(officer_psh)
        assert shown(client, "over") == {sent.reference}
        assert shown(client, "soon") == {sent.reference, others[0].reference}
    assert client.get("/suspects/?order_ends=never").status_code == 400
