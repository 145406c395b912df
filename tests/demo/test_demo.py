"""The first demonstration: made by the rules, once, with its own days."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from config.demo import DemoRefused, build
from config.demo.stories import STORIES
from config.demo.words import SITES
from notifications.models import Notification
from provinces.models import Site
from victims.models import Victim
from workflow.models import Submission, Transition
from workflow.table import REGISTRY

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(settings):
    settings.DEMO = True
    build()


def counted():
    return [
        model._base_manager.count() for model in (Complaint, Victim, Site, Transition, Submission, User, Notification)
    ]


def test_it_tells_every_story_at_its_sites_and_repeating_changes_nothing(told):
    before = counted()
    assert (Submission.objects.count(), before[2]) == (len(STORIES), len(SITES))
    call_command("demo", verbosity=0)
    assert counted() == before


def test_every_ledger_adds_up_and_every_step_stands_in_its_table(told):
    for complaint in Complaint._base_manager.all():
        ledger = complaint.ledger
        parts = ("rescued", "left_on_own", "declined", "not_found", "deceased", "sought")
        assert ledger["reported"] == sum(ledger[part] for part in parts)
        assert ledger["sought"] >= 0
    moves = {("status", *pair) for pair in REGISTRY["complaint"].pairs()}
    moves |= {("rescue_status", *pair) for pair in REGISTRY["rescue"].pairs()}
    moves |= {("status", *pair) for pair in REGISTRY["suspect"].pairs()}
    moves |= {("decision", *pair) for pair in REGISTRY["identification"].pairs()}
    changed = {row for row in Transition.objects.values_list("field", "before", "after") if row[1] != row[2]}
    assert {row for row in changed if row[0] != "handling"} <= moves


def test_nothing_of_it_was_recorded_before_it_happened_or_after_now(told):
    for row in Transition.objects.all():
        assert row.happened_at <= row.recorded_at <= timezone.now() + timedelta(minutes=5)
    assert not Complaint._base_manager.filter(received_at__gt=timezone.now()).exists()


def test_every_wall_has_a_complaint_behind_it(told):
    handlings = set(Complaint._base_manager.values_list("handling", flat=True))
    assert handlings == {"provincial", "national_led", "sealed"}
    assert Complaint._base_manager.filter(province_id="00").exists()


def test_it_stays_away_from_real_complaints(registered, settings):
    registered()
    settings.DEMO = False
    before = counted()
    with pytest.raises(DemoRefused):
        build()
    assert counted() == before
