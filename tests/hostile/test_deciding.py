"""Who decides sees what they decide: how a person was asked who is said to have declined."""

import datetime
from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import advance_victim
from victims.models import Victim

ASKED = {"asked_by": "Chief of the compound", "asked_alone": False, "asked_away": True, "asked_language": "Khmer"}


def test_the_page_that_confirms_says_how_the_person_was_asked(
    browser: Callable[..., Client], registered: Callable[..., Complaint], officer_psh: User, supervisor: User
) -> None:
    registered(people=(PersonSaid(),))
    victim = advance_victim(Victim.objects.get(), "record_declined", by=officer_psh, **ASKED)
    text = browser(supervisor).get(f"/victims/{victim.reference}/steps/confirm_final/").content.decode()
    assert "Chief of the compound" in text
    words = " ".join(text.split())
    for question, answer in (
        ("Was the person asked alone?", "No"),
        ("Was the person asked away from the site?", "Yes"),
    ):
        after = words.split(question, 1)[1][:120]
        assert f">{answer}<" in after.replace("> ", ">").replace(" <", "<")


def test_a_reader_of_coded_data_is_not_told_why_it_was_recorded_late(
    browser: Callable[..., Client], registered: Callable[..., Complaint], officer_psh: User, analyst: User
) -> None:
    complaint = registered(people=(PersonSaid(),))
    victim = Victim.objects.get()
    long_ago = timezone.now() - datetime.timedelta(days=9)
    advance_victim(victim, "locate", by=officer_psh, happened_at=long_ago, late_why="Sok Dara was in hiding")
    for url in (
        f"/complaints/{complaint.reference}/",
        f"/complaints/{complaint.reference}/history/",
        f"/victims/{victim.reference}/",
        f"/victims/{victim.reference}/history/",
    ):
        assert "Sok Dara" not in browser(analyst).get(url).content.decode()
