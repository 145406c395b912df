"""Bad input to the form of a new complaint gets a clear error and loses nothing."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints.checks import MAX_TOLD
from complaints.models import Complaint, Reporter
from core.sealed import open_sealed
from workflow.models import Submission

pytestmark = pytest.mark.django_db
NEW = "/complaints/new/"
WORDS = {"channel": "hotline", "narrative": "Nine workers held on the sixth floor."}
ENCODED = "application/x-www-form-urlencoded"
FIELDS = (
    "urgency", "narrative", "channel", "received_at_0", "received_at_1", "site", "province_of_incident", "country_of_incident",
    "district", "commune", "exact_spot", "number_reported", "number_low", "number_high", "province_of_report", "country_of_report",
    "forms", "not_local_police", "names_official", "official", "handling", "idempotency_key", "act", "people-0-name", "people-0-sex",
    "people-0-age", "people-0-nationality", "reporter-relation", "reporter-name", "reporter-phone", "reporter-address", "reporter-way",
    "reporter-hours", "reporter-language", "reporter-say_who_we_are", "reporter-code_word", "reporter-shared_with", "reporter-watched",
)  # fmt: skip


def refused(answer: Any, field: str, words: str) -> None:
    """Check that the field says this, that the page shows it, and that nothing was made."""
    assert answer.status_code == 400
    assert words in " ".join(answer.context["story"].errors[field])
    assert not Complaint._base_manager.exists()
    assert not Submission.objects.exists()


def test_an_empty_form(intake: Any, browser: Any) -> None:
    answer = browser(intake).post(NEW, {})
    refused(answer, "narrative", "Write down what is said.")
    refused(answer, "channel", "Choose how the report came in.")


@pytest.mark.parametrize("blank", ["   ", "\u200b\u200c\u2060", " \n\t\r\n ", "\ufeff\u00a0"])
def test_only_spaces_or_signs_without_width(intake: Any, browser: Any, blank: str) -> None:
    refused(browser(intake).post(NEW, WORDS | {"narrative": blank}), "narrative", "Write down what is said.")


def test_a_megabyte_of_words_comes_back_with_its_length(intake: Any, browser: Any) -> None:
    words = "Nine workers. " * 75_000
    answer = browser(intake).post(NEW, WORDS | {"narrative": words})
    refused(answer, "narrative", f"This has {len(words.strip())} characters; at most 50000 fit. Shorten it.")
    assert answer.content.decode().count("Nine workers. ") >= 75_000


def test_more_than_a_request_may_hold_is_413(intake: Any, browser: Any) -> None:
    answer = browser(intake).post(NEW, WORDS | {"narrative": "x" * 2_600_000})
    assert answer.status_code == 413
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize(
    "field", ["narrative", "channel", "site", "province_of_incident", "district", "exact_spot", "official"]
)
def test_a_nul_byte_is_said_at_its_field(intake: Any, browser: Any, field: str) -> None:
    answer = browser(intake).post(NEW, WORDS | {field: "18\x00x"})
    refused(answer, field, "cannot be stored")


def test_a_nul_byte_in_the_reporter_and_in_a_person(intake: Any, browser: Any) -> None:
    answer = browser(intake).post(NEW, WORDS | {"reporter-phone": "097\x00", "people-0-name": "L\x00n"})
    assert answer.status_code == 400
    assert "phone" in answer.context["reporter"].errors
    assert "name" in answer.context["intake"].people.forms[0].errors


@pytest.mark.parametrize("half", ["%ED%A0%80", "%ED%BF%BF", "%FF%FE", "%C3"])
def test_half_characters_are_refused_and_the_rest_is_kept(intake: Any, browser: Any, half: str) -> None:
    body = f"{urlencode(WORDS | {'exact_spot': 'Sixth floor'})}&reporter-name={half}"
    answer = browser(intake).post(NEW, body, content_type=ENCODED)
    assert answer.status_code == 400
    assert "cannot be stored" in answer.content.decode()
    assert WORDS["narrative"] in answer.content.decode()
    assert 'value="Sixth floor"' in answer.content.decode()
    assert not Complaint.objects.exists()


def test_a_direction_override_in_a_name_is_taken_out(intake: Any, browser: Any) -> None:
    browser(intake).post(NEW, WORDS | {"people-0-name": "Lan\u202ecod.exe\u2066", "reporter-name": "\u202eLan"})
    person = Complaint.objects.get().victims.get().person
    assert [name.text for name in person.names.all()] == ["Lancod.exe"]
    assert open_sealed(Reporter.objects.get(), "name") == "Lan"


def test_khmer_digits_are_digits_everywhere(intake: Any, browser: Any) -> None:
    typed = {"received_at_0": "២៨/៩/២០២៦", "received_at_1": "២១:៣០", "number_reported": "១២", "people-0-age": "២៤",
             "reporter-phone": "០៩៧ ៥៥៥ ០១៨៤", "province_of_incident": "១៨"}  # fmt: skip
    browser(intake).post(NEW, WORDS | typed)
    complaint, reporter = Complaint.objects.get(), Reporter.objects.get()
    assert f"{timezone.localtime(complaint.received_at):%Y-%m-%d %H:%M}" == "2026-09-28 21:30"
    assert (complaint.number_reported, complaint.victims.get().person.age, complaint.province_id) == (12, 24, "18")
    assert open_sealed(reporter, "phone") == "097 555 0184"


def test_the_same_phone_in_both_digits_is_found_as_one(intake: Any, browser: Any) -> None:
    for phone in ("097 555 0184", "០៩៧៥៥៥០១៨៤", "+855 97 555 0184"):
        browser(intake).post(NEW, WORDS | {"reporter-phone": phone})
    assert len({bytes(one) for one in Reporter.objects.values_list("phone_hash", flat=True)}) == 1


def test_a_district_outside_its_province_stays_to_be_seen(intake: Any, browser: Any) -> None:
    answer = browser(intake).post(NEW, WORDS | {"province_of_incident": "12", "district": "1802"})
    refused(answer, "district", "This district is not in the province chosen.")
    assert re.search(r'value="1802" selected', answer.content.decode())


@pytest.mark.parametrize(
    ("field", "code"), [("district", "9999"), ("district", "x" * 400), ("commune", "180201'--"), ("commune", "120101")]
)
def test_places_that_are_none(intake: Any, browser: Any, field: str, code: str) -> None:
    answer = browser(intake).post(NEW, WORDS | {"province_of_incident": "18", "district": "1802", field: code})
    refused(answer, field, "is not in the")


@pytest.mark.parametrize("code", ["00", "99", "1", "18 ", "abroad2", "Preah Sihanouk", "x" * 5_000])
def test_provinces_that_cannot_be_chosen(intake: Any, browser: Any, code: str) -> None:
    refused(
        browser(intake).post(NEW, WORDS | {"province_of_incident": code}),
        "province_of_incident",
        "Choose one of the 25",
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("28/9/1900", "too far back"),
        ("28/9/2569", "Buddhist era"),
        ("២៨/៩/២៥៦៩", "Buddhist era"),
        ("31/2/2026", "There is no such day"),
        ("0/0/0000", "There is no such day"),
        ("yesterday", "Write the day like"),
        ("9" * 5_000, "Write the day like"),
    ],
)
def test_days_that_cannot_be(intake: Any, browser: Any, day: str, words: str) -> None:
    answer = browser(intake).post(NEW, WORDS | {"received_at_0": day, "received_at_1": "10:00"})
    refused(answer, "received_at", words)
    assert f'value="{day}"' in answer.content.decode()


def test_a_day_in_the_future(intake: Any, browser: Any) -> None:
    later = timezone.localtime() + timedelta(days=1)
    typed = {"received_at_0": f"{later:%d/%m/%Y}", "received_at_1": "10:00"}
    refused(browser(intake).post(NEW, WORDS | typed), "received_at", "This lies in the future.")


@pytest.mark.parametrize("hour", ["25:00", "10:61", "noon", "1000000"])
def test_hours_that_cannot_be(intake: Any, browser: Any, hour: str) -> None:
    answer = browser(intake).post(NEW, WORDS | {"received_at_0": "28/9/2026", "received_at_1": hour})
    refused(answer, "received_at", "Write the hour like 15:40.")


@pytest.mark.parametrize("number", ["many", "-3", "1e9", "²", "9" * 6_000, "0x10", "3.5"])
def test_numbers_that_are_none(intake: Any, browser: Any, number: str) -> None:
    answer = browser(intake).post(NEW, WORDS | {"number_reported": number})
    refused(answer, "number_reported", "Write a number, like 9.")
    assert f'value="{number}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"number_reported": "0"}, "from 1 to 100000"),
        ({"number_reported": "999999999"}, "from 1 to 100000"),
        ({"number_reported": "9", "number_low": "10"}, "must follow each other"),
        ({"number_high": "10"}, "Give the likely number too."),
    ],
)
def test_numbers_that_do_not_fit(intake: Any, browser: Any, typed: Any, words: str) -> None:
    refused(browser(intake).post(NEW, WORDS | typed), "number_reported", words)


@pytest.mark.parametrize("field", ["channel", "urgency", "handling", "forms"])
def test_choices_that_are_not_offered(intake: Any, browser: Any, field: str) -> None:
    refused(browser(intake).post(NEW, WORDS | {field: "something_else"}), field, "")


def test_a_province_and_a_country_cannot_both_be(intake: Any, browser: Any) -> None:
    answer = browser(intake).post(NEW, WORDS | {"province_of_incident": "18", "country_of_incident": "Thailand"})
    refused(answer, "country_of_incident", "not both")


def test_fields_nobody_offers_change_nothing(intake: Any, supervisor: Any, browser: Any) -> None:
    hidden = {"status": "closed", "province": "12", "province_id": "12", "created_by": str(supervisor.pk), "logged_by": str(supervisor.pk),
              "reference": "KH-2026-AAAAAA", "due_at": "2030-01-01", "outcome": "withdrawn", "n_rescued": "9", "merged_into": str(uuid4()),
              "id": str(uuid4()), "logged_at": "2020-01-01", "version": "99", "officer": str(supervisor.pk)}  # fmt: skip
    browser(intake).post(NEW, WORDS | {"province_of_incident": "18"} | hidden)
    complaint = Complaint.objects.get()
    assert (complaint.status, complaint.province_id, complaint.logged_by, complaint.version) == ("new", "18", intake, 1)
    assert (complaint.outcome, complaint.n_rescued, complaint.merged_into_id, complaint.officer_id) == (
        "",
        0,
        None,
        None,
    )
    assert complaint.reference != "KH-2026-AAAAAA"
    assert complaint.logged_at.year != 2020


def test_too_many_people_are_said_together(intake: Any, browser: Any) -> None:
    answer = browser(intake).post(NEW, WORDS | {f"people-{number}-name": "Lan" for number in range(201)})
    assert answer.status_code == 400
    assert "At most 200 people at once." in answer.content.decode()
    assert len(answer.context["intake"].people.forms) == 201


@pytest.mark.parametrize("field", ["name", "address", "hours", "code_word", "shared_with", "language"])
def test_too_long_a_word_of_the_reporter_is_said_at_its_field(intake: Any, browser: Any, field: str) -> None:
    answer = browser(intake).post(NEW, WORDS | {f"reporter-{field}": "x" * (MAX_TOLD + 1)})
    assert answer.status_code == 400
    assert list(answer.context["reporter"].errors) == [field]


@pytest.mark.parametrize(
    "draft", ["", "x", "../../etc/passwd", "%00", "0" * 36, "4dbc9359-0036-4244-b3c9-db7b72e5de0f"]
)
def test_drafts_that_are_none(intake: Any, browser: Any, draft: str) -> None:
    assert browser(intake).get(NEW, {"draft": draft}).status_code in (400, 404)


@pytest.mark.parametrize("act", ["remove-", "remove-x", "remove-99", "add", "places", "draft", "song", "\x00"])
def test_no_button_loses_words(intake: Any, browser: Any, act: str) -> None:
    page = browser(intake).post(NEW, WORDS | {"people-0-name": "Lan", "act": act}, follow=True)
    assert page.status_code == 200
    assert page.context["story"]["narrative"].value() == WORDS["narrative"]
    assert page.context["intake"].people.forms[0]["name"].value() == "Lan"


def test_a_body_of_another_kind_is_no_error_of_ours(intake: Any, browser: Any) -> None:
    client = browser(intake)
    assert client.post(NEW, b'{"narrative": "x"}', content_type="application/json").status_code == 400
    assert client.post(NEW, b"--x\r\nbroken", content_type="multipart/form-data; boundary=x").status_code == 400
    assert client.generic("PUT", NEW, b"").status_code == 405


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.dictionaries(
        st.sampled_from(FIELDS),
        st.text(max_size=40)
        | st.sampled_from(["18", "1802", "\x00", "\u202e", "9" * 30, "abroad", "ST-AAAA", "KH", "១២", "on"]),
    )
)
def test_nothing_typed_is_a_500(intake: Any, browser: Any, typed: dict[str, str]) -> None:
    safe = {name: value.encode("utf-8", "replace").decode() for name, value in typed.items()}
    client = browser(intake)
    for answer in (client.post(NEW, WORDS | safe), client.get(f"{NEW}proposal/", safe)):
        assert answer.status_code < 500
        assert answer.status_code != 409
