"""One criminal file of police or court: it joins complaints, suspects and victims."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Grant, User
from accounts.roles import Branch
from accounts.scope import NOTHING, ScopedQuerySet
from core.models import Versioned, new_reference
from core.paging import Sort


def casefile_reference() -> str:
    """Return a new reference of a case file: CF-XXXXXXXX."""
    return new_reference("CF")


class CaseFileQuerySet(ScopedQuerySet["CaseFile"]):
    """Files are their court's province's, and of who is named for a complaint in them; what hangs on them is scoped by itself.

    A file with a sealed part beside others keeps their handling: the branch that holds what is sealed finds it by the part.
    """

    complaint_lookup = None

    def live(self) -> Self:
        """Keep all: files are not merged."""
        return self.all()

    def for_list(self) -> Self:
        """Fetch what a list shows, in two queries however many rows."""
        return self.select_related("court").prefetch_related("articles")

    def _own(self, user: User) -> Q:
        own = super()._own(user)
        if user.is_active and user.table.branch == Branch.SEALED:
            return own | _joining({"handling": "sealed"}, {"handling": "sealed"})
        return own

    def _shared(self, user: User) -> Q:
        if not user.is_active or user.role in ("admin", "system"):
            return NOTHING
        named = Grant.objects.active().filter(user_id=user.pk, kind=Grant.Kind.NAMING).values("complaint_id")
        return _joining({"in": named}, {"complaint__in": named})


def _joining(complaint: dict[str, Any], person: dict[str, Any]) -> Q:
    """Say that a file joins such a complaint, suspect or person sought; a plain WHERE, so that it can be locked."""
    found = NOTHING
    for name, said in {"complaints": complaint, "suspects": person, "victims": person}.items():
        through = getattr(CaseFile, name).through._base_manager
        one = name.removesuffix("s")
        found |= Q(
            pk__in=through.filter(**{f"{one}__{look}": value for look, value in said.items()}).values("casefile_id")
        )
    return found


class CaseFile(Versioned):
    """A criminal file. `province` is its court's; `handling` that of the least strict of what it joined, and never opened again."""

    reference = models.CharField(max_length=20, unique=True, default=casefile_reference, editable=False)
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12, default="provincial")
    court = models.ForeignKey("suspects.Court", models.PROTECT, related_name="files")
    police_number = models.CharField(_("Number of the police"), max_length=60, blank=True, default="")
    court_number = models.CharField(_("Number of the court"), max_length=60, blank=True, default="")
    unit = models.CharField(_("Unit"), max_length=200)
    opened_on = models.DateField(_("Opened on"))
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    articles = models.ManyToManyField("suspects.Article", related_name="files", verbose_name=_("Articles"))
    complaints = models.ManyToManyField("complaints.Complaint", related_name="case_files", blank=True)
    suspects = models.ManyToManyField("suspects.Suspect", related_name="case_files", blank=True)
    victims = models.ManyToManyField("victims.Victim", related_name="case_files", blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = CaseFileQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {
        "received": Sort("received_at", True, _("Recorded, latest first")),
        "updated": Sort("updated_at", True, _("Changed, latest first")),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~Q(police_number="") | ~Q(court_number=""),
                name="casefile_has_a_number",
                violation_error_message=_("Give the number of the police or of the court."),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["province", "handling", "-received_at", "-id"], name="casefile_received"),
            models.Index(fields=["province", "handling", "-updated_at", "-id"], name="casefile_updated"),
            models.Index(fields=["-received_at", "-id"], name="casefile_received_all"),
            models.Index(fields=["-updated_at", "-id"], name="casefile_updated_all"),
            models.Index(fields=["opened_on"], name="casefile_opened"),
        ]
