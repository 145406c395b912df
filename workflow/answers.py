"""Turn what was answered to a step's questions into values; one place for pages and API."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from core.display import ZONE
from core.forms import TOO_FAR_BACK, is_too_far_back
from core.text import ascii_digits, clean
from workflow.table import Ask, Step

MAX_TEXT = 20_000
MAX_AMOUNT = 999_999_999_999
_BETWEEN = str.maketrans("", "", " ,.\u00a0\u202f'")  # what people write between the thousands


def choices_of(ask: Ask, obj: Any) -> list[tuple[str, Any]]:
    """Return the choices of a question for an object."""
    return list(ask.choices(obj) if callable(ask.choices) else ask.choices)


def clean_answers(step: Step, obj: Any, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return clean values by name; raises ValidationError by field, all fields at once."""
    asked = {ask.name: ask for ask in step.asks}
    errors: dict[str, list[Any]] = {
        name: [_("This step does not ask for it.")] for name, value in answers.items() if name not in asked and value
    }
    values: dict[str, Any] = {}
    for name, ask in asked.items():
        if ask.under[0] and answers.get(ask.under[0]) != ask.under[1]:
            continue  # not asked with this choice: what stands there from another one is no answer
        try:
            values[name] = _clean(ask, obj, answers.get(name))
        except ValidationError as error:
            errors[name] = error.messages
    if errors:
        raise ValidationError(errors)
    return {name: value for name, value in values.items() if value is not None}


def _clean(ask: Ask, obj: Any, raw: Any) -> Any:
    if raw is None or raw in ([], ()) or (isinstance(raw, str) and not clean(raw)):
        if ask.required:
            raise ValidationError(_("Answer this question."))
        return None
    if ask.kind == "choice":
        return _choice(ask, obj, raw)
    if ask.kind == "several":
        return _several(ask, obj, raw)
    read: Callable[[Any], Any] = READERS.get(ask.kind, _text)
    return read(raw)


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValidationError(_("Give a text."))
    text = clean(raw)
    if len(text) > MAX_TEXT:
        raise ValidationError(_("This is longer than %(most)s characters.") % {"most": MAX_TEXT})
    return text


def _choice(ask: Ask, obj: Any, raw: Any) -> str:
    if not isinstance(raw, str) or raw not in {value for value, _label in choices_of(ask, obj)}:
        raise ValidationError(_("Choose one of the answers."))
    return str(raw)


def _several(ask: Ask, obj: Any, raw: Any) -> list[str]:
    offered = [value for value, _label in choices_of(ask, obj)]
    if not isinstance(raw, list | tuple) or any(not isinstance(one, str) or one not in offered for one in raw):
        raise ValidationError(_("Choose from the answers."))
    return [value for value in offered if value in raw]


def _date(raw: Any) -> datetime.date:
    try:
        value = raw if isinstance(raw, datetime.date) else parse_date(ascii_digits(str(raw)))
    except ValueError:
        value = None
    if value is None:
        raise ValidationError(_("Give a date as year-month-day."))
    if is_too_far_back(value):
        raise ValidationError(TOO_FAR_BACK)
    return value


def _number(raw: Any) -> int:
    text = ascii_digits(str(raw))
    if isinstance(raw, bool) or not text.isdecimal() or len(text) > 6:
        raise ValidationError(_("Give a whole number."))
    return int(text)


def read_amount(raw: Any) -> int:
    """Return an amount of money in whole units, however its thousands are set apart; raises ValidationError."""
    text = ascii_digits(str(raw)).translate(_BETWEEN)
    if isinstance(raw, bool | float) or not text.isdecimal() or len(text) > 15 or int(text) > MAX_AMOUNT:
        raise ValidationError(_("Give a whole amount, like 4,000,000."))
    return int(text)


def _moment(raw: Any) -> datetime.datetime:
    try:
        value = raw if isinstance(raw, datetime.datetime) else parse_datetime(ascii_digits(str(raw)))
    except ValueError:
        value = None
    if value is None or not 1990 <= value.year <= 2200:
        raise ValidationError(_("Give a day and an hour."))
    return timezone.make_aware(value, ZONE) if timezone.is_naive(value) else value


def _yes_no(raw: Any) -> bool:
    if raw in (True, "yes", "true", "1", "on"):
        return True
    if raw in (False, "no", "false", "0"):
        return False
    raise ValidationError(_("Answer yes or no."))


READERS: dict[str, Callable[[Any], Any]] = {
    "date": _date,
    "moment": _moment,
    "number": _number,
    "amount": read_amount,
    "yes_no": _yes_no,
}
