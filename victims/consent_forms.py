"""What is typed of what a person agreed to, and of who stands by a child."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.forms import DayField, Rows
from core.typed import Choice, Typed, Words
from victims.models import Afraid, ConsentAnswer, ConsentFor, GuardianKind

YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))


class ConsentForm(Typed):
    """One asking: when, alone or not, in which language, the question of fear first, then an answer for each purpose."""

    asked_on = DayField(
        label=gettext_lazy("Asked on"), help_text=gettext_lazy("Leave it empty for today."), required=False
    )
    asked_alone = Choice(YES_NO, label=gettext_lazy("Was the person asked alone?"), widget=Rows(look="chips"))
    asked_language = Words(label=gettext_lazy("In which language?"))
    afraid = Choice(
        Afraid.choices,
        label=gettext_lazy("“Are you afraid of your authorities, or of going back?”"),
        help_text=gettext_lazy("Ask this before the embassy. A yes or a doubt means: the embassy is not told."),
        widget=Rows(look="chips"),
    )
    note = Words(label=gettext_lazy("Note"), widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for purpose, label in ConsentFor.choices:
            self.fields[f"for_{purpose}"] = Choice(ConsentAnswer.choices, label=label, widget=Rows(look="chips"))

    @property
    def purposes(self) -> list[Any]:
        """Return the bound fields of the purposes."""
        return [self[f"for_{purpose}"] for purpose in ConsentFor.values]

    def taken(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = self.cleaned_data
        alone = {"yes": True, "no": False}.get(values.get("asked_alone") or "")
        words = {name: values.get(name) or "" for name in ("asked_language", "afraid", "note")}
        answers = {purpose: values.get(f"for_{purpose}") or "" for purpose in ConsentFor.values}
        return {"asked_on": values.get("asked_on"), "asked_alone": alone, "answers": answers, **words}

    def take(self, errors: dict[str, list[str]]) -> None:
        """Put the service's messages at their fields."""
        for name, texts in errors.items():
            field = next((one for one in (name, f"for_{name}") if one in self.fields), None)
            self.add_error(field, texts)


class GuardianForm(Typed):
    """Who stands by the child, and what the child says itself."""

    name = Words(label=gettext_lazy("Name of the guardian"))
    kind = Choice(GuardianKind.choices, label=gettext_lazy("Who the guardian is"), widget=Rows())
    since = DayField(label=gettext_lazy("Since"), help_text=gettext_lazy("Leave it empty for today."), required=False)
    own_view = Words(
        label=gettext_lazy("The child's own view"),
        help_text=gettext_lazy("What the child wants and fears, in its own words, told without the family listening."),
        widget=forms.Textarea({"rows": 4}),
    )
    view_language = Words(label=gettext_lazy("In which language?"))

    def taken(self) -> dict[str, Any]:
        """Return what the service takes."""
        words = {name: self.cleaned_data.get(name) or "" for name in ("name", "kind", "own_view", "view_language")}
        return {**words, "since": self.cleaned_data.get("since")}

    def take(self, errors: dict[str, list[str]]) -> None:
        """Put the service's messages at their fields."""
        for name, texts in errors.items():
            self.add_error(name if name in self.fields else None, texts)
