"""A rescue operation: planned for named people only, then done, with everybody met in it."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Branch
from accounts.scope import ScopedQuerySet
from core.models import Versioned, new_reference
from core.paging import Sort


class OperationStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("operation", "Planned")
    DONE = "done", pgettext_lazy("operation", "Done")
    CALLED_OFF = "called_off", _("Called off")


class OperationResult(models.TextChoices):
    BROUGHT_OUT = "people_brought_out", _("People brought out")
    STAYED = "met_nobody_came_out", _("People met, nobody came out")
    EMPTY = "nobody_there", _("Nobody there any more")
    REFUSED = "no_entry", _("No entry")


def operation_reference() -> str:
    """Return a new reference of an operation: OP-XXXXXXXX."""
    return new_reference("OP")


class OperationQuerySet(ScopedQuerySet["Operation"]):
    """Operations: what is planned or called off is known to the people named for it alone, whatever their branch."""

    complaint_lookup = "found_under_id"

    def named_to(self, user: Any) -> Self:
        """Keep the operations a user is named for now."""
        return self.filter(self._named(user))

    def done(self) -> Self:
        """Keep the operations that were carried out."""
        return self.filter(status=OperationStatus.DONE)

    def live(self) -> Self:
        """Keep every operation: none is ever merged."""
        return self.all()

    def for_audit(self, user: Any) -> Self:
        """Keep every operation for who answers who knew of it; its place and people are not theirs to see."""
        return self.all() if user.may("audit.read") else self.none()

    def for_list(self) -> Self:
        """Fetch what a list shows in one query."""
        return self.select_related("province", "site", "lead")

    def _named(self, user: Any) -> Q:
        if not user.is_active:
            return Q(pk__in=())
        mine = OperationMember.objects.filter(user_id=user.pk, until_at=None).values("operation_id")
        return Q(pk__in=mine)

    def _own(self, user: Any) -> Q:
        own = super()._own(user)
        return own if user.table.branch == Branch.EVERYTHING else own & Q(status=OperationStatus.DONE)

    def _shared(self, user: Any) -> Q:
        return super()._shared(user) & Q(status=OperationStatus.DONE) | self._named(user)


class Operation(Versioned):
    """One operation at one place. Its province and handling follow the complaint it is recorded under.

    People found whom nobody had reported are recorded under `found_under`; its other complaints stand in
    `OperationComplaint`. Nothing it found is stored here: people and suspects name the operation.
    """

    reference = models.CharField(max_length=20, unique=True, default=operation_reference, editable=False)
    found_under = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="+")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12, default="provincial")
    site = models.ForeignKey("provinces.Site", models.PROTECT, null=True, blank=True, related_name="operations")
    place = models.CharField(_("Place"), max_length=300, blank=True, default="")
    status = models.CharField(_("Status"), max_length=10, choices=OperationStatus, default=OperationStatus.PLANNED)
    status_at = models.DateTimeField(default=timezone.now)
    planned_for = models.DateTimeField(_("Planned for"))
    done_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(_("Result"), max_length=20, choices=OperationResult, blank=True, default="")
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    complaints = models.ManyToManyField(
        "complaints.Complaint", through="victims.OperationComplaint", related_name="operations"
    )

    objects = OperationQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {
        "received": Sort("planned_for", True, _("Latest first")),
        "updated": Sort("updated_at", True, _("Changed, latest first")),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(status="done", done_at__isnull=False) & ~Q(result="")
                | ~Q(status="done") & Q(done_at__isnull=True, result=""),
                name="operation_done_has_its_result",
                violation_error_message=_("An operation that was carried out has its time and its result."),
            ),
            models.CheckConstraint(
                condition=Q(site__isnull=False) | ~Q(place=""),
                name="operation_has_a_place",
                violation_error_message=_("Write where it is, or choose the site."),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["province", "handling", "-planned_for", "-id"], name="operation_planned"),
            models.Index(fields=["-planned_for", "-id"], name="operation_planned_all"),
            models.Index(fields=["-updated_at", "-id"], name="operation_updated_all"),
            models.Index(fields=["done_at"], name="operation_done", condition=Q(done_at__isnull=False)),
        ]

    @property
    def where(self) -> str:
        """Return the site and the place."""
        return self.where_for(identity=True)

    def where_for(self, *, identity: bool) -> str:
        """Return the site, and the place for who may know it; for others the province where there is no site."""
        parts = (self.site, self.place) if identity else (self.site or self.province,)
        return ", ".join(str(part) for part in parts if part)

    @property
    def day(self) -> Any:
        """Return when it was, or when it is planned for."""
        return self.done_at or self.planned_for


class OperationComplaint(models.Model):
    """One complaint that an operation is about; scoped like the complaint."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="links")
    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="operation_links")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["operation", "complaint"], name="operation_complaint_once")
        ]


class OperationMember(models.Model):
    """Somebody named for an operation: who knows of it while it is planned. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    from_at = models.DateTimeField(default=timezone.now)
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["operation", "user"],
                condition=Q(until_at=None),
                name="operation_member_once",
                violation_error_message=_("This person is named already."),
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")), name="operation_member_ends_after_start"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["user", "operation"], name="operation_member_user", condition=Q(until_at=None))
        ]
