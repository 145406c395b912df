"""The sheet a survey is filled in with: headed in the reader's language, the words to choose from on a second sheet."""

from __future__ import annotations

import io

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.ages import BANDS, band
from people.models import Sex
from prevention.models import Occupation, Survey
from provinces.choices import province_choices

HEADINGS = {
    "province": gettext_lazy("Province"),
    "sex": gettext_lazy("Sex"),
    "age": gettext_lazy("Age"),
    "occupation": gettext_lazy("Occupation"),
    "knows_hotline": gettext_lazy("Knows a hotline"),
    "refused": gettext_lazy("Refused to answer"),
    "weight": gettext_lazy("Weight"),
}
WIDTH = 18


def template_of(survey: Survey) -> bytes:
    """Return the empty sheet as XLSX."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(_("Answers"))
    titles = [*map(str, HEADINGS.values()), *(str(cause) for cause in survey.causes.all())]
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, head)
    sheet.set_column(0, len(titles) - 1, WIDTH)
    sheet.freeze_panes(1, 0)
    words = book.add_worksheet(_("What to write"))
    for column, (title, lines) in enumerate(_words(survey)):
        words.write_string(0, column, title, head)
        for row, line in enumerate(lines, 1):
            words.write_string(row, column, line)
    words.set_column(0, len(HEADINGS), 28)
    book.close()
    return out.getvalue()


def _words(survey: Survey) -> list[tuple[str, list[str]]]:
    """Return what may be written in each column."""
    mark = _("x where it was named")
    if survey.is_ranking:
        mark = _("Its place: 1 for the first. At most %(most)s places.") % {"most": survey.most}
    return [
        (str(HEADINGS["province"]), [f"{code} {name}" for code, name in province_choices()]),
        (str(HEADINGS["sex"]), [str(label) for _code, label in Sex.choices]),
        (str(HEADINGS["age"]), [_("years, or a band:"), *(band(low, high) for low, high in BANDS)]),
        (str(HEADINGS["occupation"]), [str(label) for _code, label in Occupation.choices]),
        (str(HEADINGS["knows_hotline"]), [_("yes"), _("no"), _("nothing where not said")]),
        (str(HEADINGS["refused"]), [_("yes, and no cause beside it")]),
        (str(HEADINGS["weight"]), [_("nothing where the sample has no weights")]),
        (_("Causes"), [mark]),
    ]
