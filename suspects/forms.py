"""What is typed on the pages of suspects, of case files and of the law."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.display import day
from core.forms import DayField, Ticks
from people.presenters import about, names_of
from suspects.models import Article, CaseFile, Court, ProcessRole, Suspect
from suspects.services.courts import courts_for
from suspects.words import article_choices, court_choices


class SuspectForm(forms.Form):
    """Roles in the process and whom the suspect harmed; `people` are the persons of the complaint the reader may see."""

    roles = forms.MultipleChoiceField(
        label=_("Role in the process"), choices=ProcessRole.choices, required=False, widget=Ticks(look="plain")
    )
    harmed = forms.MultipleChoiceField(label=_("Whom did they harm?"), required=False, widget=Ticks(look="plain"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, suspect: Suspect, data: Any = None, *, people: Sequence[Any], user: Any) -> None:
        kept = set(suspect.victims.values_list("pk", flat=True))
        harmed = [person.reference for person in people if person.pk in kept]
        super().__init__(data, initial={"roles": suspect.roles, "harmed": harmed, "version": suspect.version})
        self.people = {person.reference: person for person in people}
        words = [(person.reference, said_of(person, user)) for person in people]
        self.fields["harmed"].choices = words  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """Return what the service takes."""
        harmed = [self.people[reference] for reference in self.cleaned_data["harmed"]]
        version = self.cleaned_data["version"] or 0
        return {"version": version, "roles": self.cleaned_data["roles"], "harmed": harmed}

    def shown(self, name: str) -> str:
        """Say the value of a field as its options call it."""
        words = {str(code): str(label) for code, label in self.fields[name].choices}  # type: ignore[attr-defined]
        return ", ".join(words.get(str(one), str(one)) for one in self[name].value() or []) or "—"


def said_of(person: Any, user: Any) -> str:
    """Say a person of a complaint in a line."""
    name = names_of(person.person, user)[0] or person.reference
    return ", ".join(part for part in (name, about(person.person)) if part)


class CourtField(forms.ModelChoiceField):
    """A court by its code, named in the reader's language."""

    def __init__(self) -> None:
        super().__init__(Court.objects.all(), label=_("Court"), empty_label=_("Choose"), required=False)


class CaseFileForm(forms.Form):
    """A case file, of which `by` may change what is offered; what has to be there is the service's to say."""

    police_number = forms.CharField(label=_("Number of the police"), max_length=60, required=False)
    court_number = forms.CharField(label=_("Number of the court"), max_length=60, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=200, required=False)
    opened_on = DayField(label=_("Opened on"), required=False)
    closed_on = DayField(label=_("Closed on"), required=False)
    court = CourtField()
    articles = forms.ModelMultipleChoiceField(
        Article.objects.current(), label=_("Articles"), required=False, widget=Ticks(look="plain")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    idempotency_key = forms.CharField(required=False, widget=forms.HiddenInput, max_length=80)
    holds = forms.CharField(
        label=_("Reference of a complaint, a suspect or a person"),
        required=False,
        widget=forms.HiddenInput,
        max_length=20,
    )

    def __init__(self, data: Any = None, *, file: CaseFile | None = None, by: Any = None, **options: Any) -> None:
        offered = Article.objects.offered_for(file)
        if file is not None:
            kept = {name: getattr(file, name) for name in (*TEXTS, "opened_on", "closed_on", "version")}
            articles = list(file.articles.values_list("pk", flat=True))
            options["initial"] = {**kept, "court": file.court_id, "articles": articles, **options.get("initial", {})}
        super().__init__(data, **options)
        courts = set(courts_for(by, file).values_list("pk", flat=True))
        words = [(code, name) for code, name in court_choices(file) if code in courts]
        self.fields["court"].choices = [("", _("Choose")), *words]  # type: ignore[attr-defined]
        self.fields["articles"].queryset = offered  # type: ignore[attr-defined]
        self.fields["articles"].choices = article_choices(offered)  # type: ignore[attr-defined]

    def shown(self, name: str) -> str:
        """Say the value of a field as its options call it."""
        value = self[name].value()
        words = {str(code): str(label) for code, label in getattr(self.fields[name], "choices", ())}
        values = value if isinstance(value, list | tuple) else [value]
        said = [words.get(str(one), day(one) if isinstance(one, date) else str(one)) for one in values if one]
        return ", ".join(said) or "—"

    def said(self) -> dict[str, Any]:
        """Return what the services take."""
        values = dict(self.cleaned_data)
        for name in ("version", "idempotency_key", "holds"):
            values.pop(name)
        return {**values, "articles": list(values["articles"])}


TEXTS = ("police_number", "court_number", "unit")


class JoinForm(forms.Form):
    """A complaint, a suspect or a person by their reference."""

    reference = forms.CharField(
        label=_("Reference of a complaint, a suspect or a person"), max_length=20, required=False, strip=True
    )


class ArticleForm(forms.ModelForm[Article]):
    """An article of the law, as the ministry's lawyer words it."""

    class Meta:
        model = Article
        fields = ("number", "title_km", "title_en", "law_km", "law_en", "is_trafficking", "is_checked", "retired")


class NewArticleForm(ArticleForm):
    """An article the project does not carry, with its code."""

    code = forms.CharField(label=_("Code"), help_text=_("The law's short name and the number: L08-10"), max_length=12)
    field_order = ("code", *ArticleForm.Meta.fields)


class CourtForm(forms.ModelForm[Court]):
    """The names of a court."""

    class Meta:
        model = Court
        fields = ("name_km", "name_en")


class CustodyForm(forms.Form):
    """How long custody may last, in hours."""

    first = forms.IntegerField(label=_("Hours from the arrest"), min_value=1, max_value=240)
    first_warn = forms.IntegerField(label=_("Warn after hours"), min_value=1, max_value=239)
    extension = forms.IntegerField(label=_("Hours added by an extension"), min_value=1, max_value=240)
    extension_warn = forms.IntegerField(label=_("Warn after hours of the extension"), min_value=1, max_value=239)

    def clean(self) -> dict[str, Any]:
        """A warning comes before the limit."""
        values = super().clean() or self.cleaned_data
        for name in ("first", "extension"):
            hours, warn = values.get(name), values.get(f"{name}_warn")
            if hours is not None and warn is not None and warn >= hours:
                self.add_error(f"{name}_warn", _("Warn before the limit: a smaller number of hours."))
        return values
