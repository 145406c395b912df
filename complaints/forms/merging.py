"""What is typed to merge two records: which, whose values, why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.fields import Words
from complaints.presenters.merging import SHORT, Compared
from core.forms import Rows


class OtherRecord(forms.Form):
    """The references of the two records; the first is asked for only where no page brought it."""

    one = Words(label=_("Reference of the one that stays"))
    other = Words(
        label=_("Reference of the other one"),
        help_text=_("Like V-7RK3QD9K, KH-2022-7RK3QD or ST-7RK3QD9K: it stands on its page."),
    )


class ProposeMerge(forms.Form):
    """Whose values are kept, line by line, and why the two are one."""

    why = Words(
        label=_("Why are they the same?"),
        help_text=_("What a second person can check: a document, a phone, a scar, the same building."),
        widget=forms.Textarea({"rows": 3}),
    )
    idempotency_key = Words(widget=forms.HiddenInput)

    def __init__(self, compared: Compared, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.names = [line.name for line in compared.lines if line.name]
        for line in compared.lines:
            if line.name:
                look = "chips" if max(len(line.stays), len(line.goes)) <= SHORT else ""
                hints = {"stays": compared.stays, "goes": compared.goes}
                choices = [("stays", line.stays or "—"), ("goes", line.goes or "—")]
                self.fields[f"take_{line.name}"] = forms.ChoiceField(
                    choices=choices,
                    label=line.label,
                    widget=Rows(look=look, hints=hints),
                    initial="stays",
                    required=False,
                )

    @property
    def choices(self) -> list[Any]:
        """Return the bound fields of the choices."""
        return [self[f"take_{name}"] for name in self.names]

    def chosen(self) -> list[str]:
        """Return the groups taken from the record that goes."""
        return [name for name in self.names if self.cleaned_data.get(f"take_{name}") == "goes"]


class Decide(forms.Form):
    """Why a proposal is sent back, or a merge taken back."""

    note = Words(label=_("Why?"), widget=forms.Textarea({"rows": 3}))
