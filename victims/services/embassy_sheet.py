"""The sheet for an embassy: those of its nationals who said yes, and of them only what the embassy may know."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from io import BytesIO
from typing import Any

import xlsxwriter
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.services import record
from core import display
from core.countries import country_choices, country_name
from core.text import clean
from people.models import Person
from victims.models import Consent, ConsentAnswer, ConsentFor, Direction, Guardian, Repatriation

PERMISSION = "repatriation.sheet"
MAX_CONTACT = 200
MOST = 2_000


class SheetFor(models.TextChoices):
    """What a sheet is made for; coded, because the audit holds no words about people."""

    NOTIFY = "notify", gettext_lazy("To notify the embassy of these people")
    REMIND = "remind", gettext_lazy("To remind the embassy")
    DEPARTURE = "departure", gettext_lazy("To prepare a departure")
    ANSWER = "answer", gettext_lazy("To answer a question of the embassy")


@dataclass(frozen=True, slots=True)
class Told:
    """One person as an embassy is told: these fields, and never another."""

    name: str
    birth_date: str
    sex: str
    nationality: str
    document_number: str
    health_needed: str
    papers_needed: str
    our_contact: str


COLUMNS = tuple(field.name for field in fields(Told))
LABELS = {
    "name": gettext_lazy("Name"),
    "birth_date": gettext_lazy("Date of birth"),
    "sex": gettext_lazy("Sex"),
    "nationality": gettext_lazy("Nationality"),
    "document_number": gettext_lazy("Number of the document"),
    "health_needed": gettext_lazy("Health needed for travel"),
    "papers_needed": gettext_lazy("Papers needed"),
    "our_contact": gettext_lazy("Our contact"),
}


def agreed_nationals(country: str, by: Any) -> Any:
    """Return the returns of whose person the newest answer is yes, of this nationality, in the reader's scope.

    A child without a guardian is left out, also where the age was learned later.
    """
    newest = Consent.objects.filter(
        purpose=ConsentFor.EMBASSY, victim__person_id=OuterRef("victim__person_id")
    ).order_by("-recorded_at", "-id")
    rows = Repatriation.objects.visible_to(by).waiting().filter(direction=Direction.OUT, country=country)
    rows = rows.filter(victim__person__nationality=country)
    stands = rows.annotate(answer=Subquery(newest.values("answer")[:1])).filter(answer=ConsentAnswer.YES)
    guarded = stands.annotate(guarded=Exists(Guardian.objects.filter(victim=OuterRef("victim_id"))))
    related = guarded.select_related("victim__person").prefetch_related(
        "victim__person__names", "victim__person__documents"
    )
    return related.order_by("begun_at", "pk")


def people_for(country: str, by: Any, contact: str) -> tuple[list[Repatriation], list[Told]]:
    """Return who stands on the sheet of a country, and what it says of them."""
    rows = [row for row in agreed_nationals(country, by)[:MOST] if row.guarded or not row.victim.is_child]
    return rows, [told(row, contact) for row in rows]


def told(row: Repatriation, contact: str) -> Told:
    """Return what an embassy is told of one person."""
    person = row.victim.person
    names = sorted(person.names.all(), key=lambda name: name.added_at)
    return Told(
        name=" / ".join(name.text for name in names),
        birth_date=born(person),
        sex=str(person.get_sex_display()),
        nationality=country_name(person.nationality),
        document_number=document_numbers(person),
        health_needed=row.health_needed,
        papers_needed=row.papers_needed,
        our_contact=contact,
    )


def document_numbers(person: Person) -> str:
    """Write the numbers of the documents an embassy may know: those of its own country, without their kind."""
    return ", ".join(one.number for one in person.documents.all() if one.country in ("", person.nationality))


def born(person: Person) -> str:
    """Write the date of birth, else the year, else nothing: an estimate is no date."""
    if person.born_on:
        return display.day(person.born_on)
    return display.digits(str(person.born_year)) if person.born_year else ""


def make_sheet(country: str, *, by: Any, purpose: str, contact: str, form: str) -> list[Told]:
    """Return the lines of the sheet of a country; who took which people along, for what, is recorded before.

    Raises PermissionDenied, ValidationError by field.
    """
    if not by.may(PERMISSION) or not by.may("identity.read"):
        raise PermissionDenied(_("Your role makes no sheet for an embassy."))
    contact, code = clean(contact), country.upper()
    wrong: dict[str, list[str]] = {}
    if code not in dict(country_choices()):
        wrong["country"] = [_("Choose one of the answers.")]
    if purpose not in SheetFor.values:
        wrong["purpose"] = [_("Say what the sheet is for.")]
    if not contact:
        wrong["contact"] = [_("Write whom the embassy calls at the ministry.")]
    elif len(contact) > MAX_CONTACT:
        wrong["contact"] = [_("This is longer than %(most)s characters.") % {"most": MAX_CONTACT}]
    if wrong:
        raise ValidationError(wrong)
    rows, lines = people_for(code, by, contact)
    people = [row.reference for row in rows]
    detail = {"country": code, "form": form, "rows": len(rows), "returns": people, "columns": list(COLUMNS)}
    record("export", by=by, about=Repatriation, purpose=purpose, detail=detail)
    return lines


def workbook(lines: Iterable[Told], title: str) -> bytes:
    """Write the lines as XLSX: every cell a text, never a formula or a link, row after row."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True, "text_wrap": True})
    book.set_properties({"title": title})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for place, name in enumerate(COLUMNS):
        sheet.set_column(place, place, 24)
        sheet.write_string(0, place, str(LABELS[name]), bold)
    for number, line in enumerate(lines, 1):
        for place, text in enumerate(asdict(line).values()):
            sheet.write_string(number, place, text, wrap)
    book.close()
    return buffer.getvalue()
