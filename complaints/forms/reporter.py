"""Who tells us, and how to reach them without harm."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.checks import checked_reporter
from complaints.forms.fields import Choice, Typed, Words
from complaints.languages import LANGUAGES
from complaints.models import Relation
from complaints.said import SAFE_CONTACT, ReporterSaid
from core.forms import Rows

WAYS = {
    "call": _("Call"),
    "message": _("Message only"),
    "app": _("Message in an app (Telegram, Facebook, WhatsApp)"),
    "through_somebody": _("Only through somebody else"),
    "email": _("E-mail"),
    "never": _("Do not contact"),
}
WHO_WE_ARE = {"yes": pgettext_lazy("say who we are", "Yes"), "no": _("No, say something else")}
WATCHED = {
    "no": pgettext_lazy("phone watched", "No"),
    "watched": _("Somebody watches it"),
    "taken": _("It was taken away"),
    "not_known": _("Not known"),
}
LABELS = {
    "way": _("Safe to call back?"),
    "hours": _("At what hours, in their time zone?"),
    "language": _("In which language?"),
    "answered_by": _("Who may answer when we ring?"),
    "say_who_we_are": _("May we say who we are?"),
    "do_not_say": _("What must not be said?"),
    "code_word": _("Code word"),
    "shared_with": _("Who else reads this phone?"),
    "watched": _("Is the phone watched, or was it taken?"),
    # of a letter or a visit (`complaints.came`): no field of this form, but revealed with the rest
    "office": _("Sending office or organisation"),
    "post": _("Post of who writes or signs"),
    "accompanied_by": _("Who came with them"),
}
__all__ = ["LANGUAGES", "ReporterForm", "safe_contact_words"]
VALUES: dict[str, dict[str, Any]] = {"way": WAYS, "say_who_we_are": WHO_WE_ARE, "watched": WATCHED}


def safe_contact_words(contact: dict[str, str]) -> list[tuple[Any, Any]]:
    """Return a kept safe contact as labels and words, in the order of the form; leaves out what was not said."""
    known = [name for name in LABELS if contact.get(name)]
    return [(LABELS[name], VALUES.get(name, {}).get(contact[name], contact[name])) for name in known]


def _chosen(name: str) -> Choice:
    return Choice([("", _("Not said")), *VALUES[name].items()], label=LABELS[name])


class ReporterForm(Typed):
    """Everything may be missing. Nothing of it is shown again outside this form but through a recorded reveal."""

    prefix = "reporter"

    relation = Choice(Relation.choices, label=_("Who tells us"), widget=Rows(look="chips"))
    name = Words(label=_("Name"))
    phone = Words(label=_("Phone"), widget=forms.TextInput({"inputmode": "tel"}))
    address = Words(label=_("Address, or another way to find them"))
    way = _chosen("way")
    hours = Words(label=LABELS["hours"])
    language = Words(label=LABELS["language"], widget=forms.TextInput({"list": "languages"}))
    answered_by = Words(label=LABELS["answered_by"])
    say_who_we_are = _chosen("say_who_we_are")
    do_not_say = Words(label=LABELS["do_not_say"])
    code_word = Words(label=LABELS["code_word"])
    shared_with = Words(label=LABELS["shared_with"])
    watched = _chosen("watched")

    def reporter(self) -> ReporterSaid | None:
        """Return who told us; None where nothing at all is said."""
        values = {name: str(self.said(name)) for name in self.fields}
        if not any(text.strip() for text in values.values()):
            return None
        return ReporterSaid(
            name=values["name"],
            phone=values["phone"],
            address=values["address"],
            relation=values["relation"] or Relation.ANONYMOUS,
            safe_contact={name: values[name] for name in SAFE_CONTACT if values[name]},
        )

    def clean(self) -> dict[str, Any]:
        """Hold what is said against the one rule, so that its words stand at the fields."""
        reporter = self.reporter()
        try:
            if reporter is not None:
                checked_reporter(reporter)
        except forms.ValidationError as error:
            self.add_error(None, error)
        return self.cleaned_data

    @property
    def says_more(self) -> bool:
        """Say whether the folded part holds something."""
        return any(self[name].value() or self[name].errors for name in SAFE_CONTACT if name not in ("way", "hours"))
