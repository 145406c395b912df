"""A figure with its unit, as it is said aloud."""

from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.display import decimal, number
from reports.indicators import Measure


class Counted(Protocol):
    """What has a unit: an indicator, or a figure as it was published."""

    @property
    def unit(self) -> str:
        """Return what is counted."""


def said(indicator: Counted, measure: Measure) -> str:
    """Say a figure with its unit: "361 people", "95 % (323 of 340)"; a dash where there is none."""
    value = measure.value
    if value is None:
        return "—"
    if indicator.unit == "percent":
        of = {"n": number(measure.numerator), "all": number(measure.denominator)}
        return _("%(percent)s %% (%(n)s of %(all)s)") % {"percent": number(int(value)), **of}
    if indicator.unit == "hours":
        return _("%(n)s h") % {"n": decimal(value)}
    return counted(indicator.unit, int(value)) % {"n": number(int(value))}


def counted(unit: str, n: int) -> str:
    """Return how so many of a unit are said, with a place for the number."""
    match unit:
        case "complaint":
            return ngettext("%(n)s complaint", "%(n)s complaints", n)
        case "contact":
            return ngettext("%(n)s contact", "%(n)s contacts", n)
        case "operation":
            return ngettext("%(n)s operation", "%(n)s operations", n)
        case "case_file":
            return ngettext("%(n)s case file", "%(n)s case files", n)
        case "measure":
            return ngettext("%(n)s measure", "%(n)s measures", n)
        case "activity":
            return ngettext("%(n)s activity", "%(n)s activities", n)
        case "referral":
            return ngettext("%(n)s referral", "%(n)s referrals", n)
    return ngettext("%(n)s person", "%(n)s people", n)
