"""The figures by their definitions: the traps that made published figures wrong, and every number with its records."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from accounts.services import system_user
from complaints.models import Complaint, Contact
from complaints.said import PersonSaid
from complaints.services import advance as advance_complaint
from complaints.services import name_suspect
from people.services import make_person
from reports.check import SQL, check
from reports.check_splits import check_splits
from reports.figures import in_order
from reports.indicators import REGISTRY, Look
from suspects.models import Article, Court, Suspect
from suspects.services import advance as advance_suspect
from suspects.services import open_file
from tests.reports.window import ARREST, PRESS, WINDOW, Browser, Registered, at, rescued
from victims.services import add_victim, advance, decide


def test_every_indicator_of_this_release_is_in_the_answer(figures: Any) -> None:
    numbers = list(range(1, 36))
    assert [indicator.number for indicator in in_order()] == numbers
    answer = figures()
    assert set(answer) == set(REGISTRY) == set(SQL)
    assert all(figure["definition"] for figure in answer.values())


def test_the_window_includes_both_ends_in_phnom_penh(press: Registered, figures: Any) -> None:
    for moment in (at(8, 17, 16, 59), at(8, 17, 17, 0), at(9, 29, 16, 50), at(9, 29, 17, 10)):
        press(moment)
    assert figures()["complaints_received"]["value"] == 2


def test_merged_and_duplicate_complaints_do_not_count_their_contacts_do(press: Registered, figures: Any) -> None:
    kept, merged, duplicate = press(), press(), press()
    Complaint.objects.filter(pk=merged.pk).update(merged_into=kept)
    Complaint.objects.filter(pk=duplicate.pk).update(outcome="duplicate", outcome_at=at(9, 2))
    answer = figures()
    assert (answer["complaints_received"]["value"], answer["contacts_received"]["value"]) == (1, 3)
    assert answer["complaints_with_outcome"]["value"] == 0


def test_spam_is_a_contact_and_shown_apart(press: Registered, figures: Any, intake: User) -> None:
    press()
    said = {"channel": "hotline", "kind": "spam", "received_at": at(9, 3), "due_at": at(9, 3)}
    Contact.objects.create(logged_by=intake, province_id="00", **said)
    answer = figures()["contacts_received"]
    assert (answer["value"], answer["beside"]) == (2, {"spam_and_wrong_numbers": 1})


def test_from_or_about_counts_each_once_and_says_which(press: Registered, figures: Any) -> None:
    press(province_of_report="18", province_of_incident="18")
    press(province_of_report="12", province_of_incident="18")
    press(province_of_report="18", province_of_incident="12")
    press(province_of_report="12", province_of_incident="12")
    assert figures()["complaints_from_or_about"] | {"records": "", "definition": ""} == {
        "value": None, "count": None, "unit": "complaint", "records": "", "definition": "", "beside": {},
    }  # fmt: skip
    answer = figures(query=f"{PRESS}&province=18")["complaints_from_or_about"]
    assert (answer["value"], answer["beside"]) == (3, {"from_only": 1, "about_only": 1, "both": 1})


def test_a_province_does_not_see_what_only_came_from_it(press: Registered, figures: Any, officer_psh: User) -> None:
    press(province_of_report="18", province_of_incident="12")
    assert figures(officer_psh, f"{PRESS}&province=18")["complaints_from_or_about"]["value"] == 0


def test_the_rate_is_a_whole_percent_with_its_parts(press: Registered, figures: Any) -> None:
    outcomes = ["substantiated"] * 5 + ["partly_substantiated", "unsubstantiated", "withdrawn", ""]
    for outcome in outcomes:
        Complaint.objects.filter(pk=press().pk).update(outcome=outcome)
    answer = figures()["confirmation_rate"]
    assert (answer["value"], answer["numerator"], answer["count"]) == (86, 6, 7)
    assert (answer["beside"]["withdrawn"], answer["beside"]["undecided"]) == (1, 1)


def test_halves_go_up(press: Registered, figures: Any) -> None:
    for outcome in ["substantiated"] * 1 + ["unsubstantiated"] * 7:
        Complaint.objects.filter(pk=press().pk).update(outcome=outcome)
    assert figures()["confirmation_rate"]["value"] == 13  # 12.5


def test_without_a_judged_complaint_there_is_no_rate(figures: Any) -> None:
    assert figures()["confirmation_rate"]["value"] is None


def test_one_son_in_four_complaints_is_one_rescue(press: Registered, figures: Any, supervisor: User) -> None:
    person = make_person(name="Nguyễn Văn Hòa", nationality="VN")
    rows = [add_victim(press(province_of_incident=code), person, by=supervisor) for code in ("18", "12", "18", "08")]
    done = advance(rows[2], "record_rescue", by=supervisor, happened_at=at(9, 10))
    decide(done, "decide_presumed", by=supervisor, happened_at=at(9, 11))
    answer = figures()
    assert (answer["victims_rescued"]["value"], answer["search_outcomes"]["value"]) == (1, 1)
    assert answer["people_reported"]["beside"]["named"] == 1


def test_what_happened_counts_by_its_own_day(press: Registered, figures: Any, supervisor: User) -> None:
    rescued(press(), supervisor, at(10, 2))  # received in the window, rescued after it
    rescued(press(at(7, 1)), supervisor, at(8, 10))  # rescued before it, typed today
    assert figures()["victims_rescued"]["value"] == 0


def test_those_brought_out_are_trafficked_not_trafficked_or_not_screened(
    press: Registered, figures: Any, supervisor: User
) -> None:
    complaint = press(number=(None, 9, None))
    for decision in ("decide_presumed", "decide_trafficked", "decide_trafficked", "decide_exploited", ""):
        rescued(complaint, supervisor, at(9, 10), decision)
    held = rescued(complaint, supervisor, at(9, 10), "decide_exploited")
    suspect = name_suspect(complaint, PersonSaid(), by=supervisor, same_as=held)
    advance_suspect(suspect, "arrest", by=supervisor, happened_at=at(9, 10, 5), **ARREST)
    answer = figures()
    assert answer["victims_rescued"]["beside"] == {"presumed": 1, "trafficked": 2}
    assert answer["people_brought_out_not_trafficked"]["value"] == 1
    assert answer["people_brought_out_undecided"]["value"] == 1


def test_found_without_having_been_reported_is_rescued_and_was_not_sought(
    press: Registered, figures: Any, supervisor: User
) -> None:
    victim = add_victim(press(), make_person(age=12), by=supervisor, found_unreported=True)
    done = advance(victim, "record_rescue", by=supervisor, happened_at=at(9, 10))
    decide(done, "decide_presumed", by=supervisor, happened_at=at(9, 10))
    answer = figures()
    assert (answer["victims_rescued"]["value"], answer["search_outcomes"]["value"]) == (1, 0)


def test_heads_are_named_persons_and_those_without_a_name(press: Registered, figures: Any, supervisor: User) -> None:
    complaint = press(number=(15, 20, 30))
    rescued(complaint, supervisor, at(9, 10), "", name="Lê Quốc Bảo")
    add_victim(complaint, make_person(name="Bùi Đức Anh"), by=supervisor)
    add_victim(complaint, make_person(), by=supervisor)
    answer = figures()
    assert answer["people_reported"]["beside"] == {"named": 2, "unnamed": 18}
    assert answer["people_still_sought"]["beside"] == {"named": 1, "unnamed": 18}
    assert figures(query="from=2022-08-18&to=2022-09-05")["people_still_sought"]["value"] == 20


def test_a_suspect_in_five_complaints_is_one_person(press: Registered, figures: Any, supervisor: User) -> None:
    suspects = [name_suspect(press(), PersonSaid(nationality="CN"), by=supervisor) for _ in range(5)]
    Suspect.objects.filter(pk__in=[row.pk for row in suspects]).update(person=suspects[0].person)
    for row in Suspect.objects.order_by("pk")[:3]:
        advance_suspect(row, "arrest", by=supervisor, happened_at=at(9, 5), **ARREST)
    for row in Suspect.objects.order_by("-pk")[:2]:
        advance_suspect(row, "send_to_court", by=supervisor, court="C18", happened_at=at(9, 7))
    answer = figures()
    assert (answer["suspects_arrested"]["value"], answer["suspects_sent_to_court"]["value"]) == (1, 1)
    assert answer["suspects_sent_to_court"]["beside"] == {"nationalities": 1, "sent_without_arrest": 0}


def test_sent_without_arrest_and_sent_later_are_told_apart(press: Registered, figures: Any, supervisor: User) -> None:
    without, later = (name_suspect(press(), PersonSaid(), by=supervisor) for _ in range(2))
    advance_suspect(without, "send_to_court", by=supervisor, court="C18", happened_at=at(9, 7))
    held = advance_suspect(later, "arrest", by=supervisor, happened_at=at(8, 20), **ARREST)
    advance_suspect(held, "send_to_court", by=supervisor, court="C18", happened_at=at(10, 1))
    answer = figures()
    assert (answer["suspects_arrested"]["value"], answer["suspects_sent_to_court"]["value"]) == (1, 0)
    assert answer["suspects_sent_to_court"]["beside"]["sent_without_arrest"] == 1


def test_only_files_of_trafficking_are_investigations(figures: Any, supervisor: User) -> None:
    def file(code: str, opened: date) -> Any:
        court, articles = Court.objects.get(pk="C18"), [Article.objects.get(pk=code)]
        return open_file(
            by=supervisor, police_number="1/22", unit="Office", opened_on=opened, court=court, articles=articles
        )

    file("L08-10", date(2022, 9, 1))
    file("L08-24", date(2022, 9, 1))
    file("L08-12", date(2022, 7, 1))
    answer = figures()["case_files_opened"]
    assert (answer["value"], answer["beside"]) == (1, {"carried_over": 1, "closed": 0})


def test_a_sealed_complaint_counts_for_the_system_and_not_for_an_analyst(
    press: Registered, figures: Any, analyst: User, integrity: User
) -> None:
    press(official="The police of village 4")
    press()
    assert figures(analyst)["complaints_received"]["value"] == 1
    assert figures(integrity)["complaints_received"]["value"] == 1
    assert REGISTRY["complaints_received"].figure(Look(system_user(), WINDOW)).value == 2


def test_open_and_closed_are_as_at_the_end_of_the_window(
    press: Registered, figures: Any, officer_psh: User, supervisor: User
) -> None:
    complaint = press()
    for step, said in (
        ("acknowledge", {}),
        ("start_verification", {}),
        ("record_outcome", {"outcome": "substantiated"}),
        ("propose_closing", {}),
    ):
        complaint = advance_complaint(complaint, step, by=officer_psh, happened_at=at(9, 5), **said)
    advance_complaint(complaint, "close", by=supervisor, happened_at=at(9, 20))
    answer, early = figures(), figures(query="from=2022-08-18&to=2022-09-10")
    assert (answer["complaints_open"]["value"], answer["complaints_closed"]["value"]) == (0, 1)
    assert (early["complaints_open"]["value"], early["complaints_closed"]["value"]) == (1, 0)


def test_plain_sql_finds_the_same(full_world: None) -> None:
    found = check(WINDOW, "18")
    assert [(name, defined) for name, defined, _plain in found] == [(name, plain) for name, _defined, plain in found]
    assert sum(bool(plain) for _name, _defined, plain in found) >= 12
    for name, by_definition, by_sql in check_splits(WINDOW, "18"):
        assert by_definition == by_sql, name


def test_a_part_that_is_none_is_refused(program: Any, supervisor: User) -> None:
    answer = program(supervisor).get(f"/api/v1/indicators/complaints_received/records/?{PRESS}&reporter__phone=1")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("query", "field"),
    [("from=2022-13-01", "from"), ("from=2022-09-02&to=2022-09-01", "to"), ("province=99", "province")],
)
def test_a_window_that_cannot_be_is_said(
    program: Any, browser: Browser, supervisor: User, query: str, field: str
) -> None:
    answer = program(supervisor).get(f"/api/v1/indicators/?{query}")
    assert (answer.status_code, list(answer.json())) == (400, [field])
    for page in ("indicators/", "situation/", "indicators/victims_rescued/", "indicators/victims_rescued/records/"):
        shown = browser(supervisor).get(f"/reports/{page}?{query}")
        assert shown.status_code == 400
        assert "Traceback" not in shown.content.decode()


def test_khmer_digits_are_read(figures: Any, press: Registered) -> None:
    press()
    assert figures(query="from=២០២២-០៨-១៨&to=២០២២-០៩-២៩")["complaints_received"]["value"] == 1
