"""A figure with its unit, as it is said aloud."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.display import number
from reports.indicators import Indicator, Measure


def said(indicator: Indicator, measure: Measure) -> str:
    """Say a figure with its unit: "361 people", "95 % (323 of 340)"; a dash where there is none."""
    value = measure.value
    if value is None:
        return "—"
    n, shown = int(value), number(int(value))
    match indicator.unit:
        case "percent":
            of = {"n": number(measure.numerator), "all": number(measure.denominator)}
            return _("%(percent)s %% (%(n)s of %(all)s)") % {"percent": shown, **of}
        case "complaint":
            return ngettext("%(n)s complaint", "%(n)s complaints", n) % {"n": shown}
        case "contact":
            return ngettext("%(n)s contact", "%(n)s contacts", n) % {"n": shown}
        case "case_file":
            return ngettext("%(n)s case file", "%(n)s case files", n) % {"n": shown}
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": shown}
