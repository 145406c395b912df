"""A user: one role, no groups, no superuser."""

from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models.posting import Posting
from accounts.roles import ROLES, Branch
from accounts.roles import Role as RoleLine


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        """Keep who may act today."""
        return self.filter(is_active=True)

    def people(self) -> "UserQuerySet":
        """Leave out the system user."""
        return self.exclude(role="system")

    def for_request(self, day: date | None = None) -> "UserQuerySet":
        """Carry the provinces of a day (default: today) and the second factor along, so that a request asks for its user once."""
        postings = Posting.objects.active(day).filter(user_id=models.OuterRef("pk"))
        second = Authenticator.objects.filter(user_id=models.OuterRef("pk"), type__in=("totp", "webauthn"))
        return self.annotate(
            loaded_provinces=ArraySubquery(postings.order_by("province_id").values("province_id")),
            loaded_second_factor=models.Exists(second),
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by sign-in name, whatever its case."""
        user: User = self.get(username=(username or "").lower())
        return user


class User(AbstractBaseUser):
    """Somebody (or the system) who acts; `role` says what they may do, postings say where."""

    class Role(models.TextChoices):
        INTAKE = "intake", ROLES["intake"].label
        OFFICER = "officer", ROLES["officer"].label
        SUPERVISOR = "supervisor", ROLES["supervisor"].label
        ANALYST = "analyst", ROLES["analyst"].label
        INTEGRITY = "integrity", ROLES["integrity"].label
        ADMIN = "admin", ROLES["admin"].label
        PARTNER = "partner", ROLES["partner"].label
        SYSTEM = "system", ROLES["system"].label

    class Language(models.TextChoices):
        KHMER = "km", "ខ្មែរ"
        ENGLISH = "en", "English"

    class Digits(models.TextChoices):
        KHMER = "khmer", "០១២៣"
        ASCII = "ascii", "0123"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    username = models.CharField(
        _("User name"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*\Z", _("Use small Latin letters, digits, . _ -"))],
    )
    name = models.CharField(_("Name in Latin letters"), max_length=120)
    name_km = models.CharField(_("Name in Khmer"), max_length=120, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    duty_phone = models.CharField(_("Telephone on duty"), max_length=40, blank=True, default="")
    role = models.CharField(_("Role"), max_length=12, choices=Role.choices)
    partner_id = models.CharField(max_length=40, blank=True)
    language = models.CharField(_("Language"), max_length=2, choices=Language.choices, blank=True)
    digits = models.CharField(_("Digits"), max_length=5, choices=Digits.choices, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    deactivated_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(username=Lower("username")), name="username_is_lower"),
            models.CheckConstraint(condition=models.Q(role__in=list(ROLES)), name="role_is_known"),
            models.CheckConstraint(
                condition=models.Q(role="partner") | models.Q(partner_id=""), name="only_partners_have_partner"
            ),
            models.UniqueConstraint(fields=["role"], condition=models.Q(role="system"), name="one_system_user"),
        ]
        indexes = [models.Index(fields=["role", "is_active"], name="user_role")]

    def __str__(self) -> str:
        return self.display_name

    @property
    def table(self) -> RoleLine:
        """Give this user's line of the table of roles."""
        return ROLES[self.role]

    def may(self, permission: str) -> bool:
        """Say whether the role allows it; an inactive user may nothing."""
        return self.is_active and permission in self.table.permissions

    @property
    def is_ministry(self) -> bool:
        """Say whether this user decides at the ministry, outside every province's chain."""
        return self.table.is_ministry

    @property
    def counts_everything(self) -> bool:
        """Say whether this is the system, which counts the whole nation and decides nothing."""
        return self.table.branch == Branch.EVERYTHING

    @cached_property
    def posted_provinces(self) -> frozenset[str]:
        """Give the provinces of postings that run today in Asia/Phnom_Penh."""
        loaded = getattr(self, "loaded_provinces", None)
        if loaded is None:
            loaded = self.postings.active().values_list("province_id", flat=True)
        return frozenset(loaded)

    @cached_property
    def has_second_factor(self) -> bool:
        """Say whether an authenticator is enrolled (recovery codes alone are none)."""
        loaded = getattr(self, "loaded_second_factor", None)
        if loaded is None:
            loaded = Authenticator.objects.filter(user_id=self.pk, type__in=("totp", "webauthn")).exists()
        return bool(loaded)

    @property
    def display_name(self) -> str:
        """Give the name in the reader's script."""
        return self.name_km if self.name_km and get_language() == "km" else self.name

    @cached_property
    def own_places(self) -> list[Any]:
        """Return the provinces the user is posted to; one query."""
        postings = self.postings.active().select_related("province").order_by("province_id")
        return [posting.province for posting in postings]

    @property
    def scope_label(self) -> str:
        """Say whose rows these are, in the language spoken now: the province, or the ministry."""
        if self.table.branch != Branch.PROVINCES:
            return str(_("Partner organisation") if self.role == "partner" else _("Ministry, national"))
        return ", ".join(map(str, self.own_places)) or str(_("No posting"))

    def leads(self, province_id: str) -> bool:
        """Say whether this user leads that province today; costs one query."""
        return self.is_active and self.postings.active().filter(province_id=province_id, lead=True).exists()

    def get_full_name(self) -> str:
        return self.display_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """End every session when the password, the role or the epoch changes."""
        words = f"{self.password}|{self.role}|{self.session_epoch}"
        return salted_hmac("accounts.User.session", words, secret=secret, algorithm="sha256").hexdigest()

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row again and forget what was cached from it."""
        super().refresh_from_db(*args, **kwargs)
        for name in ("posted_provinces", "has_second_factor", "own_places"):
            self.__dict__.pop(name, None)
        for name in ("loaded_provinces", "loaded_second_factor"):
            self.__dict__.pop(name, None)
