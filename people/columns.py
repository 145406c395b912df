"""The columns of an export about a person: coded for everybody who may export, names only where identities leave."""

from typing import Any

from django.db.models import CharField, F, Func, OuterRef, Subquery, Value
from django.utils.translation import gettext_lazy as _

from core.columns import YesNo
from core.csv import Column
from people.models import PersonName, PersonPhone

IDENTITY = "identity.read"


def coded_columns() -> list[Column]:
    """Return what is known of a person without saying who it is."""
    return [
        Column("sex", _("Sex"), "person__sex"),
        Column("age", _("Age"), "person__age", kind="number"),
        Column("age_on", _("Age on the day"), "person__age_on", kind="day"),
        Column("age_estimated", _("Age estimated"), YesNo(F("person__estimated"))),
        Column("nationality", _("Nationality"), "person__nationality"),
    ]


def naming_columns() -> list[Column]:
    """Return who a person is."""
    return [
        Column("name_km", _("Name in Khmer"), _name("khmer"), IDENTITY, free_text=True),
        Column("name_latin", _("Name in Latin letters"), _name("latin"), IDENTITY, free_text=True),
        Column("born_on", _("Date of birth"), "person__born_on", IDENTITY, kind="day"),
        Column("phone", _("Phone"), _phone(), IDENTITY, free_text=True),
    ]


def _name(script: str) -> Any:
    names = PersonName.objects.filter(person=OuterRef("person_id"), script=script).order_by("added_at", "pk")
    return Subquery(names.values("text")[:1], output_field=CharField())


def _phone() -> Any:
    """Return the first telephone number as 855 12 345 678: a plus before it would be a formula to a spreadsheet."""
    phones = PersonPhone.objects.filter(person=OuterRef("person_id")).exclude(e164="").order_by("added_at", "pk")
    first = Subquery(phones.values("e164")[:1], output_field=CharField())
    parted = Func(
        first,
        Value(r"^\+(855)(\d{2})(\d{3})(\d+)$"),
        Value(r"\1 \2 \3 \4"),
        function="regexp_replace",
        output_field=CharField(),
    )
    return Func(parted, Value("+"), function="ltrim", output_field=CharField())
