"""The one filter of the directory, for page and API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from core.countries import country_choices
from core.filters import TaggedFilterSet
from core.text import clean
from partners.models import Partner, PartnerKind, PartnerPhone, PartnerQuerySet, Service
from provinces.choices import province_choices


class PartnerFilter(TaggedFilterSet):
    """Narrow the directory."""

    q = django_filters.CharFilter(label=_("Name or reference"), method="search", max_length=200)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=PartnerKind.choices, empty_label=_("All"))
    service = django_filters.ChoiceFilter(
        label=_("What it offers"), choices=Service.choices, empty_label=_("All"), method="offering"
    )
    nationality = django_filters.ChoiceFilter(
        label=_("Serves the nationality"), choices=country_choices, empty_label=_("All"), method="of_nationality"
    )
    province = django_filters.ChoiceFilter(
        label=_("Province"), choices=province_choices, field_name="province_id", empty_label=_("All provinces")
    )
    resting = django_filters.ChoiceFilter(
        label=_("Use"),
        choices=[("no", _("In use")), ("yes", _("Resting"))],
        empty_label=_("All"),
        method="of_use",
    )

    codes = django_filters.ChoiceFilter(
        label=_("Telephone for codes"),
        choices=[("unconfirmed", _("Waits for a second person"))],
        empty_label=_("All"),
        method="of_codes",
    )

    class Meta:
        model = Partner
        fields = ("q", "kind", "service", "nationality", "province", "resting", "codes")

    def search(self, rows: PartnerQuerySet, name: str, value: str) -> PartnerQuerySet:
        """Keep what the words mean."""
        return rows.matching(clean(value))

    def offering(self, rows: PartnerQuerySet, name: str, value: str) -> PartnerQuerySet:
        """Keep who offers a service."""
        return rows.filter(services__contains=[value])

    def of_nationality(self, rows: PartnerQuerySet, name: str, value: str) -> PartnerQuerySet:
        """Keep the embassies that serve a nationality."""
        return rows.serving(value)

    def of_use(self, rows: PartnerQuerySet, name: str, value: str) -> PartnerQuerySet:
        """Keep who is in use, or who rests."""
        return rows.filter(is_active=value == "no")

    def of_codes(self, rows: PartnerQuerySet, name: str, value: str) -> PartnerQuerySet:
        """Keep who has a telephone that takes no code before a second person rang it."""
        return rows.filter(pk__in=PartnerPhone.objects.unconfirmed().values("partner"))
