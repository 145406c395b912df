"""What partners are and what they do: shelters, embassies, hospitals and whoever else takes people on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartnerKind(models.TextChoices):
    """Whom a person or a complaint may be referred to."""

    SHELTER = "shelter", _("Shelter")
    NGO = "ngo", _("Organisation (NGO)")
    EMBASSY = "embassy", _("Embassy")
    HOSPITAL = "hospital", _("Hospital")
    LEGAL_AID = "legal_aid", _("Legal aid")
    SOCIAL_AFFAIRS = "social_affairs", _("Social affairs")
    COURT = "court", pgettext_lazy("partner", "Court")


class Service(models.TextChoices):
    """What is done for a person, after the support plan types of HTCDS 2.0 (IOM, CC BY 4.0) and local practice."""

    SHELTER = "shelter", pgettext_lazy("service", "Shelter")
    MEDICAL = "medical", _("Medical care")
    PSYCHOSOCIAL = "psychosocial", _("Psychosocial care")
    LEGAL = "legal_aid", pgettext_lazy("service", "Legal aid")
    INTERPRETER = "interpreter", _("Interpreter")
    FOOD_CLOTHING = "food_clothing", _("Food and clothing")
    FAMILY_TRACING = "family_tracing", _("Family tracing")
    TRAVEL_DOCUMENT = "travel_document", _("Travel document")
    FINE_WAIVER = "immigration_fine_waiver", _("Waiver of the immigration fine")
    EDUCATION = "education", _("Education")
    VOCATIONAL = "vocational", _("Vocational training")
    FINANCIAL = "financial", _("Financial support")
    REINTEGRATION = "reintegration", _("Reintegration")
    WITNESS = "witness_protection", _("Witness protection")
    REPATRIATION = "repatriation", _("Help with the return")


class Takes(models.TextChoices):
    """Whom a shelter takes in."""

    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    GIRLS = "girls", _("Girls")
    BOYS = "boys", _("Boys")
    FAMILIES = "families", _("Families")
