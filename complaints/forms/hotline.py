"""The form of a call while it goes on: that of a new complaint, and beside it the kind of call, its language, and a colleague."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import TextInput
from django.utils.translation import gettext_lazy as _

from complaints.contact_workflow import YES
from complaints.forms.fields import Choice, Typed, Words
from complaints.forms.intake import Intake
from complaints.languages import OTHER, both_names, own_name
from complaints.models import CallKind, Channel
from complaints.said import NEVER, ComplaintSaid, ContactSaid, ReporterSaid
from complaints.services.contacts import told_in_words
from core.forms import Rows

# Access keys of fields; those of buttons stand in the page.
KEYS = {"narrative": "w", "site": "p"}


class CallForm(Typed):
    """What is asked of the call itself."""

    kind = Choice(
        CallKind.choices, label=_("What kind of call is it?"), widget=Rows(look="chips"), initial=CallKind.NEW_REPORT
    )
    spoken = Choice(label=_("Which language does the caller speak?"), initial="km")
    code = Words(
        label=_("Code of a report"),
        widget=TextInput({"inputmode": "numeric", "accesskey": "r", "maxlength": "60"}),
    )
    aside = Words(label=_("Why is it set aside?"), widget=TextInput({"maxlength": "300"}))
    to = Choice(label=_("Hand the call over to"))

    def __init__(self, *args: Any, people: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["spoken"].widget.choices = [*both_names(), OTHER]  # type: ignore[attr-defined]
        named = [(user.username, f"{user.display_name}, {user.table.label}") for user in people]
        self.fields["to"].widget.choices = [("", _("Choose a colleague")), *named]  # type: ignore[attr-defined]

    def typed(self, name: str) -> str:
        """Return what stands in a field now."""
        return str(self[name].value() or "")


class CallTyped:
    """Everything typed in a call, and what it says. `judge=False` shows it without a word of what is missing."""

    def __init__(self, data: Mapping[str, Any] | None, *, people: Iterable[Any] = (), judge: bool = True) -> None:
        self.call = CallForm(data, people=people, judge=judge)
        self.intake = Intake(data, judge=judge)
        for name, key in KEYS.items():
            self.intake.story.fields[name].widget.attrs["accesskey"] = key
        self.call.fields["to"].widget.attrs["accesskey"] = "c"
        self.intake.reporter.fields["phone"].widget.attrs["accesskey"] = "n"
        self.intake.reporter.fields["way"].widget.attrs["accesskey"] = "m"

    def is_valid(self) -> bool:
        """Say whether everything typed could be read; every part is asked."""
        return all([self.call.is_valid(), self.intake.is_valid()])

    def holds_words(self) -> bool:
        """Say whether something was told: a telephone number alone is no word."""
        self.intake.is_valid()  # what can be read of it is read there
        said = self.intake.said()
        return any(
            str(part or "").strip() for part in (said.narrative, said.site, said.exact_spot, said.official)
        ) or bool(said.people)

    def complaint(self, takes_part: str = "") -> ComplaintSaid:
        """Return what is said, as a complaint; `takes_part` is what was answered where that was asked."""
        said = self.intake.said()
        if takes_part:
            said = replace(said, names_official=said.names_official or takes_part == YES, asks_official=False)
        reporter = unasked(said.reporter) if self.call.typed("kind") == CallKind.HELD else said.reporter
        return replace(
            said,
            channel=Channel.HOTLINE.value,
            language=own_name(self.call.typed("spoken")),
            reporter=reporter,
            call_kind=self.call.typed("kind"),
        )

    def contact(self) -> ContactSaid:
        """Return what is said as a contact without a complaint; what else was typed stands in its words.

        Raises ValidationError where an official is named or the local police feared: that is no matter for the inbox.
        """
        said = self.complaint()
        if said.names_official or said.official or said.not_local_police:
            words = _(
                "An official is named, or the local police feared: save it as a complaint, which is sealed or led nationally."
            )
            raise ValidationError({"names_official": [words]})
        return ContactSaid(
            channel=said.channel,
            narrative=told_in_words(said).strip(),
            urgency=self.intake.story.typed("urgency"),
            language=said.language,
            province_of_report=said.province_of_report,
            reporter=said.reporter,
        )

    def refuse(self, error: ValidationError) -> None:
        """Put what the service found at the fields it is about, where nothing is said yet."""
        found = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        own = {name: words for name, words in found.items() if name in ("kind", "to", "language")}
        for name, words in own.items():
            field = "spoken" if name == "language" else name
            if field not in self.call.errors:
                self.call.add_error(field, ValidationError(words))
        if rest := {name: words for name, words in found.items() if name not in own}:
            self.intake.refuse(ValidationError(rest))


def unasked(reporter: ReporterSaid | None) -> ReporterSaid | None:
    """Return who called as not to be contacted, unless they said how: somebody held is promised that nobody rings back."""
    if reporter is None or reporter.safe_contact.get("way"):
        return reporter
    return replace(reporter, safe_contact={**reporter.safe_contact, "way": NEVER})
