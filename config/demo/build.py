"""Make the demonstration: the stories through the services, then each given its own day."""

import datetime
import random
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import ensure_demo_users
from complaints.channels.public.receipt import groups_of
from complaints.models import Complaint
from complaints.said import ComplaintSaid, PersonSaid, ReporterSaid
from complaints.services import add_people, advance, advance_victim, decide_victim, name_handler, register_complaint
from complaints.services.attempts import record_attempt
from config.demo import (
    clocks,
    court,
    desk,
    hotline,
    inbox,
    later,
    operations,
    pairs,
    partners,
    prevention,
    public,
    published,
    referrals,
    returns,
)
from config.demo.press import load
from config.demo.press.plan import FIRST, LAST
from config.demo.stories import STORIES, Story
from config.demo.words import NAMES, REPORTERS, SITES
from core.owner import as_owner
from provinces.models import District, Province, Site
from provinces.services.sites import add_site
from reports.indicators import Window
from victims.models import Victim
from workflow.models import Submission

KEY = "demonstration-{:03d}"
LATELY = datetime.timedelta(hours=36)
# Every row gets the day it tells of; notices of what is long past are read, the latest wait for the worker.
OWN_DAY = """
UPDATE complaints_complaint c SET logged_at = received_at + interval '4 minutes', updated_at = s.last
    FROM (SELECT complaint_id, max(happened_at) AS last FROM workflow_transition GROUP BY 1) s WHERE s.complaint_id = c.id;
UPDATE complaints_contact SET logged_at = received_at + interval '4 minutes', updated_at = status_at;
UPDATE workflow_transition t SET recorded_at = happened_at + interval '3 minutes' + o.place * interval '1 millisecond'
    FROM (SELECT id, row_number() OVER (ORDER BY recorded_at) AS place FROM workflow_transition) o WHERE o.id = t.id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE complaints_contactattempt DISABLE TRIGGER complaints_attempt_guard;
UPDATE complaints_contactattempt SET recorded_at = happened_at + interval '6 minutes';
ALTER TABLE complaints_contactattempt ENABLE TRIGGER complaints_attempt_guard;
ALTER TABLE complaints_reporteranswer DISABLE TRIGGER complaints_answer_guard;
UPDATE complaints_reporteranswer SET recorded_at = happened_at + interval '4 minutes';
ALTER TABLE complaints_reporteranswer ENABLE TRIGGER complaints_answer_guard;
SET CONSTRAINTS ALL DEFERRED;
UPDATE victims_victim SET updated_at = status_at;
UPDATE victims_repatriation SET updated_at = status_at;
UPDATE victims_deportation SET updated_at = status_at;
UPDATE notifications_notification n SET created_at = t.recorded_at, run_after = t.recorded_at
    FROM workflow_transition t WHERE t.id = n.transition;
DELETE FROM notifications_notification WHERE channel = 'email' AND created_at < now() - interval '12 hours';
UPDATE notifications_notification SET state = 'sent', sent_at = created_at, read_at = created_at
    WHERE channel = 'in_app' AND created_at < now() - interval '36 hours';
"""


class DemoRefused(Exception):
    """The demonstration stays away from real complaints."""


def build() -> str:
    """Make users, sites and complaints of the demonstration once; say what was done.

    Raises DemoRefused beside complaints that are not the demonstration's, unless DEMO=1.
    """
    if Submission.objects.filter(key=KEY.format(1)).exists():
        ensure_demo_users()
        return f"The demonstration is in already. {_code()}"
    if not settings.DEMO and (Complaint._base_manager.exists() or User.objects.exclude(role="system").exists()):
        raise DemoRefused("There are real users or complaints here. Load the demonstration into a database of its own.")
    with as_owner(), transaction.atomic():
        Telling(ensure_demo_users()).tell()
        with connection.cursor() as cursor:
            cursor.execute(OWN_DAY)
        n = load(ensure_demo_users())
        published.tell(ensure_demo_users(), Window(FIRST, LAST))
    told = f"{len(STORIES)} stories, {n} complaints of 2022 and {len(SITES)} sites of the demonstration are in."
    return f"{told} {_code()}"


def _code() -> str:
    return f"The code of one public report, for /report/follow-up/: {' '.join(groups_of(public.code()))}."


class Telling:
    """Tell the stories: one fixed seed, so that every demonstration is the same but for its dates."""

    def __init__(self, cast: dict[str, User]) -> None:
        self.cast = cast
        self.now = timezone.now()
        self.random = random.Random(2022)  # noqa: S311 (fiction, no secret)
        self.sites: list[Site] = []

    def tell(self) -> None:
        """Make the partners and the sites, then the complaints, oldest first."""
        partners.tell(self.cast)
        for name_en, name_km, aliases, code, led in SITES:
            fields: dict[str, Any] = {"name_en": name_en, "name_km": name_km, "national_led": led}
            province = Province.objects.get(pk=code)
            self.sites.append(add_site(by=self.cast["supervisor"], province=province, aliases=aliases, **fields))
        order = sorted(enumerate(STORIES, 1), key=lambda item: -item[1].hours_ago)
        for number, story in order:
            self._complaint(number, story)
        done, planned = (self._about(words) for words in ("Twelve people, wages withheld", "Nine workers held"))
        raid = operations.carry_out(done, self.cast, self.now)
        later.tell(raid, done, self.cast)
        referrals.tell(raid, done, self.cast)
        operations.plan(planned, self.cast, self.now)
        court.tell(self.cast, self.now)
        returns.tell(self.cast, self.now)
        inbox.tell(self.cast, self.now)
        clocks.tell(self.cast, self.now)
        desk.tell(self.cast)
        hotline.tell(self.cast)
        prevention.tell(self.cast, self.now)
        public.tell(self.cast, self.now)
        pairs.tell(self.cast, self.now)  # last: it compares what stands

    def _about(self, words: str) -> Complaint:
        return Complaint._base_manager.select_related("site").get(narrative__startswith=words)

    def _officer(self, complaint: Complaint) -> User:
        own = {"18": "officer.psh", "12": "officer.pp"}
        return self.cast[
            own.get(complaint.province_id, "supervisor2") if complaint.handling == "provincial" else "supervisor2"
        ]

    def _complaint(self, number: int, story: Story) -> None:
        received = self.now - datetime.timedelta(hours=story.hours_ago)
        by = self.cast["officer.psh"] if story.channel == "walk_in" and story.province == "18" else self.cast["intake"]
        complaint, _made = register_complaint(self._said(story, received), by=by, key=KEY.format(number))
        if complaint.handling == "sealed":
            name_handler(complaint, self.cast["supervisor2"], by=self.cast["integrity"])
        self._take(complaint, story, received)

    def _said(self, story: Story, received: datetime.datetime) -> ComplaintSaid:
        site = self.sites[story.site].reference if story.site is not None else ""
        reporter = None
        if story.relation != "anonymous":
            phone = f"0{self.random.randint(10, 99)} 555 {self.random.randint(100, 999):04d}"
            safe = {"way": "message", "hours": "after 20:00", "watched": self.random.choice(("yes", "no"))}
            reporter = ReporterSaid(self.random.choice(REPORTERS), phone, relation=story.relation, safe_contact=safe)
        return ComplaintSaid(
            channel=story.channel,
            narrative=story.words,
            received_at=received,
            province_of_report=story.report,
            province_of_incident=story.province,
            district=self._district(story),
            site=site,
            exact_spot=story.spot,
            forms=story.forms,
            number=(None, story.number, None) if story.number else None,
            urgency=story.urgency,
            not_local_police=story.not_local_police,
            official=story.official,
            reporter=reporter,
            people=tuple(self._person(story) for _ in range(story.named)),
        )

    def _district(self, story: Story) -> str:
        codes = District.objects.filter(province_id=story.province or None).order_by("pk").values_list("pk", flat=True)
        return self.random.choice(list(codes)) if codes else ""

    def _person(self, story: Story) -> PersonSaid:
        name = self.random.choice(NAMES[story.country])
        age = 15 if "fifteen" in story.words else self.random.randint(18, 44)
        return PersonSaid(name, self.random.choice(("male", "female")), age, story.country)

    def _take(self, complaint: Complaint, story: Story, received: datetime.datetime) -> None:
        """Take the story's steps, a plausible while apart, ends of searches before a closing is proposed."""
        pause = datetime.timedelta(hours=story.hours_ago) / (len(story.steps) + 2)
        at = received
        ended = False
        for step in story.steps:
            at += pause
            if step == "propose_closing" and not ended:
                ended = self._end_searches(complaint, story, at - pause / 2)
            if step == "propose_outcome" and "wages" not in story.words:
                self._try(complaint, [at - pause * part for part in (0.9, 0.6, 0.2)])
            by = self.cast["supervisor"] if step in ("close", "confirm_outcome") else self._officer(complaint)
            desk.look(complaint, step, by, 1 + len(story.words) % 25)
            complaint = advance(complaint, step, by=by, happened_at=at, **self._answers(step, story))
            if step == "ask_information":
                self._try(complaint, [at + pause * part for part in (0.3, 0.8)], again=timezone.localdate())
        if story.ends and not ended:
            self._end_searches(complaint, story, at + pause / 2)

    def _try(self, complaint: Complaint, moments: list[datetime.datetime], again: datetime.date | None = None) -> None:
        """Record attempts to learn what is missing, with no answer."""
        for n, at in enumerate(moments):
            said = {"way": ("telephone", "message")[n % 2], "whom": "reporter", "result": "no_answer"}
            by = self._officer(complaint)
            record_attempt(complaint, by=by, happened_at=at, next_attempt_on=again, note="Rang six times.", **said)

    def _answers(self, step: str, story: Story) -> dict[str, Any]:
        match step:
            case "record_outcome":
                return {"outcome": "substantiated", "note": "Visited with two colleagues; the doors were locked."}
            case "propose_outcome" if "wages" in story.words:
                return {
                    "outcome": "not_trafficking",
                    "finding": "labour_dispute",
                    "note": "Spoke to all workers alone.",
                }
            case "propose_outcome":
                return {
                    "outcome": "insufficient_information",
                    "note": "Three calls, no answer; the photograph has no place.",
                }
            case "ask_information":
                missing = ["where", "papers"]
                return {
                    "missing": missing,
                    "note": "Ask the family for the last message and a picture of the passport.",
                }
        return {}

    def _end_searches(self, complaint: Complaint, story: Story, at: datetime.datetime) -> bool:
        complaint.refresh_from_db()
        missing = len(story.ends) - complaint.n_people
        if missing > 0:
            unnamed = [PersonSaid(nationality=story.country)] * missing
            add_people(complaint, unnamed, by=self._officer(complaint))
        victims = Victim.objects.filter(complaint=complaint).order_by("reference")
        for victim, step in zip(victims, story.ends, strict=False):
            said: dict[str, Any] = {"place": story.spot or "At the site"}
            if step == "record_left":
                said["left_how"] = "escaped"
            done = advance_victim(victim, step, by=self._officer(complaint), happened_at=at, **said)
            if step == "record_rescue" and "propose_closing" in story.steps:
                decide_victim(done, "decide_presumed", by=self._officer(complaint), happened_at=at)
        return True
