"""The one filter of complaints: page, API and export narrow the same scoped rows by the same words."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from complaints.late import Lateness
from complaints.models import Channel, Complaint, ExploitationForm, Handling, Late, Status, Urgency
from complaints.models.complaint import ComplaintQuerySet
from complaints.models.escalation import OF_COMPLAINTS
from complaints.search import matching
from core.display import day
from core.filters import FromDay, Several, ToDay, tonight
from core.forms import Rows, Ticks
from core.text import clean
from provinces.choices import choices_once, province_choices
from provinces.models import MINISTRY, Site
from provinces.widgets import Suggested

SIDES = [
    ("either", gettext_lazy("from or about")),
    ("from", pgettext_lazy("province", "from")),
    ("about", pgettext_lazy("province", "about")),
]
OFFICERS = [("me", gettext_lazy("Mine")), ("none", gettext_lazy("Nobody yet"))]
CLOCKS = [
    ("over", gettext_lazy("Overdue")),
    ("today", gettext_lazy("Due today")),
    ("due", gettext_lazy("Overdue or due today")),
    ("answer", gettext_lazy("A word to the reporter is due")),
]


TRAY = [("1", gettext_lazy("Waiting for a province"))]


class OfficerField(forms.CharField):
    """`me`, `none`, or a user name."""

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        if name in {"", "me", "none"}:
            return name
        user = User.objects.filter(username=name.lower()).first()
        if user is None:
            raise forms.ValidationError(_("Nobody has this user name."))
        return user


class OfficerFilter(django_filters.CharFilter):
    field_class = OfficerField


class ComplaintFilter(django_filters.FilterSet):
    """Narrow complaints; days are days in Phnom Penh, both ends included."""

    q = django_filters.CharFilter(
        label=gettext_lazy("Reference, name, phone or words"), method="search", max_length=200
    )
    province = django_filters.ChoiceFilter(
        label=gettext_lazy("Province"),
        choices=province_choices,
        empty_label=gettext_lazy("All provinces"),
        method="in_province",
    )
    side = django_filters.ChoiceFilter(
        label=gettext_lazy("Report from the province, or about it"),
        choices=SIDES,
        empty_label=None,
        widget=Rows(look="chips"),
        method="with_province",
    )
    status = Several(label=gettext_lazy("Status"), choices=Status.choices, widget=Ticks(look="plain"))
    urgency = Several(label=gettext_lazy("Urgency"), choices=Urgency.choices, widget=Ticks(look="plain"))
    clock = django_filters.ChoiceFilter(
        label=gettext_lazy("Clock"), choices=CLOCKS, empty_label=gettext_lazy("All"), method="by_clock"
    )
    late = django_filters.ChoiceFilter(
        label=gettext_lazy("Late and unanswered"),
        choices=[(what, Late(what).label) for what in OF_COMPLAINTS],
        empty_label=gettext_lazy("All"),
        method="by_late",
    )
    officer = OfficerFilter(
        label=gettext_lazy("Officer"),
        method="of_officer",
        max_length=60,
        widget=forms.Select(choices=[("", gettext_lazy("All")), *OFFICERS]),
    )
    received_from = FromDay("received_at", label=gettext_lazy("Received from"))
    received_to = ToDay("received_at", label=gettext_lazy("Received to"))
    channel = Several(label=gettext_lazy("Channel"), choices=Channel.choices, widget=Ticks(look="plain"))
    form = Several(
        label=gettext_lazy("Form of exploitation"),
        choices=ExploitationForm.choices,
        widget=Ticks(look="plain"),
        method="of_form",
    )
    site = django_filters.CharFilter(
        label=gettext_lazy("Site, name or reference"), method="at_site", max_length=200, widget=Suggested("sites:names")
    )
    tray = django_filters.ChoiceFilter(
        label=gettext_lazy("Waiting at the ministry"), choices=TRAY, empty_label=gettext_lazy("All"), method="in_tray"
    )
    handling = Several(label=gettext_lazy("Handling"), choices=Handling.choices, widget=Ticks(look="plain"))

    class Meta:
        model = Complaint
        fields: tuple[str, ...] = ()

    def get_form_class(self) -> type[forms.Form]:
        """Leave out what the reader's role may not sort by; ask for the provinces once."""
        form_class: type[forms.Form] = super().get_form_class()
        province: Any = form_class.base_fields["province"]
        province.choices = choices_once(self.request)
        if not self.request.user.is_ministry:
            form_class.base_fields.pop("handling", None)
            form_class.base_fields.pop("tray", None)
        return form_class

    def filter_queryset(self, queryset: Any) -> Any:
        """Refuse to sort out by handling for those who may not know which are led by the ministry."""
        if self.data.get("handling") and not self.request.user.is_ministry:
            raise PermissionDenied(_("Your role does not allow this filter."))
        cleaned = self.form.cleaned_data
        for name in self.filters:
            if name in cleaned:
                queryset = self.filters[name].filter(queryset, cleaned[name])
        return queryset

    def search(self, rows: ComplaintQuerySet, name: str, value: str) -> ComplaintQuerySet:
        """Keep what the words mean."""
        return matching(rows, value, self.request.user)

    def in_province(self, rows: ComplaintQuerySet, name: str, value: str) -> ComplaintQuerySet:
        """Keep complaints from or about a province, or from it, or about it."""
        side = self.data.get("side") or "either"
        about, came_from = Q(province_of_incident=value), Q(province_of_report=value)
        return rows.filter({"about": about, "from": came_from}.get(side, about | came_from))

    def with_province(self, rows: ComplaintQuerySet, name: str, value: str) -> ComplaintQuerySet:
        """Say nothing alone: `province` reads it."""
        return rows

    def by_clock(self, rows: ComplaintQuerySet, name: str, value: str) -> ComplaintQuerySet:
        """Keep open complaints whose time is over, or ends today; or whose reporter is owed a word by then."""
        now = timezone.now()
        midnight = tonight(now)
        match value:
            case "over":
                return rows.overdue(now)
            case "due":
                return rows.overdue(midnight)
            case "answer":
                return rows.answer_due(midnight)
        return rows.overdue(midnight).filter(due_at__gte=now)

    def by_late(self, rows: ComplaintQuerySet, name: str, value: str) -> ComplaintQuerySet:
        """Keep complaints of which this clock is over; the page "late and unanswered" asks the same."""
        return Lateness(timezone.now()).of(rows, value)

    def of_officer(self, rows: ComplaintQuerySet, name: str, value: Any) -> ComplaintQuerySet:
        """Keep the reader's own, nobody's, or one officer's."""
        if value == "none":
            return rows.filter(officer=None)
        return rows.filter(officer=self.request.user if value == "me" else value)

    def in_tray(self, rows: ComplaintQuerySet, name: str, value: str) -> ComplaintQuerySet:
        """Keep what waits at the ministry for its province."""
        return rows.unacknowledged().filter(province=MINISTRY, handling=Handling.PROVINCIAL) if value else rows

    def of_form(self, rows: ComplaintQuerySet, name: str, value: list[str]) -> ComplaintQuerySet:
        """Keep complaints with any of the forms."""
        return rows.filter(forms__overlap=value) if value else rows

    def at_site(self, rows: ComplaintQuerySet, name: str, value: str) -> ComplaintQuerySet:
        """Keep complaints about a site, by its reference or exactly one of its names."""
        sites = Site.objects.filter(reference=clean(value).upper()) | Site.objects.named(value)
        return rows.filter(site__in=sites.values("pk"))

    def on(self) -> list[dict[str, str]]:
        """Return the filters that are on, each with the address of the list without it."""
        found = []
        for name, bound in ((name, self.form[name]) for name in self.form.fields):
            if name == "side" or name in self.form.errors:
                continue
            for value in self.data.getlist(name):
                if word := self._word(name, value, bound.field):
                    found.append({"label": str(word), "url": self._without(name, value)})
        return found

    def _word(self, name: str, value: str, field: forms.Field) -> Any:
        if not value.strip():
            return ""
        words = dict(getattr(field, "choices", ())) if hasattr(field, "choices") else dict(OFFICERS)
        word = words.get(value, value)
        match name:
            case "province":
                sides = dict(SIDES)
                side = sides.get(self.data.get("side") or "either", sides["either"])
                return _("%(province)s, %(side)s") % {"province": word, "side": side}
            case "received_from" | "received_to":
                template = _("from %(day)s") if name == "received_from" else _("until %(day)s")
                return template % {"day": day(self.form.cleaned_data.get(name))}
            case "q":
                return f"“{value}”"
        return word

    def _without(self, name: str, value: str) -> str:
        rest = self.data.copy()
        rest.setlist(name, [kept for kept in rest.getlist(name) if kept != value])
        for gone in ("cursor", *(("side",) if name == "province" else ())):
            rest.pop(gone, None)
        return f"?{rest.urlencode()}"
