"""The TIP report's tables of prosecution (A1 to A6)."""

from django.utils.translation import gettext_lazy as _

from reports.handin.forms import TIP_FORMS
from reports.handin.shapes import ByHand, Cannot, Row, RowsOf, Sheet, beside, count
from reports.indicators.court import BANDS, LAW_KINDS, PRESENCE

NO_FORM = Cannot(_("Carried over and closed files are counted for all forms together."))
ARREST_FORM = Cannot(_("An arrest is not counted by form of exploitation."))
FILES_FORM = Cannot(_("Case files are counted for all persons together."))
NO_PROVINCE = Cannot(_("Tables that are handed in name no province."))
EARLIER = Cannot(_("The year of the charge is not counted beside a conviction."))
FILES, ARRESTED, CHARGED, CONVICTED = (
    count(name) for name in ("case_files_opened", "suspects_arrested", "people_prosecuted", "people_convicted")
)
COURTS = _("Ministry of Interior; courts")
PERSONS, CASES = ("persons", _("Persons")), ("files", _("Case files"))

A1 = Sheet(
    "A1",
    _("Investigations"),
    (
        ("opened", _("Opened")),
        ("carried", _("Carried over")),
        ("closed", _("Closed")),
        ("arrested", _("Persons arrested")),
    ),
    (
        Row(
            "all",
            _("All"),
            (FILES, beside("case_files_opened", "carried_over"), beside("case_files_opened", "closed"), ARRESTED),
        ),
        *(
            Row(name, title, (FILES.only(main_form=codes), NO_FORM, NO_FORM, ARREST_FORM))
            for name, title, codes in TIP_FORMS
        ),
        RowsOf("unit", "unit", (FILES, None, None, ARRESTED)),
        Row("province", _("By province"), (NO_PROVINCE, NO_PROVINCE, NO_PROVINCE, NO_PROVINCE)),
    ),
    agency=_("Ministry of Interior: police, military police"),
    note=_(
        "Case files under an article of trafficking. A unit of a file and one of an arrest stand in one row where they are written alike."
    ),
)
A2 = Sheet(
    "A2",
    _("Prosecutions"),
    (PERSONS, CASES),
    (
        Row("all", _("All"), (CHARGED, beside("people_prosecuted", "case_files"))),
        *(Row(name, title, (CHARGED.only(tip_form=name), FILES_FORM)) for name, title, _codes in TIP_FORMS),
        *(Row(f"law_{kind}", title, (CHARGED.only(law_kind=kind), FILES_FORM)) for kind, title in LAW_KINDS.items()),
        Row("law_none", _("no article stated"), (CHARGED.only(law_kind="none"), FILES_FORM)),
        RowsOf("article", "article", (CHARGED, None)),
    ),
    agency=COURTS,
    note=_(
        "One person may be charged under several articles: these rows do not add up. Other laws are not told apart from the penal code."
    ),
)
A3 = Sheet(
    "A3",
    _("Convictions"),
    (PERSONS,),
    (
        Row("all", _("All"), (CONVICTED,)),
        *(Row(name, title, (CONVICTED.only(tip_form=name),)) for name, title, _codes in TIP_FORMS),
        *(Row(f"law_{kind}", title, (CONVICTED.only(law_kind=kind),)) for kind, title in LAW_KINDS.items()),
        Row("law_none", _("no article stated"), (CONVICTED.only(law_kind="none"),)),
        RowsOf("article", "article", (CONVICTED,)),
        *(Row(name, title, (CONVICTED.only(presence=name),)) for name, title in PRESENCE.items()),
        Row("earlier", _("Of cases of earlier years"), (EARLIER,)),
        Row("acquitted", _("acquitted"), (beside("people_convicted", "acquitted"),)),
        Row("dismissed", _("dismissed"), (beside("people_convicted", "dismissed"),)),
    ),
    agency=COURTS,
    note=_("At first instance. One person may be convicted under several articles: these rows do not add up."),
)
A4 = Sheet(
    "A4",
    _("Sentences"),
    (PERSONS,),
    (
        *(Row(name, title, (CONVICTED.only(sentence=name),)) for name, title in BANDS.items()),
        Row("all", _("All"), (CONVICTED,)),
        Row("awarded", _("Victims awarded compensation"), (count("victims_in_proceedings", kind="awarded"),)),
        Row("paid", _("Victims paid compensation"), (count("victims_in_proceedings", kind="paid"),)),
        Row("riel", _("riel confiscated"), (beside("measures_and_assets", "riel"),)),
        Row("usd", _("US dollars confiscated"), (beside("measures_and_assets", "usd"),)),
    ),
    agency=COURTS,
    note=_("By the prison as given; suspended where all of it is."),
)
OF_OFFICIALS = {"official": "official"}
A5 = Sheet(
    "A5",
    _("Public officials"),
    (PERSONS,),
    (
        Row("met", _("Investigated"), (count("suspects_first_contact", **OF_OFFICIALS),)),
        Row("arrested", _("Arrested"), (ARRESTED.only(**OF_OFFICIALS),)),
        Row("charged", _("Prosecuted"), (CHARGED.only(**OF_OFFICIALS),)),
        Row("convicted", _("Convicted"), (CONVICTED.only(**OF_OFFICIALS),)),
        *(Row(name, title, (CONVICTED.only(**OF_OFFICIALS, sentence=name),)) for name, title in BANDS.items()),
    ),
    note=_("Of these numbers only the integrity unit opens the records."),
)
REQUESTS, OPERATIONS = ByHand(_("requests")), ByHand(_("operations"))
A6 = Sheet(
    "A6",
    _("Co-operation with other countries"),
    (("n", _("Number")),),
    (
        Row("sent", _("Requests sent"), (REQUESTS,)),
        Row("received", _("Requests received"), (REQUESTS,)),
        Row("joint", _("Joint operations"), (OPERATIONS,)),
        Row("extradited", _("Persons extradited"), (ByHand(_("persons")),)),
    ),
    agency=_("Ministry of Justice; Ministry of Foreign Affairs"),
)
SHEETS = (A1, A2, A3, A4, A5, A6)
