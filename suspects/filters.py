"""The one filter of suspects, for page and API."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from core.filters import FromDay, Several, TaggedFilterSet, ToDay
from core.forms import Ticks
from core.text import ascii_digits, clean
from people.models import Sex
from people.search import persons_named
from provinces.choices import choices_once, province_choices
from suspects.models import (
    CaseFile,
    CaseFileQuerySet,
    Restraint,
    RestraintKind,
    Suspect,
    SuspectQuerySet,
    SuspectStatus,
)
from suspects.services.orders import by_then, over_by
from suspects.words import article_choices


def nationalities() -> list[tuple[str, str]]:
    """Return the countries as choices, in the reader's language."""
    return [("", gettext("All")), *((code, str(name)) for code, name in countries)]


class SuspectFilter(TaggedFilterSet):
    """Narrow suspects; days are days in Phnom Penh, both ends included."""

    q = django_filters.CharFilter(label=_("Reference or name"), method="search", max_length=200)
    complaint = django_filters.CharFilter(label=_("Complaint (reference)"), method="of_complaint", max_length=20)
    province = django_filters.ChoiceFilter(
        label=_("Responsible province"),
        choices=province_choices,
        field_name="province_id",
        empty_label=_("All provinces"),
    )
    status = Several(label=_("Status"), choices=SuspectStatus.choices, widget=Ticks(look="plain"))
    restraint = django_filters.ChoiceFilter(
        label=_("Held by the court"), choices=RestraintKind.choices, empty_label=_("All")
    )
    order_ends = django_filters.ChoiceFilter(
        label=_("Order of the court"),
        choices=[("soon", _("Ends within 7 days, or is over")), ("over", _("Is over"))],
        empty_label=_("All"),
        method="of_order",
    )
    custody = django_filters.ChoiceFilter(
        label=_("Custody"),
        choices=[("held", _("In custody")), ("soon", _("Ends soon or over")), ("over", _("Over its limit"))],
        empty_label=_("All"),
        method="in_custody",
    )
    sex = django_filters.ChoiceFilter(
        label=_("Sex"), field_name="person__sex", choices=Sex.choices, empty_label=_("All")
    )
    nationality = django_filters.CharFilter(
        label=_("Nationality"),
        field_name="person__nationality",
        lookup_expr="iexact",
        max_length=2,
        widget=forms.Select(choices=nationalities),
    )
    case_file = django_filters.ChoiceFilter(
        label=_("Case file"),
        choices=[("1", _("In a file")), ("0", _("In none"))],
        empty_label=_("All"),
        method="in_file",
    )
    arrested_from = FromDay("arrested_at", label=_("Arrested from"))
    arrested_to = ToDay("arrested_at", label=_("Arrested to"))
    verdict_from = FromDay("verdict_on", moment=False, label=_("Verdict from"))
    verdict_to = ToDay("verdict_on", moment=False, label=_("Verdict to"))
    court_from = FromDay("sent_to_court_on", moment=False, label=_("Sent to court from"))
    court_to = ToDay("sent_to_court_on", moment=False, label=_("Sent to court to"))

    class Meta:
        model = Suspect
        fields: tuple[str, ...] = ()

    def get_form_class(self) -> Any:
        """Ask for the provinces once, however often the form reads its choices."""
        form_class = super().get_form_class()
        form_class.base_fields["province"].choices = choices_once(self.request)
        return form_class

    def search(self, rows: SuspectQuerySet, name: str, value: str) -> SuspectQuerySet:
        """Keep one reference, or the people so named where the reader may know names."""
        text = clean(value)
        reference = "".join(ascii_digits(text).upper().split())
        if reference.startswith("S-"):
            return rows.filter(reference__startswith=reference)
        user: Any = self.request.user
        return rows.filter(person_id__in=persons_named(text)) if user.may("identity.read") else rows.none()

    def of_complaint(self, rows: SuspectQuerySet, name: str, value: str) -> SuspectQuerySet:
        """Keep the suspects of one complaint that the reader may see."""
        complaints: Any = Suspect._meta.get_field("complaint").related_model
        seen = complaints.objects.visible_to(self.request.user).filter(reference=value.strip().upper())
        return rows.filter(complaint__in=seen)

    def in_custody(self, rows: SuspectQuerySet, name: str, value: str) -> SuspectQuerySet:
        """Keep who is held; or whose custody ends soon, or is over."""
        held, now = rows.in_custody(), timezone.now()
        if value == "soon":
            return held.filter(custody_warn_at__lte=now)
        return held.filter(custody_ends_at__lte=now) if value == "over" else held

    def of_order(self, rows: SuspectQuerySet, name: str, value: str) -> SuspectQuerySet:
        """Keep who is held by an order whose last day is over, or comes within a week."""
        now = timezone.now()
        ending = Restraint.objects.ending(by_then(now) if value == "soon" else over_by(now))
        return rows.filter(pk__in=ending.values("suspect"))

    def in_file(self, rows: SuspectQuerySet, name: str, value: str) -> SuspectQuerySet:
        """Keep who stands in a case file the reader may see, or in none of these."""
        files = CaseFile.objects.visible_to(self.request.user).filter(suspects__isnull=False)
        joined = files.values("suspects")
        return rows.filter(pk__in=joined) if value == "1" else rows.exclude(pk__in=joined)


class CaseFileFilter(TaggedFilterSet):
    """Narrow case files; days include both ends."""

    q = django_filters.CharFilter(label=_("Reference or number"), method="search", max_length=60)
    province = django_filters.ChoiceFilter(
        label=_("Province of the court"),
        choices=province_choices,
        field_name="province_id",
        empty_label=_("All provinces"),
    )
    article = django_filters.ChoiceFilter(
        label=_("Article"), choices=article_choices, empty_label=_("All"), method="under"
    )
    state = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[("open", pgettext_lazy("case file", "Open")), ("closed", pgettext_lazy("case file", "Closed"))],
        empty_label=_("All"),
        method="in_state",
    )
    opened_from = FromDay("opened_on", moment=False, label=_("Opened from"))
    opened_to = ToDay("opened_on", moment=False, label=_("Opened to"))

    class Meta:
        model = CaseFile
        fields: tuple[str, ...] = ()

    def get_form_class(self) -> Any:
        """Ask for the tables once, however often the form reads its choices."""
        form_class = super().get_form_class()
        form_class.base_fields["province"].choices = choices_once(self.request)
        form_class.base_fields["article"].choices = choices_once(self.request, article_choices)
        return form_class

    def search(self, rows: CaseFileQuerySet, name: str, value: str) -> CaseFileQuerySet:
        """Keep one reference, or what has the number of police or court."""
        text = ascii_digits(clean(value))
        if text.upper().startswith("CF-"):
            return rows.filter(reference__startswith=text.upper())
        return rows.filter(Q(police_number__icontains=text) | Q(court_number__icontains=text))

    def under(self, rows: CaseFileQuerySet, name: str, value: str) -> CaseFileQuerySet:
        """Keep files under an article."""
        return rows.filter(pk__in=CaseFile.articles.through.objects.filter(article=value).values("casefile"))

    def in_state(self, rows: CaseFileQuerySet, name: str, value: str) -> CaseFileQuerySet:
        """Keep files that are open, or closed."""
        return rows.filter(closed_on__isnull=value == "open")
