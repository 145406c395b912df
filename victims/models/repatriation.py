"""The return of a person, out of Cambodia or into it, in steps; and how many days each step may take."""

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scope import ScopedQuerySet
from core.models import Versioned, new_reference
from core.paging import Sort


class Direction(models.TextChoices):
    OUT = "out_of_cambodia", _("Out of Cambodia")
    INTO = "into_cambodia", _("Into Cambodia")


class ReturnStatus(models.TextChoices):
    ASKED = "asked_alone", _("Asked alone")
    NOTIFIED = "embassy_notified", _("Embassy notified")
    CONFIRMED = "nationality_confirmed", _("Nationality confirmed")
    DOCUMENT = "travel_document", _("Travel document")
    CLEARED = "exit_clearance", _("Exit clearance")
    AGREED = "departure_agreed", _("Departure agreed")
    HANDED_OVER = "handed_over", _("Handed over")
    DECLINED = "declined", pgettext_lazy("return", "Does not want to return")
    STAYS = "stays", _("Stays in Cambodia")
    THIRD_COUNTRY = "third_country", _("To a third country")
    ANNOUNCED = "notified_by_abroad", _("Announced from abroad")
    RECEIVED = "received", pgettext_lazy("return", "Received in Cambodia")
    REINTEGRATION = "reintegration", _("Reintegration planned")
    ENDED = "ended", _("Ended otherwise")


# The columns of the board, in order: who waits for the next step on the way out, and on the way in.
WAITING = tuple(ReturnStatus.values[:6])
COMING = (ReturnStatus.ANNOUNCED.value, ReturnStatus.RECEIVED.value)
UNDER_WAY = (*WAITING, *COMING)
# After these nothing more is done here; who does not want to return still needs another answer.
OVER = ("handed_over", "stays", "third_country", "reintegration", "ended")


class DeclinedWhy(models.TextChoices):
    AFRAID = "afraid", _("Afraid of the own authorities or of going back")
    WANTS_TO_STAY = "wants_to_stay", _("Wants to stay")
    LATER = "later", _("Not now")
    OTHER = "other", pgettext_lazy("why not return", "Another reason")


class TravelDocument(models.TextChoices):
    PASSPORT = "passport", pgettext_lazy("travel document", "Own passport")
    EMERGENCY = "emergency", _("Emergency travel document of the embassy")
    OTHER = "other", pgettext_lazy("travel document", "Another document")


class Fine(models.TextChoices):
    WAIVED = "waived", _("Waived")
    PAID = "paid", pgettext_lazy("fine", "Paid")
    NONE = "none", pgettext_lazy("fine", "There was none")


class PaidBy(models.TextChoices):
    EMBASSY = "embassy", pgettext_lazy("who pays", "The embassy")
    MINISTRY = "ministry", pgettext_lazy("who pays", "The ministry")
    ORGANISATION = "organisation", pgettext_lazy("who pays", "An organisation")
    FAMILY = "family", pgettext_lazy("who pays", "The family")
    PERSON = "person", pgettext_lazy("who pays", "The person")
    EXPLOITER = "exploiter", pgettext_lazy("who pays", "The employer or exploiter")
    OTHER = "other", pgettext_lazy("who pays", "Somebody else")


class Crossing(models.TextChoices):
    """Where people come back into the country."""

    PHNOM_PENH = "phnom_penh_airport", _("Phnom Penh airport")
    SIEM_REAP = "siem_reap_airport", _("Siem Reap airport")
    SIHANOUKVILLE = "sihanoukville_airport", _("Sihanoukville airport")
    POIPET = "poipet", _("Poipet")
    CHAM_YEAM = "cham_yeam", _("Cham Yeam")
    OSMACH = "o_smach", _("O Smach")
    BAVET = "bavet", _("Bavet")
    TRAPEANG_KRIEL = "trapeang_kriel", _("Trapeang Kriel")
    PORT = "port", _("A port")
    OTHER = "other", pgettext_lazy("border", "Another border")


def return_reference() -> str:
    """Return a new reference of a return: RP-XXXXXXXX."""
    return new_reference("RP")


class RepatriationQuerySet(ScopedQuerySet["Repatriation"]):
    """Questions about returns."""

    victim_lookup = "victim_id"

    def live(self) -> Self:
        """Keep every return: none is ever merged."""
        return self.all()

    def waiting(self) -> Self:
        """Keep who waits for the next step on the way out of Cambodia."""
        return self.filter(status__in=WAITING)

    def open(self) -> Self:
        """Keep returns begun and not ended, both ways."""
        return self.filter(status__in=UNDER_WAY)

    def for_list(self) -> Self:
        """Fetch what a list shows, in two queries however many rows."""
        return self.select_related("victim__person", "province").prefetch_related("victim__person__names")


class Repatriation(Versioned):
    """One return of one person; its province and handling follow the complaint's.

    `country`: whose national the person is, or where they come from; `embassy`: the one that was notified. `health_needed` and `papers_needed` are all that the embassy
    is told beside who the person is. What a step asks stands in the columns of its name.
    """

    reference = models.CharField(max_length=20, unique=True, default=return_reference, editable=False)
    victim = models.ForeignKey("victims.Victim", models.PROTECT, related_name="returns")
    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="+")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    direction = models.CharField(_("Direction"), max_length=16, choices=Direction)
    country = models.CharField(_("Country"), max_length=2)
    consent = models.ForeignKey("victims.Consent", models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(_("Step"), max_length=24, choices=ReturnStatus)
    status_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(default=timezone.now)
    health_needed = models.CharField(_("Health needed for travel"), max_length=1000, blank=True, default="")
    papers_needed = models.CharField(_("Papers needed"), max_length=1000, blank=True, default="")
    embassy = models.ForeignKey("partners.Partner", models.PROTECT, null=True, blank=True, related_name="+")
    letter_number = models.CharField(_("Number of the letter"), max_length=120, blank=True, default="")
    document_kind = models.CharField(max_length=12, choices=TravelDocument, blank=True, default="")
    document_number = models.CharField(_("Number of the document"), max_length=60, blank=True, default="")
    document_until = models.DateField(_("Valid until"), null=True, blank=True)
    fine = models.CharField(_("Fine for overstaying"), max_length=8, choices=Fine, blank=True, default="")
    fine_amount = models.PositiveIntegerField(_("Amount in US dollars"), null=True, blank=True)
    departs_on = models.DateField(_("Day of departure"), null=True, blank=True)
    route = models.CharField(_("Flight or border"), max_length=200, blank=True, default="")
    handed_over_on = models.DateField(_("Handed over on"), null=True, blank=True)
    handed_to = models.CharField(_("Handed over to"), max_length=200, blank=True, default="")
    handed_where = models.CharField(_("Handed over where"), max_length=200, blank=True, default="")
    paid_by = models.CharField(_("Who paid"), max_length=12, choices=PaidBy, blank=True, default="")
    handover_record = models.CharField(_("Hand-over record"), max_length=120, blank=True, default="")
    declined_why = models.CharField(max_length=16, choices=DeclinedWhy, blank=True, default="")
    third_country = models.CharField(max_length=2, blank=True, default="")
    told_by = models.CharField(_("Announced by"), max_length=200, blank=True, default="")
    received_on = models.DateField(_("Received on"), null=True, blank=True)
    received_by = models.CharField(_("Received by"), max_length=200, blank=True, default="")
    crossing = models.CharField(_("Border or airport"), max_length=24, choices=Crossing, blank=True, default="")
    plan = models.TextField(_("Reintegration plan"), blank=True, default="")

    objects = RepatriationQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {
        "waiting": Sort("status_at", False, _("Longest in its step first")),
        "begun": Sort("begun_at", True, _("Begun, latest first")),
        "updated": Sort("updated_at", True, _("Changed, latest first")),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["victim"],
                condition=~Q(status__in=OVER),
                name="return_one_open_a_person",
                violation_error_message=_("A return of this person is under way already."),
            ),
            models.CheckConstraint(
                condition=~Q(status="handed_over") | Q(handed_over_on__isnull=False) & ~Q(handed_to=""),
                name="return_handed_over_has_its_day",
                violation_error_message=_("A hand-over has its day and whoever took the person over."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["received", "reintegration"]) | Q(received_on__isnull=False),
                name="return_received_has_its_day",
                violation_error_message=_("Who was received has the day of it."),
            ),
            models.CheckConstraint(
                condition=Q(direction="into_cambodia", status__in=[*COMING, "reintegration", "declined", "ended"])
                | Q(direction="out_of_cambodia") & ~Q(status__in=[*COMING, "reintegration"]),
                name="return_goes_its_own_way",
                violation_error_message=_("This step belongs to the other direction."),
            ),
            models.CheckConstraint(
                condition=~Q(country__in=["", "KH"]),
                name="return_has_a_country",
                violation_error_message=_("A return has a country, and it is another than Cambodia."),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["province", "handling", "status_at", "id"], name="return_waiting"),
            models.Index(fields=["status", "country", "status_at"], name="return_board"),
            models.Index(fields=["status_at", "id"], name="return_waiting_all"),
            models.Index(fields=["-updated_at", "-id"], name="return_updated_all"),
            models.Index(fields=["-begun_at", "-id"], name="return_begun_all"),
            models.Index(fields=["handed_over_on"], name="return_handed", condition=Q(handed_over_on__isnull=False)),
            models.Index(fields=["received_on"], name="return_received", condition=Q(received_on__isnull=False)),
        ]

    @property
    def is_over(self) -> bool:
        """Return whether nothing more is done here."""
        return self.status in OVER


class RepatriationLimit(models.Model):
    """How many days a return may stand in one step before the board calls it late; data, not code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.CharField(max_length=24, choices=ReturnStatus, unique=True)
    days = models.PositiveSmallIntegerField(_("Days"))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=365), name="return_limit_is_days")
        ]


# To be confirmed by the ministry.
FIRST_LIMITS = {
    "asked_alone": 14,
    "embassy_notified": 30,
    "nationality_confirmed": 30,
    "travel_document": 21,
    "exit_clearance": 14,
    "departure_agreed": 7,
    "notified_by_abroad": 14,
    "received": 30,
}
