"""Two complaints that may be the same, where no one reader sees both; and what waits to be compared."""

from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Branch
from accounts.scope import EVERYTHING, NOTHING, ScopedQuerySet
from complaints.models.complaint import Complaint
from complaints.models.contact import Contact, ContactStatus
from complaints.models.words import Handling
from core.models import UUIDModel, Versioned, new_reference
from core.paging import Sort

READ = "match.read"


class PairState(models.TextChoices):
    """What became of two that may be the same."""

    OPEN = "open", pgettext_lazy("pair", "To be looked at")
    LINKED = "linked", pgettext_lazy("pair", "Both sides were told")
    JOINED = "joined", pgettext_lazy("pair", "Merged")
    DISMISSED = "dismissed", pgettext_lazy("pair", "Not the same")
    APART = "apart", pgettext_lazy("pair", "No longer alike")


def pair_reference() -> str:
    """Return a new reference of a pair: PR-XXXXXXXX."""
    return new_reference("PR")


class PairQuerySet(ScopedQuerySet["Pair"]):
    """Pairs are the supervisors'; one that touches a sealed complaint is the integrity unit's alone, whoever is named."""

    complaint_lookup = None

    def _own(self, user: Any) -> Q:
        branch = user.table.branch if user.is_active and user.may(READ) else Branch.NOTHING
        if branch == Branch.EVERYTHING:
            return EVERYTHING
        sealed = Q(one_handling=Handling.SEALED) | Q(other_handling=Handling.SEALED)
        if branch == Branch.SEALED:
            return sealed
        return ~sealed if branch == Branch.NATIONAL else NOTHING

    def live(self) -> Self:
        """Leave out pairs of a complaint that was merged, or of a message that somebody dealt with."""
        waits = Q(contact=None) | Q(contact__status=ContactStatus.WAITING)
        return self.filter(waits, Q(one=None) | Q(one__merged_into=None), other__merged_into=None)

    def open(self) -> Self:
        """Keep pairs that nobody decided on."""
        return self.live().filter(state=PairState.OPEN)

    def of_two(self, one: Any, other: Any) -> Self:
        """Keep the pair of two complaints, whichever stands first."""
        first, second = sorted((one, other), key=str)
        return self.filter(one_id=first, other_id=second)

    def with_sight(self, user: Any) -> Self:
        """Say of each side whether the reader sees it (`sees_one`, `sees_other`)."""
        seen = Complaint.objects.visible_to(user)
        sides = {f"sees_{side}": Exists(seen.filter(pk=OuterRef(f"{side}_id"))) for side in ("one", "other")}
        return self.annotate(**sides)

    def for_list(self) -> Self:
        """Fetch what a list shows in one query; sealed words stay behind."""
        rows = self.select_related("one", "other", "contact", "one_province", "other_province")
        return rows.defer("one__official", "other__official", "contact__raw", "contact__narrative")


class Pair(Versioned):
    """`one` (or a `contact` that waits) and `other`, with the score and the codes of why; it says nothing of who is in them.

    `told` is a keyed print of all that was compared: a pair that is not the same comes back when that changed. One nobody
    decided on leaves by itself when it is no longer alike, and comes back when it is again.
    """

    reference = models.CharField(max_length=20, unique=True, default=pair_reference, editable=False)
    one = models.ForeignKey(Complaint, models.PROTECT, null=True, related_name="pairs_as_one")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="pairs")
    other = models.ForeignKey(Complaint, models.PROTECT, related_name="pairs_as_other")
    one_province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    one_handling = models.CharField(max_length=12)
    other_province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    other_handling = models.CharField(max_length=12)
    score = models.PositiveSmallIntegerField()
    reasons = ArrayField(models.CharField(max_length=40))
    told = models.BinaryField(max_length=32)
    state = models.CharField(_("State"), max_length=12, choices=PairState, default=PairState.OPEN)
    state_at = models.DateTimeField(default=timezone.now)
    found_at = models.DateTimeField(default=timezone.now)

    objects = PairQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {
        "found": Sort("found_at", True, _("Found, latest first")),
        "score": Sort("score", True, _("Most alike first")),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["one", "other"], name="pair_once"),
            models.UniqueConstraint(fields=["contact", "other"], name="pair_of_contact_once"),
            models.CheckConstraint(
                condition=Q(one__isnull=True, contact__isnull=False) | Q(one__isnull=False, contact__isnull=True),
                name="pair_of_two",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["-found_at", "-id"], name="pair_found"),
            models.Index(fields=["-score", "-id"], name="pair_score"),
            models.Index(fields=["-found_at", "-id"], name="pair_open", condition=Q(state="open")),
        ]

    @property
    def is_sealed(self) -> bool:
        """Return whether it is the integrity unit's."""
        return Handling.SEALED in (self.one_handling, self.other_handling)


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    """Read by the worker alone."""

    def waiting(self) -> Self:
        """Keep what was said anew, or went to another province or handling, since it was compared."""
        moved = ~Q(province_id=F("seen_province")) | ~Q(handling=F("seen_handling"))
        return self.filter(Q(due_at__isnull=False) | moved)


class Comparison(UUIDModel):
    """That a complaint or a contact is to be compared with what lies beyond it, and when that was done last."""

    complaint = models.OneToOneField(Complaint, models.PROTECT, null=True, related_name="comparison")
    contact = models.OneToOneField(Contact, models.PROTECT, null=True, related_name="comparison")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    due_at = models.DateTimeField(null=True)
    compared_at = models.DateTimeField(null=True)
    seen_province = models.CharField(max_length=2, blank=True, default="")
    seen_handling = models.CharField(max_length=12, blank=True, default="")

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(complaint__isnull=True, contact__isnull=False)
                | Q(complaint__isnull=False, contact__isnull=True),
                name="comparison_of_one",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["due_at", "id"], name="comparison_due", condition=Q(due_at__isnull=False)),
            models.Index(
                fields=["id"],
                name="comparison_moved",
                condition=~Q(province_id=F("seen_province")) | ~Q(handling=F("seen_handling")),
            ),
        ]
