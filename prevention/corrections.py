"""What pages show of corrections: one sheet of answers before and after in words, and those of a survey."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.display import digits
from people.models import Sex
from prevention.forms import bands
from prevention.models import Occupation, Respondent, Survey
from prevention.services.correcting import STEP
from provinces.models import Province
from workflow.models import Edit, Transition

LABELS: dict[str, Any] = {
    "province_id": gettext_lazy("Province"),
    "sex": gettext_lazy("Sex"),
    "age": gettext_lazy("Age"),
    "band": gettext_lazy("Band of age"),
    "occupation": gettext_lazy("Occupation"),
    "refused": gettext_lazy("Refused to answer"),
    "causes": gettext_lazy("Causes named"),
    "knows_hotline": gettext_lazy("Knows a hotline"),
    "weight": gettext_lazy("Weight"),
}
MOST_SHOWN = 100


class Words:
    """The words of what a sheet of answers may say, read once for a page."""

    def __init__(self, survey: Survey) -> None:
        yes_no = {"True": gettext_lazy("Yes"), "False": gettext_lazy("No")}
        self.causes = {cause.code: str(cause) for cause in survey.causes.all()}
        self.known: dict[str, dict[str, Any]] = {
            "province_id": {row.code: row.name for row in Province.objects.choosable()},
            "sex": {**dict(Sex.choices), Sex.UNKNOWN: _("not stated")},
            "band": dict(bands()),
            "occupation": dict(Occupation.choices),
            "refused": yes_no,
            "knows_hotline": yes_no,
        }

    def of(self, field: str, code: str) -> str:
        """Say in words what was kept as a code; nothing as a dash."""
        if field == "causes":
            return "; ".join(self.causes.get(one, one) for one in code.split(", ") if one) or "—"
        if field in self.known:
            return str(self.known[field].get(code, code or "—"))
        return digits(f"{Decimal(code).normalize():f}" if field == "weight" and code else code) or "—"


def history_of(row: Respondent, words: Words) -> list[dict[str, Any]]:
    """Return the corrections of one sheet, newest first: who, when, why, and each field before and after."""
    order = list(LABELS)
    edits = sorted(Edit.objects.of(row).filter(field__in=order), key=lambda one: order.index(one.field))
    return [
        {
            "line": line,
            "changes": [
                {
                    "label": LABELS[one.field],
                    "before": words.of(one.field, one.before),
                    "after": words.of(one.field, one.after),
                }
                for one in edits
                if str(one.version) == line.after
            ],
        }
        for line in _lines([row.pk])
    ]


def corrections_of(survey: Survey, user: Any) -> list[dict[str, Any]]:
    """Return the newest corrections of the sheets that somebody may correct, with the fields but not what they said."""
    lines = list(_lines(Respondent.objects.correctable_by(user).filter(survey=survey).values("pk"))[:MOST_SHOWN])
    edits = Edit.objects.filter(object_id__in={line.object_id for line in lines})
    changed = {(pk, str(version), field) for pk, version, field in edits.values_list("object_id", "version", "field")}
    return [
        {"line": line, "fields": [LABELS[name] for name in LABELS if (line.object_id, line.after, name) in changed]}
        for line in lines
    ]


def _lines(keys: Iterable[Any] | QuerySet[Any, Any]) -> QuerySet[Transition]:
    rows = Transition.objects.filter(object_type="prevention.respondent", step=STEP, object_id__in=keys)
    return rows.select_related("by").order_by("-recorded_at", "-id")


def differences(theirs: dict[str, str], mine: dict[str, str], words: Words) -> list[dict[str, Any]]:
    """Set what is saved now beside what was typed, field by field, where they differ."""
    return [
        {"label": LABELS[name], "theirs": words.of(name, theirs[name]), "mine": words.of(name, mine[name])}
        for name in LABELS
        if theirs[name] != mine[name]
    ]
