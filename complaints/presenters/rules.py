"""What the administrator's pages show of a rule of urgency: its row, and what was changed of it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.languages import SPOKEN
from complaints.models import Urgency, UrgencyRule
from complaints.rule_languages import carried_in, lacks
from core.templatetags.sangkroh import urgency
from workflow.models import Edit

FIRST_WORDS, LINES = 8, 50
LABELS = {field.name: field.verbose_name for field in UrgencyRule._meta.fields}


def rule_row(rule: UrgencyRule) -> dict[str, Any]:
    """Prepare one rule: why, how urgent, its first words and how many more there are."""
    return {
        "url": reverse("rules:detail", args=[rule.code]),
        "reason": rule.reason,
        "urgency": urgency(rule.urgency),
        "words": rule.words[:FIRST_WORDS],
        "more": max(len(rule.words) - FIRST_WORDS, 0),
        "exceptions": len(rule.exceptions),
        "reads_ages": rule.reads_ages,
        "is_active": rule.is_active,
        "lacks": lacking(rule),
    }


def lacking(rule: UrgencyRule) -> dict[str, Any] | None:
    """Name the languages a rule has no words for, with where those that are carried for it are added; None where it has all."""
    url, codes = reverse("rules:detail", args=[rule.code]), lacks(rule)
    links = [
        {"label": str(SPOKEN[code][1]), "url": f"{url}?add={code}"} for code in codes if any(carried_in(rule, code))
    ]
    return {"names": ", ".join(str(SPOKEN[code][1]) for code in codes), "links": links} if codes else None


def history_of(rule: UrgencyRule) -> list[dict[str, Any]]:
    """Return the newest changes of a rule: of words, which came and which went."""
    edits = Edit.objects.of(rule).select_related("by")[:LINES]
    return [
        {
            "title": str(LABELS.get(edit.field, edit.field)),
            "by": edit.by.display_name,
            "at": edit.recorded_at,
            "note": _changed(edit),
        }
        for edit in edits
    ]


def _changed(edit: Edit) -> str:
    if edit.field in ("words", "exceptions"):
        before, after = (dict.fromkeys(text.split(", ")) for text in (edit.before, edit.after))
        came = [word for word in after if word and word not in before]
        went = [word for word in before if word and word not in after]
        lines = [(_("Came: %(words)s"), came), (_("Went: %(words)s"), went)]
        return "\n".join(line % {"words": ", ".join(words)} for line, words in lines if words)
    return f"{_word(edit.field, edit.before)} → {_word(edit.field, edit.after)}"


def _word(field: str, value: str) -> str:
    if field == "urgency":
        return str(Urgency(value).label)
    return {"True": _("Yes"), "False": _("No")}.get(value, value)
