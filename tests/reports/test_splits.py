"""The dimensions of the figures: bands of ages, forms, places that are not shown, and every part with its records."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from accounts.models import User
from accounts.services import system_user
from complaints.models import Complaint, Contact
from complaints.said import PersonSaid
from complaints.services import advance as advance_complaint
from complaints.services import name_suspect
from people.models import Person
from people.services import make_person
from reports.figures import narrowed, parts
from reports.indicators import REGISTRY, Look
from suspects.models import Article, CaseFile, Court
from suspects.services import advance as advance_suspect
from suspects.services import open_file
from tests.queries import asked
from tests.reports.window import ARREST, PRESS, WINDOW, Browser, Registered, at, rescued
from victims.services import add_victim, advance, decide


def by(name: str, split: str, user: Any = None) -> dict[str, int]:
    """A figure by the codes of a split."""
    indicator = REGISTRY[name]
    look = Look(user or system_user(), WINDOW, "18")
    return {part.code: part.n for part in parts(indicator, indicator.split(split), look)}


@pytest.mark.parametrize(
    ("known", "band", "child"),
    [
        ({"age": 11}, "0-11", "under_18"),
        ({"age": 12}, "12-17", "under_18"),
        ({"age": 17}, "12-17", "under_18"),
        ({"age": 18}, "18-24", "18_and_over"),
        ({"age": 24}, "18-24", "18_and_over"),
        ({"age": 34}, "25-34", "18_and_over"),
        ({"age": 49}, "35-49", "18_and_over"),
        ({"age": 50}, "50+", "18_and_over"),
        ({"born_on": date(2010, 9, 10)}, "12-17", "under_18"),
        ({"born_on": date(2010, 9, 11)}, "0-11", "under_18"),
        ({"born_year": 2004}, "18-24", "18_and_over"),
        ({}, "none", "none"),
    ],
)
def test_ages_are_those_on_the_day_of_the_rescue(
    press: Registered, supervisor: User, known: dict[str, Any], band: str, child: str
) -> None:
    victim = rescued(press(), supervisor, at(9, 10))
    on = {"age_on": date(2022, 9, 10)} if "age" in known else {}
    Person.objects.filter(pk=victim.person_id).update(**known, **on)
    assert by("victims_rescued", "age") == {band: 1}
    assert by("victims_rescued", "child") == {child: 1}


def test_an_estimated_age_counts_and_is_marked(press: Registered, supervisor: User) -> None:
    for estimated in (True, False, False):
        victim = rescued(press(), supervisor, at(9, 10), age=20)
        Person.objects.filter(pk=victim.person_id).update(estimated=estimated)
    rescued(press(), supervisor, at(9, 10))
    assert by("victims_rescued", "age_known") == {"stated": 2, "estimated": 1, "none": 1}
    assert by("victims_rescued", "age")["none"] == 1


def test_all_forms_say_more_than_the_main_one_and_do_not_add_up(world: None) -> None:
    assert by("complaints_received", "main_form") == {
        "mixed": 1,
        "sexual_exploitation": 1,
        "forced_labour": 1,
        "none": 1,
    }
    assert by("complaints_received", "forms") == {
        "forced_labour": 2,
        "debt_bondage": 1,
        "sexual_exploitation": 1,
        "none": 1,
    }
    assert by("complaints_received", "tip_form") == {"labour": 1, "sex": 1, "other": 1, "none": 1}


def test_files_stand_under_each_of_their_articles(world: None) -> None:
    assert by("case_files_opened", "article") == {"L08-10": 2, "L08-12": 1}
    assert by("case_files_opened", "court_province") == {"18": 2}


def test_a_file_the_reader_may_not_see_lends_no_article(
    press: Registered, supervisor: User, officer_psh: User, integrity: User
) -> None:
    suspect = name_suspect(press(province_of_incident="18"), PersonSaid(name="Wang Li"), by=supervisor)
    advance_suspect(suspect, "arrest", by=supervisor, happened_at=at(9, 2), **ARREST)
    court, article = Court.objects.get(pk="C18"), Article.objects.get(pk="L08-10")
    said = {"police_number": "9/22", "unit": "Office", "opened_on": date(2022, 9, 5), "court": court}
    file = open_file(by=supervisor, articles=[article], holds=suspect, **said)
    assert by("suspects_arrested", "article", supervisor) == {"L08-10": 1}
    CaseFile._base_manager.filter(pk=file.pk).update(handling="sealed")
    for user in (supervisor, officer_psh):
        assert by("suspects_arrested", "article", user) == {"none": 1}
        look = Look(user, WINDOW)
        for value, n in (("L08-10", 0), ("none", 1)):
            params = QueryDict(urlencode({"article": value}))
            assert narrowed(REGISTRY["suspects_arrested"], look, params).count() == n


def test_the_province_of_report_may_be_a_country(world: None) -> None:
    assert by("complaints_received", "province_of_report") == {"12": 3, "VN": 1}


def test_a_contact_is_in_a_language_callers_speak_or_another(press: Registered) -> None:
    press()
    for place, language in enumerate(("ខ្មែរ", "ខ្មែរ", "Tiếng Việt", "Jarai", "")):
        contact = Contact.objects.get(complaint=press(at(9, 1 + place)))
        Contact.objects.filter(pk=contact.pk).update(language=language)
    assert by("contacts_received", "language") == {"km": 2, "vi": 1, "other": 1, "none": 2}


def test_who_identified_a_victim_whether_rescued_and_where_it_happened(
    press: Registered, supervisor: User, officer_psh: User
) -> None:
    rescued(press(province_of_incident="18"), supervisor, at(9, 5))
    rescued(press(), supervisor, at(9, 6))
    abroad = press(province_of_incident="", country_of_incident="TH")
    victim = advance(add_victim(abroad, make_person(), by=supervisor), "record_left", by=supervisor, left_how="escaped")
    decide(victim, "decide_trafficked", by=supervisor, happened_at=at(9, 7), note="Asked by telephone")
    assert by("victims_identified", "decider") == {"supervisor": 3}
    assert by("victims_identified", "rescued") == {"rescued": 2, "not": 1}
    assert by("victims_identified", "exploited_in") == {"KH": 2, "TH": 1}
    assert sum(by("people_screened", "place").values()) == 3


def test_a_sealed_complaint_counts_for_the_nation_without_its_place(
    press: Registered, supervisor: User, officer_psh: User
) -> None:
    press(province_of_incident="18")
    sealed = press(province_of_incident="18")
    advance_complaint(sealed, "seal", by=supervisor, note="An official is named")
    assert by("complaints_received", "province_of_incident") == {"18": 1, "none": 1}
    assert by("complaints_received", "province_of_incident", officer_psh) == {"18": 1}
    assert Complaint.objects.get(pk=sealed.pk).province_of_incident_id == "18"


def test_which_clock_of_an_open_complaint_is_overdue(press: Registered, officer_psh: User) -> None:
    press(at(9, 1))
    advance_complaint(press(at(9, 1)), "acknowledge", by=officer_psh, happened_at=at(9, 2))
    press(at(9, 29, 10))
    assert by("complaints_open", "late") == {"acknowledge": 1, "verify": 1, "in_time": 1}
    assert by("complaints_open", "waiting") == {"days_030": 2, "days_007": 1}
    assert by("complaints_open", "stage") == {"new": 2, "acknowledged": 1}


def test_a_page_split_by_one_dimension_shows_it_alone(world: None, browser: Browser, supervisor: User) -> None:
    client = browser(supervisor)
    url = f"/reports/indicators/victims_rescued/?{PRESS}"
    page = client.get(f"{url}&by=week")
    assert [one["split"].name for one in page.context["splits"]] == ["week"]
    assert [part.code for part in page.context["splits"][0]["parts"]] == ["2022-08-29"]
    every = [one["split"].name for one in client.get(url).context["splits"]]
    assert {"age", "nationality"} <= set(every)
    assert not {"day", "week", "month"} & set(every)


def test_a_figure_asks_the_same_however_many_there_are(press: Registered, browser: Browser, supervisor: User) -> None:
    client, counts = browser(supervisor), []
    for more in (2, 8):
        for n in range(more):
            rescued(press(province_of_incident=("18", "12")[n % 2]), supervisor, at(9, 10), age=20 + n)
        client.get(f"/reports/indicators/victims_rescued/?{PRESS}")
        counts.append(len(asked(client, f"/reports/indicators/victims_rescued/?{PRESS}")))
    assert counts[0] == counts[1] <= 22, counts


def test_a_part_of_the_time_to_act_has_its_own_median_and_opens_its_complaints(
    press: Any, supervisor: User, browser: Browser
) -> None:
    for urgency, waits in (("normal", (2, 4, 9)), ("immediate", (1,))):
        for hours in waits:
            row = press(urgency=urgency)
            advance_complaint(row, "acknowledge", by=supervisor, happened_at=row.received_at + timedelta(hours=hours))
    indicator, look = REGISTRY["response_time"], Look(supervisor, WINDOW)
    found = {part.code: part for part in parts(indicator, indicator.split("urgency"), look)}
    assert {code: (part.n, part.typical) for code, part in found.items()} == {"normal": (3, 4.0), "immediate": (1, 1.0)}
    assert indicator.figure(look).value == 3.0
    page = browser(supervisor).get(f"/reports/indicators/response_time/?{PRESS}&by=urgency").content.decode()
    assert "median 4.0 hours" in page
