"""What was done for a person: one service of one provider, from a day to a day."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partners.models import Service
from victims.models.consent import OfPerson


class Care(OfPerson):
    """One service given to a person; `until_on` empty: it goes on. What was recorded by mistake is taken back, not deleted."""

    victim = models.ForeignKey("victims.Victim", models.PROTECT, related_name="care")
    service = models.CharField(_("Service"), max_length=28, choices=Service)
    provider = models.ForeignKey("partners.Partner", models.PROTECT, null=True, blank=True, related_name="+")
    provider_name = models.CharField(_("Given by"), max_length=200, blank=True, default="")
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True, default="")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_why = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="care_ends_after_it_began",
                violation_error_message=_("It cannot end before it began."),
            ),
            models.CheckConstraint(
                condition=Q(provider__isnull=False) | ~Q(provider_name=""),
                name="care_has_a_provider",
                violation_error_message=_("Say who gives it."),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["victim", "-from_on"], name="care_victim"),
            models.Index(fields=["from_on"], name="care_from"),
        ]

    @property
    def reference(self) -> str:
        """Return what a submission that is sent twice finds it by."""
        return str(self.pk)

    @property
    def given_by(self) -> str:
        """Return who gives it."""
        return str(self.provider) if self.provider_id else self.provider_name
