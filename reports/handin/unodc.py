"""The tables of UNODC's questionnaire for the global report (B1 to B10), by calendar years."""

from django.utils.translation import gettext_lazy as _

from reports.handin.forms import UNODC_FORMS
from reports.handin.shapes import (
    SEXES,
    WOMEN_TO_BOYS,
    Cannot,
    Row,
    RowsOf,
    Sheet,
    beside,
    by_sex,
    count,
    rows_by_age,
    women_to_boys,
)
from reports.indicators.court import CONTACTS

VICTIMS, HOME = count("victims_identified"), count("cambodians_returned")
MET, CHARGED, CONVICTED = (count(name) for name in ("suspects_first_contact", "people_prosecuted", "people_convicted"))
NUMBER = ("n", _("Number"))
COURTS = _("Ministry of Interior; courts")
TRAFFICKED = ("presumed", "trafficked")
NO_FRAUD = Cannot(_("It is none of the forms that are recorded."))

SHEETS = (
    Sheet(
        "B1",
        _("Offences of trafficking recorded"),
        (NUMBER,),
        (
            Row("all", _("Case files opened"), (count("case_files_opened"),)),
            RowsOf("article", "article", (count("case_files_opened"),)),
        ),
        note=_(
            "ICCS 0204, trafficking in persons. One file may stand under several articles: these rows do not add up."
        ),
    ),
    Sheet(
        "B2",
        _("Persons in first formal contact"),
        SEXES,
        (
            *(Row(kind, title, by_sex(MET.only(contact=kind))) for kind, title in CONTACTS.items()),
            Row("all", _("All"), by_sex(MET)),
            RowsOf("article", "article", by_sex(MET)),
        ),
        note=_("Suspected, arrested or cautioned, each once. One person may stand under several articles."),
    ),
    Sheet("B3", _("Persons prosecuted"), SEXES, rows_by_age(CHARGED), agency=COURTS),
    Sheet("B4", _("Persons convicted"), SEXES, rows_by_age(CONVICTED), agency=COURTS, note=_("At first instance.")),
    Sheet(
        "B5",
        _("Citizenship of persons convicted"),
        SEXES,
        (
            RowsOf("nation", "nationality", by_sex(CONVICTED)),
            Row("all", _("All"), by_sex(CONVICTED)),
        ),
        agency=COURTS,
    ),
    Sheet("B6", _("Victims detected, by age and sex"), SEXES, rows_by_age(VICTIMS)),
    Sheet(
        "B7",
        _("Victims detected, by form of exploitation"),
        WOMEN_TO_BOYS,
        (
            *(Row(code, title, women_to_boys(VICTIMS.only(main_form=forms))) for code, title, forms in UNODC_FORMS),
            Row("fraud", _("Benefit fraud"), (NO_FRAUD,) * len(WOMEN_TO_BOYS)),
            Row("all", _("All"), women_to_boys(VICTIMS)),
        ),
        note=_(
            "By the one main form. Debt bondage, child labour and servitude stand under forced labour, surrogacy under other."
        ),
    ),
    Sheet(
        "B8",
        _("Citizenship of victims"),
        SEXES,
        (RowsOf("nation", "nationality", by_sex(VICTIMS)), Row("all", _("All"), by_sex(VICTIMS))),
    ),
    Sheet(
        "B9",
        _("Own nationals trafficked abroad and returned"),
        SEXES,
        (
            RowsOf("from", "country", by_sex(HOME.only(decision=TRAFFICKED))),
            Row("all", _("All"), by_sex(HOME.only(decision=TRAFFICKED))),
        ),
        note=_("Presumed or trafficked, by the country they came from."),
    ),
    Sheet(
        "B10",
        _("Assets confiscated"),
        (NUMBER,),
        (
            Row("riel", _("riel confiscated"), (beside("measures_and_assets", "riel"),)),
            Row("usd", _("US dollars confiscated"), (beside("measures_and_assets", "usd"),)),
        ),
        agency=COURTS,
    ),
)
