"""What the public form asks, a few questions a page; nothing has to be answered, nothing is refused."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import Rows
from core.typed import Choice, Typed, Words

RELATIONS: list[tuple[str, Any]] = [
    ("", _("I would rather not say")),
    ("self", _("It is me")),
    ("family", _("My family")),
    ("friend", _("A friend")),
    ("witness", _("Somebody I saw or heard of")),
]
DANGERS: list[tuple[str, Any]] = [("now", _("Yes, now")), ("", _("No, or I do not know"))]
STEPS: tuple[tuple[str, ...], ...] = (
    ("words", "danger"),
    ("where", "people", "last", "official"),
    ("relation", "reach", "hours"),
)
TEXTS = ("words", "where", "people", "last", "reach", "hours")


def _box(rows: int = 3) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "autocomplete": "off"})


def _line() -> forms.TextInput:
    return forms.TextInput({"autocomplete": "off"})


class Report(Typed):
    """All questions; each page shows those of its step and carries the others along."""

    words = Words(
        label=_("What is happening?"),
        help_text=_("In your own words and language. A few words are enough."),
        widget=_box(5),
    )
    danger = Choice(DANGERS, label=_("Is somebody in danger now?"), widget=Rows)
    where = Words(
        label=_("Where is it?"),
        help_text=_("Building, floor, room, a sign, what one sees from the window, a pin from a map. What you know."),
        widget=_box(),
    )
    people = Words(
        label=_("Who is there?"),
        help_text=_(
            "How many people, names, from which country. A picture of a passport helps: keep it, we ask for it later."
        ),
        widget=_box(),
    )
    last = Words(
        label=_("When did you last hear from them?"),
        help_text=_("The day, the hour, by which app or number."),
        widget=_line(),
    )
    official = Choice(
        [("", _("No, or I do not know")), ("yes", pgettext_lazy("takes part", "Yes"))],
        label=_("Does a police officer or another official take part in it?"),
        help_text=_("Then only a small office at the ministry reads this."),
        widget=Rows,
    )
    relation = Choice(RELATIONS, label=_("Who is it about?"), widget=Rows)
    reach = Words(
        label=_("How can we reach you?"),
        help_text=_("A telephone number or an account, yours or of somebody you trust. You may leave it empty."),
        widget=_line(),
    )
    hours = Words(
        label=_("When is it safe to call or write?"),
        help_text=_("Say also if somebody else reads this telephone."),
        widget=_line(),
    )


class Code(Typed):
    """The code to come back with."""

    code = Words(
        label=_("Your code"),
        help_text=_("25 digits. Spaces do not matter."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "size": "32"}),
    )


class More(Typed):
    """One more message from who reported."""

    message = Words(label=_("Tell us more"), widget=_box(4))
    danger = Choice(DANGERS, label=_("Is somebody in danger now?"), widget=Rows)


class Money(Typed):
    """Somebody asked who reported for money."""

    money = Words(
        label=_("Who asked, how much, and how?"),
        help_text=_("It goes to another office than the one that has your report."),
        widget=_box(4),
    )
