"""What an administrator keeps of the rules of urgency: words, exceptions, reasons. A message that waits keeps its place."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit.services import record
from complaints.models import Urgency, UrgencyRule
from core.display import number
from core.text import clean
from workflow.services import edit

MOST_WORDS, LONGEST_WORD, LONGEST_REASON = 400, 80, 120
FIELDS = ("urgency", "reason_km", "reason_en", "words", "exceptions", "reads_ages", "is_active")


@transaction.atomic
def add_rule(*, by: Any, said: Mapping[str, Any]) -> UrgencyRule:
    """Add a rule, the last in the order of reasons; PermissionDenied, ValidationError by field."""
    _require(by)
    last = UrgencyRule.objects.aggregate(last=Max("place"))["last"] or 0
    rule = UrgencyRule(place=last + 1, **_checked(said))
    rule.save(force_insert=True)
    record("rule.add", by=by, about=rule, detail={"rule": rule.code})
    return rule


@transaction.atomic
def change_rule(rule: UrgencyRule, *, by: Any, version: int, said: Mapping[str, Any]) -> UrgencyRule:
    """Change a rule; each field changed is a line of its history. Conflict where somebody changed it meanwhile."""
    _require(by)
    kept = {name: getattr(rule, name) for name in FIELDS}
    return edit(rule, by=by, version=version, changes=_checked({**kept, **said}))


def _require(by: Any) -> None:
    if not by.may("rule.manage"):
        raise PermissionDenied(_("Your role does not keep the rules of urgency."))


def _checked(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of a rule, cleaned; ValidationError by field, all at once."""
    errors: dict[str, list[Any]] = {}
    values: dict[str, Any] = {
        "reads_ages": bool(said.get("reads_ages")),
        "is_active": bool(said.get("is_active", True)),
    }
    values["urgency"] = said.get("urgency", "")
    if values["urgency"] not in (Urgency.IMMEDIATE, Urgency.HIGH):
        errors["urgency"] = [_("Choose how urgent it is. A rule proposes more than normal.")]
    for name, read in (("reason_km", _reason), ("reason_en", _reason), ("words", _words), ("exceptions", _words)):
        try:
            values[name] = read(said.get(name) or "")
        except ValidationError as error:
            errors[name] = error.messages
    if not values.get("words", True) and not values["reads_ages"]:
        errors["words"] = [_("Write a word at least, or let ages count.")]
    if errors:
        raise ValidationError(errors)
    return values


def _reason(text: str) -> str:
    reason = clean(str(text))
    if not reason:
        raise ValidationError(_("Say why: it is read where the urgency is proposed."))
    if len(reason) > LONGEST_REASON:
        raise ValidationError(_("This is longer than %(most)s characters.") % {"most": number(LONGEST_REASON)})
    return reason


def _words(words: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(filter(None, (" ".join(clean(str(word)).split()) for word in words))))
    if len(found) > MOST_WORDS:
        raise ValidationError(_("Write at most %(most)s words.") % {"most": number(MOST_WORDS)})
    for word in found:
        if len(word) > LONGEST_WORD:
            raise ValidationError(
                _("“%(word)s…” is longer than %(most)s characters.") % {"word": word[:20], "most": number(LONGEST_WORD)}
            )
        if not any(char.isalnum() for char in word) or (len(word) == 1 and word < "\u3400"):
            raise ValidationError(
                _("“%(word)s” is no word that can be found. Write at least two letters.") % {"word": word}
            )
    return found
