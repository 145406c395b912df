"""What the verification found: act, means and purpose, and the signs of forced labour. It decides nothing."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scope import ScopedQuerySet
from complaints.models.complaint import Complaint
from core.models import Versioned


class Act(models.TextChoices):
    """What was done: Palermo Protocol, article 3 (a)."""

    RECRUITMENT = "recruitment", _("Recruited")
    TRANSPORT = "transport", _("Transported")
    TRANSFER = "transfer", _("Handed on or sold")
    HARBOURING = "harbouring", _("Harboured or held")
    RECEIPT = "receipt", _("Received")


class Means(models.TextChoices):
    """How it was done: Palermo Protocol, article 3 (a); none is needed for a child, article 3 (c)."""

    FORCE = "force", _("Force or threat of force")
    COERCION = "coercion", _("Other coercion")
    ABDUCTION = "abduction", _("Abduction")
    FRAUD = "fraud", _("Fraud")
    DECEPTION = "deception", pgettext_lazy("means", "Deception")
    ABUSE_OF_POWER = "abuse_of_power", _("Abuse of power")
    ABUSE_OF_VULNERABILITY = "abuse_of_vulnerability", pgettext_lazy("means", "Abuse of a position of vulnerability")
    PAYMENT = "payment", _("Payment to somebody who has control over the person")


class Purpose(models.TextChoices):
    """What for: Palermo Protocol, article 3 (a), with forced criminality and forced marriage named apart."""

    SEXUAL = "sexual_exploitation", pgettext_lazy("purpose", "Sexual exploitation")
    LABOUR = "forced_labour", pgettext_lazy("purpose", "Forced labour or services")
    SLAVERY = "slavery_servitude", _("Slavery, servitude or similar")
    CRIMINALITY = "forced_criminality", _("Forced criminality")
    ORGANS = "organ_removal", pgettext_lazy("purpose", "Removal of organs")
    MARRIAGE = "forced_marriage", pgettext_lazy("purpose", "Forced marriage")
    OTHER = "other", pgettext_lazy("purpose", "Other exploitation")


class Sign(models.TextChoices):
    """The eleven indicators of forced labour of the International Labour Organization (ILO, 2012)."""

    VULNERABILITY = "abuse_of_vulnerability", _("Abuse of vulnerability")
    DECEPTION = "deception", _("Deception")
    MOVEMENT = "restriction_of_movement", _("Restriction of movement")
    ISOLATION = "isolation", _("Isolation")
    VIOLENCE = "physical_sexual_violence", _("Physical and sexual violence")
    THREATS = "intimidation_threats", _("Intimidation and threats")
    PAPERS = "retention_of_id", _("Retention of identity documents")
    WAGES = "withholding_of_wages", _("Withholding of wages")
    DEBT = "debt_bondage", pgettext_lazy("sign", "Debt bondage")
    CONDITIONS = "abusive_conditions", _("Abusive working and living conditions")
    OVERTIME = "excessive_overtime", _("Excessive overtime")


class EvidenceQuerySet(ScopedQuerySet["Evidence"]):
    """Checklists, scoped like their complaint."""


def _several(choices: Any, label: Any) -> Any:
    return ArrayField(models.CharField(max_length=32, choices=choices), default=list, blank=True, verbose_name=label)


class Evidence(Versioned):
    """The checklist of one complaint. A sign in neither list is not known."""

    complaint = models.OneToOneField(Complaint, models.PROTECT, related_name="evidence")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    act = _several(Act.choices, _("Act"))
    means = _several(Means.choices, _("Means"))
    purpose = _several(Purpose.choices, _("Purpose"))
    signs_yes = _several(Sign.choices, _("Signs of forced labour: yes"))
    signs_no = _several(Sign.choices, _("Signs of forced labour: no"))
    evidence_note = models.TextField(_("What it rests on"), blank=True, default="")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~models.Q(signs_yes__overlap=models.F("signs_no")), name="evidence_sign_yes_or_no"
            )
        ]
