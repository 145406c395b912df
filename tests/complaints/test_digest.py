"""The digest of the day: one notice without content, to whom something is due, once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint, Digest, Limit
from complaints.said import PersonSaid, ReporterSaid
from complaints.services import advance_victim, name_suspect
from complaints.services.digest import send_digests
from notifications.models import Notification
from referrals.services import send
from suspects.services import advance as advance_suspect
from suspects.services import set_hearing
from tests.factories.accounts import PostingFactory, UserFactory
from tests.queries import asked
from tests.suspects import at_court
from tests.victims.returns import at_step, found

Registered = Callable[..., Complaint]
ARTICLE = ["L08-10"]
MORNING = datetime.fromisoformat("2026-03-10T07:30:00+07:00")


def told() -> list[str]:
    rows = Notification.objects.filter(kind="digest", channel="in_app").order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


def test_who_has_something_due_is_told_once_that_morning(
    registered: Registered, officer_psh: User, officer_pp: User, supervisor: User, admin: User
) -> None:
    with time_machine.travel(MORNING - timedelta(days=1), tick=False):
        registered()
    assert send_digests(MORNING - timedelta(minutes=1)) == 0
    assert send_digests(MORNING) == 2
    assert send_digests(MORNING + timedelta(hours=3)) == 0
    assert told() == ["officer.psh", "supervisor"]
    assert send_digests(MORNING + timedelta(days=1)) == 2
    assert Digest.objects.filter(user=officer_pp, n_items=0).count() == 2


def test_nothing_due_is_no_notice_and_the_hour_is_data(registered: Registered, officer_psh: User) -> None:
    Limit.objects.filter(name="digest_minute").update(number=360)
    assert send_digests(MORNING.replace(hour=6, minute=0)) == 0
    assert Digest.objects.exists()
    assert told() == []


def test_a_sealed_complaint_is_in_nobodys_count_but_the_integrity_units(
    registered: Registered, officer_psh: User, supervisor: User, integrity: User
) -> None:
    with time_machine.travel(MORNING - timedelta(days=3), tick=False):
        registered(official="The commander")
    send_digests(MORNING)
    assert told() == ["integrity"]


def test_the_notice_leads_its_reader_to_their_work_with_the_number(
    registered: Registered, officer_psh: User, browser: Callable[..., Client]
) -> None:
    with time_machine.travel(MORNING - timedelta(days=1), tick=False):
        registered()
        registered()
    send_digests(MORNING)
    mine = Digest.objects.get(user=officer_psh)
    page = browser(officer_psh).get(f"/complaints/digest/{mine.reference}/", follow=True)
    assert "2 items waited for you" in page.content.decode()
    assert browser(UserFactory(role="supervisor")).get(f"/complaints/digest/{mine.reference}/").status_code == 404


def lines(client: Client, user: User) -> dict[str, str]:
    """What the page of today's digest counts, by the address that shows it."""
    mine = Digest.objects.filter(user=user).latest("on")
    answer = client.get(f"/complaints/digest/{mine.reference}/")
    assert answer.status_code == 200
    return {line["url"]: line["n"] for line in answer.context["lines"]}


@time_machine.travel(MORNING, tick=False)
def test_it_counts_the_words_owed_to_reporters_and_leads_to_them(
    registered: Registered, intake: User, browser: Callable[..., Client]
) -> None:
    with time_machine.travel(MORNING - timedelta(days=20), tick=False):
        owed = registered(reporter=ReporterSaid(phone="012 345 678", relation="family"))
        registered()
    send_digests(MORNING)
    assert Digest.objects.get(user=intake).n_items == 1
    client = browser(intake)
    assert lines(client, intake) == {"/complaints/?clock=answer": "1"}
    assert [row.reference for row in client.get("/complaints/?clock=answer").context["rows"]] == [owed.reference]


@time_machine.travel(MORNING, tick=False)
def test_it_counts_what_one_decides_as_the_queue_does(
    registered: Registered, officer_psh: User, supervisor: User, supervisor2: User, browser: Callable[..., Client]
) -> None:
    person = registered(people=(PersonSaid(name="Lost One", age=30),)).victims.get()
    advance_victim(person, "record_not_found", by=officer_psh)
    PostingFactory(user=supervisor2, province_id="18")
    send_digests(MORNING)
    assert {row.user.username: row.n_items for row in Digest.objects.filter(user__role="supervisor")} == {
        "supervisor": 1,
        "supervisor2": 0,
    }
    assert lines(browser(supervisor), supervisor) == {"/approvals/": "1"}


def test_it_counts_returns_hearings_orders_and_referrals_that_are_late_for_who_is_responsible(
    registered: Registered, officer_psh: User, officer_pp: User, browser: Callable[..., Client]
) -> None:
    start = MORNING - timedelta(days=40)
    with time_machine.travel(start, tick=False):
        at_step(found(registered, officer_psh), "embassy_notified", officer_psh)
        complaint = registered()
        suspect = at_court(name_suspect(complaint, PersonSaid(name="Li Wei"), by=officer_psh), officer_psh, 3)
        suspect = advance_suspect(suspect, "charge", by=officer_psh, articles=ARTICLE)
        until = timezone.localdate() + timedelta(days=30)
        advance_suspect(suspect, "restrain", by=officer_psh, restraint="provisional_detention", ordered_until=until)
        set_hearing(suspect, by=officer_psh, at=timezone.now() + timedelta(days=5), kind="trial")
        send(complaint, by=officer_psh, to="12", message="Ask the family in Phnom Penh")
    with time_machine.travel(MORNING, tick=False):
        send_digests(MORNING)
        client = browser(officer_psh)
        late = {url: n for url, n in lines(client, officer_psh).items() if not url.startswith("/complaints/")}
        assert late == {
            "/repatriations/people/?view=over": "1",
            "/hearings/?when=past": "1",
            "/suspects/?order_ends=over": "1",
            "/referrals/?waits=late": "1",
        }
        for url in late:
            assert len(client.get(url).context["rows"]) == 1, url
        assert Digest.objects.get(user=officer_pp).n_items == 1
        asked_of = browser(officer_pp)
        assert lines(asked_of, officer_pp) == {"/referrals/?waits=late&shared=1": "1"}
        assert len(asked_of.get("/referrals/?waits=late&shared=1").context["rows"]) == 1


def test_the_page_of_the_digest_costs_the_same_however_much_waits(
    registered: Registered, supervisor: User, browser: Callable[..., Client]
) -> None:
    send_digests(timezone.now().replace(hour=3))
    client = browser(supervisor)
    path = f"/complaints/digest/{Digest.objects.get(user=supervisor).reference}/"
    client.get(path)
    counts = []
    for more in (1, 6):
        for _ in range(more):
            registered(received_at=timezone.now() - timedelta(days=3))
        counts.append(len(asked(client, path)))
    assert counts[0] == counts[1] <= 12, counts
