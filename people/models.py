"""A person and their names, in every script they are known by. Victim and suspect are roles of one Person."""

import uuid
from typing import Any, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.models import Versioned


class Sex(models.TextChoices):
    MALE = "male", _("Male")
    FEMALE = "female", _("Female")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Not known")


class PersonQuerySet(models.QuerySet["Person"]):
    """A person has no province: visible when one of the roles they have in a complaint is."""

    def visible_to(self, user: Any) -> Self:
        """Keep who stands in a row the user may see; asked person by person, so that a few are found among a million."""
        roles: list[Any] = [self.model._meta.get_field(name).related_model for name in ("victims", "suspects")]
        seen = [Exists(role.objects.visible_to(user).filter(person_id=OuterRef("pk"))) for role in roles]
        return self.filter(seen[0] | seen[1])


class Person(Versioned):
    """Who somebody is, as far as known. No name is legal: "unnamed". Ages in whole years on `age_on`."""

    sex = models.CharField(_("Sex"), max_length=8, choices=Sex, default=Sex.UNKNOWN)
    born_on = models.DateField(_("Date of birth"), null=True, blank=True)
    born_year = models.PositiveSmallIntegerField(_("Year of birth"), null=True, blank=True)
    age = models.PositiveSmallIntegerField(_("Age"), null=True, blank=True)
    age_on = models.DateField(null=True, blank=True)
    estimated = models.BooleanField(_("Age estimated"), default=False)
    nationality = models.CharField(_("Nationality"), max_length=2, blank=True, default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(age__isnull=True) | Q(age__lte=120), name="person_age_possible"),
            models.CheckConstraint(
                condition=Q(age__isnull=True) | Q(age_on__isnull=False), name="person_age_has_its_day"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["updated_at"], name="person_updated")]

    def names_for(self, language: str | None = None) -> tuple[str, str]:
        """Return (name in the reader's script, the other one); both empty for somebody unnamed."""
        names = sorted(self.names.all(), key=lambda name: name.added_at)
        if not names:
            return "", ""
        script = "khmer" if (language or get_language() or "km").startswith("km") else "latin"
        first = next((name for name in names if name.script == script), names[0])
        other = next((name.text for name in names if name.pk != first.pk), "")
        return first.text, other


class PersonName(models.Model):
    """One name of a person as written, with the keys it is found by (`people.services.set_names` writes them)."""

    class Script(models.TextChoices):
        KHMER = "khmer", _("Khmer")
        LATIN = "latin", _("Latin")
        OTHER = "other", _("Other script")

    class Kind(models.TextChoices):
        STATED = "stated", _("As stated")
        DOCUMENT = "document", _("As in a document")
        NICKNAME = "nickname", _("Nickname")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="names")
    text = models.CharField(_("Name"), max_length=200)
    script = models.CharField(max_length=8, choices=Script)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.STATED)
    key_km = models.CharField(max_length=300)
    key_lat = models.CharField(max_length=300)
    key_sound = models.CharField(max_length=200, default="", db_default="")
    key_version = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["person", "text"], name="person_name_once")]
        indexes: ClassVar[list[Any]] = [
            GinIndex(fields=["key_km"], opclasses=["gin_trgm_ops"], name="personname_key_km_trgm"),
            GinIndex(fields=["key_lat"], opclasses=["gin_trgm_ops"], name="personname_key_lat_trgm"),
            GinIndex(fields=["key_sound"], opclasses=["gin_trgm_ops"], name="personname_key_sound_trgm"),
        ]


class PersonDocument(models.Model):
    """A document somebody has, its number as written and as it is compared (`core.text.key_number`)."""

    class Kind(models.TextChoices):
        PASSPORT = "passport", _("Passport")
        ID_CARD = "id_card", _("Identity card")
        TRAVEL_DOCUMENT = "travel_document", _("Travel document")
        BIRTH_CERTIFICATE = "birth_certificate", _("Birth certificate")
        OTHER = "other", _("Other document")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="documents")
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    country = models.CharField(_("Country"), max_length=2, blank=True, default="")
    number = models.CharField(pgettext_lazy("document", "Number"), max_length=60)
    number_norm = models.CharField(max_length=60)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["person", "kind", "country", "number_norm"], name="person_document_once")
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["number_norm"], name="persondocument_number")]


class PersonPhone(models.Model):
    """A phone number of a person, as written and as +855…, which is empty where it is not a number anywhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="phones")
    text = models.CharField(_("Phone"), max_length=60)
    e164 = models.CharField(max_length=20, blank=True, default="")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["person", "text"], name="person_phone_once")
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["e164"], name="personphone_e164", condition=~Q(e164=""))]
