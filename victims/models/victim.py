"""A person sought or found, in one complaint."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.scope import ScopedQuerySet
from core.models import Versioned, new_reference
from core.paging import Sort
from people.ages import CHILD_UNDER, age_at
from people.models import Person
from victims.models.care import DETENTION, Stay


class RescueStatus(models.TextChoices):
    REPORTED = "reported", _("Reported")
    LOCATED = "located", _("Located")
    RESCUED = "rescued", _("Rescued")
    LEFT_ON_OWN = "left_on_own", _("Left on own")
    DECLINED = "declined", _("Declined")
    NOT_FOUND = "not_found", _("Not found")
    DECEASED = "deceased", _("Deceased")


class LeftHow(models.TextChoices):
    ESCAPED = "escaped", _("Escaped")
    RELEASED = "released", _("Released")
    RANSOM_PAID = "ransom_paid", _("Ransom paid")
    BROUGHT_OUT = "brought_out_by_others", _("Brought out by others")


class Decision(models.TextChoices):
    NOT_YET_SCREENED = "not_yet_screened", _("Not yet screened")
    PRESUMED = "presumed", _("Presumed")
    TRAFFICKED = "trafficked", _("Trafficked")
    EXPLOITED = "exploited_not_trafficked", _("Exploited, not trafficked")
    NOT_A_VICTIM = "not_a_victim", _("Not a victim")


# Ended by one person's word, and not final before another has looked; and proposed as no victim.
SAID_BY_TWO = (RescueStatus.DECLINED.value, RescueStatus.NOT_FOUND.value)
PENDING = Q(rescue_status__in=SAID_BY_TWO, final_by=None)
# Whose search goes on, and whose is over: every row is one of the two.
SOUGHT = Q(rescue_status__in=["reported", "located"]) | PENDING
ENDED = Q(rescue_status__in=["rescued", "left_on_own", "deceased"]) | Q(
    rescue_status__in=SAID_BY_TWO, final_by__isnull=False
)
PROPOSED_CLEARED = Q(cleared_proposed_by__isnull=False)
# Somebody met them, whether anybody had reported them or not.
WERE_FOUND = (RescueStatus.RESCUED.value, RescueStatus.LEFT_ON_OWN.value, RescueStatus.DECLINED.value)
IS_FOUND = Q(rescue_status__in=WERE_FOUND) | Q(found_unreported=True)
# Whom non-punishment protects: unscreened and presumed count as much as decided.
PROTECTED = (Decision.NOT_YET_SCREENED.value, Decision.PRESUMED.value, Decision.TRAFFICKED.value)
# Found, and nobody has decided who they are: until then no protection is sure.
UNSCREENED = Q(decision="not_yet_screened") & (Q(rescue_status="rescued") | Q(found_unreported=True))
SCREEN_WITHIN = timedelta(hours=72)


def victim_reference() -> str:
    """Return a new reference of a person sought: V-XXXXXXXX."""
    return new_reference("V")


class VictimQuerySet(ScopedQuerySet["Victim"]):
    """Questions about people sought and found."""

    victim_lookup = "id"

    def live(self) -> Self:
        """Keep rows that were not merged into another."""
        return self.filter(merged_into=None)

    def sought(self) -> Self:
        """Keep people still sought: reported, located, or declined and not found before that is final."""
        return self.live().filter(SOUGHT)

    def counted_as(self, term: str) -> Self:
        """Keep the listed people that a term of the ledger counts, as the database counts them (victims.sql)."""
        reported = self.live().filter(found_unreported=False)
        match term:
            case "found_unreported":
                return self.live().filter(found_unreported=True)
            case "sought":
                return reported.sought()
            case "reported":
                return reported
            case "declined" | "not_found":
                return reported.filter(rescue_status=term, final_by__isnull=False)
        return reported.filter(rescue_status=term)

    def unscreened(self, now: datetime) -> Self:
        """Keep people found more than 72 hours ago of whom nobody has decided who they are."""
        return self.live().filter(UNSCREENED, status_at__lt=now - SCREEN_WITHIN)

    def held(self) -> Self:
        """Keep presumed or trafficked people who are in detention now: police, immigration detention, prison."""
        there = Stay.objects.now().filter(kind__in=DETENTION)
        return self.live().filter(decision__in=["presumed", "trafficked"], pk__in=there.values("victim"))

    def protected(self) -> Self:
        """Keep people who were found and are not cleared: whoever is among them is not to be punished or deported."""
        return self.live().filter(IS_FOUND, decision__in=PROTECTED)

    def for_second(self, user: Any) -> Self:
        """Keep people of whom "declined", "not found" or "not a victim" waits for another person than who said so."""
        ended, cleared = PENDING & ~Q(recorded_by=user), PROPOSED_CLEARED & ~Q(cleared_proposed_by=user)
        return self.live().filter(ended | cleared)

    def rescues(self) -> Self:
        """Keep one row a Rescue (one person, one day): where it was recorded, else the oldest search it ended."""
        rank = models.Case(models.When(ended_by=None, then=0), default=1)
        day = {"rescued_on__gte": OuterRef("rescued_on"), "rescued_on__lte": OuterRef("rescued_on")}
        same = self.live().filter(person_id=OuterRef("person_id"), **day)  # "=" would join on days, hundreds to each
        level = Q(rank=OuterRef("rank"))
        before = same.alias(rank=rank).filter(
            Q(rank__lt=OuterRef("rank"))
            | level & Q(received_at__lt=OuterRef("received_at"))
            | level & Q(received_at=OuterRef("received_at"), id__lt=OuterRef("id"))
        )
        return self.live().filter(rescued_on__isnull=False).alias(rank=rank).filter(~Exists(before))

    def for_list(self) -> Self:
        """Fetch what a list shows, in two queries however many rows."""
        return self.live().select_related("person", "complaint", "province").prefetch_related("person__names")


class Victim(Versioned):
    """One person sought (or found) in one complaint; its province and handling follow the complaint's.

    A Rescue ends every search for the person: the row it was recorded in has no `ended_by`, the others name that row
    and carry the same `rescued_on` and `rescued_in` (the province where the person was brought out).
    """

    reference = models.CharField(max_length=20, unique=True, default=victim_reference, editable=False)
    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="victims")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12, default="provincial")
    person = models.ForeignKey(Person, models.PROTECT, related_name="victims")
    operation = models.ForeignKey("victims.Operation", models.PROTECT, null=True, blank=True, related_name="people")
    found_unreported = models.BooleanField(default=False)
    rescue_status = models.CharField(_("Rescue status"), max_length=12, choices=RescueStatus, default="reported")
    status_at = models.DateTimeField(default=timezone.now)
    rescued_on = models.DateField(null=True, blank=True)
    rescued_in = models.ForeignKey("provinces.Province", models.PROTECT, null=True, blank=True, related_name="+")
    ended_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="ended")
    place = models.CharField(_("Place"), max_length=300, blank=True, default="")
    left_how = models.CharField(max_length=24, choices=LeftHow, blank=True, default="")
    moved_province = models.ForeignKey("provinces.Province", models.PROTECT, null=True, blank=True, related_name="+")
    moved_country = models.CharField(max_length=2, blank=True, default="")
    asked_by = models.CharField(max_length=200, blank=True, default="")
    asked_alone = models.BooleanField(null=True, blank=True)
    asked_away = models.BooleanField(null=True, blank=True)
    asked_language = models.CharField(max_length=60, blank=True, default="")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    final_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    final_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(_("Identification"), max_length=28, choices=Decision, default="not_yet_screened")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    has_act = models.BooleanField(null=True, blank=True)
    has_means = models.BooleanField(null=True, blank=True)
    has_purpose = models.BooleanField(null=True, blank=True)
    cleared_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")

    objects = VictimQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {
        "received": Sort("received_at", True, _("Received, latest first")),
        "due": Sort("due_at", False, _("Due, first first")),
        "updated": Sort("updated_at", True, _("Changed, latest first")),
        "quiet": Sort("status_at", False, _("Longest without a step first")),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["complaint", "person"],
                condition=Q(merged_into=None),
                name="victim_once_in_a_complaint",
                violation_error_message=_("This person stands in this complaint already."),
            ),
            models.CheckConstraint(
                condition=Q(rescue_status="rescued", rescued_on__isnull=False)
                | (~Q(rescue_status="rescued") & Q(rescued_on__isnull=True)),
                name="victim_rescued_has_its_day",
                violation_error_message=_("A rescue has its day, and only a rescue."),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["province", "handling", "-received_at", "-id"], name="victim_received"),
            models.Index(fields=["province", "handling", "due_at", "id"], name="victim_due"),
            models.Index(fields=["province", "handling", "-updated_at", "-id"], name="victim_updated"),
            models.Index(fields=["-received_at", "-id"], name="victim_received_all"),
            models.Index(fields=["-updated_at", "-id"], name="victim_updated_all"),
            models.Index(fields=["due_at", "id"], name="victim_due_all"),
            models.Index(fields=["rescued_on"], name="victim_rescued", condition=Q(rescued_on__isnull=False)),
            models.Index(fields=["status_at"], name="victim_status_at"),
            models.Index(fields=["received_at", "id"], name="victim_sought", condition=SOUGHT),
            models.Index(fields=["status_at", "id"], name="victim_unscreened", condition=UNSCREENED),
            models.Index(fields=["due_at", "id"], name="victim_for_second", condition=PENDING | PROPOSED_CLEARED),
        ]

    @property
    def is_child(self) -> bool:
        """Return whether the person is under 18 as far as known (an estimate counts)."""
        age = age_at(self.person, timezone.localdate())
        only_year = self.person.born_year and not self.person.born_on  # the birthday may still come
        return age is not None and (age < CHILD_UNDER or bool(only_year and age == CHILD_UNDER))

    @property
    def is_final(self) -> bool:
        """Return whether "declined" or "not found" was confirmed by a second person."""
        return self.final_by_id is not None
