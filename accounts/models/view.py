"""A list narrowed once and kept by name: one's own, a province's, or everybody's."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import Versioned, new_reference


def view_reference() -> str:
    """Return a new reference: SV-XXXXXXXX."""
    return new_reference("SV")


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Questions about saved views."""

    def visible_to(self, user: Any) -> Self:
        """Keep one's own, those of the provinces one is posted to, and everybody's."""
        own = Q(level="own", user_id=user.pk)
        theirs = Q(level="province", province_id__in=sorted(user.posted_provinces))
        return self.filter(own | theirs | Q(level="national"))

    def in_order(self) -> Self:
        """Order as the tabs stand: one's own, the province's, everybody's."""
        level = models.Case(models.When(level="own", then=0), models.When(level="province", then=1), default=2)
        return self.order_by(level, "position", "id")


class SavedView(Versioned):
    """`query` is what a list's filter reads, known names only and never what was searched for; `user` wrote it."""

    class Level(models.TextChoices):
        OWN = "own", pgettext_lazy("saved view", "Only me")
        PROVINCE = "province", _("Our province")
        NATIONAL = "national", _("Everybody")

    reference = models.CharField(max_length=20, unique=True, default=view_reference, editable=False)
    list_key = models.CharField(max_length=20)
    name = models.CharField(_("Name"), max_length=40)
    query = models.CharField(max_length=1000)
    level = models.CharField(max_length=8, choices=Level, default=Level.OWN)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    province = models.ForeignKey("provinces.Province", models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[SavedViewQuerySet] = SavedViewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(level="province", province__isnull=False) | ~Q(level="province") & Q(province=None),
                name="saved_view_of_its_province",
            ),
            models.UniqueConstraint(
                fields=["list_key", "user", "name"], condition=Q(level="own"), name="saved_view_own_name"
            ),
            models.UniqueConstraint(
                fields=["list_key", "province", "name"], condition=Q(level="province"), name="saved_view_province_name"
            ),
            models.UniqueConstraint(
                fields=["list_key", "name"], condition=Q(level="national"), name="saved_view_national_name"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["list_key", "level", "position"], name="saved_view_tabs"),
            models.Index(fields=["user"], name="saved_view_user"),
        ]

    def __str__(self) -> str:
        return self.name
