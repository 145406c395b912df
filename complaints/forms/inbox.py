"""The form of a call or message of which nobody makes a complaint yet."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import HiddenInput, Textarea, TextInput
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.forms import places
from complaints.forms.came import CameForm
from complaints.forms.fields import Choice, Typed, Words
from complaints.forms.reporter import ReporterForm
from complaints.forms.story import CHANNELS
from complaints.models import Contact, Urgency
from complaints.said import ContactSaid
from core.forms import MomentField, Rows

PLAIN = ("kind", "channel", "narrative", "urgency", "language")


class MessageForm(Typed):
    """What it is, how it came in, when, what was said; only the first two are always needed."""

    kind = Choice(Contact.Kind.choices, label=_("What is it?"), widget=Rows(look="chips"))
    narrative = Words(label=_("What was said"), widget=Textarea({"rows": 5}))
    channel = Choice(CHANNELS, label=_("How it came in"))
    received_at = MomentField(label=_("Received at"), required=False, initial=timezone.now)
    language = Words(label=_("In which language?"), widget=TextInput({"list": "languages"}))
    province_of_report = Choice(label=_("Province of report"))
    urgency = Choice([("", _("As its words propose")), *Urgency.choices], label=_("How urgent is it?"))
    idempotency_key = Words(widget=HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = places.province_options(_("Not stated"), places.provinces())
        self.fields["province_of_report"].widget.choices = [  # type: ignore[attr-defined]
            option for option in offered if option[0] != places.ABROAD
        ]


class Message:
    """The whole form: what was said, and who told it."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, key: str = "") -> None:
        self.key = key or str((data or {}).get("idempotency_key", ""))
        self.words = MessageForm(data)
        self.reporter = ReporterForm(data)
        self.came = CameForm(data)

    def is_valid(self) -> bool:
        """Say whether everything typed could be read; both parts are asked."""
        return all([self.words.is_valid(), self.reporter.is_valid(), self.came.is_valid()])

    def said(self) -> ContactSaid:
        """Return what is said, unread parts left out."""
        plain = {name: str(self.words.said(name)) for name in (*PLAIN, "province_of_report")}
        received = self.words.said("received_at", None)
        return ContactSaid(**plain, received_at=received, reporter=self.reporter.reporter(), came=self.came.came())

    def refuse(self, error: ValidationError) -> None:
        """Put what the service found at the fields it is about, where nothing is said yet."""
        found = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, messages in found.items():
            if name == "reporter":
                if not self.reporter.errors:
                    self.reporter.add_error(None, ValidationError(messages))
            elif name in self.came.fields:
                if name not in self.came.errors:
                    self.came.add_error(name, ValidationError(messages))
            elif name not in self.words.errors:
                known = name if name in self.words.fields and name != "idempotency_key" else None
                self.words.add_error(known, ValidationError(messages))
