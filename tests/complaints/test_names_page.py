"""A partner opens the lists it sent: each name with one of four words, nothing else and nobody else's."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from complaints.models import Contact, NameList
from complaints.names import SAME_FOR_ALL
from complaints.said import ContactSaid
from complaints.services import advance, log_contact
from partners.models import Partner
from tests.complaints.listing import TEXT, enter, found_safe
from tests.factories.accounts import UserFactory
from tests.factories.referrals import PartnerFactory

Browser = Callable[..., Client]


@pytest.fixture
def consul(sender: Partner) -> User:
    return UserFactory(username="consul", role="partner", partner_id=sender.reference)


def main(client: Client, url: str) -> str:
    return client.get(url).content.decode().partition("<main")[2].partition("</main")[0]


def test_a_partner_finds_its_lists_in_the_navigation_and_reads_words_alone(
    contact: Contact, intake: User, officer_psh: User, sender: Partner, consul: User, browser: Browser
) -> None:
    made, client = enter(contact, intake, sender), browser(consul)
    ratna = made.names.first().victim
    advance(ratna.complaint, "acknowledge", by=officer_psh)
    found_safe(ratna, officer_psh)
    assert "Being looked for" not in main(client, "/name-lists/")  # nor on its first day who was known before
    NameList.objects.update(made_at=timezone.now() - SAME_FOR_ALL)
    assert 'href="/name-lists/"' in client.get("/").content.decode()
    page = main(client, "/name-lists/")
    for words in ("Received: 1", "Being looked for: 1", "Safe: 1", made.reference, "3 names"):
        assert words in page
    assert "Ratna" not in page
    page = main(client, f"/name-lists/{made.reference}/")
    rows = page.partition("<tbody")[2].partition("</tbody")[0]
    assert [rows.count(f"<td>{word}</td>") for word in ("Safe", "Being looked for", "Received", "Closed")] == [
        1,
        1,
        1,
        0,
    ]
    assert "Ratna Dewi" in rows
    for hidden in ("KH-20", "V-", "X100200", "Sihanoukville", str(sender)):
        assert hidden not in page


def test_a_partner_that_sent_none_is_told_what_will_stand_there(consul: User, browser: Browser) -> None:
    page = main(browser(consul), "/name-lists/")
    assert "No list of yours was entered yet" in page
    assert "<table" not in page


def test_nobody_elses_list_is_there(
    contact: Contact, intake: User, officer_psh: User, sender: Partner, consul: User, browser: Browser
) -> None:
    made = enter(contact, intake, PartnerFactory(kind="ngo"))
    client = browser(consul)
    assert made.reference not in main(client, "/name-lists/")
    assert client.get(f"/name-lists/{made.reference}/").status_code == 404
    assert client.get("/name-lists/C-22222222/").status_code == 404
    assert browser(officer_psh).get("/name-lists/").status_code == 403


def test_the_ministry_reads_all_and_who_sent_them_and_finds_them_in_its_inbox(
    contact: Contact, intake: User, sender: Partner, browser: Browser
) -> None:
    made, client = enter(contact, intake, sender), browser(intake)
    assert str(sender) in main(client, "/name-lists/")
    assert str(sender) in main(client, f"/name-lists/{made.reference}/")
    assert 'href="/name-lists/"' not in client.get("/").content.decode()


def test_lists_of_a_page_are_shown_in_as_many_queries_as_one(
    contact: Contact, intake: User, sender: Partner, consul: User, browser: Browser
) -> None:
    counts, client = [], browser(consul)
    for n in (1, 2, 3):
        said = ContactSaid("list_of_names", "email", TEXT)
        sent = contact if n == 1 else log_contact(said, by=intake, key=f"list-{n}")[0]
        for name in enter(sent, intake, sender, key=f"k-{n}").names.all():
            found_safe(name.victim, intake)
        client.get("/name-lists/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/name-lists/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[2], counts
