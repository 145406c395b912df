"""Check and complete what was said: the one rule for form, API and import. Errors come by field, all at once."""

import dataclasses
import datetime
import re
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django_countries import countries

from complaints.came import checked_came
from complaints.models import Channel, ExploitationForm, Handling, Relation, Urgency
from complaints.said import CAME_SEALED, SAFE_CONTACT, ComplaintSaid, PersonSaid, ReporterSaid
from core.text import ascii_digits, clean
from people.models import Sex
from provinces.models import Commune, District, Province, Site
from provinces.services import site_of

MAX_NARRATIVE = 50_000
MAX_PEOPLE = 200
MAX_LANGUAGE = 40
MAX_TOLD = 2_000  # of each thing said of a reporter: whoever writes without a form says there when not to ring
MAX_NUMBER = 100_000
PARTS = SAFE_CONTACT + CAME_SEALED  # what is kept of how to reach a reporter, and of how they came
SLACK = datetime.timedelta(minutes=10)


def checked(said: ComplaintSaid) -> ComplaintSaid:
    """Return what was said, cleaned and completed (a site gives its province); raises ValidationError by field."""
    errors: dict[str, list[Any]] = {}
    values: dict[str, Any] = {}
    for name, check in CHECKS.items():
        try:
            values[name] = check(getattr(said, name), said)
        except ValidationError as error:
            errors[name] = error.messages
    try:
        values["came"] = checked_came(said.came, said.received_at)
    except ValidationError as error:
        errors |= error.message_dict
    if not errors:
        try:
            return _placed(dataclasses.replace(said, **values))
        except ValidationError as error:
            errors = error.message_dict
    raise ValidationError(errors)


def _text(most: int) -> Callable[[Any, ComplaintSaid], str]:
    def check(value: str, _said: ComplaintSaid) -> str:
        text = clean(value)
        if len(text) > most:
            message = _("This has %(length)s characters; at most %(most)s fit. Shorten it.")
            raise ValidationError(message % {"length": len(text), "most": most})
        return text

    return check


def _narrative(value: str, said: ComplaintSaid) -> str:
    text = _text(MAX_NARRATIVE)(value, said)
    if not text:
        raise ValidationError(_("Write down what is said."))
    return text


def _one_of(choices: Any, message: Any, *, empty: bool = False) -> Callable[[Any, ComplaintSaid], str]:
    def check(value: str, _said: ComplaintSaid) -> str:
        if (empty and not value) or value in choices.values:
            return value
        raise ValidationError(message() if callable(message) else message)

    return check


def _received(value: datetime.datetime | None, _said: ComplaintSaid) -> datetime.datetime:
    now = timezone.now()
    if value is None:
        return now
    if value.year >= 2400:
        raise ValidationError(_("This is a Buddhist year. Write the year as 20xx."))
    if value > now + SLACK:
        raise ValidationError(_("This lies in the future. Give the time the report came in."))
    if value.year < 2000:
        raise ValidationError(_("This lies too far back. Write the year as 20xx."))
    return min(value, now)


def _province(value: str, _said: ComplaintSaid) -> str:
    code = ascii_digits(value)
    if code and not Province.objects.choosable().filter(pk=code).exists():
        raise ValidationError(_("Choose one of the 25 provinces."))
    return code


def _country(value: str, _said: ComplaintSaid) -> str:
    code = value.upper()
    if code and code not in dict(countries):
        raise ValidationError(_("Choose a country."))
    return "" if code == "KH" else code


def _forms(value: tuple[str, ...], _said: ComplaintSaid) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(form_code(item) for item in value))
    unknown = [code for code in codes if code not in ExploitationForm.values]
    if unknown:
        raise ValidationError(_("%(name)s is not a form of exploitation.") % {"name": unknown[0][:40]})
    return codes


def form_code(text: str) -> str:
    """Return the code of a form written as `forced_labour`, `FORCED_LABOUR` or HTCDS's `ForcedLabour`."""
    snake = text if "_" in text or text.isupper() else re.sub(r"(?<=[a-z])(?=[A-Z])", "_", text)
    return snake.lower()


def main_form(codes: Sequence[str]) -> str:
    """Return the form figures count a complaint by: the only one, `mixed` for several, empty for none."""
    return codes[0] if len(codes) == 1 else ("mixed" if codes else "")


def _number(value: Any, _said: ComplaintSaid) -> Any:
    if value is None:
        return None
    if value[1] is None:
        raise ValidationError(_("Give the likely number too."))
    known = [number for number in value if number is not None]
    if any(number < 1 or number > MAX_NUMBER for number in known):
        raise ValidationError(_("Give a number from 1 to %(most)s.") % {"most": MAX_NUMBER})
    if known != sorted(known):
        raise ValidationError(_("Lowest, likely and highest must follow each other."))
    return value


def _reporter(value: ReporterSaid | None, _said: ComplaintSaid) -> ReporterSaid | None:
    return None if value is None else checked_reporter(value)


def checked_reporter(value: ReporterSaid) -> ReporterSaid:
    """Return what is known of a reporter, cleaned; raises ValidationError by field."""
    if value.relation not in Relation.values:
        raise ValidationError({"relation": [_("Choose who the reporter is.")]})
    plain = {"name": value.name, "phone": ascii_digits(value.phone), "address": value.address}
    texts = _texts(plain | {name: str(value.safe_contact.get(name, "")) for name in PARTS}, MAX_TOLD)
    return ReporterSaid(
        name=texts["name"],
        phone=texts["phone"],
        address=texts["address"],
        relation=value.relation,
        safe_contact={name: texts[name] for name in PARTS if texts[name]},
    )


def _texts(values: dict[str, str], most: int) -> dict[str, str]:
    check, said = _text(most), ComplaintSaid()
    texts, errors = {}, {}
    for name, value in values.items():
        try:
            texts[name] = check(value, said)
        except ValidationError as error:
            errors[name] = error.messages
    if errors:
        raise ValidationError(errors)
    return texts


def _people(value: tuple[PersonSaid, ...], said: ComplaintSaid) -> tuple[PersonSaid, ...]:
    if len(value) > MAX_PEOPLE:
        raise ValidationError(_("At most %(most)s people at once.") % {"most": MAX_PEOPLE})
    return tuple(checked_person(person) for person in value)


def checked_person(person: PersonSaid) -> PersonSaid:
    """Return a person's parts, cleaned; raises ValidationError by field."""
    errors: dict[str, list[str]] = {}
    name, nationality = "", person.nationality.upper()
    try:
        name = clean(person.name)
    except ValidationError as error:
        errors["name"] = error.messages
    if len(name) > 200:
        errors["name"] = [_("A name has at most %(most)s characters.") % {"most": 200}]
    if person.sex and person.sex not in Sex.values:
        errors["sex"] = [_("Choose the sex from the list.")]
    if person.age is not None and not 0 <= person.age <= 120:
        errors["age"] = [_("Give an age from 0 to 120.")]
    if nationality and nationality not in dict(countries):
        errors["nationality"] = [_("Choose the nationality from the list.")]
    if errors:
        raise ValidationError(errors)
    return PersonSaid(name=name, sex=person.sex, age=person.age, nationality=nationality)


def _as_is(value: Any, _said: ComplaintSaid) -> Any:
    return value


CHECKS: dict[str, Callable[[Any, ComplaintSaid], Any]] = {
    "channel": _one_of(Channel, lambda: _("Choose how the report came in.")),
    "narrative": _narrative,
    "received_at": _received,
    "province_of_report": _province,
    "country_of_report": _country,
    "province_of_incident": _province,
    "country_of_incident": _country,
    "exact_spot": _text(300),
    "forms": _forms,
    "number": _number,
    "urgency": _one_of(Urgency, lambda: _("Choose how urgent it is.")),
    "handling": _one_of(Handling, lambda: _("Choose who handles it."), empty=True),
    "not_local_police": _as_is,
    "names_official": _as_is,
    "official": _text(300),
    "reporter": _reporter,
    "people": _people,
    "language": _text(MAX_LANGUAGE),
}


def _placed(said: ComplaintSaid) -> ComplaintSaid:
    """Fit site, province, district and commune together: what lies inside names what it lies in."""
    errors: dict[str, list[Any]] = {}
    site = _site(said.site)
    if said.site and site is None:
        errors["site"] = [_("This site is not known. Choose one from the list or leave it empty.")]
    commune, district = ascii_digits(said.commune), ascii_digits(said.district) or ascii_digits(said.commune)[:4]
    if commune and not Commune.objects.filter(pk=commune, district_id=district).exists():
        errors["commune"] = [_("This commune is not in the district chosen.")]
    province = said.province_of_incident or (site.province_id if site else "") or district[:2]
    if district and not District.objects.filter(pk=district, province_id=province).exists():
        errors["district"] = [_("This district is not in the province chosen.")]
    if site and site.province_id != province:
        errors["site"] = [_("This site is in another province.")]
    if province and said.country_of_incident:
        errors["country_of_incident"] = [_("Choose a province or a country abroad, not both.")]
    if said.province_of_report and said.country_of_report:
        errors["country_of_report"] = [_("Choose a province or a country abroad, not both.")]
    if errors:
        raise ValidationError(errors)
    reference = site.reference if site else ""
    return dataclasses.replace(said, province_of_incident=province, district=district, commune=commune, site=reference)


def _site(reference: str) -> Site | None:
    return site_of(reference.upper()) if reference else None
