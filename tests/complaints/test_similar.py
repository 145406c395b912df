"""Complaints that look the same as what is typed: found however it is written, and never beyond what the reader may see."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from accounts.models import User
from complaints.likeness import Told, told_of
from complaints.models import Complaint, SearchRow
from complaints.said import PersonSaid, ReporterSaid
from complaints.services.index import index
from complaints.similar import similar
from people.matching import Known
from provinces.models import Province
from provinces.services import add_site

Register = Callable[..., Complaint]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Read reasons in English."""
    with override("en"):
        yield


def found(user: Any, **told: Any) -> list[str]:
    return [one.complaint.reference for one in similar(Told(**told), user)]


def named(*names: str, **more: Any) -> tuple[Known, ...]:
    return tuple(Known(names=(name,), **more) for name in names)


@pytest.mark.parametrize(
    "name",
    [
        "សុខ ចាន់ណា",
        "Sok Channa",
        "SOK CHANNA",
        "Sokh Chana",
        "Channa Sok",
        "Sokchanna",
        "Sok-Channa",
        "សុខចាន់ណា",
        "sók channa",
        "Mr Sok Channa",
    ],
)
def test_a_name_is_found_in_ten_spellings(name: str, registered: Register, intake: User) -> None:
    wanted = registered(people=(PersonSaid(name="សុខ ចាន់ណា", sex="male", age=22),))
    registered(people=(PersonSaid(name="Nguyễn Thị Lan", sex="female", age=22),))
    assert found(intake, people=named(name)) == [wanted.reference]


@pytest.mark.parametrize("phone", ["012 345 678", "+855 12 345 678", "(855) 12-345-678", "០១២ ៣៤៥ ៦៧៨", "12345678"])
def test_who_called_before_is_found_in_five_formats(phone: str, complaint: Complaint, intake: User) -> None:
    (one,) = similar(Told(phones=(phone,)), intake)
    assert (one.complaint.pk, one.reasons) == (complaint.pk, ["the same number called before"])


def test_a_reporters_number_tells_an_officer_nothing(complaint: Complaint, officer_psh: User) -> None:
    assert found(officer_psh, phones=("012 345 678",)) == []
    assert found(officer_psh, people=named("Nguyen Thi Lan")) == [complaint.reference]


def test_a_number_in_the_words_is_found_from_a_field_and_from_other_words(registered: Register, intake: User) -> None:
    held = registered(narrative="He rings from 097 555 0184 and asks for money.")
    assert found(intake, phones=("+855975550184",)) == [held.reference]
    assert found(intake, text="The boss is at ០៩៧ ៥៥៥ ០១៨៤") == [held.reference]


def test_a_name_that_stands_only_in_the_words_is_found(registered: Register, intake: User) -> None:
    held = registered(narrative="បងស្រីឈ្មោះ កែវ រតនា ត្រូវបានឃុំនៅជាន់ទី៦")
    assert found(intake, people=named("កែវ រតនា")) == [held.reference]


def test_the_same_story_in_khmer_is_found(registered: Register, intake: User) -> None:
    for n in range(12):
        registered(narrative=f"ពលករ {n} នាក់ ចង់ត្រឡប់ទៅផ្ទះវិញ")
    held = registered(narrative="ក្មេងស្រីពីរនាក់ត្រូវបានបង្ខាំងក្នុងកាស៊ីណូជិតព្រំដែន លិខិតឆ្លងដែនត្រូវគេដកហូត")
    assert found(intake, text="លិខិតឆ្លងដែនគេដកហូត ហើយក្មេងស្រីបង្ខាំងក្នុងកាស៊ីណូ")[0] == held.reference


def test_a_site_is_found_by_any_of_its_names_and_is_a_weak_reason_alone(
    registered: Register, intake: User, supervisor: User
) -> None:
    site = add_site(by=supervisor, province=Province.objects.get(pk="18"), name_en="Building K9", aliases=["អគារ K9"])
    held = registered(site=site.reference, exact_spot="6th floor, room 612, next to the lift")
    assert found(intake, site=site.reference) == []
    (one,) = similar(Told(text="They are in អគារ K9", spot="room 612, 6th floor next to the lift"), intake)
    assert one.complaint.pk == held.pk
    assert one.reasons[-1] == "the same site"


def test_nothing_beyond_what_the_reader_may_see(registered: Register, officer_pp: User, intake: User) -> None:
    told = {
        "narrative": "Held in the tower behind Wat Leu, ring 097 555 0184",
        "people": (PersonSaid(name="Chan Dara"),),
    }
    open_one = registered(**told)
    led, sealed = registered(**told, handling="national_led"), registered(**told, handling="sealed")
    asked: dict[str, Any] = {"people": named("Chan Dara"), "phones": ("097 555 0184",), "text": told["narrative"]}
    assert set(found(intake, **asked)) == {open_one.reference, led.reference}
    assert sealed.reference not in found(intake, **asked)
    assert found(officer_pp, **asked) == []


def test_a_merged_complaint_leads_to_the_one_it_was_merged_into(registered: Register, intake: User) -> None:
    survivor, middle, absorbed = registered(), registered(), registered(narrative="Ring 097 555 0184")
    Complaint.objects.filter(pk=absorbed.pk).update(merged_into=middle)
    Complaint.objects.filter(pk=middle.pk).update(merged_into=survivor)
    survivor.refresh_from_db()
    index(survivor)
    assert found(intake, phones=("0975550184",)) == [survivor.reference]
    assert SearchRow.objects.get(pk=absorbed.pk).text == ""
    index(*Complaint.objects.all())
    assert found(intake, phones=("0975550184",)) == [survivor.reference]


@pytest.mark.parametrize("text", ["They showed us the floor plan of the islands.", "Planned landing."])
def test_a_name_is_no_part_of_other_words(text: str, registered: Register, intake: User) -> None:
    registered(narrative=text)
    assert found(intake, people=named("Lan")) == []
    held = registered(narrative="My sister Lan is there.")
    assert found(intake, people=named("Lan")) == [held.reference]


def test_three_words_that_anybody_says_are_no_likeness(registered: Register, intake: User) -> None:
    registered(narrative="Workers held behind the market near the river, guards at the gate.")
    assert found(intake, text="workers near market") == []


def test_an_empty_form_asks_nothing(complaint: Complaint, intake: User, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert similar(told_of(), intake) == []


def test_it_costs_the_same_however_many_look_the_same(registered: Register, intake: User) -> None:
    told = {"people": (PersonSaid(name="Chan Dara"),), "narrative": "Behind Wat Leu, ring 097 555 0184"}
    asked = Told(people=named("Chan Dara"), phones=("0975550184",), spot="Wat Leu", text=str(told["narrative"]))
    costs = []
    for more in (1, 7):
        for _n in range(more):
            registered(**told)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert similar(asked, intake)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 13


def test_the_form_shows_them_and_its_address_carries_nothing(browser: Any, intake: User, registered: Register) -> None:
    held = registered(people=(PersonSaid(name="Chan Dara"),))
    answer = browser(intake).post("/complaints/new/similar/", {"people-0-name": "ចាន់ ដារ៉ា", "narrative": "\x00bad"})
    assert answer.status_code == 200
    assert f'value="more-{held.reference}"' in answer.content.decode()
    assert browser(intake).get("/complaints/new/similar/").status_code == 405


def test_without_script_a_button_looks_and_keeps_what_is_typed(
    browser: Any, intake: User, registered: Register
) -> None:
    held = registered(people=(PersonSaid(name="Chan Dara"),))
    words = {"act": "similar", "narrative": "Two words", "people-0-name": "Chan Dara"}
    page = browser(intake).post("/complaints/new/", words).content.decode()
    assert held.reference in page
    assert "Two words" in page


def test_programs_ask_the_same(program: Any, complaint: Complaint, intake: User) -> None:
    answer = program(intake).get("/api/v1/complaints/similar/", {"name": "Nguyen Thi Lan", "phone": "+855 12345678"})
    (one,) = answer.json()["results"]
    assert (one["reference"], one["score"]) == (complaint.reference, 100)
    assert one["reasons"][0] == "the same number called before"
    assert program(intake).get("/api/v1/complaints/similar/").json() == {"results": []}


def test_what_a_program_asks_wrongly_is_refused(program: Any, analyst: User, intake: User) -> None:
    assert program(intake).get("/api/v1/complaints/similar/?colour=red").status_code == 400
    assert program(intake).get("/api/v1/complaints/similar/", {"name": "x" * 201}).status_code == 400
    assert program(analyst).get("/api/v1/complaints/similar/?name=Lan").status_code == 403


def test_reporter_said_twice_is_one_reason(registered: Register, intake: User) -> None:
    reporter = ReporterSaid(name="Bình", phone="012 345 678", relation="family")
    one, two = registered(reporter=reporter), registered(reporter=reporter, narrative="Call 012345678")
    assert found(intake, phones=("012345678",)) == [two.reference, one.reference]
