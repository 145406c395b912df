"""Who decides sees what they decide: how a person was asked who is said to have declined."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import advance_victim, name_handler
from core.exceptions import Conflict
from victims.models import Victim

ASKED = {"asked_by": "Chief of the compound", "asked_alone": True, "asked_away": True, "asked_language": "Khmer"}


def test_the_page_that_confirms_says_how_the_person_was_asked(
    browser: Callable[..., Client], registered: Callable[..., Complaint], officer_psh: User, supervisor: User
) -> None:
    registered(people=(PersonSaid(),))
    victim = advance_victim(Victim.objects.get(), "record_declined", by=officer_psh, **ASKED)
    text = browser(supervisor).get(f"/victims/{victim.reference}/steps/confirm_final/").content.decode()
    assert "Chief of the compound" in text
    words = " ".join(text.split())
    for question, answer in (
        ("Was the person asked alone?", "Yes"),
        ("Was the person asked away from the site?", "Yes"),
    ):
        after = words.split(question, 1)[1][:120]
        assert f">{answer}<" in after.replace("> ", ">").replace(" <", "<")


def test_who_was_not_asked_freely_is_sent_back_and_never_final(
    registered: Callable[..., Complaint], officer_psh: User, supervisor: User
) -> None:
    registered(people=(PersonSaid(),))
    victim = advance_victim(Victim.objects.get(), "record_declined", by=officer_psh, **{**ASKED, "asked_alone": False})
    with pytest.raises(Conflict, match="alone and away"):
        advance_victim(victim, "confirm_final", by=supervisor)
    assert advance_victim(victim, "send_back", by=supervisor, note="Ask again").rescue_status == "located"


def test_a_province_cannot_choose_less_than_the_rules_propose(
    registered: Callable[..., Complaint], officer_psh: User, intake: User
) -> None:
    named = {"official": "The post of village 4", "handling": "provincial"}
    assert registered(by=officer_psh, **named).handling == "sealed"
    assert registered(by=intake, **named).handling == "provincial"


def test_the_integrity_unit_alone_reads_who_is_named(
    browser: Callable[..., Client],
    registered: Callable[..., Complaint],
    integrity: User,
    supervisor: User,
) -> None:
    complaint = registered(official="The post of village 4")
    name_handler(complaint, supervisor, by=integrity)
    address = f"/complaints/{complaint.reference}/"
    assert "The post of village 4" in browser(integrity).get(address).content.decode()
    assert "The post of village 4" not in browser(supervisor).get(address).content.decode()


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
