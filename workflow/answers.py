"""Turn what was answered to a step's questions into values; one place for pages and API."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from core.text import ascii_digits, clean
from workflow.table import Ask, Step

MAX_TEXT = 20_000


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
        try:
            values[name] = _clean(ask, obj, answers.get(name))
        except ValidationError as error:
            errors[name] = error.messages
    if errors:
        raise ValidationError(errors)
    return {name: value for name, value in values.items() if value is not None}


def _clean(ask: Ask, obj: Any, raw: Any) -> Any:
    if raw is None or (isinstance(raw, str) and not clean(raw)):
        if ask.required:
            raise ValidationError(_("Answer this question."))
        return None
    match ask.kind:
        case "choice":
            return _choice(ask, obj, raw)
        case "date":
            return _date(raw)
        case "number":
            return _number(raw)
        case "yes_no":
            return _yes_no(raw)
    return _text(raw)


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


def _date(raw: Any) -> datetime.date:
    try:
        value = raw if isinstance(raw, datetime.date) else parse_date(ascii_digits(str(raw)))
    except ValueError:
        value = None
    if value is None:
        raise ValidationError(_("Give a date as year-month-day."))
    return value


def _number(raw: Any) -> int:
    text = ascii_digits(str(raw))
    if isinstance(raw, bool) or not text.isdecimal() or len(text) > 6:
        raise ValidationError(_("Give a whole number."))
    return int(text)


def _yes_no(raw: Any) -> bool:
    if raw in (True, "yes", "true", "1", "on"):
        return True
    if raw in (False, "no", "false", "0"):
        return False
    raise ValidationError(_("Answer yes or no."))
