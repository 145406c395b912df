"""The form of one cell that is typed in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.typed import Words
from reports.handin.filling import Filled


class CellForm(forms.Form):
    """A number or words, and where they are from."""

    value = Words(label=_("Number or words"))
    source = Words(label=_("Where it is from"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, table: str, cell: Filled, data: Any = None) -> None:
        row = cell.typed
        initial = {"value": row.value, "source": row.source, "version": row.version} if row else {}
        place = f"{table}-{cell.code}".replace(":", "-")
        super().__init__(data, initial=initial, auto_id=f"id_{place}_%s")
        self.place = place
