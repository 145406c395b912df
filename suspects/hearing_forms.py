"""What is typed of a hearing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import MomentField, Rows, Ticks
from core.typed import Choice, Several, Typed, Words
from suspects.models import HearingKind, Suspect
from suspects.words import court_choices


class HearingForm(Typed):
    """When, what for, where; and which co-suspects stand there too."""

    at = MomentField(label=_("Day and hour"), required=False)
    kind = Choice(HearingKind.choices, label=_("What for"), widget=Rows())
    room = Words(label=_("Room"))
    court = Choice(label=_("Court"))
    also = Several((), label=_("The same hearing of"), widget=Ticks(look="plain"))
    idempotency_key = Words(widget=forms.HiddenInput)

    def __init__(self, suspect: Suspect, data: Any = None, *, others: list[tuple[Suspect, str]] = (), **more: Any):  # type: ignore[assignment]
        super().__init__(data, initial={"court": suspect.court_id, "kind": HearingKind.TRIAL}, **more)
        self.others = {row.reference: row for row, _words in others}
        self.fields["court"].widget.choices = court_choices(suspect)  # type: ignore[attr-defined]
        self.fields["also"].widget.choices = [(row.reference, words) for row, words in others]  # type: ignore[attr-defined]

    def taken(self) -> dict[str, Any]:
        """Return what the service takes."""
        said = {name: self.said(name) for name in ("kind", "room", "court")}
        also = [self.others[code] for code in self.said("also", ()) if code in self.others]
        return {"at": self.cleaned_data.get("at"), "also": also, **said}

    def take(self, errors: dict[str, list[str]]) -> None:
        """Put the service's messages at their fields."""
        for name, texts in errors.items():
            self.add_error(name if name in self.fields else None, texts)  # type: ignore[arg-type]
