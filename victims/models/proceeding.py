"""What a court or an authority did with a person who is a victim: heard, helped, compensated; or penalised."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from victims.models.consent import OfPerson, OfPersonQuerySet


class ProceedingKind(models.TextChoices):
    """A person's part in proceedings; the last three are penalties for status or acts of their exploitation."""

    TESTIFIED = "testified", _("Testified")
    LAWYER = "lawyer", _("Had a lawyer")
    CLAIMED = "claimed", _("Claimed compensation")
    AWARDED = "awarded", _("Compensation awarded")
    PAID = "paid", _("Compensation paid")
    STAY = "stay_granted", _("Stay granted")
    WAIVED = "fine_waived", _("Fine waived")
    FINED = "fined", _("Fined")
    CHARGED = "charged", _("Charged with an offence")
    CONVICTED = "convicted", _("Convicted of an offence")


K = ProceedingKind
PENALTIES = (K.FINED, K.CHARGED, K.CONVICTED)
SUPPORT = tuple(kind for kind in K if kind not in PENALTIES)
WITH_AMOUNT = (K.CLAIMED, K.AWARDED, K.PAID, K.WAIVED, K.FINED)


class ProceedingQuerySet(OfPersonQuerySet):
    """Rows stand for good; one that was a mistake is taken back by another."""

    def standing(self) -> Self:
        """Keep what was not taken back."""
        return self.filter(takes_back=None, taken_back=None)


class Proceeding(OfPerson):
    """One act on one day; `takes_back` is the row that this one takes back, as one recorded by mistake."""

    victim = models.ForeignKey("victims.Victim", models.PROTECT, related_name="proceedings")
    kind = models.CharField(_("What happened"), max_length=14, choices=ProceedingKind)
    happened_on = models.DateField(_("On which day"))
    court = models.ForeignKey("suspects.Court", models.PROTECT, null=True, blank=True, related_name="+")
    authority = models.CharField(_("Other authority"), max_length=200, blank=True, default="")
    case_file = models.ForeignKey("suspects.CaseFile", models.PROTECT, null=True, blank=True, related_name="+")
    amount_riel = models.BigIntegerField(_("Amount, in riel"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=2000, blank=True, default="")
    takes_back = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="taken_back")

    objects = ProceedingQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(amount_riel=None) | Q(kind__in=WITH_AMOUNT, amount_riel__gt=0),
                name="proceeding_amount_of_money",
            ),
            models.CheckConstraint(
                condition=Q(takes_back=None) | ~Q(takes_back=F("id")), name="proceeding_takes_back_another"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["victim", "-happened_on"], name="proceeding_victim"),
            models.Index(fields=["happened_on", "kind"], name="proceeding_day"),
        ]
