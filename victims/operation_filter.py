"""The one filter of operations that were carried out, for page and API."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import FromDay, Several, TaggedFilterSet, ToDay
from core.forms import Ticks
from core.text import ascii_digits, clean
from provinces.choices import choices_once, province_choices
from provinces.models import Site
from victims.models import Operation, OperationQuerySet, OperationResult


class OperationFilter(TaggedFilterSet):
    """Narrow operations; days are days in Phnom Penh, both ends included."""

    q = django_filters.CharFilter(label=_("Reference or site"), method="search", max_length=200)
    province = django_filters.ChoiceFilter(
        label=_("Responsible province"),
        choices=province_choices,
        field_name="province_id",
        empty_label=_("All provinces"),
    )
    result = Several(label=_("Result"), choices=OperationResult.choices, widget=Ticks(look="plain"))
    done_from = FromDay("done_at", label=_("Carried out from"))
    done_to = ToDay("done_at", label=_("Carried out to"))

    class Meta:
        model = Operation
        fields: tuple[str, ...] = ()

    def get_form_class(self) -> Any:
        """Ask for the provinces once, however often the form reads its choices."""
        form_class = super().get_form_class()
        form_class.base_fields["province"].choices = choices_once(self.request)
        return form_class

    def search(self, rows: OperationQuerySet, name: str, value: str) -> OperationQuerySet:
        """Keep one reference, or the operations at the sites that the words mean."""
        text = clean(value)
        reference = "".join(ascii_digits(text).upper().split())
        if reference.startswith("OP-"):
            return rows.filter(reference__startswith=reference)
        user: Any = self.request.user
        return rows.filter(site__in=Site.objects.visible_to(user).matching(text))
