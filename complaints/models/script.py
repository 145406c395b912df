"""What an officer of the hotline may say, and who interprets: rows an administrator keeps."""

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.languages import CHOICES, SPOKEN

MAX_SCRIPT = 2000
STAFF_READ = ("km", "en")


class CallKind(models.TextChoices):
    """What a call turns out to be while it goes on."""

    NEW_REPORT = "new_report", _("New report")
    MORE = "more", _("More about one")
    ENQUIRY = "enquiry", _("Enquiry")
    HELD = "held", _("Threatened or held: cannot speak freely")
    CHILD = "child", pgettext_lazy("call", "A child")
    MONEY = "money", _("Somebody asks for money")


class CallScript(models.Model):
    """What to say in one kind of call, in one language."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("Kind of call"), max_length=12, choices=CallKind)
    language = models.CharField(_("Language"), max_length=2, choices=CHOICES)
    words = models.TextField(_("What to say"), max_length=MAX_SCRIPT)
    reader = models.CharField(_("Read by (a native speaker)"), max_length=120, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["kind", "language"],
                name="call_script_once",
                violation_error_message=_("There are words for this kind of call in this language already."),
            )
        ]

    @property
    def code(self) -> str:
        """Return what stands in its address."""
        return f"{self.kind}-{self.language}"

    @property
    def is_unread(self) -> bool:
        """Return whether these words wait for a native speaker: staff read only Khmer and English every day."""
        return self.language not in STAFF_READ and not self.reader


class InterpreterQuerySet(models.QuerySet["Interpreter"]):
    """Questions about interpreters."""

    def for_language(self, code: str) -> Self:
        """Keep who interprets a language now, in the order of their names."""
        return self.filter(language=code, is_active=True).order_by("name", "pk")


class Interpreter(models.Model):
    """Somebody who interprets by telephone: a person or a service, one language, one number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    language = models.CharField(_("Language"), max_length=2, choices=CHOICES)
    name = models.CharField(_("Name"), max_length=120)
    phone = models.CharField(_("Telephone"), max_length=40)
    hours = models.CharField(_("When to ring"), max_length=120, blank=True, default="")
    is_active = models.BooleanField(_("Is offered on the hotline’s page"), default=True)

    objects = InterpreterQuerySet.as_manager()

    class Meta:
        ordering = ("language", "name")
        indexes: ClassVar[list[Any]] = [models.Index(fields=["language", "name"], name="interpreter_language")]

    def __str__(self) -> str:
        return self.name

    @property
    def own_language(self) -> str:
        """Return the name its speakers give the language."""
        return SPOKEN[self.language][0]
