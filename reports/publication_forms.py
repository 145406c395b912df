"""The form of a new publication: the window, for whom, which figures and by what."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.display import today
from core.forms import DayField, Rows
from core.typed import Choice, Several, Words
from provinces.choices import province_choices
from reports.figures import in_order
from reports.indicators import REGISTRY, Indicator, Split, Window
from reports.models import Audience, Finality, Publication
from reports.services import Asked
from reports.services.publishing import publishable

# What a press statement says; chosen before anybody chooses.
PRESS = (
    "complaints_received",
    "confirmation_rate",
    "victims_rescued",
    "people_brought_out_not_trafficked",
    "people_brought_out_undecided",
    "suspects_sent_to_court",
    "people_repatriated",
)
WINDOW = {"from": "first", "to": "last"}


class PublicationForm(forms.Form):
    """What is to be published; the service judges it."""

    first = DayField(label=_("From"))
    last = DayField(label=_("To, included"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Finality.choices, widget=Rows(look="chips"))
    audience = forms.ChoiceField(label=_("Audience"), choices=Audience.choices, widget=Rows(look="chips"))
    figures = Several((), label=_("Figures"), widget=forms.CheckboxSelectMultiple)
    splits = Several((), label=_("Split by"), widget=forms.CheckboxSelectMultiple)
    province = Choice((), label=_("Province, for “from or about a province”"))
    note = Words(label=_("Note"), widget=forms.Textarea({"rows": 3}))
    supersedes = Words(widget=forms.HiddenInput)
    idempotency_key = Words(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.indicators = in_order()
        self.fields["province"].widget.choices = [("", _("Choose")), *province_choices()]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return each figure with whether it is ticked, and its dimensions likewise."""
        figures, splits = self._ticked("figures"), self._ticked("splits")
        return [
            {
                "indicator": indicator,
                "ticked": indicator.name in figures,
                "splits": [
                    {"name": name, "label": split.label, "ticked": name in splits}
                    for split, name in ((split, f"{indicator.name}.{split.name}") for split in publishable(indicator))
                ],
            }
            for indicator in self.indicators
        ]

    def _ticked(self, name: str) -> set[str]:
        return set(self[name].value() or ())

    def asked(self) -> Asked:
        """Return what was asked for; a figure or a dimension that there is none of is left to the service, which refuses it."""
        said = self.cleaned_data
        return Asked(
            window=Window(said["first"], said["last"]),
            kind=said["kind"],
            audience=said["audience"],
            indicators=tuple(one for one in self.indicators if one.name in said["figures"]),
            splits=tuple(filter(None, map(self._split, said["splits"]))),
            province=said["province"],
            note=said["note"],
            supersedes=said["supersedes"].strip().upper(),
        )

    @staticmethod
    def _split(name: str) -> tuple[Indicator, Split] | None:
        indicator = REGISTRY.get(name.partition(".")[0])
        splits = [split for split in indicator.splits if split.name == name.partition(".")[2]] if indicator else []
        return (indicator, splits[0]) if indicator and splits else None

    def clean(self) -> dict[str, Any]:
        """Refuse a window that ends before it begins, and figures that there are none of."""
        said = super().clean() or self.cleaned_data
        first, last = said.get("first"), said.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day lies before the first."))
        for name, day in (("first", first), ("last", last)):
            if day and not 2000 <= day.year <= today().year + 1:
                self.add_error(name, _("This year cannot be right. Write the year as 20xx."))
        unknown = set(said.get("figures", ())) - set(REGISTRY)
        wrong = [name for name in said.get("splits", ()) if self._split(name) is None]
        if unknown or wrong:
            self.add_error("figures", _("This figure has no such part."))
        return said

    def refuse(self, found: dict[str, Any]) -> None:
        """Put the service's messages at their fields."""
        for name, texts in found.items():
            field = WINDOW.get(name, name)
            self.add_error(field if field in self.fields and field != "supersedes" else None, texts)


def filled(params: QueryDict, earlier: Publication | None) -> dict[str, Any]:
    """Return what stands in the form before anything is typed: what the address says, what is superseded, or the usual."""
    if earlier is not None:
        of = list(earlier.figures.prefetch_related("parts"))
        splits = [f"{one.indicator}.{name}" for one in of for name in dict.fromkeys(p.split for p in one.parts.all())]
        said: dict[str, Any] = {
            "first": earlier.first_on,
            "last": earlier.last_on,
            "kind": earlier.kind,
            "audience": earlier.audience,
            "figures": [one.indicator for one in of],
            "splits": splits,
            "province": next((one.province for one in of if one.province), ""),
            "supersedes": earlier.reference,
        }
    else:
        now = today()
        said = {"first": now.replace(day=1), "last": now, "kind": Finality.PROVISIONAL, "audience": Audience.PRESS}
        said |= {"figures": params.getlist("figures") or list(PRESS), "splits": params.getlist("splits")}
    return said | {WINDOW[name]: params[name] for name in WINDOW if params.get(name)}
