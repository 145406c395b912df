"""The table of SDG indicator 16.2.2: detected victims for 100,000 people, by calendar years."""

from django.utils.translation import gettext_lazy as _

from reports.handin.forms import UNODC_FORMS
from reports.handin.shapes import ADULT, CHILD, UNSAID, People, Rate, Row, Sheet, count
from reports.handin.unodc import TRAFFICKED

VICTIMS = count("victims_identified")
ALL = People()
COLUMNS = (
    ("count", _("Victims detected")),
    ("people", _("People who live in Cambodia")),
    ("rate", _("For 100,000 people")),
)
GROUPS = (
    ("male", _("Male"), VICTIMS.only(sex="male"), People(sex="male")),
    ("female", _("Female"), VICTIMS.only(sex="female"), People(sex="female")),
    ("child", _("Under 18"), VICTIMS.only(child=CHILD), People(age=CHILD)),
    ("adult", _("18 and over"), VICTIMS.only(child=ADULT), People(age=ADULT)),
)
SHEETS = (
    Sheet(
        "C",
        _("Victims of trafficking for 100,000 people"),
        COLUMNS,
        (
            Row("all", _("All"), (VICTIMS, ALL, Rate(VICTIMS, ALL))),
            *(Row(code, title, (of, among, Rate(of, among))) for code, title, of, among in GROUPS),
            Row("sexless", _("Sex other or not known"), (VICTIMS.only(sex=UNSAID),)),
            Row("ageless", _("Age not known"), (VICTIMS.only(child="none"),)),
            *(
                Row(
                    f"form_{code}",
                    title,
                    (VICTIMS.only(main_form=forms), ALL, Rate(VICTIMS.only(main_form=forms), ALL)),
                )
                for code, title, forms in UNODC_FORMS
            ),
            Row("abroad", _("Cambodians detected abroad, apart"), (count("cambodians_returned", decision=TRAFFICKED),)),
        ),
        agency=_("Ministry of Interior; National Institute of Statistics (population)"),
        note=_(
            "Detected victims are those we found, not how many there are: a rate may grow because more is looked for."
        ),
    ),
)
