"""The first demonstration: made by the rules, once, with its own days."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Deputy, SavedView, User
from complaints.late import Lateness
from complaints.models import (
    Comparison,
    Complaint,
    Contact,
    ContactAttempt,
    Escalation,
    Evidence,
    Late,
    ListedName,
    NameList,
    Pair,
    ProposedChange,
    ReporterAnswer,
    SecondReading,
)
from complaints.names import RELATED, states_of
from complaints.presenters.inbox import candidates
from complaints.presenters.waiting import waiting_rows
from complaints.services.public import look_up
from complaints.signs import proposed_urgency
from complaints.waiting import arms_of
from config.demo.inbox import WAITING
from config.demo.public import REPORTS, code
from config.demo.stories import STORIES
from config.demo.words import SITES
from notifications.models import Notification
from prevention.models import Activity, Respondent, Survey
from prevention.results import results
from provinces.models import Site
from referrals.models import Referral, ReferralStatus
from suspects.models import Hearing, Suspect
from victims.models import (
    Consent,
    Deportation,
    DeportationReview,
    Guardian,
    Operation,
    Proceeding,
    Repatriation,
    ReturnStatus,
    Victim,
)
from victims.repatriation_filter import limits, over
from workflow.models import Merge, Submission, Transition
from workflow.openings import looked
from workflow.table import REGISTRY

pytestmark = [pytest.mark.usefixtures("told"), pytest.mark.django_db]


def counted():
    return [
        model._base_manager.count()
        for model in (Complaint, Victim, Site, Transition, Submission, User, Notification, Survey, Respondent, Activity)
    ]


def test_it_tells_every_story_at_its_sites_and_repeating_changes_nothing():
    before = counted()
    stories = Submission.objects.filter(key__regex=r"^demonstration-[0-9]{3}$")
    assert (stories.count(), before[2]) == (len(STORIES), len(SITES))
    call_command("demo", verbosity=0)
    assert counted() == before


def test_every_ledger_adds_up_and_every_step_stands_in_its_table():
    for complaint in Complaint._base_manager.all():
        ledger = complaint.ledger
        parts = ("rescued", "left_on_own", "declined", "not_found", "deceased", "sought")
        assert ledger["reported"] == sum(ledger[part] for part in parts)
        assert ledger["sought"] >= 0
    moves = {(table.field, *pair) for table in REGISTRY.values() for pair in table.pairs()}
    changed = {row for row in Transition.objects.values_list("field", "before", "after") if row[1] != row[2]}
    assert {row for row in changed if row[0] not in ("handling", "people", "parts", "names")} <= moves


def test_nothing_of_it_was_recorded_before_it_happened_or_after_now():
    for row in Transition.objects.all():
        assert row.happened_at <= row.recorded_at <= timezone.now() + timedelta(minutes=5)
    assert not Complaint._base_manager.filter(received_at__gt=timezone.now()).exists()


def test_pairs_beyond_a_province_wait_for_the_supervisor_and_the_integrity_unit():
    of = {name: User.objects.get(username=name) for name in ("supervisor", "integrity", "officer.psh", "intake")}
    n = {name: Pair.objects.visible_to(user).open().count() for name, user in of.items()}
    assert n["supervisor"] >= 2
    assert n["integrity"] >= 1
    assert n["officer.psh"] == n["intake"] == 0
    assert not Comparison.objects.waiting().exists()


def test_every_wall_has_a_complaint_behind_it():
    handlings = set(Complaint._base_manager.values_list("handling", flat=True))
    assert handlings == {"provincial", "national_led", "sealed"}
    assert Complaint._base_manager.filter(province_id="00").exists()


def test_an_operation_was_counted_at_night_and_named_in_the_morning_and_one_is_planned():
    done = Operation.objects.get(status="done")
    people = Victim.objects.filter(operation=done)
    assert people.count() == 16
    assert people.exclude(person__names=None).distinct().count() == 5
    planned = Operation.objects.get(status="planned")
    assert planned.planned_for > timezone.now()
    assert set(planned.members.values_list("user__username", flat=True)) == {"officer.psh", "supervisor"}


def test_what_waits_for_a_second_person_and_what_was_asked_stands_in_it():
    assert ProposedChange.objects.waiting().count() == 1
    assert Merge.objects.waiting().count() == 1
    for guardian in Guardian.objects.all():
        assert guardian.victim.is_child
        assert Consent.objects.filter(victim=guardian.victim).exists()
    assert Guardian.objects.count() == 2
    assert Evidence.objects.get().version == 1
    assert ContactAttempt.objects.count() == 5
    supervisor = User.objects.get(username="supervisor")
    queue = {row.kind for row in waiting_rows(row for arm in arms_of(supervisor) for row in arm)}
    assert {"outcome", "closing", "urgency", "final_status", "not_a_victim", "merge"} <= queue
    assert SecondReading.objects.exclude(reader=None).exists()
    assert SecondReading.objects.waiting().exists()
    assert looked(sealed=False)[0]["median"] is not None
    assert Deputy.objects.standing_in(supervisor).exists()
    assert SavedView.objects.count() == 4


def test_messages_wait_in_the_inbox_and_two_look_like_complaints_that_are_there():
    waiting = Contact.objects.waiting()
    assert waiting.count() == len(WAITING) + len(REPORTS)
    assert set(waiting.values_list("kind", flat=True)) == set(Contact.Kind.values)
    assert Contact.objects.get(status="answered").kind == "enquiry"
    intake = User.objects.get(username="intake")
    known = [row for row in waiting if candidates(row, intake, proposed_urgency(row.narrative), "")]
    assert {row.channel for row in known} >= {"facebook_message"}
    assert len(known) >= 2


def test_an_embassy_reads_its_list_whose_names_of_its_nationals_stand_in_every_state(client):
    made = NameList.objects.get()
    assert made.partner.country == "ID"
    names = ListedName.objects.filter(list=made).select_related(*RELATED)
    assert {name.victim.person.nationality for name in names} == {"ID"}
    assert Counter(states_of(names).values()) == {"safe": 2, "sought": 2, "received": 3, "closed": 1}
    client.force_login(User.objects.get(username="embassy"))
    page = client.get(f"/name-lists/{made.reference}/").content.decode()
    assert all(name.name in page for name in names)
    assert made.reference in client.get("/name-lists/").content.decode()


def test_public_reports_came_in_and_one_writes_back():
    found = look_up(code())
    assert found.state == "received"
    assert [message.ours for message in found.messages] == [False, True]


def test_a_case_stands_in_court_with_every_stage():
    at_court = Suspect.objects.filter(complaint__narrative__startswith="Eight people sold")
    stages = {"convicted", "acquitted", "dismissed", "on_trial", "charged", "sent_to_court", "named"}
    assert set(at_court.values_list("status", flat=True)) == stages
    assert set(Hearing.objects.values_list("status", flat=True)) == {"held", "adjourned", "set"}
    assert Hearing.objects.coming().filter(at__lte=timezone.now() + timedelta(days=1)).exists()
    assert set(Proceeding.objects.standing().values_list("kind", flat=True)) >= {"testified", "awarded", "fined"}


def test_the_board_of_returns_shows_every_state():
    shown = set(Repatriation.objects.values_list("status", flat=True))
    assert shown == set(ReturnStatus.values) - {"third_country", "received", "ended"}
    assert Repatriation.objects.waiting().filter(over(limits())).count() >= 5
    assert DeportationReview.objects.filter(finding="overridden").count() == 1
    assert Deportation.objects.filter(status="ordered").count() == 1


def test_each_clock_is_over_somewhere_and_somebody_was_told():
    asked = Lateness(timezone.now())
    for what in Late.values:
        rows = Contact.objects.all() if what == Late.INBOX else Complaint.objects.filter(province_id="18")
        assert asked.of(rows, what).exists(), what
        assert Escalation.objects.filter(stage=what).exists(), what
    assert {"received", "looked_into", "closed"} <= set(ReporterAnswer.objects.values_list("told", flat=True))
    assert not Complaint._base_manager.filter(status="closed", answer_due_at__lt=timezone.now()).exists()


def test_the_survey_of_the_press_report_and_the_activities_stand_in_it():
    survey = Survey.objects.get(status="closed")
    asked = Respondent.objects.filter(survey=survey)
    assert (asked.count(), asked.filter(sex="female").count()) == (1_153, 341)
    provinces = set(asked.values_list("province_id", flat=True))
    assert (len(provinces), "12" in provinces) == (13, True)
    found = results(survey)
    order = [line.cause.code for line in found.lines]
    first = ["personal_debt", "negligence_family_society", "lack_education"]
    assert order == [*first, "lack_awareness", "gambling", "alcohol", "drugs"]
    assert order == [line.cause.code for line in sorted(found.lines, key=lambda line: -line.named.w)]
    assert order == [line.cause.code for line in sorted(found.lines, key=lambda line: line.mean_rank)]
    assert Survey.objects.filter(status="open").exists()
    assert Activity.objects.filter(kind="forum", held_on="2022-09-29").count() == 1
    assert Activity.objects.filter(kind="religious_service", held_on="2022-08-20").count() >= 2
    assert Activity.objects.count() >= 12


def test_referrals_stand_in_every_state():
    """Also where no worker swept: one seen, one accepted, one not answered in time."""
    assert set(Referral.objects.values_list("status", flat=True)) == set(ReferralStatus)
