"""The TIP report's tables of prevention and protection (A7 to A12)."""

from django.utils.translation import gettext_lazy as _

from prevention.models.words import AWARENESS
from reports.handin.forms import TIP_FORMS
from reports.handin.shapes import BUT, WOMEN_TO_BOYS, ByHand, Cannot, Row, RowsOf, Sheet, beside, count, women_to_boys
from victims.models.proceeding import PENALTIES, SUPPORT

IDENTIFIED, CARED, REFERRED = count("victims_identified"), count("victims_assisted"), count("referrals_made")
HOME, RETURNED, HELD = count("cambodians_returned"), count("people_repatriated"), count("victims_held")
EVENTS = count("prevention_activities")
COURSES = EVENTS.only(kind="training")
PERSONS, NUMBER = ("persons", _("Persons")), ("n", _("Number"))
FOREIGN = (f"{BUT}KH", f"{BUT}none")
NO_LGBT = Cannot(_("It is not asked and not recorded."))
NO_OWNER = Cannot(_("Who runs the service is kept by name, not as government or organisation."))

A7 = Sheet(
    "A7",
    _("Training"),
    (("events", _("Courses")), ("people", _("People trained"))),
    (
        Row("all", _("All"), (COURSES, beside("prevention_activities", "reached_training"))),
        RowsOf("agency", "organisers", title=_("By which agencies"), cells=(COURSES, None)),
        Row("subjects", _("Subjects"), (ByHand(_("subjects")), None)),
    ),
    note=_("People as each source says. Several may hold one course: the rows of agencies do not add up."),
)
A8 = Sheet(
    "A8",
    _("Victims identified"),
    WOMEN_TO_BOYS,
    (
        *(Row(name, title, women_to_boys(IDENTIFIED.only(tip_form=name))) for name, title, _codes in TIP_FORMS),
        Row("all", _("All"), women_to_boys(IDENTIFIED)),
        Row("cambodian", _("Cambodian"), women_to_boys(IDENTIFIED.only(nationality="KH"))),
        Row("foreign", _("Foreign"), women_to_boys(IDENTIFIED.only(nationality=FOREIGN))),
        Row("stateless", _("Nationality not stated"), women_to_boys(IDENTIFIED.only(nationality="none"))),
        RowsOf("nation", "nationality", women_to_boys(IDENTIFIED)),
        Row("lgbt", _("LGBTQI+"), (NO_LGBT,) * len(WOMEN_TO_BOYS)),
        RowsOf("decider", "decider", title=_("By who decided"), cells=women_to_boys(IDENTIFIED)),
        Row(
            "presumed", _("presumed at the end of the window"), (*[None] * 6, beside("victims_identified", "presumed"))
        ),
    ),
    note=_("Presumed victims stand beside and are never added in."),
)
A9 = Sheet(
    "A9",
    _("Services"),
    (("female", _("Female")), ("male", _("Male")), ("all", _("All"))),
    (
        Row("care", _("People given care"), (CARED.only(sex="female"), CARED.only(sex="male"), CARED)),
        RowsOf("service", "service", (CARED.only(sex="female"), CARED.only(sex="male"), CARED)),
        Row("nights", _("days in shelters"), (None, None, beside("victims_assisted", "shelter_days"))),
        Row("referred", _("Referrals"), (REFERRED.only(sex="female"), REFERRED.only(sex="male"), REFERRED)),
        Row("accepted", _("Referrals accepted"), (None, None, beside("referrals_made", "accepted"))),
        RowsOf("to", "receiver", (REFERRED.only(sex="female"), REFERRED.only(sex="male"), REFERRED)),
        Row("public", _("Given by the government"), (NO_OWNER, NO_OWNER, NO_OWNER)),
        Row("private", _("Given by organisations"), (NO_OWNER, NO_OWNER, NO_OWNER)),
    ),
    agency=_("Ministry of Social Affairs; organisations"),
    note=_("One person may be given several services: these rows do not add up."),
)
A10 = Sheet(
    "A10",
    _("Repatriation and screening"),
    (PERSONS,),
    (
        Row("home", _("Cambodians returned"), (HOME,)),
        RowsOf("from", "country", (HOME,)),
        Row("away", _("Foreigners returned"), (RETURNED,)),
        RowsOf("to", "country", (RETURNED,)),
        Row("poipet", _("Cambodians returned at Poipet"), (HOME.only(crossing="poipet"),)),
        Row(
            "poipet_screened", _("of them screened"), (HOME.only(crossing="poipet", decision=f"{BUT}not_yet_screened"),)
        ),
        Row("found", _("People found in operations"), (count("people_found"),)),
        Row("screened", _("People screened"), (count("people_screened"),)),
        Row("unscreened", _("People not yet screened"), (count("people_not_screened"),)),
        Row("identified", _("Victims identified"), (IDENTIFIED,)),
    ),
)
A11 = Sheet(
    "A11",
    _("Victims in proceedings, and penalised"),
    (PERSONS,),
    (
        Row("took_part", _("Victims in proceedings"), (count("victims_in_proceedings"),)),
        *(Row(kind.value, kind.label, (count("victims_in_proceedings", kind=kind.value),)) for kind in SUPPORT),
        Row("penalised", _("Victims penalised"), (count("victims_penalised"),)),
        *(Row(f"act_{kind.value}", kind.label, (count("victims_penalised", kind=kind.value),)) for kind in PENALTIES),
        Row("act_deported", _("Deported"), (count("victims_penalised", kind="deported"),)),
        Row("charged", _("charged as suspects"), (beside("victims_penalised", "charged_as_suspects"),)),
        Row("held", _("Victims in detention"), (HELD,)),
    ),
    note=_("One person may stand in several rows. Detention is as at the end of the year."),
)
CALLS = count("contacts_received", channel="hotline")
MEETINGS, INSPECTIONS = ByHand(_("meetings")), ByHand(_("inspections"))
A12 = Sheet(
    "A12",
    _("Prevention"),
    (NUMBER,),
    (
        Row("meetings", _("Meetings of the national committee"), (MEETINGS,)),
        Row("plan", _("National action plan"), (ByHand(_("name and years")),)),
        Row("budget", _("Budget"), (ByHand(_("riel")),)),
        Row("events", _("Awareness activities"), (EVENTS.only(kind=tuple(map(str, AWARENESS))),)),
        Row("reached", _("People reached"), (beside("prevention_activities", "reached_awareness"),)),
        Row("calls", _("Calls of the hotline"), (CALLS,)),
        RowsOf("language", "language", title=_("By language"), cells=(CALLS,)),
        Row("lines", _("Calls by line"), (Cannot(_("Which number was called is not recorded.")),)),
        Row("complaints", _("Complaints by the hotline"), (count("complaints_received", channel="hotline"),)),
        Row("labour", _("Labour inspections"), (INSPECTIONS,)),
        Row("violations", _("Violations found by them"), (ByHand(_("violations")),)),
        Row("agencies", _("Recruitment agencies checked"), (ByHand(_("agencies")),)),
        Row(
            "suspended",
            _("Measures against recruitment agencies"),
            (count("measures_and_assets", sector="recruitment"),),
        ),
        Row(
            "survey",
            _("Survey of causes"),
            (Cannot(_("Its results stand alone, with their respondents; they are no figure of complaints.")),),
        ),
    ),
    agency=_("National committee (NCCT); Ministry of Labour; Ministry of Interior"),
)
SHEETS = (A7, A8, A9, A10, A11, A12)
