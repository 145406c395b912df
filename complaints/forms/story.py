"""Danger, what is said, how many, where, and who should handle it."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BooleanField, HiddenInput, Textarea
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from complaints.contact_workflow import TAKES_PART, YES
from complaints.forms import places
from complaints.forms.fields import Choice, Country, Several, Typed, Whole, Words
from complaints.forms.places import ABROAD, FoundSite
from complaints.models import Channel, Deadline, ExploitationForm, Handling, Stage, Urgency
from core.display import number
from core.forms import MomentField, Rows, Ticks
from core.text import clean
from provinces.widgets import Suggested

DANGER = [
    (Urgency.IMMEDIATE, _("Yes, now")),
    (Urgency.HIGH, _("Perhaps")),
    (Urgency.NORMAL, pgettext_lazy("danger", "No")),
]
CHANNELS = [("", _("Choose")), *((value, label) for value, label in Channel.choices if value != Channel.IMPORT)]
NUMBERS = ("number_low", "number_reported", "number_high")


class StoryForm(Typed):
    """Only the channel and the words are needed; everything else may come later."""

    urgency = Choice(DANGER, label=_("Is anyone in danger now?"), widget=Rows())
    narrative = Words(label=_("In the caller’s words"), widget=Textarea({"rows": 5}))
    channel = Choice(CHANNELS, label=_("How it came in"))
    received_at = MomentField(label=_("Received at"), required=False, initial=timezone.now)
    site = Words(label=_("Site"), widget=Suggested("sites:names", ("province_of_incident",)))
    province_of_incident = Choice(label=_("Province of incident"))
    country_of_incident = Country(label=_("Country, if abroad"))
    district = Choice(label=_("District"))
    commune = Choice(label=_("Commune"))
    exact_spot = Words(label=_("Exact spot"))
    number_reported = Whole(label=_("People sought"))
    number_low = Whole(label=_("At least"))
    number_high = Whole(label=_("At most"))
    province_of_report = Choice(label=_("Province of report"))
    country_of_report = Country(label=_("Country, if abroad"))
    forms = Several(ExploitationForm.choices, label=_("Forms of exploitation"), widget=Ticks())
    not_local_police = BooleanField(label=_("Not the local police"), required=False)
    names_official = BooleanField(label=_("An official or a unit is named"), required=False)
    official = Words(label=_("Who is named"))
    takes_part = Choice(  # asked where the words may speak of one
        TAKES_PART,
        label=_("Does a police officer or another official take part in it?"),
        help_text=_(
            "Asked where the words may speak of one and a province would read them. A yes seals the complaint."
        ),
        widget=Rows(look="chips"),
    )
    numbers_kept = BooleanField(label=_("They are somebody else’s: they stay in the words"), required=False)
    handling = Choice([("", _("As proposed")), *Handling.choices], label=_("Who handles it"), widget=Rows(look="chips"))
    contact = Words(widget=HiddenInput)  # the message it is made of, where it is
    idempotency_key = Words(widget=HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.provinces = places.provinces()
        self._offer("province_of_incident", places.province_options(_("Not known"), self.provinces))
        self._offer("province_of_report", places.province_options(_("Not stated"), self.provinces))
        district = self.typed("district")
        self._offer("district", places.district_options(self.typed("province_of_incident"), district))
        self._offer("commune", places.commune_options(district, self.typed("commune")))
        self.fields["urgency"].widget.hints = hints()  # type: ignore[attr-defined]

    def _offer(self, name: str, options: places.Options) -> None:
        self.fields[name].widget.choices = options  # type: ignore[attr-defined]

    def typed(self, name: str) -> str:
        """Return what stands in a field now, without what no column can hold."""
        return str(self[name].value() or "").replace("\x00", "")

    @cached_property
    def found_site(self) -> FoundSite:
        """Return what the typed site means."""
        try:
            return places.find_site(self.typed("site"), self.typed("province_of_incident"))
        except ValidationError:
            return FoundSite()

    def clean(self) -> dict[str, Any]:
        """Say what could not be read: a country left out, a name that several sites have."""
        for name in ("incident", "report"):
            country = f"country_of_{name}"
            if self.said(f"province_of_{name}") == ABROAD and not self.said(country) and country not in self.errors:
                self.add_error(country, _("Write the country, or choose “Not known” for the province."))
        if self.found_site.is_several:
            self.add_error("site", _("Several sites have this name. Choose one from the list."))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """Return what is said, under the names the service knows."""
        plain = ("channel", "narrative", "district", "commune", "handling", "official", "contact")
        return {
            **{name: self.said(name) for name in plain},
            "received_at": self.said("received_at", None),
            **{name: self._province(name) for name in ("province_of_incident", "province_of_report")},
            **{name: self.said(name) for name in ("country_of_incident", "country_of_report")},
            "site": self.found_site.reference,
            "exact_spot": self._spot(),
            "forms": self.said("forms", ()),
            "number": self._number(),
            "urgency": self.said("urgency") or Urgency.NORMAL.value,
            "not_local_police": bool(self.said("not_local_police", False)),
            "asks_numbers": bool(self.said("contact")) and not self.said("numbers_kept", False),
            **self._official(),
        }

    def _official(self) -> dict[str, bool]:
        answer, is_ticked = self.said("takes_part"), bool(self.said("names_official", False))
        return {
            "names_official": is_ticked or answer == YES,
            "asks_official": not (is_ticked or answer in dict(TAKES_PART) or self.said("official")),
        }

    def _province(self, name: str) -> str:
        code = str(self.said(name))
        return "" if code == ABROAD else code

    def _number(self) -> tuple[int | None, int | None, int | None] | None:
        low, likely, high = (self.said(name, None) for name in NUMBERS)
        return None if low is likely is high is None else (low, likely, high)

    def _spot(self) -> str:
        """Return the exact spot; a site that is not known here is kept in it."""
        site, spot = clean(str(self.said("site"))), clean(str(self.said("exact_spot")))
        if not site or self.found_site.reference or site in spot:
            return spot
        return f"{site}, {spot}" if spot else site


def hints() -> dict[str, str]:
    """Say within how many hours each answer is acknowledged, and whether they run at night."""
    rows = Deadline.objects.filter(stage=Stage.ACKNOWLEDGE).values_list("urgency", "hours", "office_hours")
    return {urgency: _within(hours, in_office) for urgency, hours, in_office in rows}


def _within(hours: int, in_office: bool) -> str:
    n = {"n": number(hours)}
    if in_office:
        words = ngettext("acknowledge within %(n)s office hour", "acknowledge within %(n)s office hours", hours)
        return words % n
    return ngettext("acknowledge within %(n)s hour", "acknowledge within %(n)s hours", hours) % n
