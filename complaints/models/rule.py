"""Rules of urgency: what is spoken of, how urgent that is, and the words it is known by. Data an administrator edits."""

import json
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from complaints.models.words import Urgency
from core.models import Versioned, new_reference

CARRIED = Path(__file__).resolve().parent.parent / "data" / "urgency_rules.json"


def rule_code() -> str:
    """Return a new code of a rule: U-XXXXXXXX."""
    return new_reference("U")


class UrgencyRuleQuerySet(models.QuerySet["UrgencyRule"]):
    """Rules: every reader of a message meets them, who keeps them opens them."""

    def visible_to(self, user: Any) -> Self:
        """Keep all for who keeps them."""
        return self if user.may("rule.manage") else self.none()

    def spoken(self) -> Self:
        """Keep the rules that are read, in the order in which their reasons are said."""
        return self.filter(is_active=True)


class UrgencyRule(Versioned):
    """What speaks for haste. `reads_ages`: an age under eighteen counts as one of its words."""

    code = models.CharField(max_length=20, unique=True, default=rule_code, editable=False)
    urgency = models.CharField(_("Urgency"), max_length=10, choices=Urgency)
    reason_km = models.CharField(_("Reason, in Khmer"), max_length=120)
    reason_en = models.CharField(_("Reason, in English"), max_length=120)
    words = ArrayField(models.CharField(max_length=80), verbose_name=_("Words and phrases"), default=list, blank=True)
    exceptions = ArrayField(
        models.CharField(max_length=80), verbose_name=_("Phrases that do not count"), default=list, blank=True
    )
    reads_ages = models.BooleanField(_("An age under 18 counts too"), default=False)
    is_active = models.BooleanField(_("In use"), default=True)
    place = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = UrgencyRuleQuerySet.as_manager()

    class Meta:
        ordering = ("place", "code")
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~Q(urgency="normal"),
                name="urgency_rule_speaks_for_haste",
                violation_error_message=_("A rule proposes more than normal."),
            ),
        ]

    @property
    def reference(self) -> str:
        """Return its code, by which stories name it."""
        return self.code

    @property
    def reason(self) -> str:
        """Return why, in the language of the page."""
        return self.reason_km if (get_language() or "km").startswith("km") else self.reason_en


def carried_rules() -> list[dict[str, Any]]:
    """Return the rules that the project carries (complaints/data), with their places."""
    lists = ("words", "exceptions")
    return [
        {**row, **{name: list(chain.from_iterable(row[name].values())) for name in lists}, "place": place}
        for place, row in enumerate(carried_by_language(), 1)
    ]


def carried_by_language() -> list[dict[str, Any]]:
    """Return the rules that the project carries, their words and exceptions by language."""
    rows: list[dict[str, Any]] = json.loads(CARRIED.read_text(encoding="utf-8"))
    return rows
