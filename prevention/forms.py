"""What is typed of a survey and of one respondent; the rules are the services'."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.display import digits, number
from core.forms import DayField, Rows, Ticks
from core.text import KHMER, ascii_digits
from core.typed import Choice, Several, Whole, Words
from people.ages import BANDS, band
from people.models import Sex
from prevention.models import KnownCause, Occupation, QuestionKind, RankedBy, Survey
from prevention.services import CauseSaid
from provinces.choices import province_choices
from provinces.forms import CleanCharField

TEXTS = ("title_km", "title_en", "question_km", "question_en", "organiser", "population")
OTHERS = ("kind", "ranked_by", "most", "from_on", "until_on")
# How the causes of the list are offered: those of the press report first, in its order.
KNOWN = lazy(lambda: [(code, label) for code, label in KnownCause.choices], list)


def hidden() -> forms.IntegerField:
    """Return the field that carries a version."""
    return forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)


def put(form: forms.Form, error: forms.ValidationError) -> None:
    """Say a service's messages at their fields."""
    for name, texts in getattr(error, "message_dict", {"": error.messages}).items():
        form.add_error(name if name in form.fields else None, texts)


class SurveyForm(forms.Form):
    """A survey; the same for a new one and a draft."""

    title_km = CleanCharField(label=gettext_lazy("Title in Khmer"), required=False, max_length=200)
    title_en = CleanCharField(label=gettext_lazy("Title in English"), required=False, max_length=200)
    question_km = CleanCharField(label=gettext_lazy("Question in Khmer"), required=False, max_length=500)
    question_en = CleanCharField(label=gettext_lazy("Question in English"), required=False, max_length=500)
    kind = forms.ChoiceField(
        label=gettext_lazy("What is asked"),
        required=False,
        choices=QuestionKind.choices,
        widget=Rows(reveals={QuestionKind.RANKING.value: ("ranked_by",)}),
    )
    ranked_by = forms.ChoiceField(
        label=gettext_lazy("The order of the causes goes by"),
        help_text=gettext_lazy("It is kept with the survey and said beside every result."),
        required=False,
        choices=RankedBy.choices,
        widget=Rows(look="plain"),
        initial=RankedBy.FIRST_CHOICE.value,
    )
    most = Whole(
        label=gettext_lazy("How many causes at most"),
        help_text=gettext_lazy("So many a respondent may choose, or put in order."),
        initial=3,
    )
    causes = Several(KnownCause.choices, label=gettext_lazy("Causes"), widget=Ticks(look="plain"))
    more = Words(
        label=gettext_lazy("Other causes"),
        help_text=gettext_lazy("One a line, in Khmer, in English, or in both with | between them."),
        widget=forms.Textarea({"rows": 3}),
    )
    from_on = DayField(label=gettext_lazy("First day"), required=False)
    until_on = DayField(label=gettext_lazy("Last day"), required=False)
    organiser = CleanCharField(label=gettext_lazy("Who makes it"), required=False, max_length=200)
    population = forms.CharField(
        label=gettext_lazy("Who is asked, and how they are chosen"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea({"rows": 3}),
    )
    version = hidden()
    idempotency_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    @classmethod
    def of(cls, survey: Survey) -> SurveyForm:
        """Fill the form with what is saved."""
        causes = list(survey.causes.all())
        own = [one for one in causes if one.code not in KnownCause.values]
        first = {name: getattr(survey, name) for name in (*TEXTS, *OTHERS, "version")}
        first["causes"] = [one.code for one in causes if one.code in KnownCause.values]
        first["more"] = "\n".join(" | ".join(filter(None, (one.name_km, one.name_en))) for one in own)
        return cls(initial=first)

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        data = self.cleaned_data
        said = {name: data.get(name) or "" for name in TEXTS}
        own = [_own(line) for line in (data.get("more") or "").splitlines() if line.strip()]
        causes = [CauseSaid(code) for code in KnownCause.values if code in data["causes"]] + own
        odd = [CauseSaid(code) for code in data["causes"] if code not in KnownCause.values]
        return {**said, **{name: data.get(name) for name in OTHERS}, "causes": causes + odd}


def _own(line: str) -> CauseSaid:
    parts = [part.strip() for part in line.split("|", 1)]
    khmer = [part for part in parts if KHMER.search(part)]
    others = [part for part in parts if part not in khmer]
    return CauseSaid("", " ".join(khmer), " ".join(others))


class WeightField(Words):
    """A weight in any digits, with a point or a comma."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = ascii_digits(super().to_python(value)).strip().replace(",", ".")
        if not text:
            return None
        if not re.fullmatch(r"\d{1,4}(\.\d{1,4})?", text):
            raise forms.ValidationError(_("Write a number like 1 or 0.85."), code="invalid")
        return Decimal(text)


def bands() -> list[tuple[str, str]]:
    """Return the bands of age in the reader's digits."""
    return [(band(low, high), digits(f"{low}–{high}" if high else f"{low}+")) for low, high in BANDS]


class RespondentForm(forms.Form):
    """One sheet of answers: at the keyboard from top to bottom; no name, no contact."""

    province = Choice(label=gettext_lazy("Province"))
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"), required=False, choices=Sex.choices, widget=Rows(look="chips"), initial=Sex.UNKNOWN
    )
    age = Whole(label=gettext_lazy("Age"), help_text=gettext_lazy("In years; or choose a band."))
    band = Choice(label=gettext_lazy("Or band of age"))
    occupation = Choice(label=gettext_lazy("Occupation"))
    refused = forms.BooleanField(label=gettext_lazy("Refused to answer"), required=False)
    causes = Several((), label=gettext_lazy("Causes named"), widget=Ticks(look="plain"))
    knows_hotline = forms.ChoiceField(
        label=gettext_lazy("Knows a hotline"),
        required=False,
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("", gettext_lazy("Not said"))],
        widget=Rows(look="chips"),
    )
    weight = WeightField(
        label=gettext_lazy("Weight"),
        help_text=gettext_lazy("Leave it empty where the sample has no weights."),
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    idempotency_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, survey: Survey, user: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.survey = survey
        mine = [row for row in province_choices() if user.is_ministry or row[0] in user.posted_provinces]
        fields: Any = self.fields
        fields["province"].widget.choices = mine if len(mine) == 1 else [("", _("Choose")), *mine]
        fields["band"].widget.choices = [("", _("Not said")), *bands()]
        fields["occupation"].widget.choices = [("", _("Not said")), *Occupation.choices]
        offered = [(cause.code, str(cause)) for cause in survey.causes.all()]
        if survey.is_ranking:
            self.rank(offered)
        else:
            fields["causes"].widget.choices = offered
            fields["causes"].help_text = _("At most %(most)s.") % {"most": number(survey.most)}

    def rank(self, offered: list[tuple[str, str]]) -> None:
        """Ask for each place which cause stands there."""
        del self.fields["causes"]
        for place in range(1, self.survey.most + 1):
            label = _("Place %(n)s") % {"n": number(place)}
            self.fields[f"place_{place}"] = Choice([("", _("None")), *offered], label=label)

    @property
    def places(self) -> list[forms.BoundField]:
        """Return the fields of the places, the first first."""
        return [self[name] for name in self.fields if name.startswith("place_")]

    def clean(self) -> dict[str, Any]:
        """Put the places in order; an empty one before a filled one is a mistake."""
        values = super().clean() or self.cleaned_data
        if self.survey.is_ranking:
            named = [values.get(name) or "" for name in self.fields if name.startswith("place_")]
            while named and not named[-1]:
                named.pop()
            if "" in named:
                self.add_error(
                    f"place_{named.index('') + 1}", _("Choose the cause of this place, or empty those after it.")
                )
            values["causes"] = [code for code in named if code]
        return values

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        data = self.cleaned_data
        knows = {"yes": True, "no": False}.get(data.get("knows_hotline") or "")
        names = ("province", "sex", "age", "band", "occupation", "refused", "causes", "weight")
        return {**{name: data.get(name) for name in names}, "knows_hotline": knows}

    def take(self, error: forms.ValidationError) -> None:
        """Say a service's messages at their fields; those about causes at the first place where there are places."""
        found: Mapping[str, Any] = getattr(error, "message_dict", {"": error.messages})
        for name, texts in found.items():
            at = "place_1" if name == "causes" and self.survey.is_ranking else name
            self.add_error(at if at in self.fields else None, texts)


class CorrectionForm(RespondentForm):
    """A sheet of answers as it stands, to be corrected, with the reason."""

    why = Words(label=gettext_lazy("Why it is corrected"), widget=forms.Textarea({"rows": 2}))
    version = Whole(widget=forms.HiddenInput)

    @staticmethod
    def first(survey: Survey, said: Mapping[str, Any], version: int) -> dict[str, Any]:
        """Return what the form is filled in with."""
        places = {f"place_{place}": code for place, code in enumerate(said["causes"], 1)} if survey.is_ranking else {}
        knows = {True: "yes", False: "no", None: ""}[said["knows_hotline"]]
        weight = "" if said["weight"] == 1 else digits(f"{said['weight'].normalize():f}")
        return {**said, **places, "knows_hotline": knows, "weight": weight, "version": version}

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {**super().values(), "why": self.cleaned_data["why"]}


class FindForm(forms.Form):
    """Which sheet of answers."""

    q = Words(
        label=gettext_lazy("Reference of the sheet of answers"),
        help_text=gettext_lazy("Like SR-7RK3QD9K; of a sheet taken in, its reference and the line: SI-7RK3QD9K 14"),
    )

    def clean_q(self) -> str:
        """Ask for something to look for, of a length that one has."""
        typed = str(self.cleaned_data["q"]).strip()
        if not typed or len(typed) > 40:
            raise forms.ValidationError(_("Write the reference of one sheet of answers."))
        return typed


class SheetForm(forms.Form):
    """A sheet of answers."""

    sheet = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("XLSX, or CSV in UTF-8 or UTF-16"), allow_empty_file=True
    )
