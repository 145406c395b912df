"""One person, two roles: the page of the victim says of the suspect, that of the suspect of the victim; no file names either."""

from collections.abc import Callable

from django.test import Client

from accounts.models import User
from complaints.columns import columns
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import name_suspect

Browser = Callable[..., Client]


def test_both_pages_say_that_a_person_is_victim_and_suspect(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    victim = complaint.victims.get(person__age=17)
    suspect = name_suspect(complaint, PersonSaid(), by=officer_psh, same_as=victim)
    client = browser(officer_psh)
    page = client.get(f"/victims/{victim.reference}/").content.decode()
    assert "Also a suspect" in page
    assert suspect.reference in page
    page = client.get(f"/suspects/{suspect.reference}/").content.decode()
    assert "Also a victim" in page
    assert victim.reference in page


def test_the_file_of_complaints_has_no_column_of_a_person() -> None:
    """When one comes, who is victim and suspect has to be reviewed before they stand in it."""
    paths = " ".join(str(column.expression) for column in columns())
    assert not any(word in paths for word in ("person", "victims__", "suspects__"))
