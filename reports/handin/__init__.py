"""Tables to hand in: what the TIP report, UNODC and SDG 16.2.2 ask, each cell bound to a figure or said to be none."""

from django.utils.translation import gettext_lazy as _

from reports.handin import sdg, tip_law, tip_people, unodc
from reports.handin.shapes import HandIn

SETS = {
    made.slug: made
    for made in (
        HandIn(
            "tip",
            _("Trafficking in Persons report"),
            _("Twelve tables for the government of the United States, from April to March."),
            (*tip_law.SHEETS, *tip_people.SHEETS),
            begins=4,
        ),
        HandIn(
            "unodc",
            _("UNODC questionnaire"),
            _("Ten tables for the global report, by calendar year."),
            unodc.SHEETS,
            note=_("Offences are those of ICCS 0204, trafficking in persons."),
        ),
        HandIn(
            "sdg",
            _("SDG indicator 16.2.2"),
            _("Victims for 100,000 people, by sex, age and form, by calendar year."),
            sdg.SHEETS,
            note=_("The indicator needs the population, which an administrator keeps."),
        ),
    )
}
__all__ = ["SETS", "HandIn"]
